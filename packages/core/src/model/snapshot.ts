/**
 * All that analysis gets: two revisions of a repository as plain data.
 * It is the one thing that crosses from gather to analyze; analysis never reads anything else.
 */
import type { CatalogueRow } from './catalogue-row.js';
import type { DeclaredShapes } from './declaration.js';
import type { Diagnostic } from './diagnostic.js';
import type { FileFacts, Language } from './facts.js';
import type { KeptColumns } from './kept.js';
import type { LockfileDelta } from './lockfile.js';
import type { RepoPath } from './path.js';
import type { ResourceEnds } from './resource-end.js';
import type { Published } from './published.js';
import type { SensitiveChanges } from './sensitive.js';
import type { Resolution } from './resolution.js';
import type { Comparison, FileDiff } from './revision.js';
import type { Workspace } from './workspace.js';

/** What part a file plays, by its place and content. */
export type FileRole = 'source' | 'test' | 'test-support' | 'config' | 'declaration' | 'generated' | 'resource';

/** One file of one revision. Files without `facts` are resources: SQL, YAML, images, lockfiles. */
export interface SourceFile {
  readonly path: RepoPath;
  /** Package id in this revision's workspace. */
  readonly package: number;
  readonly role: FileRole;
  readonly language?: Language;
  /** Content id: equal ids mean equal bytes. */
  readonly id: string;
  readonly facts?: FileFacts | undefined;
  /** One per entry of `facts.requests`, same order. */
  readonly resolutions: readonly Resolution[];
  /** `verbatimModuleSyntax` or `isolatedModules` with preserved imports: no import is elided. */
  readonly verbatim: boolean;
  /** What an earlier run found, so that `facts` need not be decoded to know it. */
  readonly known?: KnownFile;
}

/** True where `facts` are there: does not decode them. */
export function hasFacts(file: SourceFile): boolean {
  return file.known?.hasFacts ?? file.facts !== undefined;
}

/** True where both have the same facts, or none: decodes nothing where they are one object. */
export function sameFacts(left: SourceFile | undefined, right: SourceFile | undefined): boolean {
  return left === right || left?.facts === right?.facts;
}

/** Files that have facts, by path. */
export function filesWithFacts(files: readonly SourceFile[]): Map<RepoPath, SourceFile> {
  return new Map(files.flatMap((file) => (hasFacts(file) ? [[file.path, file] as const] : [])));
}

/** Answers about a file's facts and resolutions that whole revisions are asked for. */
export interface KnownFile {
  readonly hasFacts: boolean;
  /** `KeptMark` bits but `links`. */
  readonly marks: number;
  /** See `ReportStats`. */
  readonly specifiers: number;
  readonly resolved: number;
}

/** One state of the repository, read and resolved. */
export interface Revision {
  /** Commit id or `working tree`. */
  readonly label: string;
  readonly workspace: Workspace;
  /** Ordered by path. Unchanged files are the same objects in both revisions where nothing about them moved. */
  readonly files: readonly SourceFile[];
  /** Edges that the files' own text doesn't hold: test setup files, tsconfig coverage, auto-imports. */
  readonly implicit: readonly ImplicitDependency[];
}

/** A dependency that configuration, not source text, creates. */
export interface ImplicitDependency {
  readonly kind:
    'test-setup' | 'global-setup' | 'mocks-folder' | 'tsconfig' | 'auto-import' | 'snapshot' | 'resource-import';
  /** The dependents: files. */
  readonly from: readonly RepoPath[];
  /** What they depend on. */
  readonly to: RepoPath;
  /** For `auto-import`: the global name that means `to`'s export of that name (or `default`). */
  readonly name?: string;
  readonly exportName?: string;
  /** Where this is written: `vitest.config.ts setupFiles`. */
  readonly source: string;
}

/** Columns and the files that they are of. A file of another revision that is the same object is the same in all that counts. */
export interface KeptLinks {
  readonly files: readonly SourceFile[];
  readonly columns: KeptColumns;
}

/** Both revisions and what differs. */
export interface Snapshot {
  readonly comparison: Comparison;
  /** Absent where nothing is compared: `impact`, `rank`, `graph`. */
  readonly base?: Revision;
  readonly head: Revision;
  /** Ordered by path. */
  readonly diffs: readonly FileDiff[];
  /** External packages whose resolved version differs; empty without lockfile changes. */
  readonly lockfiles: readonly LockfileDelta[];
  /** Texts of changed resource files that analysis compares (manifests, tsconfigs), by path; absent = not there. */
  readonly texts: {
    readonly base: Readonly<Record<RepoPath, string>>;
    readonly head: Readonly<Record<RepoPath, string>>;
  };
  /** Links of an earlier run over files that these revisions share. */
  readonly kept?: KeptLinks;
  /** Declarations of changed source files; absent where nothing is compared. */
  readonly declarations?: DeclaredShapes;
  /** What published packages let others import; absent where nothing is compared. */
  readonly published?: Published;
  /** What changed files say to other systems; absent where nothing is compared. */
  readonly sensitive?: SensitiveChanges;
  /** What resource files say to other systems; unchanged files stand in both. */
  readonly resources: ResourceEnds;
  /** Rows of the repository's own configuration. */
  readonly catalogue: readonly CatalogueRow[];
  readonly diagnostics: readonly Diagnostic[];
}
