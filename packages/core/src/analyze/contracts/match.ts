/**
 * Which rows a call matches.
 * In: the catalogue and the users' rows, compiled once; a call's form and where its callee comes from. Out: matches, best first
 * found kept: one row of a role a call. Not here: what the rows' selectors give (select.ts).
 */
import { CallForm, type CallRecord } from '../../model/calls.js';
import type { CatalogueRow } from '../../model/catalogue-row.js';
import { matchSteps, parsePath, type Pattern } from './access-path.js';
import type { CallPlace, Origin, Step } from './origin.js';

interface Compiled {
  readonly row: CatalogueRow;
  readonly receivers: readonly Pattern[];
  readonly fluent: readonly Pattern[];
  readonly call: Pattern;
}

/** A call that a row is about. */
export interface Match {
  readonly row: CatalogueRow;
  readonly place: CallPlace;
  readonly record: CallRecord;
  /** Steps of the receiver, and the called member. */
  readonly receiver: readonly Step[];
  readonly member: string;
  /** What `**` stood for. */
  readonly path: readonly string[];
  /** The class that a base class's member was called on. */
  readonly of: Step['of'];
}

/** Rows by package. */
export interface RowIndex {
  readonly calls: ReadonlyMap<string, readonly Compiled[]>;
  readonly files: readonly CatalogueRow[];
}

/** Compiles rows. Later rows with the id of an earlier one take its place. */
export function indexRows(rows: readonly CatalogueRow[]): RowIndex {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const calls = new Map<string, Compiled[]>();
  for (const row of byId.values()) {
    if (row.kind === 'file') continue;
    const compiled = compile(row);
    for (const pkg of row.pkg) {
      const known = calls.get(pkg);
      if (known) known.push(compiled);
      else calls.set(pkg, [compiled]);
    }
  }
  return { calls, files: [...byId.values()].filter(({ kind }) => kind === 'file') };
}

function compile(row: CatalogueRow): Compiled {
  const call = row.call === 'new' || row.call === 'tpl' ? '' : (row.call ?? '');
  const receivers = (row.recv ?? ['']).map(parsePath);
  return { row, receivers, fluent: (row.fluent ?? []).map(parsePath), call: parsePath(call) };
}

/** The matches of one call; at most one for each role. */
export function matchCall(index: RowIndex, place: CallPlace, record: CallRecord, origins: readonly Origin[]): Match[] {
  const found = new Map<string, Match>();
  for (const origin of origins) {
    if (origin.kind !== 'path') continue;
    const names = origin.subpath === '' ? [origin.pkg] : [`${origin.pkg}${origin.subpath}`, origin.pkg];
    for (const name of names) {
      for (const compiled of index.calls.get(name) ?? []) {
        const role = `${compiled.row.role} ${compiled.row.kind ?? ''}`;
        if (found.has(role)) continue;
        const match = matchRow(compiled, place, record, origin);
        if (match !== undefined) found.set(role, match);
      }
    }
  }
  return [...found.values()];
}

function matchRow(
  { row, receivers, fluent, call }: Compiled,
  place: CallPlace,
  record: CallRecord,
  origin: Origin & { kind: 'path' },
): Match | undefined {
  if (!isForm(row, record[0]) || !isCount(row, record)) return undefined;
  for (const receiver of receivers) {
    const matched = matchSteps(origin.steps, receiver, fluent, call);
    if (matched === undefined) continue;
    const last = origin.steps.at(-1)?.token ?? '';
    const of = origin.steps.find((step) => step.of !== undefined)?.of;
    return {
      row,
      place,
      record,
      receiver: matched.receiver,
      member: last.startsWith('M:') ? last.slice(2) : '',
      path: matched.path,
      of,
    };
  }
  return undefined;
}

function isForm(row: CatalogueRow, form: number): boolean {
  if (row.kind === 'decorator') return form === CallForm.decorator;
  if (row.call === 'new') return form === CallForm.construct;
  if (row.call === 'tpl') return form === CallForm.tag;
  return form === CallForm.call;
}

function isCount({ when }: CatalogueRow, record: CallRecord): boolean {
  const count = record[4].length;
  return count >= (when?.minArgs ?? 0) && count <= (when?.maxArgs ?? Infinity);
}
