/**
 * Surveys a revision, file by file, and takes over from an earlier survey what still holds.
 * In: the linker's modules, rows, an earlier survey. Out: the ends, the same as without it; what was found, as columns for the next one.
 * Ends that come of several files together are found anew where one of these files is: routes and what mounts them, routers and their parts,
 * models and the queries that name them. Not here: what ends are (http-routes.ts, queries.ts …), which parts hold (survey-former.ts).
 */
import type { Endpoint } from '../../model/endpoint.js';
import { SurveyMark, type KeptSurvey } from '../../model/kept.js';
import type { RepoPath } from '../../model/path.js';
import type { NameScope } from '../link/binding-targets.js';
import type { LinkedFile } from '../link/module-table.js';
import { hasFacts } from '../../model/snapshot.js';
import { CallerIndex } from './caller-index.js';
import type { FileRecord } from './file-record.js';
import type { ImportedOrigins } from './imported-origins.js';
import type { RowIndex } from './match.js';
import { modelEndpoints } from './queries.js';
import type { DecodedCalls } from './decoded-calls.js';
import { listOf, surveyColumns, type SteppedEnd } from './survey-columns.js';
import type { FormerSurvey } from './survey-former.js';
import { Survey } from './survey.js';

/** What a run works with. */
export interface SurveyInput {
  readonly scope: NameScope;
  readonly rows: RowIndex;
  /** See `KeptSurvey`. */
  readonly ownRows: string;
  readonly packages: string;
  readonly decoded?: DecodedCalls;
  readonly imported?: ImportedOrigins;
  readonly former?: FormerSurvey;
}

/** See the file's head. */
export class SurveyRun {
  readonly survey: Survey;
  readonly #input: SurveyInput;
  readonly #files: readonly LinkedFile[];
  /** Files whose calls were looked through for whom they call. */
  readonly #calling = new Set<LinkedFile>();
  /** Files whose ends are found anew. */
  readonly #found = new Set<LinkedFile>();
  readonly #taken = new Map<LinkedFile, readonly SteppedEnd[]>();
  /** Functions that are called otherwise than before. */
  readonly #called = new Map<RepoPath, Set<number>>();
  #isTakenOver: boolean;

  constructor(input: SurveyInput) {
    const { scope, rows } = input;
    this.#input = input;
    this.survey = new Survey(scope, rows, input);
    this.#files = scope.table.files.filter(({ source }) => hasFacts(source));
    const { former } = input;
    this.#isTakenOver =
      former?.earlier.columns.rows === input.ownRows && former.earlier.columns.packages === input.packages;
  }

  /** Finds the ends; `find` asks for those of every kind but models. */
  ends(find: (survey: Survey, files: readonly LinkedFile[]) => void): Endpoint[] {
    this.#noteCallers();
    this.#chooseFiles();
    while (this.#addRelated());
    let files = this.#begin();
    modelEndpoints(this.survey);
    if (this.#addQueries()) {
      files = this.#begin();
      modelEndpoints(this.survey);
    }
    this.survey.models = this.#models();
    find(this.survey, files);
    return this.#inOrder();
  }

  /** All that was found and looked at; see `surveyColumns`. */
  columns(node: (node: number) => number): KeptSurvey {
    const { ownRows: rows, packages, scope } = this.#input;
    const former = this.#former;
    return surveyColumns(
      {
        rows,
        packages,
        files: scope.table.files,
        calling: (file) => (this.#calling.has(file) ? this.survey.record(file) : undefined),
        found: (file) => (this.#found.has(file) ? this.survey.record(file) : undefined),
        marks: marksOf,
        earlier: (file) => {
          const at = former?.at(file);
          return at === undefined ? undefined : { columns: former!.earlier.columns, paths: former!.paths, at };
        },
        ends: (file) => this.#endsOf(file),
      },
      node,
    );
  }

  get #former(): FormerSurvey | undefined {
    return this.#isTakenOver ? this.#input.former : undefined;
  }

  #noteCallers(): void {
    const former = this.#former;
    const { byPath } = this.#input.scope.table;
    const index = new CallerIndex();
    for (const file of this.#files) {
      const at = former?.at(file);
      if (at === undefined || !former!.callersHold(at)) {
        this.#calling.add(file);
        this.survey.noteCallers(file);
        for (const row of this.survey.record(file).callers)
          index.add(file, row.file.path, row.fn, row.index, row.argument);
      } else {
        const rows = listOf(former!.earlier.columns.callers, at);
        for (let row = 0; row < rows.length; row += 4)
          index.add(file, former!.paths[rows[row]!]!, rows[row + 1]!, rows[row + 2]!, rows[row + 3]!);
      }
    }
    if (former !== undefined) this.#compareCallers(former, byPath);
    this.survey.follow(index);
  }

  /** Notes functions that files call otherwise than before. */
  #compareCallers(former: FormerSurvey, byPath: ReadonlyMap<RepoPath, LinkedFile>): void {
    const before = new Map<RepoPath, number>();
    for (const at of former.gone()) before.set(former.paths[at]!, at);
    for (const file of this.#calling) {
      const at = former.at(file);
      if (at !== undefined) before.set(file.path, at);
    }
    const paths = new Set([...before.keys(), ...[...this.#calling].map(({ path }) => path)]);
    for (const path of paths) {
      const at = before.get(path);
      const file = byPath.get(path);
      const then = at === undefined ? new Map<string, string>() : rowsBefore(former, at);
      const now = file === undefined ? new Map<string, string>() : rowsNow(this.survey.record(file));
      for (const key of new Set([...then.keys(), ...now.keys()]))
        if (then.get(key) !== now.get(key)) this.#noteCalled(key);
    }
  }

  #noteCalled(key: string): void {
    const at = key.lastIndexOf('\0');
    const path = key.slice(0, at);
    const known = this.#called.get(path) ?? new Set();
    this.#called.set(path, known.add(Number(key.slice(at + 1))));
  }

  #chooseFiles(): void {
    const former = this.#former;
    for (const file of this.#files) {
      const at = former?.at(file);
      const ends = at !== undefined && former!.endsHold(at, this.#called) ? former!.ends(at) : undefined;
      if (ends === undefined) this.#find(file);
      else this.#taken.set(file, ends);
    }
  }

  #find(file: LinkedFile): void {
    this.#found.add(file);
    this.#taken.delete(file);
    this.survey.match(file);
  }

  /** Files whose ends come together with those of files that are found anew. True where there were any. */
  #addRelated(): boolean {
    const former = this.#former;
    if (former === undefined) return false;
    let marks = 0;
    for (const file of this.#found) marks |= marksOf(this.survey.record(file));
    for (const at of former.gone()) marks |= former.marks(at);
    for (const file of this.#found) {
      const at = former.at(file);
      if (at !== undefined) marks |= former.marks(at);
    }
    let wanted = 0;
    if ((marks & (SurveyMark.httpCall | SurveyMark.httpDecorator)) !== 0) wanted |= SurveyMark.httpCall;
    if ((marks & SurveyMark.httpCall) !== 0) wanted |= SurveyMark.httpDecorator;
    return this.#addMarked(former, wanted | (marks & SurveyMark.trpcRouter));
  }

  /** Queries, where models stand for other tables than before. */
  #addQueries(): boolean {
    const former = this.#former;
    if (former === undefined) return false;
    const told = (models: KeptSurvey['models'][number] = []): string => JSON.stringify(models);
    const then = new Map<RepoPath, string>();
    const now = new Map<RepoPath, string>();
    for (const at of former.gone()) then.set(former.paths[at]!, told(former.earlier.columns.models[at]));
    for (const file of this.#found) {
      const at = former.at(file);
      if (at !== undefined) then.set(file.path, told(former.earlier.columns.models[at]));
      now.set(file.path, told(this.survey.record(file).models));
    }
    const differs = [...new Set([...then.keys(), ...now.keys()])].some(
      (path) => (then.get(path) ?? '[]') !== (now.get(path) ?? '[]'),
    );
    return differs && this.#addMarked(former, SurveyMark.query);
  }

