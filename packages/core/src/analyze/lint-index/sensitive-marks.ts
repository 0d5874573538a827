/**
 * Which symbols do what a change of wants care: check access or handle tokens, query tables, set amounts of resources.
 * In: a revision's ends, the graph. Out: bits by node. Code that access is checked with directly is marked as well.
 * Tests are left out. Not here: what was changed of them.
 */
import { EdgeBit, edgeKind, NODE_KINDS, type SymbolGraph } from '../../model/graph.js';
import type { Endpoint, Endpoints } from '../../model/endpoint.js';
import { SENSITIVE_KINDS, type SensitiveKind } from '../../model/lint-index.js';
import { namesAccess } from '../risk/code/access-names.js';

const ACCESS = bitOf('access');
const SUPPORT = bitOf('support');

/** Bits in the order of {@link SENSITIVE_KINDS}, by node. */
export function sensitiveMarks(endpoints: Endpoints, graph: SymbolGraph): Uint8Array {
  const marks = new Uint8Array(graph.count);
  const mark = (node: number, kind: SensitiveKind): void => {
    if (node >= 0) marks[node]! |= bitOf(kind);
  };
  for (const end of endpoints) {
    if (end.test) continue;
    const kind = kindOf(end);
    if (kind !== undefined) mark(end.node, kind);
    for (const { name, node } of end.guards ?? []) if (namesAccess(name)) mark(node, 'access');
  }
  markSupport(marks, graph);
  return marks;
}

function kindOf({ role, query }: Endpoint): SensitiveKind | undefined {
  if (role.startsWith('auth.')) return 'access';
  if (query !== undefined) return 'query';
  return role === 'res.value' ? 'amount' : undefined;
}

const MODULE = NODE_KINDS.indexOf('module');
const KINDS = new Set(['call', 'construct', 'read']);

/** What marked code runs or reads. Top-level code uses all of its file: it supports nothing. */
function markSupport(marks: Uint8Array, { count, fileOf, files, kinds, reverse }: SymbolGraph): void {
  const { offsets, dependents, words } = reverse;
  for (let node = 0; node < count; node++) {
    const file = files[fileOf[node]!];
    if (file === undefined || file.role === 'test' || kinds[node] === MODULE || marks[node] !== 0) continue;
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      const user = dependents[edge]!;
      if ((marks[user]! & ACCESS) === 0 || kinds[user] === MODULE) continue;
      const word = words[edge]!;
      if ((word & EdgeBit.runtime) !== 0 && KINDS.has(edgeKind(word))) marks[node]! |= SUPPORT;
    }
  }
}

function bitOf(kind: SensitiveKind): number {
  return 1 << SENSITIVE_KINDS.indexOf(kind);
}
