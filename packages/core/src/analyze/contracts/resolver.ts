/**
 * From a partial value of a file to where it comes from: through imports, re-exports, aliases, fields, callbacks and results.
 * In: one revision's modules and their call records, decoded on demand. Out: origins, without repeats; nothing known gives none.
 * Bounded in depth and in choices; memoised where nothing is bound (origin-memo.ts). Not here: rows (match.ts), texts (partial-text.ts).
 */
import { CallForm, type FileCalls, type PartialValue } from '../../model/calls.js';
import { bindingTargets, type NameScope } from '../link/binding-targets.js';
import { resolveExport } from '../link/export-resolution.js';
import { symbolNamed, type ExportTarget, type LinkedFile } from '../link/module-table.js';
import { importKey, NO_IMPORTS, type ImportedOrigins } from './imported-origins.js';
import { tracedInto } from '../link/trace.js';
import { DecodedCalls } from './decoded-calls.js';
import { OriginMemo, type Search } from './origin-memo.js';
import { CHOICE_LIMIT, distinct, externalPath, stepped } from './origin-paths.js';
import { functionKey, UNBOUND, type Bound, type CallPlace, type Origin } from './origin.js';
import { ownEntry } from '../../model/own-entry.js';

/** Steps through the repository's own names, calls and fields. */
const DEPTH_LIMIT = 60;
/** Steps for one value, those for values without bindings on the way left out. */
const FUEL = 1500;
/** Steps within each other, whatever they are for: bounds the stack. */
const LEVEL_LIMIT = 300;

const NONE: readonly Origin[] = [];
/** Types that stand for what they are given. */
const TRANSPARENT_TYPES = new Set(
  ['Promise', 'Awaited', 'Readonly', 'Partial', 'Required', 'Omit', 'Pick', 'NonNullable', 'Ref'].map(
    (name) => `global:${name}`,
  ),
);
/** Names of the global object. */
const GLOBAL_OBJECTS = new Set(['window', 'globalThis', 'self', 'global'].map((name) => `global:${name}`));

/** Who calls a function of the repository, and to whom it is passed by name; by `functionKey`. */
export interface Callers {
  direct(key: string): readonly CallPlace[];
  passed(key: string): readonly CallPlace[];
}

const NO_CALLERS: Callers = { direct: () => [], passed: () => [] };

/** Resolves values of one revision. */
export class Resolver {
  readonly memo = new OriginMemo();
  private readonly foreign = new Map<LinkedFile, Map<number, boolean>>();
  private readonly parametric = new Map<PartialValue, boolean>();
  private active = new Set<string>();
  /** Parameters are followed to the callers only once these are known. */
  private callers: Callers = NO_CALLERS;
  private fuel = FUEL;
  private levels = 0;
  private readonly trace = tracedInto({
    file: (file) => this.memo.note(file as LinkedFile),
    missing: (path) => this.memo.noteMissing(path),
  });

  /** @param imported what names of other files are, where those files are not at hand. */
  constructor(
    readonly scope: NameScope,
    private readonly imported: ImportedOrigins = NO_IMPORTS,
    private readonly decoded = new DecodedCalls(),
  ) {}

  /** The call records of a file. */
  calls(file: LinkedFile): FileCalls {
    this.memo.note(file);
    return this.decoded.of(file.facts);
  }

  /** From now on a parameter without a type is what its callers give. */
  follow(callers: Callers): void {
    this.callers = callers;
    this.memo.forgetCallers();
  }

  /** What `work` looks at is noted in `search`. */
  within<Result>(search: Search, work: () => Result): Result {
    const { table } = this.scope;
    const outer = table.trace;
    table.trace = this.trace;
    try {
      return this.memo.within(search, work);
    } finally {
      table.trace = outer;
    }
  }

  /** Where a value of a file comes from. */
  origins(file: LinkedFile, value: PartialValue, bound: Bound = UNBOUND): readonly Origin[] {
    this.memo.ask();
    this.fuel = FUEL;
    return this.at(file, value, bound, 0);
  }

