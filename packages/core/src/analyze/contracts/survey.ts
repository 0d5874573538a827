/**
 * Matched calls of files of one revision: which rows match which calls, and what texts a selector can be where.
 * In: the linker's modules, compiled rows, files. Out: matches by role, readers over them that the role files share, and what was found in
 * and looked at for each file. Not here: what a role means (http-routes.ts, queries.ts …), which files (survey-run.ts).
 */
import { CallForm, type PartialValue } from '../../model/calls.js';
import { ROW_CONFIDENCES, type EndpointRole } from '../../model/catalogue-row.js';
import { HOLE, type Endpoint, type Handler } from '../../model/endpoint.js';
import { isGraphqlOperation, isGraphqlSchema } from '../../model/graphql-text.js';
import { bindingTargets, type NameScope } from '../link/binding-targets.js';
import type { LinkedFile } from '../link/module-table.js';
import type { ImportedOrigins } from './imported-origins.js';
import { matchCall, type Match, type RowIndex } from './match.js';
import { UNBOUND, type Bound, type BoundCall, type CallPlace } from './origin.js';
import { isUnboundParameter, textsOf, type Reading } from './partial-text.js';
import type { DecodedCalls } from './decoded-calls.js';
import { type Callers, Resolver } from './resolver.js';
import { select, type Placed } from './select.js';
import { isSql } from './sql-text.js';
import { callersIn, FileRecord } from './file-record.js';

/** Wrappers around a matched call are followed this far, and to at most so many callers: a client of a large API has a thousand. */
const WRAPPER_DEPTH = 3;
const CALLER_LIMIT = 2000;

/** One way into a matched call: from where, and what the wrappers on the way are given. */
export interface Variant {
  readonly site: CallPlace;
  readonly bound: Bound;
  /** Wrappers between. */
  readonly depth: number;
}

/** See the file's head. */
export class Survey {
  readonly resolver: Resolver;
  private readonly records = new Map<LinkedFile, FileRecord>();
  private readonly byRole = new Map<EndpointRole, Match[]>();
  private callers: Callers = { direct: () => [], passed: () => [] };
  private section = 0;
  /** Tables of models, in files that are not surveyed here, too; see queries.ts. */
  models: ReadonlyMap<string, string> = new Map();

  constructor(
    readonly scope: NameScope,
    readonly rows: RowIndex,
    { imported, decoded }: { readonly imported?: ImportedOrigins; readonly decoded?: DecodedCalls } = {},
  ) {
    this.resolver = new Resolver(scope, imported, decoded);
  }

  /** All that is known of a file so far. */
  record(file: LinkedFile): FileRecord {
    let record = this.records.get(file);
    if (record === undefined) this.records.set(file, (record = new FileRecord(file)));
    return record;
  }

  /** Finds whom the functions of the repository are called by, as far as `file` does. */
  noteCallers(file: LinkedFile): void {
    const record = this.record(file);
    if (file.facts !== undefined && file.facts.calls !== '')
      this.resolver.within(record.callersSearch, () => record.callers.push(...callersIn(this.resolver, file)));
  }

  /** From now on parameters are what callers give. */
  follow(callers: Callers): void {
    this.callers = callers;
    this.resolver.follow(callers);
  }

  /** Finds the rows that the file's calls match. */
  match(file: LinkedFile): void {
    const { matches, endsSearch } = this.record(file);
    if (file.facts === undefined || file.facts.calls === '') return;
    this.resolver.within(endsSearch, () => {
      for (const [index, record] of this.resolver.calls(file).calls.entries()) {
        const place = { file, index };
        const found = matchCall(this.rows, place, record, this.resolver.origins(file, record[3]));
        matches.push(...found);
        if (!found.some(({ row }) => row.role === 'sql.query' || row.role === 'graphql.operation'))
          matches.push(...this.matchText(place));
      }
    });
  }

  /** The ends of these files are found next; they come in their order. */
  begin(files: readonly LinkedFile[]): void {
    this.section = 0;
    this.byRole.clear();
    for (const file of files) {
      const record = this.record(file);
      record.ends.length = 0;
      record.models.length = 0;
      for (const one of record.matches) push(this.byRole, one.row.role, one);
    }
  }

  /** The matches of a role, in the order of files and calls. */
  matches(role: EndpointRole): readonly Match[] {
    return this.byRole.get(role) ?? [];
  }

