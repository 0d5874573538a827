/**
 * The state of the one walk over a file's tree: which symbol is being read, in which scope, and what a token counts for.
 * In: nodes, through `visit`. Out: tokens into the current symbol's hashes, references into its list.
 * Not here: what each node type means (visit-*.ts); those are handed in as a table, so that no file here imports another in a circle.
 */
import type { DynamicConstruct, ReferenceKind, ValuePlace } from '../../model/facts.js';
import { ReferenceFlag, SymbolFlag } from '../../model/facts.js';
import { Sites } from './calls/sites.js';
import type { Draft, SymbolDraft } from './draft.js';
import { textCode } from './fingerprint.js';
import type { LineTable } from './line-table.js';
import type { GlobalPlace, Place, Scope, Variable } from './scope.js';
import type { Sink } from './sink.js';
import type { Node } from './syntax.js';
import { startOf, typeCode } from './syntax.js';

/** Reads one type of node. */
export type Visitor = (walk: Walk, node: Node) => void;

/** How deep the tree may nest before the rest is read coarsely: well inside the default stack. */
const DEPTH_LIMIT = 700;

/** What `this` and `super` mean in a member. */
export interface Owner {
  /** The class or object; absent for those that are no symbol of the file. */
  readonly variable: Variable | undefined;
  /** Path from the variable to what `this` is: `['prototype']` in an instance member. */
  readonly path: readonly string[];
  /** Types of the fields, by name. */
  readonly fields: ReadonlyMap<string, Place>;
  /** The base class. */
  readonly base: Place | undefined;
}

/** A value and the name it is exported by. */
export interface NamedValue {
  readonly name: string;
  readonly value: Node;
}

/** A value that is made, not the variable's own. */
function isBehindCall(name: string): boolean {
  return name === '()' || name === 'prototype';
}

/** An array's element: no declared member has such a name. */
function isElement(name: string): boolean {
  const first = name.charCodeAt(0);
  return first >= 48 && first <= 57;
}

/** The walk over one file. */
export class Walk {
  /** Types, and all that the compiler erases: no run-time tokens, compile-only references. */
  erased = false;
  /** What others can see of the current symbol. */
  surface = false;
  /** Evaluated while the module is. */
  eager = false;
  /** Functions met here are counted as called: they stand in call arguments or loose statements. */
  called = false;
  /** A literal here gives only its widened type to what others see. */
  widen = false;
  /** Below `as const` or `Object.freeze`. */
  constant = false;
  /** Types here are kept at run time by decorator metadata. */
  metadata = false;
  /** Inside a table of aliases (`alias: { '@': resolve(__dirname, 'src') }`): its paths are names, nothing there is read. */
  aliasing = false;
  owner: Owner | undefined;
  /** What the first parameter of the function read next is another name for. */
  argument: Place | undefined;
  /** The globals that the function read next is called with, by parameter. */
  globalArguments: readonly (GlobalPlace | undefined)[] = [];
  /** The global place that the statement being read assigns: `App = App || {}` does not observe what others put into it. */
  assignedGlobal: GlobalPlace | undefined;
  /** Every `return` of the function being read gives `this`: what its callers get is known (`returns`). */
  fluent = false;
  /** The function that AMD's `define` is given: its parameter `require` loads modules. */
  factory: Node | undefined;
  /** A script or CommonJS: assigning a name that nobody declares makes a global. */
  sloppy = false;
  /** Where `infer` declares. */
  inferScope: Scope | undefined;
  /** The name that JSX elements call in the classic transform. */
  jsxFactory = 'React';
  /** Where the automatic transform takes its functions from, by pragma; empty where the tsconfig says. */
  jsxSource = '';
  /** The request for it, once an element was met. */
  jsxRuntime: Variable | undefined;
  /** The function that the current symbol is. */
  own: Node | undefined;
  /** Index of the symbol that is being read. */
  symbol = 0;
  /** Nodes that a function's inferred type depends on. */
  readonly slice = new Set<Node>();
  /** Statements that export in CommonJS, and the values of theirs that are symbols of their own. */
  readonly commonJs = new Map<Node, readonly NamedValue[]>();
  /** What `exports.x` means inside the file, by `x`. */
  readonly ownExports = new Map<string, Place>();
  /** Functions and names that the initialiser being read only passes on, and to which calls (deferred.ts). */
  readonly deferred = new Map<Node, readonly Place[]>();
  /** The calls that the function being read is passed to. */
  private passedTo: readonly Place[] | undefined;
  /** Mutation symbols, by what is mutated: a variable, or the name of a global or of its member. */
  readonly mutations = new Map<Variable | string, number>();
  /** Calls and declarations, for the call records. */
  readonly sites = new Sites();
  private depth = 0;

