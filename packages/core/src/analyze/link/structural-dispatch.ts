/**
 * Dispatch by structure (rule 4): a class or object literal that has all that an interface demands answers calls through it,
 * though it never names it. In: shapes and member uses of both revisions. Out: edges from the interface's member to theirs.
 * Only types through which something is called, and classes that are made somewhere. Not here: declared heritage (dispatch-edges.ts).
 */
import { confidenceRank } from '../../model/confidence.js';
import { SymbolFlag } from '../../model/facts.js';
import { EdgeBit, edgeKind, edgeWord } from '../../model/graph.js';
import { addEdge, type EdgeList } from './edges.js';
import type { MemberUses, Shape, ShapeMember } from './member-uses.js';
import { lineageOf, satisfies } from './structure.js';

const WORD = edgeWord('dispatches', confidenceRank('structural'), EdgeBit.runtime);

/** A type that so many satisfy says nothing: who makes one of them and calls the name is found by name (member-joins.ts). */
const CANDIDATE_LIMIT = 24;
/** The same for a type with one member, which is satisfied by chance. */
const SINGLE_LIMIT = 2;

/** Adds the edges. Time about linear in shapes, as types and candidates are joined by their rarest member. */
export function linkStructure(edges: EdgeList, uses: MemberUses): void {
  const called = new Set(uses.typed.map(({ to }) => to));
  const types = [...uses.shapes.values()].filter((shape) => shape.kind === 'type' && !shape.foreign);
  const asked = types.filter((type) => [...type.members.values()].some(({ node }) => called.has(node)));
  if (asked.length === 0) return;
  const byMember = candidatesByMember(edges, uses);
  for (const type of asked.sort((left, right) => left.node - right.node)) {
    for (const candidate of candidatesOf(uses, type, byMember)) linkAnswers(edges, uses, type, candidate, called);
  }
}

/** Everything that may answer, by the names of its members, inherited ones too. */
function candidatesByMember(edges: EdgeList, uses: MemberUses): Map<string, Shape[]> {
  const made = madeClasses(edges, uses);
  const byMember = new Map<string, Shape[]>();
  for (const shape of uses.shapes.values()) {
    if (shape.kind === 'type' || (shape.kind === 'class' && !made.has(shape.node))) continue;
    const names = new Set(lineageOf(uses.shapes, shape.node).flatMap(({ members }) => [...members.keys()]));
    for (const name of names) {
      const list = byMember.get(name);
      if (list) list.push(shape);
      else byMember.set(name, [shape]);
    }
  }
  return byMember;
}

/** Classes that some code makes, hands on, or that nothing in the repository refers to: those are made outside. */
function madeClasses(edges: EdgeList, uses: MemberUses): Set<number> {
  const made = new Set(uses.whole.map(({ to }) => to));
  const used = new Set<number>();
  for (let i = 0; i < edges.count; i++) {
    const word = edges.words[i]!;
    if ((word & EdgeBit.runtime) === 0 || !uses.shapes.has(edges.to[i]!)) continue;
    used.add(edges.to[i]!);
    if (edgeKind(word) === 'construct') made.add(edges.to[i]!);
  }
  for (const { node, kind } of uses.shapes.values()) if (kind === 'class' && !used.has(node)) made.add(node);
  return made;
}

/** Candidates that have all that the type demands and do not say that they implement it. */
function candidatesOf(uses: MemberUses, type: Shape, byMember: ReadonlyMap<string, readonly Shape[]>): Shape[] {
  const demanded = lineageOf(uses.shapes, type.node).flatMap(({ members }) =>
    [...members].flatMap(([name, { flags }]) => ((flags & SymbolFlag.optional) === 0 ? [name] : [])),
  );
  let rarest: readonly Shape[] | undefined;
  for (const name of demanded) {
    const having = byMember.get(name) ?? [];
    if (rarest === undefined || having.length < rarest.length) rarest = having;
  }
  const limit = demanded.length === 1 ? SINGLE_LIMIT : CANDIDATE_LIMIT;
  const found = (rarest ?? []).filter((candidate) => satisfies(uses.shapes, candidate.node, type));
  if (found.length > limit) return [];
  return found.filter((candidate) => !lineageOf(uses.shapes, candidate.node).includes(type));
}

/** Calls of the type's members reach those of the candidate, wherever in its bases they stand. */
function linkAnswers(
  edges: EdgeList,
  uses: MemberUses,
  type: Shape,
  candidate: Shape,
  called: ReadonlySet<number>,
): void {
  const lineage = lineageOf(uses.shapes, candidate.node);
  for (const [name, { node }] of type.members) {
    if (!called.has(node)) continue;
    const answer = lineage.flatMap(({ kind, members }) => (kind === 'type' ? [] : (members.get(name) ?? [])))[0];
    if (answer && runs(answer)) addEdge(edges, node, answer.node, WORD);
  }
}

/** Using it runs code: a method, an accessor, a function in a field. */
function runs({ kind, flags }: ShapeMember): boolean {
  if ((flags & SymbolFlag.static) !== 0) return false;
  return kind === 'method' || kind === 'accessor' || (flags & SymbolFlag.lazy) !== 0;
}