  /** A member of an origin. */
  membersOf(origin: Origin, name: string, bound: Bound): readonly Origin[] {
    this.memo.ask();
    this.fuel = FUEL;
    return this.members([origin], name, bound, 1);
  }

  private at(file: LinkedFile, value: PartialValue, bound: Bound, depth: number): readonly Origin[] {
    if (value === null) return NONE;
    if (!Array.isArray(value)) return [{ kind: 'value', file, value }];
    switch (value[0]) {
      case 'f':
        return [{ kind: 'function', file, fn: value[1] as number }];
      case 'h':
        return [{ kind: 'instance', file, symbol: value[1] as number }];
      case 't':
      case 'o':
      case 'a':
        return [{ kind: 'value', file, value }];
    }
    if (depth > DEPTH_LIMIT || --this.fuel < 0) return NONE;
    if (bound.size > 0 && value[0] !== 'b') return distinct(this.search(file, value, bound, depth));
    return this.memo.origins(file, value, () => this.unbound(file, value, depth));
  }

  /** Searched as if nothing else were going on: so the answer is the value's own. */
  private unbound(file: LinkedFile, value: PartialValue & readonly unknown[], depth: number): readonly Origin[] {
    const { fuel, active, levels } = this;
    if (levels > LEVEL_LIMIT) {
      this.memo.noteCut();
      return NONE;
    }
    this.levels = levels + depth + 1;
    this.fuel = FUEL;
    if (active.size > 0) this.active = new Set();
    const found = distinct(this.search(file, value, UNBOUND, 0));
    this.fuel = fuel;
    this.active = active;
    this.levels = levels;
    return found;
  }

  /** Whether a value is surely of a package or of the platform: what it is called by, and what it gives, is no function of ours. */
  isForeign(file: LinkedFile, value: PartialValue): boolean {
    let at = value;
    while (Array.isArray(at) && (at[0] === 'm' || at[0] === 'e' || at[0] === 'c'))
      at = at[0] === 'c' ? (this.calls(file).calls[at[1] as number]?.[3] ?? null) : (at[1] as PartialValue);
    if (!Array.isArray(at) || at[0] !== 'b') return false;
    const binding = at[1] as number;
    const known = this.foreign.get(file) ?? new Map<number, boolean>();
    if (known.size === 0) this.foreign.set(file, known);
    let foreign = known.get(binding);
    if (foreign === undefined) {
      const { targets } = bindingTargets(this.scope, file, binding, []);
      foreign = targets.every(({ kind }) => kind === 'external') && file.facts?.bindings[binding]?.kind !== 'symbol';
      known.set(binding, foreign);
    }
    return foreign;
  }

  private search(
    file: LinkedFile,
    value: PartialValue & readonly unknown[],
    bound: Bound,
    depth: number,
  ): readonly Origin[] {
    switch (value[0]) {
      case 'b':
        return this.binding(file, value[1] as number, depth);
      case 'm':
        return this.members(
          this.at(file, value[1] as PartialValue, bound, depth + 1),
          value[2] as string,
          bound,
          depth,
        );
      case 'e':
        return this.at(file, value[1] as PartialValue, bound, depth + 1).flatMap((one) =>
          this.element(one, bound, depth),
        );
      case 'c':
        return this.result({ file, index: value[1] as number }, bound, depth);
      case 'p':
        return this.parameter(file, value[1] as number, value[2] as number, bound, depth);
      case 'i':
        return this.instance(file, value, bound, depth);
      case '|':
        return (value[1] as readonly PartialValue[]).flatMap((one) => this.at(file, one, bound, depth + 1));
      default:
        return [{ kind: 'value', file, value }];
    }
  }

