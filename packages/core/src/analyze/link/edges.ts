/**
 * A growing list of edges in typed arrays.
 * In: one edge at a time. Out: three arrays for `reverseAdjacency`. Not here: removing repeats.
 */
export interface EdgeList {
  count: number;
  from: Uint32Array;
  to: Uint32Array;
  words: Uint32Array;
}

/** An empty list with room for `capacity` edges. */
export function createEdgeList(capacity = 1 << 12): EdgeList {
  return { count: 0, from: new Uint32Array(capacity), to: new Uint32Array(capacity), words: new Uint32Array(capacity) };
}

/** Appends `from` depends on `to`. A node's edge to itself says nothing and is left out. Amortised O(1). */
export function addEdge(list: EdgeList, from: number, to: number, word: number): void {
  if (from === to) return;
  if (list.count === list.from.length) grow(list);
  list.from[list.count] = from;
  list.to[list.count] = to;
  list.words[list.count] = word;
  list.count++;
}

/** Makes room for `more` edges, so that they can be written into the arrays themselves. */
export function reserveEdges(list: EdgeList, more: number): void {
  if (list.count + more > list.from.length) grow(list, Math.max(list.count + more, list.from.length * 2));
}

function grow(list: EdgeList, size = list.from.length * 2): void {
  const wider = (array: Uint32Array): Uint32Array => {
    const copy = new Uint32Array(size);
    copy.set(array);
    return copy;
  };
  list.from = wider(list.from);
  list.to = wider(list.to);
  list.words = wider(list.words);
}
