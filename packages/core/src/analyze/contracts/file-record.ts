/**
 * What a survey found in one file, by itself: whom it calls, what its calls match, its ends; and what it looked at for them.
 * In: a resolver, a file. Out: a record. Not here: keeping it for a later run (survey-columns.ts).
 */
import { CallForm } from '../../model/calls.js';
import type { Endpoint } from '../../model/endpoint.js';
import type { LinkedFile } from '../link/module-table.js';
import type { Match } from './match.js';
import { Search } from './origin-memo.js';
import type { Resolver } from './resolver.js';

/** One call of a function of the repository, or one by which it is passed on. */
export interface CallerRow {
  readonly file: LinkedFile;
  readonly fn: number;
  /** The call, in the calling file. */
  readonly index: number;
  /** The function is passed as this argument; −1: it is called. */
  readonly argument: number;
}

/** See the file's head. */
export class FileRecord {
  readonly callers: CallerRow[] = [];
  readonly callersSearch: Search;
  readonly endsSearch: Search;
  readonly matches: Match[] = [];
  /** Ends with the number of the step that found them. */
  readonly ends: [section: number, end: Endpoint][] = [];
  /** Tables of its models; see queries.ts. */
  readonly models: (readonly [key: string, table: string])[] = [];

  constructor(readonly file: LinkedFile) {
    this.callersSearch = new Search(file, 0);
    this.endsSearch = new Search(file, 0);
  }
}

/** Which functions of the repository a file calls, and which it passes on by name. */
export function callersIn(resolver: Resolver, file: LinkedFile): CallerRow[] {
  const rows: CallerRow[] = [];
  for (const [index, [form, , , callee, args]] of resolver.calls(file).calls.entries()) {
    if (form !== CallForm.construct && !resolver.isForeign(file, callee))
      for (const origin of resolver.origins(file, callee))
        if (origin.kind === 'function') rows.push({ file: origin.file, fn: origin.fn, index, argument: -1 });
    for (const [argument, value] of args.entries()) {
      if (!Array.isArray(value) || (value[0] !== 'b' && value[0] !== 'm') || resolver.isForeign(file, value)) continue;
      for (const origin of resolver.origins(file, value))
        if (origin.kind === 'function') rows.push({ file: origin.file, fn: origin.fn, index, argument });
    }
  }
  return rows;
}
