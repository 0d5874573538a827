/**
 * The repository as its package manager and task runner see it: packages, apps, owners.
 * In: manifests and configuration as text. Out: plain records.
 * Not here: source files' contents, resolution.
 */
import type { RepoPath } from './path.js';

/** What declares the workspace; several may hold at once (pnpm + Nx). */
export type WorkspaceTool = 'pnpm' | 'npm' | 'yarn' | 'bun' | 'lerna' | 'nx' | 'turborepo' | 'rush' | 'deno';

/** The workspace of one revision. */
export interface Workspace {
  readonly tools: readonly WorkspaceTool[];
  /**
   * Every package, ordered by `root`; its `id` is its index. At least one: a repository without
   * any manifest is one package named after nothing (`''`) at the root `''`.
   */
  readonly packages: readonly WorkspacePackage[];
  /** Dependencies between packages that only a task runner declares. */
  readonly declaredDependencies: readonly DeclaredDependency[];
  /** Files on which every package's tasks depend (Turborepo's `globalDependencies`, Nx's shared globals), as globs. */
  readonly globalInputs: readonly GlobalInput[];
  /** CODEOWNERS rules in file order (the last match wins); empty without the file. */
  readonly owners: readonly OwnersRule[];
}

/** One package of the workspace (a folder with a manifest or a `project.json`). */
export interface WorkspacePackage {
  /** Index in `Workspace.packages`. */
  readonly id: number;
  /** Manifest name; the Nx project name or the folder's path where there is none. */
  readonly name: string;
  /** Folder; `''` is the repository's root. */
  readonly root: RepoPath;
  readonly version?: string;
  readonly private: boolean;
  /** A member of the workspace, or only a nested manifest (fixtures, examples outside the globs). */
  readonly member: boolean;
  /** Path of its `package.json`, where it has one that parses. */
  readonly manifest?: Manifest;
  /** Run or deployed, and no other workspace package depends on it. */
  readonly app: boolean;
  /** Why: `bin`, `script start`, `next.config.js`, `Dockerfile` … Empty where not run or deployed. */
  readonly runnable: readonly string[];
  /** Names of workspace packages in its `dependencies`, `devDependencies`, `peerDependencies`, `optionalDependencies`. Sorted. */
  readonly workspaceDependencies: readonly string[];
}

/** The parts of a `package.json` that the engine reads, as written. */
export interface Manifest {
  readonly path: RepoPath;
  readonly name?: string;
  readonly version?: string;
  readonly type?: 'module' | 'commonjs';
  readonly main?: string;
  readonly module?: string;
  readonly types?: string;
  readonly source?: string;
  readonly browser?: string | Readonly<Record<string, string | false>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports?: unknown;
  readonly imports?: unknown;
  readonly publishConfig?: Readonly<Record<string, unknown>>;
  readonly typesVersions?: unknown;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
  readonly sideEffects?: boolean | readonly string[];
  /** `jest` key, as written. */
  readonly jest?: unknown;
  /** `nx` key, as written. */
  readonly nx?: unknown;
}

/** An edge between packages that a task runner declares. */
export interface DeclaredDependency {
  /** Package id of the dependent. */
  readonly from: number;
  /** Package id of what it depends on. */
  readonly to: number;
  /** Where it is written: `apps/web/project.json implicitDependencies`. */
  readonly source: string;
}

/** Files that all of some packages' tasks read. */
export interface GlobalInput {
  /** Glob relative to the repository's root. */
  readonly glob: string;
  /** Package ids; empty = every package. */
  readonly packages: readonly number[];
  readonly source: string;
}

/** One line of CODEOWNERS. */
export interface OwnersRule {
  readonly pattern: string;
  /** `@org/team`, `@user`, `mail@example.org`; empty = nobody. */
  readonly owners: readonly string[];
  /** 1-based. */
  readonly line: number;
  /** GitLab only: sections decide each for itself, and their owners add up. */
  readonly section?: string;
}