  /** What `work` makes of each match of a role; what it looks at is noted for the match's file. */
  each<Result>(role: EndpointRole, work: (match: Match) => Result): Result[] {
    return this.matches(role).map((match) =>
      this.resolver.within(this.record(match.place.file).endsSearch, () => work(match)),
    );
  }

  /** The ends that `work` makes of each match of a role; they are noted for the match's file. */
  ends(role: EndpointRole, work: (match: Match) => Endpoint[]): Endpoint[] {
    const section = this.section++;
    return this.each(role, (match) => this.noteEnds(match.place.file, section, work(match))).flat();
  }

  /** The ends that `work` makes of each of the files. */
  endsOfFiles(files: readonly LinkedFile[], work: (file: LinkedFile) => Endpoint[]): Endpoint[] {
    const section = this.section++;
    return files.flatMap((file) =>
      this.resolver.within(this.record(file).endsSearch, () => this.noteEnds(file, section, work(file))),
    );
  }

  /** Ends of a role that were found before. */
  found(role: EndpointRole): Endpoint[] {
    const files = new Set(this.matches(role).map(({ place }) => place.file));
    return [...files].flatMap((file) => this.record(file).ends.flatMap(([, end]) => (end.role === role ? [end] : [])));
  }

  private noteEnds(file: LinkedFile, section: number, found: Endpoint[]): Endpoint[] {
    const { ends } = this.record(file);
    for (const one of found) ends.push([section, one]);
    return found;
  }

  /** A text says itself what it is, whoever gets it. */
  private matchText(place: CallPlace): Match[] {
    const record = this.resolver.calls(place.file).calls[place.index]!;
    const [form, , , , args] = record;
    const [first] = args;
    const text =
      typeof first === 'string'
        ? first
        : Array.isArray(first) && first[0] === 't'
          ? (first[1] as readonly string[]).join(HOLE)
          : '';
    if (text.length < 12 || form >= CallForm.decorator) return [];
    const role = isSql(text)
      ? 'sql.query'
      : isGraphqlOperation(text) || isGraphqlSchema(text)
        ? 'graphql.operation'
        : undefined;
    const rows = this.rows.calls.get('*') ?? [];
    const tag = form === CallForm.tag;
    const row = rows.find((one) => one.row.role === role && (one.row.call === 'tpl') === tag)?.row;
    return role === undefined || row === undefined
      ? []
      : [{ row, place, record, receiver: [], member: '', path: [], of: undefined }];
  }

  /**
   * Where the selectors' texts come from: the call itself, or the calls of the wrappers that pass them on.
   * A call whose first selector `says` enough by itself is not followed to its callers.
   */
  variants(match: Match, selectors: readonly (string | undefined)[], says: (text: string) => boolean): Variant[] {
    const found: Variant[] = [];
    const queue: Variant[] = [{ site: match.place, bound: UNBOUND, depth: 0 }];
    for (let at = queue.shift(); at !== undefined && found.length < CALLER_LIMIT; at = queue.shift()) {
      const { bound, depth } = at;
      const texts = this.texts(match, selectors[0], bound);
      const enough = depth >= WRAPPER_DEPTH || (texts.length > 0 && texts.every(says));
      const callers = enough ? undefined : this.callersNeeded(match, selectors, bound);
      if (callers === undefined) found.push(at);
      else
        for (const place of callers.places)
          queue.push({ site: place, bound: entered(bound, callers.key, place), depth: depth + 1 });
    }
    return found;
  }

  private callersNeeded(
    match: Match,
    selectors: readonly (string | undefined)[],
    bound: Bound,
  ): { key: string; places: readonly CallPlace[] } | undefined {
    const reading: Reading = { resolver: this.resolver, bound, needs: new Set() };
    for (const selector of selectors) {
      for (const one of selector?.split('|') ?? []) {
        const argument = /^A(\d+)/.exec(one);
        if (argument !== null)
          isUnboundParameter(match.place.file, match.record[4][Number(argument[1])] ?? null, reading);
      }
      for (const one of select(this.resolver, match, selector, bound)) textsOf(one.file, one.value, reading);
    }
    for (const key of reading.needs) {
      this.resolver.memo.noteCallers(key);
      const places = this.callers.direct(key);
      if (places.length > 0) return { key, places };
    }
    return undefined;
  }

  /** The texts of a selector; empty where it gives none. */
  texts(match: Match, selector: string | undefined, bound: Bound = UNBOUND): string[] {
    const reading: Reading = { resolver: this.resolver, bound, needs: new Set() };
    const texts = select(this.resolver, match, selector, bound).flatMap((one) =>
      listed(one).flatMap((each) => textsOf(each.file, each.value, { ...reading, bound: each.bound })),
    );
    return [...new Set(texts)].slice(0, 12);
  }

