/**
 * Dispatch: a base or interface member depends on every declared member that can answer a call to it (rule 4).
 * In: classes and interfaces with heritage. Out: edges from the base's member to the overriding one.
 * Only what is declared: `extends`, `implements`, a literal's annotation. Structure: structural-dispatch.ts.
 */
import { confidenceRank } from '../../model/confidence.js';
import type { SymbolFacts, ValuePlace } from '../../model/facts.js';
import { EdgeBit, edgeWord } from '../../model/graph.js';
import type { ResolutionScope } from './binding-targets.js';
import { heritageTargets } from './member-resolution.js';
import { addEdge, type EdgeList } from './edges.js';
import type { LinkedFile, SymbolTarget } from './module-table.js';
import { membersOf, symbolNamed } from './module-table.js';

const RUNTIME = edgeWord('dispatches', 0, EdgeBit.runtime);
const LITERAL = edgeWord('dispatches', confidenceRank('structural'), EdgeBit.runtime);
/** An override must fit the member it overrides: it is checked against it, and nothing passes on. */
const CHECKED = edgeWord('implements', 0, EdgeBit.compile);

/** Adds the dispatch edges of every class and interface in one file. */
export function linkDispatch(scope: ResolutionScope, file: LinkedFile, edges: EdgeList): void {
  file.facts?.symbols.forEach((symbol, index) => {
    const members = symbol.heritage?.length || symbol.value ? membersOf(file, index) : [];
    if (members.length === 0) return;
    if (symbol.value) linkLiteral(scope, file, symbol, members, edges);
    for (const ancestor of ancestorsOf(scope, file, symbol)) linkMembers(file, symbol, members, ancestor, edges);
  });
}

/** `const sink: Sink = { … }`: the literal's entries answer for the members of the type. */
function linkLiteral(
  scope: ResolutionScope,
  file: LinkedFile,
  symbol: SymbolFacts,
  members: readonly number[],
  edges: EdgeList,
): void {
  const { binding, path } = symbol.value as ValuePlace;
  if (path.at(-1) !== 'prototype') return;
  const symbols = file.facts?.symbols ?? [];
  const types = heritageTargets(scope, file, binding, path);
  const above = types.flatMap((type) =>
    ancestorsOf(scope, type.file, type.file.facts?.symbols[type.symbol] as SymbolFacts),
  );
  for (const { file: owner, symbol: index } of [...types, ...above]) {
    const type = owner.facts?.symbols[index] as SymbolFacts;
    if (type.kind !== 'interface' && type.kind !== 'type' && type.kind !== 'class') continue;
    for (const member of members) {
      const name = (symbols[member] as SymbolFacts).name.slice(symbol.name.length + 1);
      const answered = symbolNamed(owner, `${type.name}.${name}`);
      if (answered !== undefined)
        addEdge(edges, owner.nodes[answered] as number, file.nodes[member] as number, LITERAL);
    }
  }
}

function linkMembers(
  file: LinkedFile,
  owner: SymbolFacts,
  members: readonly number[],
  ancestor: SymbolTarget,
  edges: EdgeList,
): void {
  const base = ancestor.file.facts?.symbols[ancestor.symbol] as SymbolFacts;
  const symbols = file.facts?.symbols ?? [];
  for (const index of members) {
    const name = (symbols[index] as SymbolFacts).name.slice(owner.name.length + 1);
    const answered = name === 'constructor' ? undefined : symbolNamed(ancestor.file, `${base.name}.${name}`);
    if (answered === undefined) continue;
    const baseNode = ancestor.file.nodes[answered] as number;
    const node = file.nodes[index] as number;
    addEdge(edges, baseNode, node, RUNTIME);
    addEdge(edges, node, baseNode, CHECKED);
  }
}

/** Every in-repository class and interface above, once each: iterative, cycles allowed. */
function ancestorsOf(scope: ResolutionScope, file: LinkedFile, symbol: SymbolFacts): SymbolTarget[] {
  const found: SymbolTarget[] = [];
  const seen = new Set<string>();
  const stack: { file: LinkedFile; symbol: SymbolFacts }[] = [{ file, symbol }];
  for (let current = stack.pop(); current; current = stack.pop()) {
    for (const clause of current.symbol.heritage ?? []) {
      for (const base of heritageTargets(scope, current.file, clause.binding, clause.path)) {
        const key = `${base.file.path}\0${base.symbol}`;
        if (seen.has(key)) continue;
        seen.add(key);
        found.push(base);
        stack.push({ file: base.file, symbol: base.file.facts?.symbols[base.symbol] as SymbolFacts });
      }
    }
  }
  return found;
}
