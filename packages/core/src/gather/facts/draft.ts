/**
 * The facts of one file while they are being found: the same tables as FileFacts, but growing.
 * In: what the collector and the walk find, in any order. Out (assemble.ts): FileFacts with requests in source order.
 * Not here: any knowledge of syntax.
 */
import { textCode } from './fingerprint.js';
import type {
  AmbientDeclaration,
  DynamicConstruct,
  FactsProblem,
  HeritageClause,
  RequestKind,
  SymbolKind,
  ValuePlace,
} from '../../model/facts.js';
import { SymbolFlag } from '../../model/facts.js';
import { Sink } from './sink.js';
import { Variable } from './scope.js';

/** A symbol whose hashes and references are still growing; merged declarations go on growing one draft. */
export interface SymbolDraft {
  readonly name: string;
  kind: SymbolKind;
  flags: number;
  readonly parent: number;
  line: number;
  endLine: number;
  readonly sink: Sink;
  heritage: HeritageClause[] | undefined;
  /** What its value is, and what calling it gives; `null` where merged declarations differ. */
  value: ValuePlace | undefined | null;
  returns: ValuePlace | undefined | null;
  /** What callers pass; `null` where there are several signatures. */
  parameters: string | undefined | null;
  /** Overload signatures came before: the implementation's signature is not what others see. */
  overloaded: boolean;
  /** The bare names of its members, each with marks for what others see of it (`static`, `?`, `private`). */
  readonly members: string[];
}

/** A module request with the place it was found at, by which requests are ordered and recognised when met again. */
export interface RequestDraft {
  readonly specifier: string;
  readonly kind: RequestKind;
  readonly typeOnly: boolean;
  readonly eager: boolean;
  readonly pattern: boolean;
  readonly line: number;
  readonly start: number;
  /** Stands for the module's namespace in references. */
  readonly variable: Variable;
  /** An `import` that binds names: elidable where none of them is used at run time. */
  binds: boolean;
}

/** An import entry; `used` once something needs it at run time. */
export interface ImportDraft {
  readonly request: number;
  readonly name: string;
  readonly local: string;
  readonly typeOnly: boolean;
  readonly line: number;
  used: boolean;
}

/** An export entry, its request still numbered by discovery. */
export type ExportDraft =
  | {
      readonly kind: 'local';
      readonly name: string;
      readonly symbol: number;
      readonly typeOnly: boolean;
      readonly line: number;
    }
  | {
      readonly kind: 'indirect';
      readonly name: string;
      readonly request: number;
      readonly importName: string;
      readonly typeOnly: boolean;
      readonly line: number;
    }
  | { readonly kind: 'star'; readonly request: number; readonly typeOnly: boolean; readonly line: number };

/** What a binding refers to, requests still numbered by discovery. */
export type BindingDraft =
  | { readonly kind: 'symbol'; readonly symbol: number }
  | { readonly kind: 'import'; readonly import: number }
  | { readonly kind: 'request'; readonly request: number }
  | { readonly kind: 'global'; readonly name: string };

/** A new symbol, as its declaration knows it. */
export interface SymbolSeed {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly flags: number;
  readonly parent: number;
  readonly line: number;
  readonly endLine: number;
}

/** Members and entries past this many stay part of their parent: generated tables would only cost memory. */
const SYMBOL_LIMIT = 20_000;

/** The growing tables. */
export class Draft {
  readonly symbols: SymbolDraft[] = [];
  readonly requests: RequestDraft[] = [];
  readonly imports: ImportDraft[] = [];
  readonly exports: ExportDraft[] = [];
  readonly bindings: BindingDraft[] = [];
  readonly ambient: AmbientDeclaration[] = [];
  readonly dynamic: DynamicConstruct[] = [];
  readonly problems: FactsProblem[] = [];
  esm = false;
  cjs = false;
  callsTestApi = false;

  /** @param recordsCalls whether anybody asks `FileFacts.calls`. */
  constructor(readonly recordsCalls = true) {}
  private readonly byName = new Map<string, number>();
  private readonly byPlace = new Map<string, number>();
  private readonly globals = new Map<string, number>();
  private readonly own = new Map<number, number>();
  private readonly dynamicSeen = new Set<string>();

  /** Room for more member symbols. */
  get roomy(): boolean {
    return this.symbols.length < SYMBOL_LIMIT;
  }

