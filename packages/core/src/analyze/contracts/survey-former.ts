/**
 * An earlier survey beside the revision that is surveyed now: which of its files' parts still hold.
 * In: its columns, what differs. Out: answers by file. Not here: what becomes of files whose parts don't hold (survey-run.ts).
 */
import { SurveyMark, type KeptSurvey, type ListColumn } from '../../model/kept.js';
import type { RepoPath } from '../../model/path.js';
import type { SourceFile } from '../../model/snapshot.js';
import type { LinkedFile } from '../link/module-table.js';
import { listOf, renumbered, type SteppedEnd } from './survey-columns.js';

/** An earlier survey. */
export interface EarlierSurvey {
  readonly files: readonly SourceFile[];
  readonly columns: KeptSurvey;
  /** Paths of files that either side alone has. */
  readonly changed: ReadonlySet<RepoPath>;
  /** Files that use a global name which changed files declare or assign; `undefined`: none does. */
  readonly affected: ((index: number) => boolean) | undefined;
  /** The graph's node for one of the columns; −1 where there is none. */
  node(kept: number): number;
}

/** See the file's head. */
export class FormerSurvey {
  readonly paths: readonly RepoPath[];
  readonly #index: ReadonlyMap<SourceFile, number>;
  /** 1 for files that are not what they were. */
  readonly #marked: Uint8Array;

  constructor(readonly earlier: EarlierSurvey) {
    const { files, changed, affected } = earlier;
    this.paths = files.map(({ path }) => path);
    this.#index = new Map(files.map((file, index) => [file, index]));
    this.#marked = Uint8Array.from(this.paths, (path, at) => (changed.has(path) || affected?.(at) === true ? 1 : 0));
  }

  /** The file's place; `undefined` for those that were not there, or not the same. */
  at(file: LinkedFile): number | undefined {
    const at = this.#index.get(file.source);
    return at === undefined || this.#marked[at] === 1 || this.#is(at, SurveyMark.unkept) ? undefined : at;
  }

  /** Places of files that are not what they were, or gone. */
  *gone(): Iterable<number> {
    for (let at = 0; at < this.#marked.length; at++)
      if (this.#marked[at] === 1 || this.#is(at, SurveyMark.unkept)) yield at;
  }

  callersHold(at: number): boolean {
    return this.#holds(this.earlier.columns.callersAsked, at);
  }

  /** @param keys functions that are called otherwise now. */
  endsHold(at: number, keys: ReadonlyMap<RepoPath, ReadonlySet<number>>): boolean {
    const { endsAsked, keysAsked } = this.earlier.columns;
    if (!this.#holds(endsAsked, at)) return false;
    const asked = keys.size === 0 ? [] : listOf(keysAsked, at);
    for (let row = 0; row < asked.length; row += 2)
      if (asked[row]! < 0 || keys.get(this.paths[asked[row]!]!)?.has(asked[row + 1]!) === true) return false;
    return true;
  }

  marks(at: number): number {
    return this.earlier.columns.roles[at]!;
  }

  /** `undefined` where one of them stands on a node that is not there any more. */
  ends(at: number): readonly SteppedEnd[] | undefined {
    const ends = this.earlier.columns.ends[at];
    return ends === undefined ? [] : renumbered(ends, (node) => this.earlier.node(node));
  }

  #is(at: number, mark: number): boolean {
    return (this.earlier.columns.roles[at]! & mark) !== 0;
  }

  #holds(asked: ListColumn, at: number): boolean {
    for (const one of listOf(asked, at)) if (one < 0 || this.#marked[one] === 1) return false;
    const missing = this.earlier.columns.missing[at];
    return missing === undefined || !missing.some((path) => this.earlier.changed.has(path));
  }
}
