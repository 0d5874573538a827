/**
 * How files are named everywhere inside the engine and in every output.
 * In: whatever git or the disk calls a file. Out: one spelling of it.
 * Not here: any access to the disk.
 */

/**
 * A file or folder below the repository's root: POSIX separators, no leading `./` or `/`,
 * no `..`, exact case, Unicode as git stores it. The root itself is `''`.
 */
export type RepoPath = string;

/** The folder that holds `path`; `''` for a file at the root. */
export function directoryOf(path: RepoPath): RepoPath {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** The last segment of `path`. */
export function baseNameOf(path: RepoPath): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * `relative` as seen from the folder `directory`, with `.` and `..` resolved.
 * Returns `undefined` where the result would leave the repository.
 */
export function joinPath(directory: RepoPath, relative: string): RepoPath | undefined {
  let path = directory;
  for (let at = 0, end = 0; at <= relative.length; at = end + 1) {
    end = relative.indexOf('/', at);
    if (end < 0) end = relative.length;
    const segment = relative.slice(at, end);
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') path = path === '' ? segment : `${path}/${segment}`;
    else if (path === '') return undefined;
    else path = directoryOf(path);
  }
  return path;
}

/** True where `path` is `directory` or lies below it. */
export function isInside(path: RepoPath, directory: RepoPath): boolean {
  return directory === '' || path === directory || path.startsWith(`${directory}/`);
}

/** Orders by UTF-16 code unit: the one order of every list in a report, whatever the locale. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
