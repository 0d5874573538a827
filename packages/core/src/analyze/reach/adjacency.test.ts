import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reverseAdjacency } from './adjacency.js';

type Edge = readonly [from: number, to: number, word: number];

function rowsOf(count: number, edges: readonly Edge[], shared = false): string[] {
  const column = (at: 0 | 1 | 2): Uint32Array => Uint32Array.from(edges, (edge) => edge[at]);
  const built = reverseAdjacency(count, column(0), column(1), column(2), edges.length, shared);
  const rows: string[] = [];
  for (let v = 0; v < count; v++) {
    for (let i = built.offsets[v]!; i < built.offsets[v + 1]!; i++) {
      rows.push(`${v}<-${built.dependents[i]}:${built.words[i]}`);
    }
  }
  return rows;
}

function expectedRows(edges: readonly Edge[]): string[] {
  return [...new Map(edges.map((edge) => [edge.join(), edge])).values()]
    .sort((a, b) => a[1] - b[1] || a[0] - b[0] || a[2] - b[2])
    .map(([from, to, word]) => `${to}<-${from}:${word}`);
}

test('rows are sorted, exact repeats dropped, whatever the order of the edges', () => {
  const edge = fc.tuple(fc.nat(4), fc.nat(4), fc.nat(3));
  fc.assert(
    fc.property(fc.array(edge, { maxLength: 120 }), fc.boolean(), (edges, shared) => {
      expect(rowsOf(5, edges, shared)).toEqual(expectedRows(edges));
    }),
  );
});

test('a run of many repeats of one edge collapses', () => {
  const edges = Array.from({ length: 5000 }, (_, i): Edge => [1, 0, i % 3]);
  expect(rowsOf(2, edges)).toEqual(['0<-1:0', '0<-1:1', '0<-1:2']);
});

test('entries past edgeCount do not count', () => {
  const from = Uint32Array.of(1, 1);
  const built = reverseAdjacency(2, from, Uint32Array.of(0, 0), Uint32Array.of(7, 8), 1);
  expect([...built.words]).toEqual([7]);
});
