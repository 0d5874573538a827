/**
 * What a survey found and looked at, as columns: for the other revision, and for runs to come.
 * In: records of files that were surveyed, columns of an earlier survey for those that were not. Out: `KeptSurvey` over all files.
 * Not here: which files are surveyed (survey-run.ts), writing the columns.
 */
import type { Endpoint, Handler } from '../../model/endpoint.js';
import { SurveyMark, type KeptSurvey, type ListColumn } from '../../model/kept.js';
import type { RepoPath } from '../../model/path.js';
import type { LinkedFile } from '../link/module-table.js';
import type { FileRecord } from './file-record.js';
import { lookedAt } from './origin-memo.js';

/** An end with the number of the step that found it. */
export type SteppedEnd = readonly [section: number, end: Endpoint];

/** What columns are made of. */
export interface SurveyParts {
  readonly rows: string;
  readonly packages: string;
  readonly files: readonly LinkedFile[];
  /** Of a file whose calls were looked through; of one whose ends were found. */
  calling(file: LinkedFile): FileRecord | undefined;
  found(file: LinkedFile): FileRecord | undefined;
  marks(record: FileRecord): number;
  /** Of a file that was there before. */
  earlier(file: LinkedFile): EarlierPlace | undefined;
  ends(file: LinkedFile): readonly SteppedEnd[];
}

/** Earlier columns, and a file's place there. */
export interface EarlierPlace {
  readonly columns: KeptSurvey;
  readonly paths: readonly RepoPath[];
  readonly at: number;
}

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] };
const LISTS = ['callers', 'callersAsked', 'endsAsked', 'keysAsked'] as const;
type Lists = Record<(typeof LISTS)[number], number[]>;

/** Encodes; `node` gives nodes their numbers there, −1 for those that have none. Linear. */
export function surveyColumns(parts: SurveyParts, node: (node: number) => number): KeptSurvey {
  const { files, rows, packages } = parts;
  const indexOf = new Map(files.map(({ path }, index) => [path, index]));
  const values: Lists = { callers: [], callersAsked: [], endsAsked: [], keysAsked: [] };
  const starts = { callers: [0], callersAsked: [0], endsAsked: [0], keysAsked: [0] };
  const sparse: Mutable<Record<'missing' | 'models' | 'ends', Record<number, never>>> = { missing: {}, models: {}, ends: {} }; // prettier-ignore
  const roles = new Uint8Array(files.length);
  const into = { values, sparse: sparse as unknown as Sparse, roles, indexOf };
  files.forEach((file, index) => {
    const [calling, found, earlier] = [parts.calling(file), parts.found(file), parts.earlier(file)];
    if (calling !== undefined) addCallers(into, index, calling);
    else if (earlier !== undefined) addEarlierCallers(into, earlier);
    if (found !== undefined) addFound(into, index, found, parts.marks(found));
    else if (earlier !== undefined) addEarlierFound(into, index, earlier);
    const missing = earlier?.columns.missing[earlier.at] ?? [];
    if (missing.length > 0) addMissing(into, index, missing);
    const ends = renumbered(parts.ends(file), node);
    if (ends === undefined) roles[index]! |= SurveyMark.unkept;
    else if (ends.length > 0) into.sparse.ends[index] = ends;
    for (const list of LISTS) starts[list].push(values[list].length);
  });
  const column = (list: (typeof LISTS)[number]): ListColumn => ({
    starts: Uint32Array.from(starts[list]),
    values: Int32Array.from(values[list]),
  });
  return {
    rows,
    packages,
    callers: column('callers'),
    callersAsked: column('callersAsked'),
    endsAsked: column('endsAsked'),
    keysAsked: column('keysAsked'),
    roles,
    ...into.sparse,
  };
}

type Sparse = { -readonly [Key in 'missing' | 'models' | 'ends']: Record<number, KeptSurvey[Key][number]> };

interface Growing {
  readonly values: Lists;
  readonly sparse: Sparse;
  readonly roles: Uint8Array;
  readonly indexOf: ReadonlyMap<RepoPath, number>;
}

function addCallers({ values, sparse, roles, indexOf }: Growing, index: number, record: FileRecord): void {
  for (const { file, fn, index: call, argument } of record.callers)
    values.callers.push(indexOf.get(file.path) ?? -1, fn, call, argument);
  const looked = lookedAt(record.callersSearch);
  for (const { path } of looked.files) values.callersAsked.push(indexOf.get(path) ?? -1);
  addMissing({ sparse }, index, looked.missing);
  if (looked.isCut) roles[index]! |= SurveyMark.unkept;
}

function addFound({ values, sparse, roles, indexOf }: Growing, index: number, record: FileRecord, marks: number): void {
  const looked = lookedAt(record.endsSearch);
  for (const { path } of looked.files) values.endsAsked.push(indexOf.get(path) ?? -1);
  for (const key of looked.callers) {
    const at = key.lastIndexOf('\0');
    values.keysAsked.push(indexOf.get(key.slice(0, at)) ?? -1, Number(key.slice(at + 1)));
  }
  addMissing({ sparse }, index, looked.missing);
  if (record.models.length > 0) sparse.models[index] = [...record.models];
  roles[index]! |= marks | (looked.isCut ? SurveyMark.unkept : 0);
}

function addMissing({ sparse }: Pick<Growing, 'sparse'>, index: number, paths: Iterable<RepoPath>): void {
  const all = new Set([...(sparse.missing[index] ?? []), ...paths]);
  if (all.size > 0) sparse.missing[index] = [...all];
}

function addEarlierCallers({ values, indexOf }: Growing, { columns, paths, at }: EarlierPlace): void {
  const place = (then: number): number => indexOf.get(paths[then] ?? '') ?? -1;
  const callers = listOf(columns.callers, at);
  for (let row = 0; row < callers.length; row += 4)
    values.callers.push(place(callers[row]!), callers[row + 1]!, callers[row + 2]!, callers[row + 3]!);
  for (const then of listOf(columns.callersAsked, at)) values.callersAsked.push(place(then));
}

function addEarlierFound({ values, sparse, roles, indexOf }: Growing, index: number, earlier: EarlierPlace): void {
  const { columns, paths, at } = earlier;
  const place = (then: number): number => indexOf.get(paths[then] ?? '') ?? -1;
  for (const then of listOf(columns.endsAsked, at)) values.endsAsked.push(place(then));
  const keys = listOf(columns.keysAsked, at);
  for (let row = 0; row < keys.length; row += 2) values.keysAsked.push(place(keys[row]!), keys[row + 1]!);
  const models = columns.models[at];
  if (models !== undefined) sparse.models[index] = models;
  roles[index]! |= columns.roles[at]!;
}

/** The values of one file. */
export function listOf({ starts, values }: ListColumn, at: number): Int32Array {
  return values.subarray(starts[at], starts[at + 1]);
}

/** Ends whose nodes are numbered otherwise; `undefined` where one of them has no number there. */
export function renumbered(ends: readonly SteppedEnd[], node: (node: number) => number): SteppedEnd[] | undefined {
  let whole = true;
  const id = (one: number): number => {
    if (one < 0) return -1;
    const other = node(one);
    if (other < 0) whole = false;
    return other;
  };
  const handler = (one: Handler): Handler => ({ ...one, node: id(one.node) });
  const all = ends.map(([section, end]): SteppedEnd => {
    const { handlers, guards } = end;
    return [
      section,
      {
        ...end,
        node: id(end.node),
        ...(handlers && { handlers: handlers.map(handler) }),
        ...(guards && { guards: guards.map(handler) }),
      },
    ];
  });
  return whole ? all : undefined;
}
