/**
 * Makes the prepared index of a linked comparison and puts it where lint rules look for it.
 * In: what the pipeline has at hand. Out: a file, and what is in it. Not here: the columns (analyze/lint-index), their bytes (format.ts).
 */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { buildLintIndex, type LintIndexSource } from '../analyze/lint-index/index.js';
import { FACTS_VERSION } from '../model/facts.js';
import { LINT_INDEX_VERSION, type GitState } from '../model/lint-index.js';
import type { Snapshot } from '../model/snapshot.js';
import { readGitState } from './git-files.js';
import { hasIndexOf, indexPlace, writeIndexFile, type IndexPlace } from './index-file.js';

/** What the index is made from, and where it may lie. */
export interface PrepareInput extends Omit<LintIndexSource, 'key' | 'git'> {
  /** Absolute folder of the repository's top. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cacheDir?: string | false | undefined;
  /** A file to write instead of the one in the cache folder. Absolute. */
  readonly output?: string | undefined;
}

/** An index that was written. */
export interface PreparedIndex {
  /** Absolute. */
  readonly file: string;
  /** What texts are compared with, and who chose it. */
  readonly base: string;
  readonly chosenBy: string;
  readonly files: number;
  readonly symbols: number;
}

/**
 * Writes the index; `undefined` where the cache is off and no other file is given.
 * @throws what the file system throws.
 */
export function prepareLintIndex(input: PrepareInput): PreparedIndex | undefined {
  const place = indexPlace(input.root, input);
  const file = input.output ?? place.file;
  if (file === undefined) return undefined;
  const git = place.git && readGitState(place.git);
  const { snapshot, linked, graph, places } = input;
  const key = keyOf(snapshot, git);
  const tables = buildLintIndex({ snapshot, linked, graph, places, key, ...(git === undefined ? {} : { git }) });
  // The cache folder is the engine's own; where the user names a file, so is its folder.
  if (input.output === undefined) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeIndexFile(file, tables);
  const { base, chosenBy } = tables.meta;
  return { file, base, chosenBy, files: tables.u32.filePath.length, symbols: tables.u32.symbolName.length };
}

/** The same, where it would tell something new; a folder that can't be written is left alone. */
export function refreshLintIndex(input: PrepareInput): void {
  try {
    const place: IndexPlace = indexPlace(input.root, input);
    const git = place.git && readGitState(place.git);
    if (place.file === undefined || hasIndexOf(place.file, keyOf(input.snapshot, git))) return;
    prepareLintIndex(input);
  } catch {
    // The report is what was asked for; rules say themselves where they miss an index.
  }
}

/** Commits decide: what is not committed yet changes neither the base nor, as a rule, who depends on what. */
function keyOf({ comparison, base }: Snapshot, git: GitState | undefined): string {
  const parts = [LINT_INDEX_VERSION, FACTS_VERSION, base === undefined, comparison.base, git?.head, git?.commit];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
