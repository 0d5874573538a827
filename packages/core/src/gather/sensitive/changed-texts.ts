/**
 * The texts of changed files that other systems rely on, both revisions.
 * In: two trees and their differences. Out: pairs of texts, in path order. Tests, fixtures and samples are no production.
 * Not here: what a text says.
 */
import type { Diagnostic } from '../../model/diagnostic.js';
import { directoryOf, type RepoPath } from '../../model/path.js';
import type { FileDiff } from '../../model/revision.js';
import type { FileTree } from '../../model/tree.js';
import { decode } from '../facts-store.js';
import { isInstalled, isSampleFolder } from '../workspace/places.js';
import { languageOf } from '../workspace/roles.js';

/** One changed file's texts; absent = the file is not in that revision. */
export interface TextPair {
  /** Path in the head; in the base for a removed file. */
  readonly file: RepoPath;
  readonly basePath: RepoPath;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed';
  readonly base?: string;
  readonly head?: string;
}

/** Two trees, what differs, and what was met. */
export interface SensitiveRequest {
  readonly base: FileTree;
  readonly head: FileTree;
  readonly diffs: readonly FileDiff[];
}

/** Longer texts are data or generated. */
const TEXT_LIMIT = 4 << 20;
const BINARY =
  /\.(?:png|jpe?g|gif|webp|avif|ico|svg|woff2?|ttf|otf|eot|pdf|zip|gz|tgz|mp[34]|mov|wasm|lockb|snap|map|md|mdx|css|scss|html?|csv|txt)$/i;

/** Reads the pairs; source code only where `code` says that its path may matter. */
export async function changedTexts({ base, head, diffs }: SensitiveRequest): Promise<readonly TextPair[]> {
  const wanted = diffs.filter((diff) => diff.special === undefined && diff.status !== 'mode' && isProduct(diff.path));
  const before = await base.read(
    wanted.flatMap((diff) => (diff.status === 'added' ? [] : [diff.basePath ?? diff.path])),
  );
  const after = await head.read(wanted.flatMap((diff) => (diff.status === 'removed' ? [] : [diff.path])));
  return wanted.map(({ path, basePath = path, status }) => {
    const [old, now] = [textOf(before.get(basePath)), textOf(after.get(path))];
    return {
      file: path,
      basePath,
      status: status as TextPair['status'],
      ...(old === undefined || status === 'added' ? {} : { base: old }),
      ...(now === undefined || status === 'removed' ? {} : { head: now }),
    };
  });
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined || bytes.length > TEXT_LIMIT ? undefined : decode(bytes);
}

/** Deployed, or agreed upon with somebody: neither a test nor a sample, nor what is only looked at. */
function isProduct(path: RepoPath): boolean {
  // Helm keeps what it deploys in `templates`.
  const sample = isSampleFolder(directoryOf(path)) && !/(?:^|\/)(?:charts?|helm)\/.*\btemplates\//.test(path);
  if (BINARY.test(path) || isInstalled(path) || sample) return false;
  return !/\.(?:test|spec|e2e|stories|bench)\.[mc]?[jt]sx?$/.test(path) && languageOf(path) !== 'dts';
}

/** A file that could not be read as what it is: said once, with its line. */
export function brokenFile(file: RepoPath, line: number, what: string): Diagnostic {
  const message = `${file} could not be read as ${what}; what its change breaks is not known.`;
  return { kind: 'schema-broken', level: 'warning', message, file, line };
}

/** Why a YAML or JSON text could not be read. */
export function faultNote(
  file: RepoPath,
  { fault, line }: { readonly fault: 'syntax' | 'aliases'; readonly line: number },
  what: string,
): Diagnostic {
  if (fault === 'syntax') return brokenFile(file, line, what);
  const message = `The aliases of ${file} stand for more than is read; what its change breaks is not known.`;
  return { kind: 'alias-bomb', level: 'warning', message, file, line };
}