  constructor(
    readonly text: string,
    readonly draft: Draft,
    readonly lines: LineTable,
    public scope: Scope,
    public sink: Sink,
    private readonly visitors: Readonly<Record<string, Visitor>>,
    private readonly fallback: Visitor,
    /** Reads what nests too deep for recursion. */
    private readonly coarse: Visitor,
  ) {}

  /** Reads a node; an absent one leaves a mark. */
  visit(node: Node | null | undefined): void {
    if (node === null || node === undefined) return this.token(0);
    if (this.depth >= DEPTH_LIMIT) return this.coarse(this, node);
    this.depth += 1;
    const visitor = this.visitors[node.type] ?? this.fallback;
    if (this.slice.size > 0 && !this.surface && this.slice.has(node)) {
      this.surface = true;
      visitor(this, node);
      this.surface = false;
    } else visitor(this, node);
    this.depth -= 1;
  }

  /** Reads a list, its length first. */
  each(nodes: readonly (Node | null)[] | null | undefined): void {
    if (!nodes) return this.token(0);
    let count = 0;
    for (const node of nodes) if (node?.type !== 'EmptyStatement') count++;
    this.token(count);
    for (const node of nodes) if (node?.type !== 'EmptyStatement') this.visit(node);
  }

  /** Reads a type, or whatever else the compiler erases. */
  type(node: Node | null | undefined): void {
    const { erased } = this;
    this.erased = true;
    this.visit(node);
    this.erased = erased;
  }

  /** Adds a mark that does not exist at run time (`?`, `readonly`, `private`). */
  erasedText(text: string): void {
    const { erased } = this;
    this.erased = true;
    this.write(text);
    this.erased = erased;
  }

  /** Adds a number to the hashes that the current place counts for. */
  token(value: number): void {
    const { sink } = this;
    sink.content.pair(value, value);
    if (!this.erased) sink.runtime.pair(value, value);
    if (this.surface) sink.shape.pair(value, value);
  }

  /** Adds the node's type. */
  mark(node: Node): void {
    this.token(typeCode(node.type));
  }

  /** Adds a text. */
  write(text: string): void {
    const { sink } = this;
    const { a, b } = textCode(text);
    sink.content.pair(a, b);
    if (!this.erased) sink.runtime.pair(a, b);
    if (this.surface) sink.shape.pair(a, b);
  }

  /** Adds a variable by its order of occurrence, a global by its name. */
  name(variable: Variable | undefined, name: string): void {
    if (variable === undefined) {
      this.token(1);
      return this.write(name);
    }
    const { sink } = this;
    sink.content.variable(variable);
    if (!this.erased) sink.runtime.variable(variable);
    if (this.surface) sink.shape.variable(variable);
  }

  /** Records that the current symbol refers to what a variable stands for. */
  refer(variable: Variable, path: readonly string[], kind: ReferenceKind, flags: number, node: Node): void {
    const { target } = variable;
    if (target === undefined) return;
    if (target.kind === 'import' && (!this.erased || this.metadata)) {
      const entry = this.draft.imports[target.import];
      if (entry !== undefined) entry.used = true;
    }
    if (kind === 'write' && target.kind === 'symbol' && !path.some(isBehindCall))
      this.draft.symbol(target.symbol).flags |= SymbolFlag.mutable;
    this.add(this.draft.bindingOf(variable), path, kind, flags, node);
  }

