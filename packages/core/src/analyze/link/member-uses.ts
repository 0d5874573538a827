/**
 * What linking learns of classes and of how symbols use members: who uses which name on something unknown, where instances leave.
 * In: one file's symbols as they are linked. Out: a growing record over both revisions. Not here: what follows (member-gates.ts).
 */
import { ReferenceFlag, SymbolFlag, type Reference, type SymbolFacts, type ValuePlace } from '../../model/facts.js';
import type { ResolvedBinding } from './binding-resolution.js';
import { bindingTargets, namespaceTargets, type ResolutionScope } from './binding-targets.js';
import { heritageTargets, memberTargets, type FoundMember } from './member-resolution.js';
import { membersOf, type ExportTarget, type LinkedFile } from './module-table.js';
import { kindOf, type NodeTable } from './nodes.js';

/** A class, a type with members or a top-level object literal with functions in it, over both revisions. */
export interface Shape {
  readonly node: number;
  kind: 'class' | 'type' | 'literal';
  /** Members by bare name; a name may have a static and an instance one. */
  readonly members: Map<string, ShapeMember>;
  /** Shapes that it extends or implements. */
  readonly bases: Set<number>;
  /** Some of what it extends or implements is not in the repository, or code that is not seen knows its members. */
  foreign: boolean;
}

/** One member of a shape. */
export interface ShapeMember {
  readonly node: number;
  readonly kind: SymbolFacts['kind'];
  /** {@link SymbolFlag} bits. */
  readonly flags: number;
}

/** An edge in waiting. */
export interface Use {
  readonly from: number;
  readonly to: number;
  readonly rank: number;
}

/** Everything that narrowing classes to members needs. */
export interface MemberUses {
  readonly shapes: Map<number, Shape>;
  /** Names that a node uses on receivers that nothing proves. */
  readonly names: Map<number, Set<string>>;
  /** Members used through an annotation: whatever has the same structure may answer. */
  readonly typed: Use[];
  /** Classes of which some code that is not seen gets an instance, or the class itself. */
  readonly whole: Use[];
  /** Classes into whose instances somebody writes members by names that are computed: their setters run. */
  readonly written: Use[];
  /** Nodes that read, and that call, computed members of something unknown. */
  readonly readsAny: Set<number>;
  readonly callsAny: Set<number>;
}

/** Nothing known yet. */
export function createMemberUses(): MemberUses {
  return {
    shapes: new Map(),
    names: new Map(),
    typed: [],
    whole: [],
    written: [],
    readsAny: new Set(),
    callsAny: new Set(),
  };
}

/** Adds `more` to `uses`: a shape that both revisions have is one, with the members of both. */
export function addMemberUses(uses: MemberUses, more: MemberUses): void {
  const { shapes, names, typed, whole, written, readsAny, callsAny, ...rest } = more;
  rest satisfies Record<string, never>; // A new list has to be added here, and in keep-links.ts and kept-plan.ts.
  for (const shape of shapes.values()) {
    const known = shapeAt(uses, shape.node, shape.kind);
    if (shape.foreign) known.foreign = true;
    for (const [name, member] of shape.members) known.members.set(name, member);
    for (const base of shape.bases) known.bases.add(base);
  }
  for (const [node, list] of names) for (const name of list) nameUse(uses, node, name);
  for (const use of typed) uses.typed.push(use);
  for (const use of whole) uses.whole.push(use);
  for (const use of written) uses.written.push(use);
  for (const node of readsAny) uses.readsAny.add(node);
  for (const node of callsAny) uses.callsAny.add(node);
}

/** Adds what one linked reference of `from` says. */
export function noteMemberUses(
  nodes: NodeTable,
  uses: MemberUses,
  from: number,
  reference: Reference,
  resolved: ResolvedBinding,
): void {
  const { flags, kind } = reference;
  if ((flags & ReferenceFlag.runtime) === 0) return;
  for (const name of resolved.names) nameUse(uses, from, name);
  for (const { node, rank } of resolved.nodes) {
    const target = kindOf(nodes, node);
    if (target === 'class' || target === 'interface' || target === 'type') {
      const known = resolved.names.length > 0 && (flags & ReferenceFlag.computed) === 0;
      const leaves = (flags & ReferenceFlag.escapes) !== 0 && !known && kind !== 'extends';
      if (leaves) (kind === 'write' ? uses.written : uses.whole).push({ from, to: node, rank });
    } else if ((flags & ReferenceFlag.instance) !== 0 || resolved.typed.includes(node)) {
      uses.typed.push({ from, to: node, rank });
    }
    if ((flags & ReferenceFlag.computed) !== 0 && (target === 'variable' || target === 'property'))
      uses.readsAny.add(from);
  }
}

/** A node uses a name on something unknown. */
export function nameUse(uses: MemberUses, from: number, name: string): void {
  const known = uses.names.get(from);
  if (known) known.add(name);
  else uses.names.set(from, new Set([name]));
}