  #addMarked(former: FormerSurvey, marks: number): boolean {
    const before = this.#found.size;
    if (marks !== 0)
      for (const file of this.#files) {
        const at = this.#taken.has(file) ? former.at(file) : undefined;
        if (at !== undefined && (former.marks(at) & marks) !== 0) this.#find(file);
      }
    return this.#found.size > before;
  }

  #begin(): readonly LinkedFile[] {
    const files = this.#files.filter((file) => this.#found.has(file));
    this.survey.begin(files);
    return files;
  }

  #models(): Map<string, string> {
    const former = this.#former;
    return new Map(
      this.#files.flatMap((file) => {
        if (this.#found.has(file)) return this.survey.record(file).models;
        const at = former?.at(file);
        return at === undefined ? [] : (former!.earlier.columns.models[at] ?? []);
      }),
    );
  }

  #endsOf(file: LinkedFile): readonly SteppedEnd[] {
    return this.#taken.get(file) ?? (this.#found.has(file) ? this.survey.record(file).ends : []);
  }

  /** By step, file and place: as they would come, were all found in this run. */
  #inOrder(): Endpoint[] {
    const sections: Endpoint[][] = [];
    for (const file of this.#files)
      for (const [section, end] of this.#endsOf(file)) (sections[section] ??= []).push(end);
    return sections.flat();
  }
}

function rowsBefore(former: FormerSurvey, at: number): Map<string, string> {
  const found = new Map<string, string>();
  const rows = listOf(former.earlier.columns.callers, at);
  for (let row = 0; row < rows.length; row += 4) {
    const key = `${former.paths[rows[row]!] ?? ''}\0${rows[row + 1]!}`;
    found.set(key, `${found.get(key) ?? ''} ${rows[row + 2]!}:${rows[row + 3]!}`);
  }
  return found;
}

function rowsNow({ callers }: FileRecord): Map<string, string> {
  const found = new Map<string, string>();
  for (const { file, fn, index, argument } of callers) {
    const key = `${file.path}\0${fn}`;
    found.set(key, `${found.get(key) ?? ''} ${index}:${argument}`);
  }
  return found;
}

const QUERIES: ReadonlySet<string> = new Set(['orm.query', 'schema.change', 'sql.query']);
const HTTP: ReadonlySet<string> = new Set(['http.route', 'http.prefix', 'http.mount', 'http.middleware']);

/** See `SurveyMark`. */
function marksOf({ matches }: FileRecord): number {
  let marks = 0;
  for (const { row } of matches) {
    if (HTTP.has(row.role)) marks |= row.kind === 'decorator' ? SurveyMark.httpDecorator : SurveyMark.httpCall;
    if (row.role === 'trpc.router') marks |= SurveyMark.trpcRouter;
    if (QUERIES.has(row.role)) marks |= SurveyMark.query;
  }
  return marks;
}