  /** Records that the current symbol refers to a name without a declaration in the file. */
  referGlobal(name: string, path: readonly string[], kind: ReferenceKind, flags: number, node: Node): void {
    this.add(this.draft.globalBinding(name), path, kind, flags, node);
  }

  private add(binding: number, path: readonly string[], kind: ReferenceKind, extra: number, node: Node): void {
    const runtime = !this.erased || this.metadata;
    const eager = this.eager && runtime;
    const flags =
      extra |
      (runtime ? ReferenceFlag.runtime : 0) |
      (this.surface ? ReferenceFlag.surface : 0) |
      (eager ? ReferenceFlag.eager : 0);
    const line = this.line(node);
    this.sink.add({ binding, path, kind, flags, line });
    if (!eager || this.symbol === 0) return;
    const own = { binding, path, kind, flags: flags & ~ReferenceFlag.surface, line };
    const deferred = this.passedTo?.map((place) => this.valueAt(place));
    this.draft.symbol(0).sink.add(deferred === undefined ? own : { ...own, deferred });
  }

  /** Reads a node that is passed to `calls`: none of it runs where none of them runs it. */
  deferring(calls: readonly Place[] | undefined, read: () => void): void {
    if (calls === undefined || this.passedTo !== undefined) return read();
    const { eager } = this;
    if (calls.length === 0) this.eager = false;
    else this.passedTo = calls;
    read();
    this.passedTo = undefined;
    this.eager = eager;
  }

  /** A function is called where it stands, while the module is evaluated: editing it edits what loading runs. */
  runsOnLoad(node: Node): void {
    if (!this.eager || this.erased || this.symbol === 0) return;
    const flags = ReferenceFlag.runtime | ReferenceFlag.eager;
    const binding = this.draft.ownBinding(this.symbol);
    this.draft.symbol(0).sink.add({ binding, path: [], kind: 'call', flags, line: this.line(node) });
  }

  /** Records that the current symbol uses a member of that name on something unknown. */
  useMember(name: string): void {
    if (this.erased || isElement(name)) return;
    this.sink.addMember(name);
    if (this.eager && this.symbol !== 0) this.draft.symbol(0).sink.addMember(name);
  }

  /** Records that the current symbol uses a member of something unknown whose name it computes. */
  useAnyMember(called: boolean): void {
    if (this.erased) return;
    const flag = called ? SymbolFlag.callsAny : SymbolFlag.readsAny;
    this.draft.symbol(this.symbol).flags |= flag;
    if (this.eager) this.draft.symbol(0).flags |= flag;
  }

  /** Records that the current symbol passes an object to a call. */
  hand(place: Place, to: Place | undefined): void {
    if (this.erased) return;
    const handed = to === undefined ? this.valueAt(place) : { ...this.valueAt(place), to: this.valueAt(to) };
    this.sink.addHanded(handed);
    if (this.eager && this.symbol !== 0) this.draft.symbol(0).sink.addHanded(handed);
  }

  /** A place as the facts write it. */
  valueAt({ root, path }: Place): ValuePlace {
    return { binding: this.draft.bindingOf(root), path };
  }

  /** Records a construct whose targets the text does not give. */
  dynamic(kind: DynamicConstruct['kind'], node: Node, hint: string): void {
    this.draft.noteDynamic({ kind, symbol: this.symbol, line: this.line(node), hint });
  }

  /** 1-based line on which a node begins. */
  line(node: Node): number {
    return this.lines.lineAt(startOf(node));
  }

  /** Reads something as the content of another symbol, seen by others unless said otherwise. */
  into(symbol: number, read: (draft: SymbolDraft) => void): void {
    const { sink, surface, symbol: outer, erased, widen } = this;
    const draft = this.draft.symbol(symbol);
    this.sink = draft.sink;
    this.symbol = symbol;
    this.surface = true;
    this.widen = false;
    read(draft);
    this.sink = sink;
    this.symbol = outer;
    this.surface = surface;
    this.erased = erased;
    this.widen = widen;
  }

  /** Reads something in another scope. */
  within<T>(scope: Scope, read: () => T): T {
    const outer = this.scope;
    this.scope = scope;
    const result = read();
    this.scope = outer;
    return result;
  }
}
