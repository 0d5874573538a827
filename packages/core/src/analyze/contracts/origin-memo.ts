/**
 * What values without bindings were found to be, and what was looked at for each: so that a later run can tell which answers still hold.
 * In: searches as they begin and end. Out: remembered origins; the files, paths and callers that a question asked.
 * An answer does not depend on what was asked before it: where a value is met while it is being searched, what was found on the way is
 * remembered for that question alone. Not here: how a value is searched (resolver.ts).
 */
import type { PartialValue } from '../../model/calls.js';
import type { RepoPath } from '../../model/path.js';
import type { LinkedFile } from '../link/module-table.js';
import type { Origin } from './origin.js';

const NONE: readonly Origin[] = [];

/** One value's search, or one file's questions. */
export class Search {
  origins: readonly Origin[] = NONE;
  isOpen = true;
  /** It met a value that was being searched: it holds for its question alone. */
  isPartial = false;
  /** The question was about this value itself, so that the answer holds for that question whenever it is asked. */
  isAsked = false;
  /** It went to the callers of a function. */
  asksCallers = false;
  /** It went so deep that it was cut short: what it gives depends on where it began. */
  isCut = false;
  /** What it looked at beside its own file: files, other searches, notes (see {@link Looked}). */
  parts: Set<LinkedFile | Search | string> | undefined;

  constructor(
    readonly file: LinkedFile,
    readonly question: number,
  ) {}

  note(part: LinkedFile | Search | string): void {
    if (part === this.file) return;
    if (part instanceof Search) {
      this.asksCallers ||= part.asksCallers;
      this.isCut ||= part.isCut;
      if (part.parts === undefined && part.file === this.file) return;
    }
    (this.parts ??= new Set()).add(part);
  }
}

/** What a file's questions asked. */
export interface Looked {
  readonly files: Set<LinkedFile>;
  /** Paths that were looked for in vain. */
  readonly missing: Set<RepoPath>;
  /** Functions whose callers were asked, by `functionKey`. */
  readonly callers: Set<string>;
  readonly isCut: boolean;
}

const [MISSING, CALLERS] = ['?', '('];

/** All that searches lead to. Linear in the searches that it meets, each once. */
export function lookedAt(search: Search): Looked {
  const looked = { files: new Set<LinkedFile>(), missing: new Set<RepoPath>(), callers: new Set<string>() };
  const seen = new Set<Search>([search]);
  const stack: Search[] = [search];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    looked.files.add(at.file);
    for (const part of at.parts ?? []) {
      if (typeof part === 'string') (part.startsWith(MISSING!) ? looked.missing : looked.callers).add(part.slice(1));
      else if (!(part instanceof Search)) looked.files.add(part);
      else if (!seen.has(part)) {
        seen.add(part);
        stack.push(part);
      }
    }
  }
  return { ...looked, isCut: search.isCut };
}

/** Searches of one file by what they are of: mentions of one binding, parameter or call are one value. */
class FileSearches {
  readonly bindings: (Search | undefined)[] = [];
  readonly calls: (Search | undefined)[] = [];
  readonly parameters = new Map<number, Search>();
  readonly others = new Map<PartialValue, Search>();

  get(value: PartialValue & readonly unknown[]): Search | undefined {
    switch (value[0]) {
      case 'b':
        return this.bindings[value[1] as number];
      case 'c':
        return this.calls[value[1] as number];
      case 'p':
        return this.parameters.get((value[1] as number) * 256 + (value[2] as number));
      default:
        return this.others.get(value);
    }
  }

  set(value: PartialValue & readonly unknown[], search: Search): void {
    switch (value[0]) {
      case 'b':
        this.bindings[value[1] as number] = search;
        break;
      case 'c':
        this.calls[value[1] as number] = search;
        break;
      case 'p':
        this.parameters.set((value[1] as number) * 256 + (value[2] as number), search);
        break;
      default:
        this.others.set(value, search);
    }
  }
}

/** See the file's head. */
export class OriginMemo {
  private readonly files = new Map<LinkedFile, FileSearches>();
  /** Searches that began before this one and went to callers are of no use any more. */
  private callersSince = 0;
  private question = 0;
  private nesting = 0;
  /** The search, or the file's questions, that is going on. */
  current: Search | undefined;

  /** Who calls whom is known from now on: what went to callers before is forgotten. */
  forgetCallers(): void {
    this.callersSince = this.question + 1;
  }

  /** Something was looked at. */
  note(part: LinkedFile): void {
    this.current?.note(part);
  }

  noteMissing(path: RepoPath): void {
    this.current?.note(`${MISSING}${path}`);
  }

  noteCallers(key: string): void {
    if (this.current === undefined) return;
    this.current.asksCallers = true;
    this.current.note(`${CALLERS}${key}`);
  }

  /** The search that is going on could not go on. */
  noteCut(): void {
    if (this.current !== undefined) this.current.isPartial = this.current.isCut = true;
  }

  /** What `work` asks is asked by `of`. */
  within<Result>(of: Search, work: () => Result): Result {
    const outer = this.current;
    this.current = of;
    try {
      return work();
    } finally {
      this.current = outer;
    }
  }

  /** A question begins that no search belongs to. */
  ask(): void {
    if (this.nesting === 0) this.question += 1;
  }

  /** What a value is: remembered, or found by `search`. */
  origins(
    file: LinkedFile,
    value: PartialValue & readonly unknown[],
    search: () => readonly Origin[],
  ): readonly Origin[] {
    const searches = this.searchesOf(file);
    const known = searches.get(value);
    if (known !== undefined && this.holds(known)) return this.met(known);
    this.ask();
    const made = new Search(file, this.question);
    made.isAsked = this.nesting === 0;
    searches.set(value, made);
    const outer = this.current;
    this.current = made;
    this.nesting += 1;
    made.origins = search();
    this.nesting -= 1;
    this.current = outer;
    made.isOpen = false;
    return this.met(made);
  }

  private holds(known: Search): boolean {
    if (known.isOpen) return true;
    if (known.asksCallers && known.question < this.callersSince) return false;
    return !known.isPartial || (this.nesting === 0 ? known.isAsked : known.question === this.question);
  }

  private met(known: Search): readonly Origin[] {
    const { current } = this;
    if (current !== undefined) {
      if (known.isOpen || (known.isPartial && this.nesting > 0)) current.isPartial = true;
      current.note(known);
    }
    return known.isOpen ? NONE : known.origins;
  }

  private searchesOf(file: LinkedFile): FileSearches {
    let searches = this.files.get(file);
    if (searches === undefined) this.files.set(file, (searches = new FileSearches()));
    return searches;
  }
}
