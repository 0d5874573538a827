/**
 * Constructing is not using (rule 3): a class no longer drags in its methods where everything that can call them is known.
 * In: the edges of both revisions and what is known of member uses. Out: `contains` without the run-time bit for such methods,
 * edges to all of them where an instance leaves what is seen, and edges by name (member-joins.ts). Not here: finding the uses.
 *
 * A method stays coarse where code that is not seen may know its name: bases or interfaces outside the repository, decorators,
 * names that the language itself calls.
 */
import { confidenceRank } from '../../model/confidence.js';
import { SymbolFlag } from '../../model/facts.js';
import { EdgeBit, edgeKind, edgeRank, edgeWord } from '../../model/graph.js';
import { addEdge, type EdgeList } from './edges.js';
import { joinMembers, type GatedMember } from './member-joins.js';
import type { MemberUses, Shape, ShapeMember } from './member-uses.js';
import { kindOf, type NodeTable } from './nodes.js';
import { satisfies } from './structure.js';

/** Names that the language and its library call by themselves. */
const PROTOCOL = new Set(
  (
    'constructor toString toJSON toLocaleString valueOf then catch finally next return throw ' +
    'handleEvent inspect asymmetricMatch'
  ).split(' '),
);

/** Past this many methods the rest stay coarse: their sets would cost more memory than the graph. */
const GATE_LIMIT = 4096;

/** How a reference uses a class that needs it only as it is made: its constructor, its fields, its statics by name. */
const MAKING = new Set(['construct', 'extends', 'implements', 'call', 'read', 'write', 'typeof']);

/** Past this many edges to all of a class's methods it is one thing again. */
const WHOLE_LIMIT = 1024;

/** Narrows classes to the members that are used. Changes and appends to `edges`. */
export function gateMembers(nodes: NodeTable, edges: EdgeList, uses: MemberUses): void {
  const byClass = groupByClass(gatedMembers(nodes, uses));
  if (byClass.size === 0) return;
  const wholes = wholeUses(nodes, edges, uses, byClass);
  for (const [owner, users] of wholes) {
    const members = byClass.get(owner) as GatedMember[];
    if (users.size * members.length > WHOLE_LIMIT) byClass.delete(owner);
    else for (const [from, rank] of users) linkWhole(edges, from, members, rank);
  }
  for (const { from, to, rank } of uses.written)
    for (const owner of lineage(uses, to)) linkWhole(edges, from, settersOf(uses, byClass.get(owner) ?? []), rank);
  const gated = [...byClass.values()].flat();
  setContainment(nodes, edges, gated, false);
  const dispatched = setDispatch(nodes, edges, gated, true);
  const joins = joinMembers(nodes.names.length, edges, gated, seedsOf(uses, gated, dispatched));
  if (joins === undefined) {
    setContainment(nodes, edges, gated, true);
    setDispatch(nodes, edges, gated, false);
    return;
  }
  const answers = new Set(dispatched.map(([, index]) => (gated[index] as GatedMember).node));
  const called = edgeWord('call', confidenceRank('named'), EdgeBit.runtime);
  const answered = edgeWord('dispatches', confidenceRank('structural'), EdgeBit.runtime);
  for (const [from, to] of joins) addEdge(edges, from, to, answers.has(to) ? answered : called);
}

/**
 * A call through a base or an interface member runs an override only where its class is made too. A test loads all that it
 * runs, so it is reached by the join of both; code that others call with what they made is reached by the edge itself.
 * @returns pairs of the member called and the index of the one that may answer.
 */
function setDispatch(
  nodes: NodeTable,
  edges: EdgeList,
  gated: readonly GatedMember[],
  joined: boolean,
): [number, number][] {
  const indexes = new Int32Array(nodes.names.length).fill(-1);
  gated.forEach(({ node }, index) => (indexes[node] = index));
  const pairs: [number, number][] = [];
  for (let i = 0; i < edges.count; i++) {
    const word = edges.words[i]!;
    const index = indexes[edges.to[i]!]!;
    if (index < 0 || edgeKind(word) !== 'dispatches') continue;
    edges.words[i] = joined ? word | EdgeBit.elsewhere : word & ~EdgeBit.elsewhere;
    pairs.push([edges.from[i]!, index]);
  }
  return pairs;
}

function groupByClass(members: readonly GatedMember[]): Map<number, GatedMember[]> {
  const groups = new Map<number, GatedMember[]>();
  for (const member of members) {
    const group = groups.get(member.owner);
    if (group) group.push(member);
    else groups.set(member.owner, [member]);
  }
  return groups;
}

function linkWhole(edges: EdgeList, from: number, members: readonly GatedMember[], rank: number): void {
  for (const { node, name } of members)
    if (!name.startsWith('#')) addEdge(edges, from, node, edgeWord('read', rank, EdgeBit.runtime));
}

/** Members that run when they are written. */
function settersOf(uses: MemberUses, members: readonly GatedMember[]): readonly GatedMember[] {
  return members.filter(({ owner, name }) => uses.shapes.get(owner)?.members.get(name)?.kind === 'accessor');
}

