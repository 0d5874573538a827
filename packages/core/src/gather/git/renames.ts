/**
 * Pairs removed with added files that are the same file under another name.
 * In: what is only in the base and what is only in the head. Out: head path → base path, each used once.
 * First equal content, then the most similar text of the same language. The same input always gives the same pairs.
 */
import {
  baseNameOf,
  compareText,
  directoryOf,
  type FileTree,
  type RepoPath,
  type TreeEntry,
} from '../../model/index.js';
import { EMPTY_BLOBS } from '../disk/index.js';

/** The two sides of the search. */
export interface RenameSearch {
  readonly base: FileTree;
  readonly head: FileTree;
  /** Ordered by path. */
  readonly removed: readonly TreeEntry[];
  readonly added: readonly TreeEntry[];
  /** Pairs that a patch states, head path → base path. */
  readonly known: ReadonlyMap<RepoPath, RepoPath>;
}

/** Git's own threshold. */
const SIMILAR_ENOUGH = 0.5;
/** Pairs whose texts are compared at most: beyond it only files of equal name are, which a moved folder needs. */
const MAX_PAIRS = 200 * 200;
/** Larger texts are generated; comparing them costs more than the pair is worth. */
const MAX_TEXT = 1024 * 1024;

/** Renames among `removed` and `added`; every path is used at most once. */
export async function findRenames(search: RenameSearch): Promise<Map<RepoPath, RepoPath>> {
  const renames = new Map<RepoPath, RepoPath>();
  const isRemoved = new Set(search.removed.map(({ path }) => path));
  for (const { path } of search.added) {
    const from = search.known.get(path);
    if (from !== undefined && isRemoved.delete(from)) renames.set(path, from);
  }
  pairEqual(search, isRemoved, renames);
  const open = {
    ...search,
    removed: search.removed.filter(({ path, kind }) => kind === 'file' && isRemoved.has(path)),
    added: search.added.filter(({ path, kind }) => kind === 'file' && !renames.has(path)),
  };
  await pairSimilar(open, renames);
  return renames;
}

function pairEqual({ removed, added }: RenameSearch, isFree: Set<RepoPath>, renames: Map<RepoPath, RepoPath>): void {
  const byId = new Map<string, RepoPath[]>();
  for (const { path, id, kind } of removed) {
    if (kind !== 'file' || EMPTY_BLOBS.has(id) || !isFree.has(path)) continue;
    byId.set(id, [...(byId.get(id) ?? []), path]);
  }
  for (const { path, id, kind } of added) {
    if (kind !== 'file' || renames.has(path)) continue;
    const free = (byId.get(id) ?? []).filter((from) => isFree.has(from));
    const from = free.find((other) => baseNameOf(other) === baseNameOf(path)) ?? free[0];
    if (from !== undefined && isFree.delete(from)) renames.set(path, from);
  }
}

interface Pair {
  readonly from: RepoPath;
  readonly to: RepoPath;
  readonly similarity: number;
}

async function pairSimilar(
  { base, head, removed, added }: RenameSearch,
  renames: Map<RepoPath, RepoPath>,
): Promise<void> {
  const candidates = listCandidates(removed, added);
  if (candidates.length === 0) return;
  const [before, after] = await Promise.all([
    readLines(base, new Set(candidates.map(({ from }) => from))),
    readLines(head, new Set(candidates.map(({ to }) => to))),
  ]);
  const pairs: Pair[] = [];
  for (const { from, to } of candidates) {
    const similarity = similarityOf(before.get(from), after.get(to));
    if (similarity >= SIMILAR_ENOUGH) pairs.push({ from, to, similarity });
  }
  const used = new Set<RepoPath>();
  for (const { from, to } of pairs.sort(bestFirst)) {
    if (used.has(from) || renames.has(to)) continue;
    used.add(from);
    renames.set(to, from);
  }
}

function bestFirst(left: Pair, right: Pair): number {
  const sameName = ({ from, to }: Pair): number => (baseNameOf(from) === baseNameOf(to) ? 1 : 0);
  return (
    right.similarity - left.similarity ||
    sameName(right) - sameName(left) ||
    compareText(left.to, right.to) ||
    compareText(left.from, right.from)
  );
}

function listCandidates(removed: readonly TreeEntry[], added: readonly TreeEntry[]): Omit<Pair, 'similarity'>[] {
  const groups = groupBy(removed, ({ path }) => languageOf(path));
  const all = added.reduce((sum, { path }) => sum + (groups.get(languageOf(path))?.length ?? 0), 0);
  const pick = all <= MAX_PAIRS ? groups : groupBy(removed, ({ path }) => nameKey(path));
  const key = all <= MAX_PAIRS ? languageOf : nameKey;
  const pairs = added.flatMap(({ path: to }) => (pick.get(key(to)) ?? []).map(({ path: from }) => ({ from, to })));
  return pairs.slice(0, MAX_PAIRS);
}

function groupBy(entries: readonly TreeEntry[], key: (entry: TreeEntry) => string): Map<string, TreeEntry[]> {
  const groups = new Map<string, TreeEntry[]>();
  for (const entry of entries) {
    const group = groups.get(key(entry));
    if (group === undefined) groups.set(key(entry), [entry]);
    else group.push(entry);
  }
  return groups;
}

/** Files that can turn into one another: the same extension, and all of JavaScript and TypeScript. */
function languageOf(path: RepoPath): string {
  const name = baseNameOf(path);
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return /^[cm]?[jt]sx?$/.test(extension) ? 'script' : extension;
}

/** The name, with its folder's name where it says nothing itself (`index.ts`, `package.json`). */
function nameKey(path: RepoPath): string {
  const name = baseNameOf(path);
  return /^(?:index\.|package\.json$)/.test(name) ? `${baseNameOf(directoryOf(path))}/${name}` : name;
}

/** The lines of a text with how often each occurs, and the length of all. */
interface Lines {
  readonly counts: ReadonlyMap<string, number>;
  readonly weight: number;
}

async function readLines(tree: FileTree, paths: ReadonlySet<RepoPath>): Promise<Map<RepoPath, Lines>> {
  const lines = new Map<RepoPath, Lines>();
  for (const [path, bytes] of await tree.read([...paths])) {
    if (bytes.length > 0 && bytes.length <= MAX_TEXT && !bytes.includes(0)) lines.set(path, countLines(bytes));
  }
  return lines;
}

function countLines(bytes: Uint8Array): Lines {
  const counts = new Map<string, number>();
  let weight = 0;
  for (const written of Buffer.from(bytes).toString('latin1').split('\n')) {
    const line = written.trim();
    if (line === '') continue;
    counts.set(line, (counts.get(line) ?? 0) + 1);
    weight += line.length;
  }
  return { counts, weight };
}

/** Shared lines by length over the longer text: 0 = nothing shared, 1 = the same lines in any order. */
function similarityOf(left: Lines | undefined, right: Lines | undefined): number {
  if (left === undefined || right === undefined) return 0;
  const longer = Math.max(left.weight, right.weight);
  if (Math.min(left.weight, right.weight) < longer * SIMILAR_ENOUGH || longer === 0) return 0;
  let shared = 0;
  const [few, many] = left.counts.size <= right.counts.size ? [left, right] : [right, left];
  for (const [line, count] of few.counts) shared += Math.min(count, many.counts.get(line) ?? 0) * line.length;
  return shared / longer;
}
