/**
 * Whom linking one file asks: the files whose facts it looks at, the paths it looks for in vain, the folders it lists.
 * In: notes made while a file is linked. Out: what its edges depend on. As long as none of it differs, neither do they: that is
 * what lets the other revision, and a later run, take the edges over. Global names are not noted: see relink.ts.
 */
import type { FileFacts } from '../../model/facts.js';
import { isInside, type RepoPath } from '../../model/path.js';

/** Everything that a file's links were made from, beside its own facts. */
export interface Trace {
  readonly files: Set<{ readonly path: RepoPath }>;
  /** Paths that a request leads to and that the revision does not have. */
  readonly missing: Set<RepoPath>;
  /** Folders all of whose files count. */
  readonly folders: Set<RepoPath>;
  /** A name is missing and was looked for in the other revision: the links are of these two revisions only. */
  borrowed: boolean;
}

/** A trace, or what an earlier run kept of one, with the global names that the file uses. */
export interface Asked {
  readonly borrowed: boolean;
  paths(): Iterable<RepoPath>;
  missing(): Iterable<RepoPath>;
  folders(): Iterable<RepoPath>;
  globals(): Iterable<string>;
  /** One of the paths was looked at, looked for in vain, or lies in a folder that was listed. */
  meets(paths: ReadonlySet<RepoPath>): boolean;
}

/** What linking a file with these facts asked. */
export function askedIn(trace: Trace, facts: FileFacts | undefined): Asked {
  const { borrowed, missing, folders } = trace;
  return {
    borrowed,
    paths: () => [...trace.files].map(({ path }) => path),
    missing: () => missing,
    folders: () => folders,
    globals: () => new Set(facts?.bindings.flatMap((one) => (one.kind === 'global' ? [one.name] : []))),
    meets(paths) {
      for (const { path } of trace.files) if (paths.has(path)) return true;
      return meetsAny(paths, missing, folders);
    },
  };
}

/** One of `missing` is among the paths, or one of the paths lies in one of `folders`. */
export function meetsAny(
  paths: ReadonlySet<RepoPath>,
  missing: Iterable<RepoPath>,
  folders: Iterable<RepoPath>,
): boolean {
  for (const path of missing) if (paths.has(path)) return true;
  for (const folder of folders) for (const path of paths) if (isInside(path, folder)) return true;
  return false;
}

/** Nothing asked yet. */
export function createTrace(): Trace {
  return { files: new Set(), missing: new Set(), folders: new Set(), borrowed: false };
}

/** What `work` asks is noted in a trace of its own, and in the one that is being made. */
export function traced<Result>(
  table: { trace: Trace | undefined },
  work: () => Result,
): { readonly result: Result; readonly trace: Trace } {
  const outer = table.trace;
  const trace = createTrace();
  table.trace = trace;
  try {
    return { result: work(), trace };
  } finally {
    table.trace = outer;
    if (outer) addTrace(outer, trace);
  }
}

/** Notes again what was asked for an answer that is remembered. */
export function addTrace(trace: Trace, more: Trace): void {
  for (const file of more.files) trace.files.add(file);
  for (const path of more.missing) trace.missing.add(path);
  for (const folder of more.folders) trace.folders.add(folder);
  if (more.borrowed) trace.borrowed = true;
}

/** A trace that is told on instead of being kept; folders that are listed are not. */
export function tracedInto(told: {
  file(file: { readonly path: RepoPath }): void;
  missing(path: RepoPath): void;
}): Trace {
  const files = new ToldSet<{ readonly path: RepoPath }>((file) => told.file(file));
  return { files, missing: new ToldSet<RepoPath>((path) => told.missing(path)), folders: new Set(), borrowed: false };
}

/** Keeps nothing. */
class ToldSet<Value> extends Set<Value> {
  constructor(private readonly told: (value: Value) => void) {
    super();
  }

  override add(value: Value): this {
    this.told(value);
    return this;
  }
}
