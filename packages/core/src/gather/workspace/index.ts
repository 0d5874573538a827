/**
 * The repository as its package manager sees it: what the pipeline asks of this folder.
 * In: a tree. Out: workspace, classified files, lockfile deltas.
 */
export { classifyFiles, locatePackages } from './classify.js';
export type { ClassifiedFile, ClassifiedFiles, SkipReason } from './classify.js';
export { compareLockfiles } from './lockfile/compare-lockfiles.js';
export { readInstallDeltas } from './lockfile/install-deltas.js';
export type { InstallComparison, InstallDeltas } from './lockfile/install-deltas.js';
export { isLockfile } from './lockfile/lockfile-formats.js';
export { readWorkspace } from './read-workspace.js';
export type { ReadWorkspace } from './read-workspace.js';
export { languageOf, refineRole, roleOf } from './roles.js';