  /** The one text of a selector, or ''. */
  text(match: Match, selector: string | undefined, bound: Bound = UNBOUND): string {
    return this.texts(match, selector, bound)[0] ?? '';
  }

  /** An end at a call. */
  endpoint(match: Match, site: CallPlace, more: Pick<Endpoint, 'key'> & Partial<Endpoint>): Endpoint {
    const record = this.resolver.calls(site.file).calls[site.index]!;
    return {
      role: match.row.role,
      node: site.file.nodes[record[1]] ?? -1,
      file: site.file.path,
      line: record[2],
      row: match.row.id,
      confidence: ROW_CONFIDENCES[match.row.confidence ?? 'high'],
      values: {},
      test: isTest(site.file),
      ...more,
    };
  }

  /** What is passed as code: functions, names of functions, calls that make them; lists are taken apart. */
  handlers(placed: readonly Placed[]): Handler[] {
    return placed
      .flatMap((one) => listed(one))
      .flatMap(({ file, value }) => {
        const name = this.writtenName(file, value);
        return name === undefined ? [] : [{ name, node: this.nodeOf(file, value), given: this.givenTo(file, value) }];
      });
  }

  private givenTo(file: LinkedFile, value: PartialValue): string[] {
    if (!Array.isArray(value) || value[0] !== 'c') return [];
    const args = this.resolver.calls(file).calls[value[1] as number]?.[4] ?? [];
    return args.filter((one): one is string => typeof one === 'string');
  }

  private writtenName(file: LinkedFile, value: PartialValue): string | undefined {
    if (!Array.isArray(value)) return undefined;
    switch (value[0]) {
      case 'f':
        return '(inline)';
      case 'c':
        return this.writtenName(file, this.resolver.calls(file).calls[value[1] as number]?.[3] ?? null);
      case 'm': {
        const of = this.writtenName(file, value[1] as PartialValue);
        return of === undefined ? (value[2] as string) : `${of}.${value[2] as string}`;
      }
      case 'h':
        return 'this';
      case 'b':
        return bindingName(file, value[1] as number);
      default:
        return undefined;
    }
  }

  /** The node of what a value names; −1 where it is none of the repository. */
  nodeOf(file: LinkedFile, value: PartialValue): number {
    if (!Array.isArray(value)) return -1;
    if (value[0] === 'f') return file.nodes[this.resolver.calls(file).functions[value[1] as number]?.[0] ?? -1] ?? -1;
    if (value[0] === 'c') return this.nodeOf(file, this.resolver.calls(file).calls[value[1] as number]?.[3] ?? null);
    for (const origin of this.resolver.origins(file, value)) {
      if (origin.kind === 'function')
        return origin.file.nodes[this.resolver.calls(origin.file).functions[origin.fn]?.[0] ?? -1] ?? -1;
      if (origin.kind === 'class' || origin.kind === 'instance') return origin.file.nodes[origin.symbol] ?? -1;
    }
    if (value[0] !== 'b') return -1;
    const [target] = bindingTargets(this.scope, file, value[1] as number, []).targets;
    return target?.kind === 'symbol' ? (target.file.nodes[target.symbol] ?? -1) : -1;
  }
}

/** The elements of a list; a value that is none, as it is. */
export function listed(one: Placed): Placed[] {
  if (!Array.isArray(one.value) || one.value[0] !== 'a') return [one];
  return (one.value[1] as readonly PartialValue[]).map((value) => ({ ...one, value }));
}

/** It stands in a test file or supports tests. */
export function isTest(file: LinkedFile): boolean {
  return file.source.role === 'test' || file.source.role === 'test-support';
}

/** A call's key in maps. */
export function placeKey({ file, index }: CallPlace): string {
  return `${file.path}#${index}`;
}

function entered(bound: Bound, key: string, place: CallPlace): Bound {
  const next = new Map<string, BoundCall>();
  for (const [known, one] of bound) next.set(known, { place: one.place, bound: next });
  return next.set(key, { place, bound: next });
}

function bindingName(file: LinkedFile, binding: number): string {
  const bound = file.facts?.bindings[binding];
  if (bound?.kind === 'import') return file.facts?.imports[bound.import]?.local ?? '';
  if (bound?.kind === 'symbol') return file.facts?.symbols[bound.symbol]?.name ?? '';
  return bound?.kind === 'global' ? bound.name : '';
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
