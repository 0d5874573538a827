/**
 * Settings in changed configuration files: one value at one key path, with its line.
 * In: YAML, JSON, Dockerfiles, env files. Out: flat records, the same shape for all. Not here: what a setting means (catalogue/settings).
 */
import type { RepoPath } from './path.js';

/** The kind of file, by its place and content. */
export type SettingsFormat =
  | 'kubernetes'
  | 'compose'
  | 'dockerfile'
  | 'github-workflow'
  | 'manifest'
  | 'env'
  | 'serverless'
  | 'yaml'
  | 'json'
  | 'text';

/** What the file is for. */
export type SettingsArea =
  'ci' | 'image' | 'deployment' | 'gateway' | 'iac' | 'environment' | 'runtime' | 'feature-flag';

/** One value. */
export interface Setting {
  /** `Deployment/api/spec/replicas`: list items are named by their `name`, `id` or `key`, else numbered. */
  readonly path: string;
  readonly value: string;
  readonly line: number;
}

/** One changed file's settings, in order. */
export interface SettingsChange {
  readonly file: RepoPath;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed';
  readonly format: SettingsFormat;
  readonly area: SettingsArea;
  /** By its name, for development or tests only. */
  readonly local: boolean;
  readonly base: readonly Setting[];
  readonly head: readonly Setting[];
  /** False: the text of a revision could not be read as the format; then `base` and `head` say nothing. */
  readonly read: boolean;
}
