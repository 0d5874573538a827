#!/usr/bin/env node
/**
 * Recorded call graphs of public micro-suites against the symbol graph: who calls a function must depend on it.
 * In: a checkout of the suite. Out: found/total by language feature, and the misses by name. Nothing of it is executed.
 *
 *   node benchmarks/accuracy/micro-suites.mjs --suite jelly|js-callgraph --checkout DIR [--misses] [--only NAME] [--save NAME]
 *
 * `direct`: the caller is one step from a body change of the callee; `reached`: at any distance; `run`: the file that the
 * suite ran is reached, which is what a selection of tests needs. A caller that is handed its callee as an argument depends
 * on it only in that last sense.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { builtModule, writeResult } from '../places.mjs';
import { table } from '../statistics.mjs';
import { SUITES } from './call-graph-truths.mjs';

const { values: options } = parseArgs({
  options: {
    suite: { type: 'string' },
    checkout: { type: 'string' },
    misses: { type: 'boolean', default: false },
    only: { type: 'string' },
    save: { type: 'string' },
  },
});
if (!SUITES[options.suite] || options.checkout === undefined)
  throw new Error(`--suite ${Object.keys(SUITES).join('|')} and --checkout DIR are needed`);

const { readRevision } = await builtModule('gather/read-revision.js');
const { createFactsStore } = await builtModule('gather/facts-store.js');
const { memoryTree } = await builtModule('gather/tree-memory.js');
const { extractFacts } = await builtModule('gather/facts/index.js');
const { link } = await builtModule('analyze/link/index.js');
const { assumedChanges } = await builtModule('analyze/change/index.js');
const { reach } = await builtModule('analyze/reach/index.js');

const cases = SUITES[options.suite](resolve(options.checkout)).filter(
  ({ name }) => !options.only || name.split('/').includes(options.only),
);
const edges = [];
for (const one of cases) edges.push(...(await judged(one)));
conclude(edges);

/** Each edge of a case with what the graph says of it; every case is a repository of its own. */
async function judged({ name, feature, files, entries, edges }) {
  const graph = await graphOf(files);
  const reaches = new Map();
  return edges.map(({ caller, callee }) => {
    const [from, to] = [caller, callee].map((place) => nodeAt(graph, place, files[place.file]));
    const written = `${placeName(graph, from, caller)} -> ${placeName(graph, to, callee)}`;
    const row = { name, feature, written };
    if (from < 0 || to < 0) return { ...row, outside: true };
    if (from === to) return { ...row, same: true };
    if (!reaches.has(to)) reaches.set(to, reach(graph, assumedChanges(graph, [to], 'body')).runtime.distance);
    const distance = reaches.get(to);
    const run = entries.length === 0 ? undefined : entries.some((entry) => distance[fileNode(graph, entry)] >= 0);
    return { ...row, direct: distance[from] >= 0 && distance[from] <= 1, reached: distance[from] >= 0, run };
  });
}

async function graphOf(files) {
  const store = createFactsStore(async (inputs) => inputs.map((input) => extractFacts(input)));
  const { revision } = await readRevision(memoryTree(files), store);
  const nothing = {
    comparison: {},
    diffs: [],
    lockfiles: [],
    texts: { base: {}, head: {} },
    diagnostics: [],
    catalogue: [],
  };
  return link({ ...nothing, head: revision }).graph;
}

function fileNode(graph, path) {
  return graph.files.find((file) => file.path === path)?.node ?? -1;
}

/** The innermost node around a place, −1 where its file is not in the graph (an installed package, say). */
function nodeAt(graph, place, text = '') {
  const file = graph.files.findIndex(({ path }) => path === place.file);
  if (file < 0) return -1;
  let best = graph.files[file].node;
  if (place.module) return best;
  let least = Infinity;
  for (let node = 0; node < graph.count; node++) {
    if (graph.fileOf[node] !== file || graph.names[node] === '<module>') continue;
    if (graph.lines[node] > place.line || graph.endLines[node] < place.endLine) continue;
    const size = graph.endLines[node] - graph.lines[node] - nearness(graph.names[node], place, text);
    if (size <= least) [best, least] = [node, size];
  }
  return best;
}

/** Under 1: breaks ties between nodes of one line by where their names stand. */
function nearness(name, { line, column, symbol }, text) {
  const last = name.replace(/~$/, '').split('.').at(-1);
  if (symbol !== undefined) return last === symbol ? 0.9 : 0;
  const written = text.split('\n')[line - 1] ?? '';
  const at = written.slice(0, column - 1 + `function ${last}`.length).lastIndexOf(last);
  return at < 0 ? 0 : 0.9 / (1 + Math.abs(column - 1 - at));
}

function placeName(graph, node, { file, line }) {
  return node < 0 ? `${file}:${line}` : `${file}:${line} (${graph.names[node]})`;
}

function conclude(rows) {
  const features = [...new Set(rows.map(({ feature }) => feature))].sort();
  const inGraph = (list) => list.filter(({ outside, same }) => !outside && !same);
  const count = (list, test) => list.filter(test).length;
  const share = (list, test) => (list.length === 0 ? '' : `${count(list, test)}/${list.length}`);
  const line = (label, list) => {
    const judged = inGraph(list);
    const shares = ['direct', 'reached', 'run'].map((key) =>
      share(
        judged.filter((row) => row[key] !== undefined),
        (row) => row[key],
      ),
    );
    return [label, list.length, count(list, ({ outside }) => outside), count(list, ({ same }) => same), ...shares];
  };
  const lines = features.map((feature) =>
    line(
      feature,
      rows.filter((row) => row.feature === feature),
    ),
  );
  if (options.misses)
    for (const { name, written, reached, run } of inGraph(rows))
      if (!reached) console.log(`${run ? 'passed ' : 'MISSED '} ${name}: ${written}`);
  const head = ['feature', 'edges', 'outside', 'one node', 'direct', 'reached', 'run'];
  console.log(`\n${table([head, ...lines, line('all', rows)])}`);
  const name = `accuracy-${options.suite}`;
  console.log(`\nwritten to ${writeResult(options.save ?? name, rows, options.save !== undefined)}`);
}
