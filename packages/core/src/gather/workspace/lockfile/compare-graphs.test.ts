/** The comparison against its definition: closures of every direct dependency, computed without any shortcut. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareGraphs } from './compare-graphs.js';
import { buildLockGraph } from './lock-graph.js';
import type { LockGraph } from './lock-graph.js';

const NAMES = ['a', 'b', 'c', 'd'];

/** Per package two versions; each may be installed with edges to others; two importers. */
const graphs: fc.Arbitrary<LockGraph> = fc
  .record({
    edges: fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 10 }),
    direct: fc.array(fc.tuple(fc.constantFrom('p', 'q'), fc.nat(7)), { minLength: 1, maxLength: 4 }),
  })
  .map(({ edges, direct }) => {
    const builder = buildLockGraph('test');
    for (const name of NAMES)
      for (const version of ['1', '2']) builder.add({ key: `${name}@${version}`, name, version });
    for (const [from, to] of edges) builder.link(from, [to]);
    for (const importer of ['p', 'q']) builder.importer(importer);
    for (const [importer, node] of direct) builder.direct(importer, NAMES[node >> 1] as string, [node]);
    return builder.build();
  });

function closure(graph: LockGraph, importer: string, dependency: string): Set<string> {
  const stack = [...(graph.importers.get(importer)?.find(({ name }) => name === dependency)?.nodes ?? [])];
  const seen = new Set<number>();
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (!seen.has(id)) stack.push(...(graph.nodes[id]?.dependencies ?? []));
    seen.add(id);
  }
  return new Set([...seen].map((id) => graph.nodes[id]?.key as string));
}

/** `package < dependency < importer` for every difference of two closures that are both there. */
function naive(base: LockGraph, head: LockGraph): string[] {
  const found = new Set<string>();
  for (const importer of ['p', 'q']) {
    for (const dependency of NAMES) {
      const [before, after] = [closure(base, importer, dependency), closure(head, importer, dependency)];
      const keys = [...before, ...after].filter((key) => before.has(key) !== after.has(key));
      // A dependency that was added or dropped differs itself, and no more: both locks hold all packages here.
      const counted =
        before.size > 0 && after.size > 0
          ? keys
          : keys.filter((key) => key.startsWith(`${dependency}@`) && direct(base, head, importer, dependency).has(key));
      for (const key of counted) found.add(`${key[0]} < ${dependency} < ${importer}`);
    }
  }
  return [...found].sort();
}

function direct(base: LockGraph, head: LockGraph, importer: string, dependency: string): Set<string> {
  const of = (graph: LockGraph) =>
    graph.importers
      .get(importer)
      ?.find(({ name }) => name === dependency)
      ?.nodes.map((id) => graph.nodes[id]?.key as string);
  return new Set([...(of(base) ?? []), ...(of(head) ?? [])]);
}

it('equals the naive comparison of closures', () => {
  fc.assert(
    fc.property(graphs, graphs, (base, head) => {
      const flat = compareGraphs(base, head).flatMap(({ name, through }) =>
        through.flatMap(({ dependency, importers }) =>
          importers.map((importer) => `${name} < ${dependency} < ${importer}`),
        ),
      );
      expect(flat.sort()).toEqual(naive(base, head));
    }),
  );
});

it('walks a chain of 100,000 packages', () => {
  const chain = (last: string): LockGraph => {
    const builder = buildLockGraph('test');
    for (let id = 0; id < 100_000; id++)
      builder.add({ key: `n${id}`, name: `n${id}`, version: id === 99_999 ? last : '1' });
    for (let id = 0; id < 99_999; id++) builder.link(id, [id + 1]);
    builder.direct('', 'n0', [0]);
    return builder.build();
  };
  expect(compareGraphs(chain('1'), chain('2'))).toEqual([
    { name: 'n99999', base: ['1'], head: ['2'], cause: 'version', through: [{ dependency: 'n0', importers: [''] }] },
  ]);
});
