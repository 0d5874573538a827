/**
 * The file system that the native compiler sees: the sources in memory, one tsconfig, installed packages, its own declarations.
 * In: a program's input. Out: the callbacks of its API. Not here: what may be read of the disk (file-host.ts decides for both engines).
 */
import type { RepoPath, TypeProgramInput } from '../../../model/index.js';
import { createFileHost, repoPathOf, type FileHost } from '../ts-morph/file-host.js';
import type { NativeFiles } from './api.js';
import { withTokens, type Leads } from './specifiers.js';

/** What the callbacks answer from; exchanged as a whole by `use`. */
export interface VirtualSources {
  readonly input: TypeProgramInput;
  readonly leads: ReadonlyMap<RepoPath, Leads>;
  /** Text of the tsconfig. */
  readonly configuration: string;
}

/** A file system whose sources may be exchanged. */
export interface VirtualFiles extends NativeFiles {
  use(sources: VirtualSources): void;
}

/** The tsconfig that stands for a program's options: no file of the repository can have this name. */
export function configurationName(root: string): string {
  return `${root}/\u007ftsconfig.json`;
}

/** See {@link VirtualFiles}; `libraries` is the folder of the compiler's own declarations, which it reads by itself. */
export function createVirtualFiles(first: VirtualSources, libraries: string): VirtualFiles {
  const host: FileHost = createFileHost(first.input);
  let sources = first;
  const isOwn = (path: string): boolean => path === libraries || path.startsWith(`${libraries}/`);
  const isConfiguration = (path: string): boolean => path === configurationName(sources.input.root);

  function read(path: string): string | null {
    if (isConfiguration(path)) return sources.configuration;
    try {
      const file = repoPathOf(sources.input.root, path);
      const text = host.readFileSync(path);
      return file === undefined ? text : withTokens(text, sources.leads.get(file));
    } catch {
      return null;
    }
  }

  return {
    use: (next) => {
      sources = next;
      host.use(next.input);
    },
    readFile: (path) => (isOwn(path) ? undefined : read(path)),
    fileExists: (path) => (isOwn(path) ? undefined : isConfiguration(path) || host.fileExistsSync(path)),
    directoryExists: (path) => (isOwn(path) ? undefined : host.directoryExistsSync(path)),
    getAccessibleEntries: (path) => (isOwn(path) ? undefined : entriesOf(host, path)),
    realpath: (path) => host.realpathSync(path),
  };
}

function entriesOf(host: FileHost, folder: string): { files: string[]; directories: string[] } {
  const entries = host.readDirSync(folder);
  const names = (isWanted: (path: string) => boolean): string[] =>
    entries.filter(({ name }) => isWanted(name)).map(({ name }) => name.slice(folder.length + 1));
  return {
    files: names((path) => host.fileExistsSync(path)),
    directories: names((path) => host.directoryExistsSync(path)),
  };
}
