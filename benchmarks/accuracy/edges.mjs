#!/usr/bin/env node
/**
 * Contract edges of a repository, drawn at random for reading by hand: does this consumer really depend on this provider?
 * In: a checkout. Out: each drawn edge with the places on both sides, and the line that stands there. Nothing is executed.
 *
 *   node benchmarks/accuracy/edges.mjs --repo DIR [--sample 30] [--seed 1] [--kind http,trpc] [--near FILE:LINE]
 *
 * Edges are pairs of consumer and provider of one contract. The kinds (http, trpc, table, column, topic, event, env, graphql) get
 * equal shares of the sample, as far as they have edges. `--near` lists, instead, the ends and contracts of one line: what a call that
 * was drawn from the text is joined to. `--ends` counts ends by role.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { builtModule } from '../places.mjs';
import { seeded } from '../statistics.mjs';

const { values: options } = parseArgs({
  options: {
    repo: { type: 'string' },
    sample: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    kind: { type: 'string' },
    near: { type: 'string', multiple: true },
    ends: { type: 'boolean', default: false },
  },
});
if (options.repo === undefined) throw new Error('--repo DIR is needed');
const root = resolve(options.repo);
const { openRepository } = await builtModule('index.js');
const { link } = await builtModule('analyze/link/index.js');
const { placesIn } = await builtModule('analyze/contracts/places.js');
const { joinEndpoints } = await builtModule('analyze/contracts/join.js');

const repository = await openRepository({ root });
const { graph, endpoints } = link(repository.snapshot);
repository.close();
const ends = endpoints.head;
const packages = new Map(graph.files.map(({ path, packageRoot }) => [path, packageRoot]));
// Ends stand for themselves instead of for their nodes: so a side tells its line.
const contracts = joinEndpoints(
  ends.map((end, node) => ({ ...end, node })),
  placesIn(repository.snapshot.head.workspace, (file) => packages.get(file) ?? ''),
);

if (options.ends) countEnds();
if (options.near) for (const place of options.near) tellNear(place);
else drawEdges();

function drawEdges() {
  const byKind = new Map();
  for (const { name, providers, consumers } of contracts) {
    const kind = name.split(' ', 1)[0];
    if (options.kind && !options.kind.split(',').includes(kind)) continue;
    const pairs = consumers.flatMap((from) => providers.map((to) => ({ name, from, to })));
    byKind.set(kind, [...(byKind.get(kind) ?? []), ...pairs]);
  }
  const random = seeded(Number(options.seed));
  const piles = [...byKind].map(([, pairs]) => shuffled(pairs, random));
  const drawn = [];
  for (let round = 0; drawn.length < Number(options.sample) && piles.some((pile) => pile.length > round); round++)
    for (const pile of piles) if (pile.length > round && drawn.length < Number(options.sample)) drawn.push(pile[round]);
  for (const [kind, pairs] of byKind) console.log(`${kind}: ${pairs.length} edges`);
  for (const [index, { name, from, to }] of drawn.entries())
    console.log(`\n${index + 1}. ${name}\n   ${told(from.node)}\n   ${told(to.node)}`);
}

/** What is known of one line, or of the symbol around it: its ends, and what each is joined to. */
function tellNear(place) {
  const [file, line] = place.split(':');
  const own = ends.flatMap((end, index) =>
    end.file === file && Math.abs(end.line - Number(line)) <= 1 ? [index] : [],
  );
  console.log(`\n${place}  ${lineAt(file, Number(line))}${own.length === 0 ? '\n   no end' : ''}`);
  for (const index of own) {
    console.log(`   ${ends[index].role} ${ends[index].key}`);
    for (const { name, consumers, providers, parts } of contracts)
      if (consumers.some(({ node }) => node === index))
        console.log(
          `     ${name} <- ${[...providers.map(({ node }) => told(node)), ...parts].slice(0, 4).join(' | ')}`,
        );
  }
}

function countEnds() {
  const counts = new Map();
  for (const { role } of ends) counts.set(role, (counts.get(role) ?? 0) + 1);
  for (const [role, count] of [...counts].sort()) console.log(`${role}  ${count}`);
}

function told(index) {
  const { file, line, row, confidence } = ends[index];
  return `${file}:${line} [${row}, ${confidence}]  ${lineAt(file, line)}`;
}

function lineAt(file, line) {
  try {
    return (readFileSync(join(root, file), 'utf8').split('\n')[line - 1] ?? '').trim().slice(0, 140);
  } catch {
    return '';
  }
}

function shuffled(list, random) {
  const copy = [...list];
  for (let at = copy.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [copy[at], copy[other]] = [copy[other], copy[at]];
  }
  return copy;
}
