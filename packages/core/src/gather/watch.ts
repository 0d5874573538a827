/**
 * Tells that something changed which a report may depend on: files that git tracks or would track, the commit that is checked out.
 * In: a folder. Out: calls with paths, when all has been quiet for a moment. One watch a folder; nothing is read but folders' names.
 * Not here: what is done about it.
 */
import { realpathSync, statSync, watch, type FSWatcher } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { directoryOf, UsageError, type RepoPath } from '../model/index.js';
import { openFolder } from './disk/index.js';
import { openRepository, type GitRepository } from './git/index.js';

/** What {@link watchRepository} is asked. */
export interface WatchOptions {
  /** The repository, or a folder of it; default: the working directory. */
  readonly root?: string;
  /** Absolute files and folders that the caller writes itself. */
  readonly except?: readonly string[];
  /** Paths from the repository's top, sorted; of git's own files, `HEAD` alone. Called once for what changed in one go. */
  onChange(paths: readonly RepoPath[]): void;
}

/** A watch that stands until it is closed. */
export interface Watching {
  /** Rejects with a UsageError where the watch can't go on: the system watches no further folder. */
  readonly failed: Promise<never>;
  close(): void;
}

/** What was saved in one go is told in one go: milliseconds without a further change. */
const QUIET = 120;

/** How another commit is told. */
const HEAD = 'HEAD';

/** Git's own files that say that another commit is checked out. */
const GIT_STATE: ReadonlySet<string> = new Set(['HEAD', 'ORIG_HEAD', 'COMMIT_EDITMSG']);

/**
 * Watches every folder in which git knows a file; new ones as they come. What git ignores is not told.
 * @throws UsageError where the system watches no further folder, or the folder is not there.
 */
export async function watchRepository({ root = '.', except = [], onChange }: WatchOptions): Promise<Watching> {
  const start = folderAt(root);
  const opened = await openRepository(start);
  const git = 'git' in opened ? opened : undefined;
  const watched = new WatchedFolders(git?.top ?? start, new Set(except.map(placeOf)));
  const fresh = new Set<RepoPath>();
  let timer: NodeJS.Timeout | undefined;
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined);
  let told = Promise.resolve();
  watched.onEvent = (path) => {
    fresh.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => (told = told.then(tell).catch(fail)), QUIET);
  };
  let known = await placesOf(start, git);
  async function tell(): Promise<void> {
    const paths = [...fresh].sort();
    fresh.clear();
    const before = known;
    known = await placesOf(start, git);
    if (watched.closed) return;
    // A new folder that is still empty is watched for what comes; git does not know it yet.
    watched.set(new Set([...known.folders, ...paths.filter((path) => isFolder(join(watched.top, path)))]));
    const has = ({ files, folders }: Places, path: RepoPath): boolean => files.has(path) || folders.has(path);
    const counted = paths.filter((path) => path === HEAD || has(known, path) || has(before, path));
    if (counted.length > 0) onChange(counted);
  }
  watched.set(known.folders);
  if (git !== undefined) await watched.addGit(git);
  return {
    failed,
    close: () => {
      clearTimeout(timer);
      watched.close();
    },
  };
}

function folderAt(root: string): string {
  try {
    return realpathSync(resolve(root));
  } catch {
    throw new UsageError(`There is no folder ${root}; give one that is there with --root.`);
  }
}

/** Absolute, the links on the way to it followed; it need not be there yet. */
function placeOf(path: string): string {
  const absolute = resolve(path);
  try {
    return join(realpathSync(dirname(absolute)), basename(absolute));
  } catch {
    return absolute;
  }
}

/** What a report may depend on; '' is the top folder. */
interface Places {
  readonly files: ReadonlySet<RepoPath>;
  /** Folders that hold files, and those above them. */
  readonly folders: ReadonlySet<RepoPath>;
}

async function placesOf(folder: string, git: GitRepository | undefined): Promise<Places> {
  const files = git === undefined ? (await openFolder(folder)).entries.map(({ path }) => path) : await knownFiles(git);
  const folders = new Set<RepoPath>(['']);
  for (const path of files) for (let at = directoryOf(path); !folders.has(at); at = directoryOf(at)) folders.add(at);
  return { files: new Set(files), folders };
}

async function knownFiles({ git }: GitRepository): Promise<readonly RepoPath[]> {
  const { stdout } = await git.run(['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  return stdout.toString('utf8').split('\0').filter(Boolean);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** One watch for each folder. */
class WatchedFolders {
  readonly #watches = new Map<RepoPath, FSWatcher>();
  #git: FSWatcher | undefined;
  closed = false;
  onEvent: (path: RepoPath) => void = () => undefined;

  constructor(
    readonly top: string,
    private readonly except: ReadonlySet<string>,
  ) {}

  /** Watches these folders and no others. Those that are gone again are passed over. */
  set(folders: ReadonlySet<RepoPath>): void {
    for (const [folder, one] of this.#watches) {
      if (folders.has(folder)) continue;
      one.close();
      this.#watches.delete(folder);
    }
    for (const folder of folders) {
      if (this.closed || this.#watches.has(folder)) continue;
      const one = opened(join(this.top, folder), (name) => this.#met(folder, name), folders.size);
      if (one === undefined) continue;
      one.on('error', () => {
        one.close();
        this.#watches.delete(folder);
      });
      this.#watches.set(folder, one);
    }
  }

  /** Watches for another commit. */
  async addGit({ git }: GitRepository): Promise<void> {
    const { stdout } = await git.run(['rev-parse', '--absolute-git-dir']);
    const heard = (name: string): void => {
      if (GIT_STATE.has(name)) this.onEvent(HEAD);
    };
    this.#git = opened(stdout.toString('utf8').trim(), heard, 1);
    this.#git?.on('error', () => undefined);
  }

  close(): void {
    this.closed = true;
    this.#git?.close();
    for (const one of this.#watches.values()) one.close();
    this.#watches.clear();
  }

  #met(folder: RepoPath, name: string): void {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (name === '.git' || name === 'node_modules' || this.#isOwn(join(this.top, path))) return;
    this.onEvent(path);
  }

  #isOwn(path: string): boolean {
    for (const own of this.except) if (path === own || path.startsWith(`${own}/`)) return true;
    return false;
  }
}

function opened(folder: string, heard: (name: string) => void, count: number): FSWatcher | undefined {
  try {
    return watch(folder, (_event, name) => heard(name ?? ''));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES' || code === 'EPERM') return undefined;
    throw new UsageError(
      `The system does not watch ${count} folders (${code ?? String(error)}); raise its limit (on Linux fs.inotify.max_user_watches), or run without --watch.`,
    );
  }
}