  /** Adds a symbol, or merges the seed into the one of that name. Returns its index. */
  declare(seed: SymbolSeed): number {
    const known = this.byName.get(seed.name);
    if (known !== undefined) {
      this.merge(this.symbols[known] as SymbolDraft, seed);
      return known;
    }
    this.byName.set(seed.name, this.symbols.length);
    const { name, kind, flags, parent, line, endLine } = seed;
    this.symbols.push({
      name,
      kind,
      flags,
      parent,
      line,
      endLine,
      sink: new Sink(),
      heritage: undefined,
      value: undefined,
      returns: undefined,
      parameters: undefined,
      overloaded: false,
      members: [],
    });
    return this.symbols.length - 1;
  }

  /** The symbol at an index that this draft gave out. */
  symbol(index: number): SymbolDraft {
    return this.symbols[index] as SymbolDraft;
  }

  /** The symbol of that name, where there is one. */
  find(name: string): SymbolDraft | undefined {
    const index = this.byName.get(name);
    return index === undefined ? undefined : this.symbols[index];
  }

  /** A name that no symbol has yet: `name` itself or with a number behind it. */
  freeName(name: string): string {
    let free = name;
    for (let count = 2; this.byName.has(free); count += 1) free = `${name}${count}`;
    return free;
  }

  /** Adds a request, or finds it again when the same place is walked twice. Returns its index. */
  request(seed: Omit<RequestDraft, 'variable' | 'binds'>): number {
    const place = `${seed.start}:${seed.kind}:${seed.specifier}`;
    const known = this.byPlace.get(place);
    if (known !== undefined) return known;
    const request = this.requests.length;
    this.byPlace.set(place, request);
    this.requests.push({ ...seed, binds: false, variable: new Variable(seed.specifier, { kind: 'request', request }) });
    return request;
  }

  /** The binding index of a variable that stands for something outside a symbol. */
  bindingOf(variable: Variable): number {
    if (variable.binding >= 0) return variable.binding;
    this.bindings.push(variable.target as BindingDraft);
    return (variable.binding = this.bindings.length - 1);
  }

  /** The binding index of a symbol of this file that no variable stands for. */
  ownBinding(symbol: number): number {
    let binding = this.own.get(symbol);
    if (binding === undefined) {
      binding = this.bindings.push({ kind: 'symbol', symbol }) - 1;
      this.own.set(symbol, binding);
    }
    return binding;
  }

  /** The binding index of a name without a declaration in the file. */
  globalBinding(name: string): number {
    let binding = this.globals.get(name);
    if (binding === undefined) {
      binding = this.bindings.push({ kind: 'global', name }) - 1;
      this.globals.set(name, binding);
    }
    return binding;
  }

  /** Records a construct that can't be followed, once per symbol, line and kind. */
  noteDynamic(construct: DynamicConstruct): void {
    const key = `${construct.kind}:${construct.symbol}:${construct.line}:${construct.hint}`;
    if (this.dynamicSeen.has(key)) return;
    this.dynamicSeen.add(key);
    this.dynamic.push(construct);
  }

  /** Says what a symbol's value is, or what calling it gives; where declarations that merge differ, nobody knows. */
  learn(symbol: number, what: 'value' | 'returns', place: ValuePlace | undefined): void {
    const draft = this.symbol(symbol);
    const known = draft[what];
    const same =
      place !== undefined && known?.binding === place.binding && known.path.join('\0') === place.path.join('\0');
    draft[what] = known === undefined ? (place ?? null) : same ? known : null;
  }

  /** Says what callers of a symbol pass; of several signatures none is the one. */
  learnParameters(symbol: number, parameters: string): void {
    const draft = this.symbol(symbol);
    draft.parameters = draft.parameters === undefined ? parameters : null;
  }

  private merge(into: SymbolDraft, seed: SymbolSeed): void {
    if (((into.flags ^ seed.flags) & SymbolFlag.exported) !== 0) markMixed(into.sink);
    const adjacent = seed.line <= into.endLine + 1 || into.kind === seed.kind;
    const valueFirst = (seed.flags & SymbolFlag.value) !== 0 && (into.flags & SymbolFlag.value) === 0;
    if (valueFirst) {
      into.kind = seed.kind;
      if (!adjacent) into.line = seed.line;
    }
    if (adjacent || valueFirst) into.endLine = Math.max(seed.endLine, adjacent ? into.endLine : 0);
    into.flags |= seed.flags;
  }
}

/** Overloads of which only some are exported are an error, and so is what uses them: that is no other symbol's change. */
function markMixed({ content, shape }: Sink): void {
  const { a, b } = textCode('export of some declarations');
  for (const print of [content, shape]) print.pair(a, b);
}
