/**
 * Counting the dependents of all symbols at once: exact and estimated, on graphs of several shapes; beside a plain
 * bitset pass on a smaller one. In: nothing. Out: rows of CPU milliseconds, and errors of the estimates.
 */
import { builtModule } from '../places.mjs';
import { measure } from '../statistics.mjs';
import { layered, nested, powerLaw, random, randomAcyclic } from './graphs.mjs';

const SHAPES = { nested, powerLaw, random, randomAcyclic, layered };

/** Measures the counts; `runs` each. */
export async function measureRank(runs) {
  const { closureCountsBy } = await builtModule('analyze/rank/closure-counts.js');
  const { reverseAdjacency } = await builtModule('analyze/reach/index.js');
  const { EdgeBit, edgeWord } = await builtModule('model/index.js');
  const call = edgeWord('call', 0, EdgeBit.runtime);
  const graphOf = ({ count, from, to }) => ({
    count,
    reverse: reverseAdjacency(count, from, to, new Uint32Array(from.length).fill(call), from.length),
  });
  const counted = (graph, how) =>
    closureCountsBy(
      how,
      graph,
      Int32Array.from({ length: graph.count }, (_, i) => i),
      graph.count,
    );
  const rows = [];
  for (const [name, shape] of Object.entries(SHAPES)) {
    const graph = graphOf(shape(200_000, 1_000_000));
    for (const how of ['exact', 'estimate'])
      rows.push({
        what: `rank, ${how}, 200,000 nodes 1,000,000 edges, ${name}`,
        ...(await measure(() => counted(graph, how), runs)),
      });
    const errors = errorsOf(counted(graph, 'exact').counts, counted(graph, 'estimate').counts);
    rows.push({ what: `  median error of the estimates, ${name}`, per: 100 * errors[errors.length >> 1], unit: '%' });
  }
  const small = graphOf(random(50_000, 250_000));
  const plain = await measure(() => plainCounts(small), 2);
  const own = await measure(() => counted(small, 'exact'), runs);
  rows.push({ what: 'rank, exact, 50,000 nodes 250,000 edges, random', ...own });
  rows.push({ what: 'a plain bitset pass, the same graph', ...plain });
  rows.push({ what: 'plain / ours', ratio: plain.median / own.median });
  return rows;
}

function errorsOf(exact, estimated) {
  return Array.from(exact, (count, node) => Math.abs(estimated[node] - count) / count).sort((a, b) => a - b);
}

/** Reachable sets by components in topological order, 1,024 columns at a time: what is written first. */
async function plainCounts({ count, reverse }) {
  const { stronglyConnected } = await builtModule('analyze/rank/components.js');
  const { of, count: components } = stronglyConnected(count, reverse, () => true);
  const order = Uint32Array.from({ length: count }, (_, node) => node).sort((a, b) => of[a] - of[b]);
  const totals = new Uint32Array(components);
  const bits = new Uint32Array(components * 32);
  for (let from = 0; from < count; from += 1024) {
    bits.fill(0);
    for (const node of order) {
      const row = of[node] * 32;
      const column = node - from;
      if (column >= 0 && column < 1024) bits[row + (column >>> 5)] |= 1 << (column & 31);
      for (let edge = reverse.offsets[node]; edge < reverse.offsets[node + 1]; edge++) {
        const other = of[reverse.dependents[edge]] * 32;
        if (other !== row) for (let i = 0; i < 32; i++) bits[row + i] |= bits[other + i];
      }
    }
    for (let word = 0; word < bits.length; word++) totals[word >>> 5] += population(bits[word]);
  }
  return totals;
}

function population(word) {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
