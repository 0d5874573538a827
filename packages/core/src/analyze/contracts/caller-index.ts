/**
 * Who calls a function of the repository, out of what each file calls.
 * In: rows, file by file. Out: the calls of one function, in the order of files and calls. Rows are sorted by whom they call only when asked.
 */
import type { RepoPath } from '../../model/path.js';
import type { LinkedFile } from '../link/module-table.js';
import type { CallPlace } from './origin.js';
import type { Callers } from './resolver.js';

interface Rows {
  readonly callers: LinkedFile[];
  /** Function, call, argument. */
  readonly values: number[];
}

const NOBODY: readonly CallPlace[] = [];

/** See the file's head. */
export class CallerIndex implements Callers {
  readonly #byFile = new Map<RepoPath, Rows>();
  readonly #direct = new Map<string, readonly CallPlace[]>();
  readonly #passed = new Map<string, readonly CallPlace[]>();

  /** Files come in their order. */
  add(caller: LinkedFile, called: RepoPath, fn: number, index: number, argument: number): void {
    let rows = this.#byFile.get(called);
    if (rows === undefined) this.#byFile.set(called, (rows = { callers: [], values: [] }));
    rows.callers.push(caller);
    rows.values.push(fn, index, argument);
  }

  direct(key: string): readonly CallPlace[] {
    return this.#places(this.#direct, key, (argument) => argument < 0);
  }

  passed(key: string): readonly CallPlace[] {
    return this.#places(this.#passed, key, (argument) => argument >= 0);
  }

  #places(
    known: Map<string, readonly CallPlace[]>,
    key: string,
    isWanted: (argument: number) => boolean,
  ): readonly CallPlace[] {
    let places = known.get(key);
    if (places === undefined) known.set(key, (places = this.#search(key, isWanted)));
    return places;
  }

  #search(key: string, isWanted: (argument: number) => boolean): readonly CallPlace[] {
    const at = key.lastIndexOf('\0');
    const rows = this.#byFile.get(key.slice(0, at));
    if (rows === undefined) return NOBODY;
    const fn = Number(key.slice(at + 1));
    return rows.callers.flatMap((file, row) =>
      rows.values[3 * row] === fn && isWanted(rows.values[3 * row + 2]!)
        ? [{ file, index: rows.values[3 * row + 1]! }]
        : [],
    );
  }
}
