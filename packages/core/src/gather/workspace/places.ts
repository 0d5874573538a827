/**
 * What a path says by itself: code of others, sample code, the folder a manifest stands in.
 * In: repo-relative paths. Out: answers, without any look at contents.
 * Not here: a file's role (roles.ts).
 */
import type { RepoPath } from '../../model/path.js';

/** Folders that only package managers fill: no manifest in them speaks of this repository. */
const INSTALLED = /(?:^|\/)(?:node_modules|bower_components|jspm_packages|\.yarn|\.pnpm-store)\//;

/** True for files that a package manager put there. */
export function isInstalled(path: RepoPath): boolean {
  return INSTALLED.test(path);
}

const FIXTURE =
  /(?:^|\/)(?:__fixtures__|fixtures?|__testfixtures__|__tests__|__mocks__|test-?data|templates?)(?:\/|$)|(?:^|\/)tests?\//;

/** True for folders that hold inputs of tests or templates of generators, not parts of the product. */
export function isFixtureFolder(folder: RepoPath): boolean {
  return FIXTURE.test(folder);
}

const SAMPLE =
  /(?:^|\/)(?:examples?|demos?|samples?|playgrounds?|sandbox(?:es)?|benchmarks?|tests?|spec|e2e|[\w-]*integration[-_]tests?)(?:\/|$)/;

/** True for folders whose code shows or tries the product: what stands there outside the workspace is never an app. */
export function isSampleFolder(folder: RepoPath): boolean {
  return SAMPLE.test(folder) || isFixtureFolder(folder);
}

/** The path of `name` in `folder`. */
export function inFolder(folder: RepoPath, name: string): RepoPath {
  return folder === '' ? name : `${folder}/${name}`;
}

/** `path` as seen from `folder`, which holds it. */
export function relativeTo(folder: RepoPath, path: RepoPath): string {
  return folder === '' ? path : path.slice(folder.length + 1);
}