/** Adds what a symbol uses of things that binding can't follow, and the instances that it passes to code that is not seen. */
export function noteHanded(
  scope: ResolutionScope,
  file: LinkedFile,
  uses: MemberUses,
  from: number,
  symbol: SymbolFacts,
): void {
  for (const name of symbol.members ?? []) nameUse(uses, from, name);
  if ((symbol.flags & SymbolFlag.readsAny) !== 0) uses.readsAny.add(from);
  if ((symbol.flags & SymbolFlag.callsAny) !== 0) uses.callsAny.add(from);
  for (const handed of symbol.handed ?? []) {
    const classes = placesOf(scope, file, handed, true).found.filter((one) => one.instance);
    if (classes.length === 0 || (handed.to && isSeen(scope, file, handed.to))) continue;
    for (const { file: owner, symbol: index, rank } of classes)
      uses.whole.push({ from, to: owner.nodes[index] as number, rank });
  }
}

/** `f.call(x)` is `f(x)`. */
const BINDERS = new Set(['bind', 'call', 'apply']);

/** The callee is code of the repository: what it does with an argument is linked by itself. */
function isSeen(scope: ResolutionScope, file: LinkedFile, callee: ValuePlace): boolean {
  const { binding, path } = callee;
  const bare = BINDERS.has(path.at(-1) ?? '') ? path.slice(0, -1) : path;
  const { found, outside } = placesOf(scope, file, { binding, path: bare }, false);
  const ends = found.filter((one) => one.whole);
  if (outside || ends.length === 0 || found.some((one) => one.names.length > 0)) return false;
  return ends.every(({ file: owner, symbol }) => isCode(owner, symbol));
}

/** A function or class with a body here; a variable or field only where its value is a function. */
function isCode(file: LinkedFile, symbol: number): boolean {
  const facts = file.facts?.symbols[symbol] as SymbolFacts;
  if (facts.kind === 'function' || facts.kind === 'class') return true;
  if (facts.kind === 'method') return (facts.flags & (SymbolFlag.abstract | SymbolFlag.type)) === 0;
  return (facts.flags & SymbolFlag.lazy) !== 0;
}

function placesOf(
  scope: ResolutionScope,
  file: LinkedFile,
  place: ValuePlace,
  deep: boolean,
): { found: FoundMember[]; outside: boolean } {
  const stack: ExportTarget[] = [...bindingTargets(scope, file, place.binding, place.path).targets];
  const found: FoundMember[] = [];
  let outside = stack.length === 0;
  for (let steps = 0; stack.length > 0 && steps < 64; steps++) {
    const target = stack.pop() as ExportTarget;
    if (target.kind === 'symbol') found.push(...memberTargets(scope, target, deep));
    else if (target.kind === 'external') outside = true;
    else if (target.path.length > 0) stack.push(...namespaceTargets(scope, target));
  }
  return { found, outside };
}

/** Adds the classes, interfaces, types with members and object literals with functions that a file declares. */
export function collectShapes(scope: ResolutionScope, file: LinkedFile, uses: MemberUses): void {
  const symbols = file.facts?.symbols ?? [];
  symbols.forEach((symbol, index) => {
    const members = membersOf(file, index);
    const kind = shapeKind(symbols, symbol, members);
    if (kind === undefined) return;
    const shape = shapeAt(uses, file.nodes[index] as number, kind);
    if ((symbol.flags & (SymbolFlag.foreign | SymbolFlag.ambient)) !== 0) shape.foreign = true;
    for (const member of members) {
      const { name, kind, flags } = symbols[member] as SymbolFacts;
      shape.members.set(name.slice(symbol.name.length + 1), { node: file.nodes[member] as number, kind, flags });
    }
    addBases(scope, file, symbol, shape);
  });
}

function shapeKind(
  symbols: readonly SymbolFacts[],
  { kind }: SymbolFacts,
  members: readonly number[],
): Shape['kind'] | undefined {
  if (kind === 'class') return 'class';
  if (kind === 'interface' || (kind === 'type' && members.length > 0)) return 'type';
  if (kind !== 'variable' && kind !== 'entry' && kind !== 'export') return undefined;
  return members.some((member) => ((symbols[member] as SymbolFacts).flags & SymbolFlag.lazy) !== 0)
    ? 'literal'
    : undefined;
}

/** The shape of a node, made where it is not there. */
export function shapeAt(uses: MemberUses, node: number, kind: Shape['kind']): Shape {
  const known = uses.shapes.get(node);
  if (known) return known;
  const shape: Shape = { node, kind, members: new Map(), bases: new Set(), foreign: false };
  uses.shapes.set(node, shape);
  return shape;
}

const SHAPED = new Set(['class', 'interface', 'type']);

function addBases(scope: ResolutionScope, file: LinkedFile, symbol: SymbolFacts, shape: Shape): void {
  for (const { binding, path } of symbol.heritage ?? []) {
    const targets = heritageTargets(scope, file, binding, path);
    if (targets.length === 0) shape.foreign = true;
    for (const { file: owner, symbol: index } of targets) {
      const base = owner.facts?.symbols[index] as SymbolFacts;
      shape.bases.add(owner.nodes[index] as number);
      if (!SHAPED.has(base.kind) || (base.kind === 'type' && membersOf(owner, index).length === 0))
        shape.foreign = true;
    }
  }
}
