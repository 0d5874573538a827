/**
 * Turns a base and a head into a real git history in a temporary folder.
 * In: two folders, or two sets of named texts. Out: a repository with the base on `main` and the head on `change`, checked out.
 * Not here: which cases there are (fixtures.ts), how a multi-file string is read (inline.ts).
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { git } from './git.js';

/** One state: a folder on the disk, or texts by POSIX path. */
export type Tree = string | Readonly<Record<string, string>>;

/** A repository made for one test. */
export interface MadeRepository {
  /** Absolute path of its root, symbolic links resolved. */
  readonly root: string;
  /** Commit ids; the same trees give the same ids on every machine. */
  readonly base: string;
  readonly head: string;
  /** Deletes the folder. */
  readonly dispose: () => void;
}

/**
 * Commits `base` on `main`, then `head` on `change`, which is left checked out.
 * Equal trees give an empty second commit. Throws where a text's path leaves the repository.
 */
export function materialise(base: Tree, head: Tree): MadeRepository {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'blast-radius-')));
  try {
    git(root, 'init', '-q', '-b', 'main');
    const first = commit(root, base, 'base');
    git(root, 'checkout', '-q', '-b', 'change');
    const second = commit(root, head, 'head');
    return { root, base: first, head: second, dispose: () => remove(root) };
  } catch (error) {
    remove(root);
    throw error;
  }
}

/** Replaces everything that is checked out by `tree` and commits it, ignored files too. */
function commit(root: string, tree: Tree, message: string): string {
  for (const name of readdirSync(root)) if (name !== '.git') remove(join(root, name));
  if (typeof tree === 'string') cpSync(tree, root, { recursive: true, verbatimSymlinks: true });
  else for (const [path, text] of Object.entries(tree)) writeText(root, path, text);
  git(root, 'add', '-A', '-f', '.');
  git(root, 'commit', '-q', '--allow-empty', '--no-verify', '-m', message);
  return git(root, 'rev-parse', 'HEAD').trim();
}

/** Writes one text below `root`, with the folders it needs. */
function writeText(root: string, path: string, text: string): void {
  const target = resolve(root, path);
  if (!target.startsWith(root + sep)) throw new Error(`${path} leaves the repository`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}