  private binding(file: LinkedFile, binding: number, depth: number): readonly Origin[] {
    const bound = file.facts?.bindings[binding];
    const told = this.imported.size > 0 ? this.imported.get(importKey(file, binding)) : undefined;
    if (told !== undefined) return told.map((one) => ('pkg' in one ? one : { ...one, file }));
    const { targets } = bindingTargets(this.scope, file, binding, []);
    if (targets.length > 0) return targets.flatMap((target) => this.target(target, depth));
    if (bound?.kind === 'global') return [{ kind: 'path', pkg: `global:${bound.name}`, subpath: '', steps: [] }];
    return this.builtin(file, binding);
  }

  /** A module of Node's own: it resolves to nothing, and has a name all the same. */
  private builtin(file: LinkedFile, binding: number): readonly Origin[] {
    const { facts } = file;
    const bound = facts?.bindings[binding];
    const entry = bound?.kind === 'import' ? facts?.imports[bound.import] : undefined;
    const request = bound?.kind === 'request' ? bound.request : entry?.request;
    const specifier = request === undefined ? undefined : facts?.requests[request]?.specifier;
    if (specifier === undefined || specifier.startsWith('.')) return NONE;
    const segments = specifier.split('/');
    const pkg = segments.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
    return [externalPath(pkg, specifier.slice(pkg.length), entry?.name ?? '*')];
  }

  private target(target: ExportTarget, depth: number): readonly Origin[] {
    if (target.kind === 'external') return [externalPath(target.package, target.subpath, target.name)];
    if (target.kind === 'namespace') {
      let found: readonly Origin[] = [{ kind: 'module', file: target.file }];
      for (const name of target.path) found = this.members(found, name, UNBOUND, depth + 1);
      return found;
    }
    let found = this.symbol(target.file, target.symbol, depth + 1);
    for (const name of target.path) found = this.members(found, name, UNBOUND, depth + 1);
    return found;
  }

  /** What a symbol of a file is. */
  private symbol(file: LinkedFile, symbol: number, depth: number): readonly Origin[] {
    const facts = file.facts?.symbols[symbol];
    if (facts === undefined) return NONE;
    const calls = this.calls(file);
    const fn = calls.own[symbol];
    if (fn !== undefined && facts.kind !== 'class') return [{ kind: 'function', file, fn }];
    if (facts.kind === 'class' || facts.kind === 'enum' || facts.kind === 'interface')
      return [{ kind: 'class', file, symbol }];
    const value = calls.values[symbol];
    return value === undefined ? NONE : this.at(file, value, UNBOUND, depth + 1);
  }

  private members(of: readonly Origin[], name: string, bound: Bound, depth: number): readonly Origin[] {
    return of.length === 0 ? NONE : of.flatMap((one) => this.member(one, name, bound, depth));
  }

  private member(origin: Origin, name: string, bound: Bound, depth: number): readonly Origin[] {
    if (depth > DEPTH_LIMIT) return NONE;
    switch (origin.kind) {
      case 'path':
        if (origin.steps.length === 0 && GLOBAL_OBJECTS.has(origin.pkg)) return [{ ...origin, pkg: `global:${name}` }];
        if (name === 'default' && origin.steps.length === 0) return [origin];
        return [stepped(origin, { token: `M:${name}` })];
      case 'value':
        return this.entry(origin.file, origin.value, name, bound, depth);
      case 'module':
        return resolveExport(this.scope.table, origin.file, name).flatMap((one) => this.target(one, depth + 1));
      case 'class':
        return this.classMember(origin.file, origin.symbol, name, depth);
      case 'instance':
        return this.instanceMember(origin.file, origin.symbol, name, depth);
      default:
        return NONE;
    }
  }

  private entry(file: LinkedFile, value: PartialValue, name: string, bound: Bound, depth: number): readonly Origin[] {
    if (!Array.isArray(value)) return NONE;
    if (value[0] === 'a')
      return this.at(file, (value[1] as readonly PartialValue[])[Number(name)] ?? null, bound, depth + 1);
    if (value[0] !== 'o') return NONE;
    const entries = value[1] as Readonly<Record<string, PartialValue>>;
    if (Object.hasOwn(entries, name)) return this.at(file, entries[name] ?? null, bound, depth + 1);
    const spread = entries['...'];
    if (!Array.isArray(spread)) return NONE;
    return (spread[1] as readonly PartialValue[]).flatMap((one) =>
      this.members(this.at(file, one, bound, depth + 1), name, bound, depth + 1),
    );
  }

