import { expect, test } from 'vitest';
import { EdgeBit, edgeWord } from '../../model/index.js';
import { reverseAdjacency } from './adjacency.js';
import { reachedByTests } from './coverage.js';

test('tests cover what they run, directly or not, and not what they only name as a type', () => {
  const call = edgeWord('call', 0, EdgeBit.runtime);
  const type = edgeWord('type', 0, EdgeBit.compile | EdgeBit.surface);
  // The test 0 calls 1, 1 calls 2, 2 names the type 3; 4 calls 1.
  const reverse = reverseAdjacency(
    5,
    Uint32Array.of(0, 1, 2, 4),
    Uint32Array.of(1, 2, 3, 1),
    Uint32Array.of(call, call, type, call),
    4,
  );
  expect([...reachedByTests({ count: 5, reverse }, Uint8Array.of(1, 0, 0, 0, 0))]).toEqual([1, 1, 1, 0, 0]);
});
