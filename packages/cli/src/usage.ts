/**
 * The caller's mistakes on the command line, said in one sentence, exit code 2.
 * The library has a `UsageError` class; here errors go by its name, so that `--version` and `--help`
 * need not load the library to know one.
 */

/** The library's `UsageError`, as far as the CLI tells it apart: by name. */
export class CommandLineError extends Error {
  override readonly name = 'UsageError';
}

/** True for a mistake of the caller's, found by the CLI or by the library. */
export function isUsageError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'UsageError';
}

const FILE_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
};

/** A file option that can't be read or written, as a usage error; any other error is returned as it is. */
export function fileError(error: unknown, action: string, file: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === undefined) return error;
  return new CommandLineError(`Cannot ${action} ${file}: ${FILE_ERRORS[code] ?? code}.`);
}