  private classMember(file: LinkedFile, symbol: number, name: string, depth: number): readonly Origin[] {
    if (depth > DEPTH_LIMIT) return NONE;
    const member = symbolNamed(file, `${file.facts?.symbols[symbol]?.name ?? ''}.${name}`);
    if (member !== undefined) return this.symbol(file, member, depth + 1);
    return this.base(file, symbol, depth).flatMap((base) => {
      if (base.kind === 'class') return this.classMember(base.file, base.symbol, name, depth + 1);
      return base.kind === 'path' ? [stepped(base, { token: `M:${name}`, of: { file, symbol } })] : NONE;
    });
  }

  private instanceMember(file: LinkedFile, symbol: number, name: string, depth: number): readonly Origin[] {
    if (depth > DEPTH_LIMIT) return NONE;
    const calls = this.calls(file);
    const field = ownEntry(calls.classes[symbol]?.[1] ?? {}, name);
    if (field !== undefined && field !== null) return this.at(file, field, UNBOUND, depth + 1);
    const member = symbolNamed(file, `${file.facts?.symbols[symbol]?.name ?? ''}.${name}`);
    if (member !== undefined) {
      const fn = calls.own[member];
      if (fn === undefined) return NONE;
      return file.facts?.symbols[member]?.kind === 'accessor'
        ? (calls.functions[fn]?.[4] ?? []).flatMap((one) => this.at(file, one, UNBOUND, depth + 1))
        : [{ kind: 'function', file, fn }];
    }
    return this.base(file, symbol, depth).flatMap((base) => {
      if (base.kind === 'class') return this.instanceMember(base.file, base.symbol, name, depth + 1);
      return base.kind === 'path'
        ? [stepped(stepped(base, { token: 'I', of: { file, symbol } }), { token: `M:${name}` })]
        : NONE;
    });
  }

  private base(file: LinkedFile, symbol: number, depth: number): readonly Origin[] {
    const base = this.calls(file).classes[symbol]?.[0];
    return base === undefined ? NONE : this.at(file, base, UNBOUND, depth + 1);
  }

  private element(origin: Origin, bound: Bound, depth: number): readonly Origin[] {
    if (origin.kind === 'path') return [stepped(origin, { token: 'E' })];
    if (origin.kind !== 'value' || !Array.isArray(origin.value)) return NONE;
    const { file, value } = origin;
    const inside = value[0] === 'a' ? value[1] : value[0] === 'o' ? Object.values(value[1] as object) : [];
    return (inside as readonly PartialValue[])
      .slice(0, CHOICE_LIMIT)
      .flatMap((one) => this.at(file, one, bound, depth + 1));
  }

  /** What a call gives. */
  private result(place: CallPlace, bound: Bound, depth: number): readonly Origin[] {
    const record = this.calls(place.file).calls[place.index];
    if (record === undefined) return NONE;
    const callees = this.at(place.file, record[3], bound, depth + 1);
    const made = record[0] === CallForm.construct;
    return callees.flatMap((callee): readonly Origin[] => {
      switch (callee.kind) {
        case 'path':
          return [stepped(callee, { token: made ? 'I' : 'R', call: place })];
        case 'class':
          return [{ ...callee, kind: 'instance' }];
        case 'function':
          return this.returned(callee.file, callee.fn, place, bound, depth);
        default:
          return NONE;
      }
    });
  }

  private returned(file: LinkedFile, fn: number, place: CallPlace, bound: Bound, depth: number): readonly Origin[] {
    const key = functionKey(file, fn);
    const returns = this.calls(file).functions[fn]?.[4] ?? [];
    if (returns.length === 0 || this.active.has(key)) return NONE;
    this.active.add(key);
    const inner = new Map(bound).set(key, { place, bound });
    const found = returns.flatMap((one) => this.at(file, one, this.usesParameter(one) ? inner : UNBOUND, depth + 1));
    this.active.delete(key);
    return found;
  }

