/**
 * Edges of mutations: a value depends on the top-level statements that write into it (rule 1 of docs/impact-model.md).
 * In: a mutation symbol of a file. Out: edges in the list. Not here: other references, and which statements mutate (gather/facts).
 */
import { SymbolFlag, type Reference, type SymbolFacts } from '../../model/facts.js';
import { EdgeBit, edgeWord, type NodeKind } from '../../model/graph.js';
import type { ResolutionScope } from './binding-targets.js';
import { addEdge } from './edges.js';
import type { LinkOutput, ResolvePath } from './link-output.js';
import type { LinkedFile } from './module-table.js';
import { kindOf } from './nodes.js';

/**
 * Rule 1: whoever reads the value later observes what the statement refers to; the initialiser runs it, unless it only puts a
 * function into a value of this file. A test's statements are its own affair, and a function or class that is only handed over
 * (`app.get('/', handler)`) is not written into. False: the initialiser holds the statement's references already.
 */
export function linkMutation(
  scope: ResolutionScope,
  file: LinkedFile,
  symbol: SymbolFacts,
  mutation: number,
  resolve: ResolvePath,
  output: LinkOutput,
): boolean {
  const first = symbol.references[0];
  if (!first) return false;
  const runs = (symbol.flags & SymbolFlag.eager) !== 0;
  const bound = file.facts?.bindings[first.binding];
  const nodes = bound?.kind === 'global' ? [] : mutatedNodes(scope, file, symbol, first, resolve);
  const elsewhere = bound?.kind === 'import' || bound?.kind === 'request' ? EdgeBit.elsewhere : 0;
  const word = edgeWord('mutates', 0, EdgeBit.runtime | elsewhere);
  for (const node of nodes) addEdge(output.edges, node, mutation, word);
  const local = bound?.kind === 'symbol' && nodes.length > 0;
  if (local) {
    const prefix = `${file.facts?.symbols[bound.symbol]?.name}.`;
    file.facts?.symbols.forEach((member, index) => {
      if (member.name.startsWith(prefix)) addEdge(output.edges, file.nodes[index] as number, mutation, word);
    });
  }
  if (runs || !local)
    addEdge(output.edges, file.nodes[0] as number, mutation, edgeWord('initialises', 0, EdgeBit.runtime));
  return nodes.length > 0 || !runs || bound?.kind === 'global';
}

const CODE: ReadonlySet<NodeKind> = new Set(['function', 'class']);

/** What a mutation writes into; nothing where only its own program can tell. Readers of globals find their mutations by name. */
function mutatedNodes(
  scope: ResolutionScope,
  file: LinkedFile,
  symbol: SymbolFacts,
  first: Reference,
  resolve: ResolvePath,
): number[] {
  const local = file.facts?.bindings[first.binding]?.kind === 'symbol';
  if (!local && (file.source.role === 'test' || file.source.role === 'test-support')) return [];
  const intoMembers = symbol.references.some(({ binding, path }) => binding === first.binding && path.length > 0);
  const isCode = (node: number): boolean => CODE.has(kindOf(scope.nodes, node));
  const nodes = resolve(first.binding, []).nodes.flatMap(({ node }) => (intoMembers || !isCode(node) ? [node] : []));
  return [...new Set(nodes)];
}
