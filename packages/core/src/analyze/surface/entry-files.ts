/**
 * The files behind the names of published entries: which entries a change can concern at all.
 * In: a revision's names, or what an earlier run kept of them; what changed. Out: lists of files, yes or no. Not here: what happened to a name.
 */
import { KeptMark, type ListColumn } from '../../model/kept.js';
import type {
  Change,
  KeptLinks,
  Reach,
  RepoPath,
  Revision,
  Snapshot,
  SourceFile,
  SymbolGraph,
} from '../../model/index.js';
import type { Published } from '../../model/published.js';
import type { PublicNames } from './public-names.js';

/** In a list of files: a path was looked for that no file has. */
const MISSING = -1;

/** For each file of the revision that is a published entry: the files that its names were looked for in, by index, itself among them. */
export function entryFiles({ files }: Revision, entries: Published['head'], names: PublicNames): ListColumn {
  const indexOf = new Map(files.map(({ path }, index) => [path, index]));
  const published = new Set(entries.map(({ file }) => file));
  const starts = new Uint32Array(files.length + 1);
  const values: number[] = [];
  files.forEach(({ path }, index) => {
    if (published.has(path)) {
      const behind = names.filesBehind(path);
      for (const one of behind ?? []) values.push(indexOf.get(one) ?? MISSING);
      if (behind === undefined) values.push(MISSING);
    }
    starts[index + 1] = values.length;
  });
  return { starts, values: Int32Array.from(values) };
}

/** What may concern an entry. */
export interface Concern {
  readonly snapshot: Snapshot;
  readonly graph: SymbolGraph;
  readonly changes: readonly Change[];
  readonly reach: Reach;
}

/**
 * True for entries behind which every file is in both revisions what an earlier run saw, and no symbol of it changed or may mean
 * something else: their names promise what they did. Says so of none where nothing was kept.
 */
export function untouchedEntries(concern: Concern): (entry: RepoPath) => boolean {
  const { kept, base, head } = concern.snapshot;
  if (kept === undefined || base === undefined) return () => false;
  const shared = sharedFiles(base, head);
  if ([...base.files, ...head.files].some((file) => !shared.has(file) && isAmbient(file))) return () => false;
  const { starts, values } = kept.columns.entryFiles;
  const same = sameFiles(kept, shared, concernedFiles(concern));
  const indexOf = new Map(kept.files.map(({ path }, index) => [path, index]));
  return (entry) => {
    const at = indexOf.get(entry);
    if (at === undefined || starts[at] === starts[at + 1]) return false;
    return values.subarray(starts[at], starts[at + 1]).every((one) => one !== MISSING && same[one] === 1);
  };
}

function sharedFiles(base: Revision, head: Revision): Set<SourceFile> {
  const before = new Set(base.files);
  return new Set(head.files.filter((file) => before.has(file)));
}

/** 1 for kept files that both revisions have and nothing concerns. */
function sameFiles(
  { files }: KeptLinks,
  shared: ReadonlySet<SourceFile>,
  concerned: ReadonlySet<RepoPath>,
): Uint8Array {
  return Uint8Array.from(files, (file) => (shared.has(file) && !concerned.has(file.path) ? 1 : 0));
}

/** Files with a symbol that changed, or that a change at compile time reaches. */
function concernedFiles({ graph, changes, reach: { compile } }: Concern): Set<RepoPath> {
  const marked = new Uint8Array(graph.files.length);
  const { distance } = compile.through ?? compile;
  for (let node = 0; node < graph.count; node++) if (distance[node]! >= 0) marked[graph.fileOf[node]!] = 1;
  for (const { node } of changes) marked[graph.fileOf[node]!] = 1;
  return new Set(graph.files.flatMap(({ path }, index) => (marked[index] === 1 ? [path] : [])));
}

/** It says names for other modules, which is in no list of files. */
function isAmbient({ known, facts }: SourceFile): boolean {
  return known === undefined ? (facts?.ambient.length ?? 0) > 0 : (known.marks & KeptMark.ambient) !== 0;
}