  /** What it gives may depend on what the function is given. */
  private usesParameter(value: PartialValue): boolean {
    let uses = this.parametric.get(value);
    if (uses === undefined) this.parametric.set(value, (uses = /\["[pc]"/.test(JSON.stringify(value))));
    return uses;
  }

  private parameter(file: LinkedFile, fn: number, index: number, bound: Bound, depth: number): readonly Origin[] {
    const entered = bound.get(functionKey(file, fn));
    if (entered !== undefined) {
      const { place } = entered;
      const argument = this.calls(place.file).calls[place.index]?.[4][index];
      const found = argument === undefined ? NONE : this.at(place.file, argument, entered.bound, depth + 1);
      if (found.length > 0) return found;
    }
    const record = this.calls(file).functions[fn];
    const type = record?.[2][index];
    if (type !== undefined && type !== null) {
      const typed = this.at(file, type, UNBOUND, depth + 1);
      if (typed.length > 0) return typed;
    }
    if (record === undefined) return NONE;
    const [call, , ...path] = record[3];
    if (typeof call === 'number') return this.handed({ file, index: call }, path as string[], index, bound, depth);
    return this.fromCallers(file, fn, index, depth);
  }

  /** The parameter of a function that is passed to a call. */
  private handed(
    place: CallPlace,
    path: readonly string[],
    index: number,
    bound: Bound,
    depth: number,
  ): readonly Origin[] {
    const record = this.calls(place.file).calls[place.index];
    if (record === undefined) return NONE;
    return this.at(place.file, record[3], bound, depth + 1).flatMap((callee) => {
      if (callee.kind !== 'path') return NONE;
      let found = callee;
      for (const name of path) found = stepped(found, { token: `M:${name}` });
      return [stepped(found, { token: `P:${index}`, call: place })];
    });
  }

  private fromCallers(file: LinkedFile, fn: number, index: number, depth: number): readonly Origin[] {
    const key = functionKey(file, fn);
    this.memo.noteCallers(key);
    if (this.active.has(key)) return NONE;
    this.active.add(key);
    const direct = this.callers
      .direct(key)
      .slice(0, CHOICE_LIMIT)
      .flatMap((place) => {
        const argument = this.calls(place.file).calls[place.index]?.[4][index];
        return argument === undefined ? NONE : this.at(place.file, argument, UNBOUND, depth + 1);
      });
    const passed = this.callers
      .passed(key)
      .slice(0, CHOICE_LIMIT)
      .flatMap((place) => this.handed(place, [], index, UNBOUND, depth + 1));
    this.active.delete(key);
    return [...direct, ...passed];
  }

  private instance(file: LinkedFile, value: readonly unknown[], bound: Bound, depth: number): readonly Origin[] {
    const types = this.at(file, value[1] as PartialValue, bound, depth + 1);
    const args = value[2] as readonly PartialValue[];
    return types.flatMap((type): readonly Origin[] => {
      if (type.kind === 'class') return [{ ...type, kind: 'instance' }];
      if (type.kind !== 'path') return [type];
      if (TRANSPARENT_TYPES.has(type.pkg)) return this.at(file, args[0] ?? null, bound, depth + 1);
      if (type.pkg === 'global:ReturnType')
        return this.at(file, args[0] ?? null, bound, depth + 1).flatMap((one) => this.resultOf(one, depth));
      return [stepped(type, { token: 'I', types: { file, args } })];
    });
  }

  private resultOf(origin: Origin, depth: number): readonly Origin[] {
    if (origin.kind === 'path') return [stepped(origin, { token: 'R' })];
    if (origin.kind !== 'function') return NONE;
    const returns = this.calls(origin.file).functions[origin.fn]?.[4] ?? [];
    return returns.flatMap((one) => this.at(origin.file, one, UNBOUND, depth + 1));
  }
}