/** Methods of classes whose every caller is known or leaves a trace, in node order. */
function gatedMembers(nodes: NodeTable, uses: MemberUses): GatedMember[] {
  const gated: GatedMember[] = [];
  const foreign = foreignShapes(uses);
  for (const shape of [...uses.shapes.values()].sort((left, right) => left.node - right.node)) {
    if (shape.kind !== 'class' || foreign.has(shape.node) || kindOf(nodes, shape.node) !== 'class') continue;
    if (gated.length + shape.members.size > GATE_LIMIT) break;
    for (const [name, member] of shape.members) {
      if (isCallable(member) && !PROTOCOL.has(name)) gated.push({ owner: shape.node, node: member.node, name });
    }
  }
  return gated;
}

function isCallable({ kind, flags }: ShapeMember): boolean {
  if ((flags & SymbolFlag.foreign) !== 0) return false;
  return kind === 'method' || kind === 'accessor' || (kind === 'property' && (flags & SymbolFlag.lazy) !== 0);
}

/** Shapes with something foreign in them or above. */
function foreignShapes(uses: MemberUses): Set<number> {
  const foreign = new Set<number>();
  for (const shape of uses.shapes.values()) {
    if (lineage(uses, shape.node).some((node) => uses.shapes.get(node)?.foreign !== false)) foreign.add(shape.node);
  }
  return foreign;
}

/** A shape and all that it extends or implements. Iterative, cycles allowed. */
function lineage(uses: MemberUses, node: number): number[] {
  const seen = new Set([node]);
  for (const each of seen) for (const base of uses.shapes.get(each)?.bases ?? []) seen.add(base);
  return [...seen];
}

/** Who uses all of a class, with the confidence rank: by class, in order of node and of discovery. */
function wholeUses(
  nodes: NodeTable,
  edges: EdgeList,
  uses: MemberUses,
  byClass: ReadonlyMap<number, readonly GatedMember[]>,
): Map<number, Map<number, number>> {
  const wholes = new Map<number, Map<number, number>>();
  const add = (from: number, to: number, rank: number): void => {
    for (const owner of lineage(uses, to)) {
      if (!byClass.has(owner)) continue;
      const users = wholes.get(owner) ?? new Map<number, number>();
      wholes.set(owner, users);
      users.set(from, Math.min(rank, users.get(from) ?? rank));
    }
  };
  for (const { from, to, rank } of uses.whole) add(from, to, rank);
  const isClass = new Uint8Array(nodes.names.length);
  for (const node of byClass.keys()) isClass[node] = 1;
  for (let i = 0; i < edges.count; i++) {
    const word = edges.words[i]!;
    if (isClass[edges.to[i]!] === 0 || (word & EdgeBit.runtime) === 0 || MAKING.has(edgeKind(word))) continue;
    add(edges.from[i]!, edges.to[i]!, edgeRank(word));
  }
  return wholes;
}

/** Whether making the class runs these members. */
function setContainment(nodes: NodeTable, edges: EdgeList, gated: readonly GatedMember[], runs: boolean): void {
  const isGated = new Uint8Array(nodes.names.length);
  for (const { node } of gated) isGated[node] = 1;
  for (let i = 0; i < edges.count; i++) {
    const word = edges.words[i]!;
    if (isGated[edges.to[i]!] === 0 || edgeKind(word) !== 'contains') continue;
    edges.words[i] = runs ? word | EdgeBit.runtime : word & ~EdgeBit.runtime;
  }
}

/** Which members each node may use, by index into `gated`. */
function seedsOf(
  uses: MemberUses,
  gated: readonly GatedMember[],
  dispatched: readonly [number, number][],
): Parameters<typeof joinMembers>[3] {
  const byName = new Map<string, number[]>();
  gated.forEach(({ name }, index) => {
    const list = byName.get(name);
    if (list) list.push(index);
    else byName.set(name, [index]);
  });
  const used = new Map<number, Set<number>>();
  const use = (from: number, members: readonly number[]): void => {
    if (members.length === 0) return;
    const known = used.get(from);
    if (known === undefined) used.set(from, new Set(members));
    else for (const member of members) known.add(member);
  };
  for (const [from, names] of uses.names) for (const name of names) use(from, byName.get(name) ?? []);
  for (const [from, index] of dispatched) use(from, [index]);
  const owners = ownersOf(uses);
  for (const { from, to } of uses.typed) {
    const owner = owners.get(to);
    if (owner) use(from, answering(uses, owner, gated, byName.get(owner.name) ?? []));
  }
  return { used, readsAny: uses.readsAny, callsAny: uses.callsAny };
}

interface Owner {
  readonly shape: Shape;
  readonly name: string;
}

/** The shape and the bare name of each member node. */
function ownersOf(uses: MemberUses): Map<number, Owner> {
  const owners = new Map<number, Owner>();
  for (const shape of uses.shapes.values())
    for (const [name, { node }] of shape.members) owners.set(node, { shape, name });
  return owners;
}

/** Members of that name whose class has the structure of the annotated type: an instance of it may stand there. */
function answering(
  uses: MemberUses,
  { shape }: Owner,
  gated: readonly GatedMember[],
  candidates: readonly number[],
): number[] {
  return candidates.filter((index) => {
    const { owner } = gated[index] as GatedMember;
    return owner !== shape.node && satisfies(uses.shapes, owner, shape);
  });
}
