/**
 * Reads a unified diff (git's or a plain one) into one record per file.
 * In: its text. Out: per file what to do and the hunks. Not here: applying it (patchedTree.ts).
 * jsdiff parses; here stand the forms it leaves to its caller: mail signatures, line ends, binary patches, path prefixes.
 */
import { parsePatch, type StructuredPatch } from 'diff';
import { joinPath, type RepoPath, UsageError } from '../../model/index.js';

const LEADING_FOLDER = /^[^/]+\//;

/** What a patch does to one file. */
export interface FilePatch {
  /** Absent for a file that the patch adds. */
  readonly from?: RepoPath;
  /** Absent for a file that the patch removes. */
  readonly to?: RepoPath;
  /** The new file mode where the patch states one: `100755`. */
  readonly mode?: string;
  /** `from` stays. */
  readonly copies: boolean;
  /** The patch says that bytes differ, not how. */
  readonly binary: boolean;
  readonly parsed: StructuredPatch;
}

/**
 * @param exists whether a path is in the tree that the patch is for: it decides how many leading folders are no part of a path.
 * @returns one record per file in the patch's order; empty for an empty patch.
 * @throws UsageError for text that is no unified diff, and for paths outside the repository.
 */
export function readPatch(text: string, exists: (path: RepoPath) => boolean): FilePatch[] {
  if (text.trim() === '') return [];
  if (/^@@@+ -/m.test(text)) {
    throw new UsageError('The patch is a combined diff of a merge; make one against a single parent (git diff A B).');
  }
  const files = parse(normalise(text)).filter(isStatement);
  if (files.length === 0)
    throw new UsageError('The patch holds no change in unified diff format; give the output of git diff.');
  const strip = prefixLength(files, exists);
  return files.map((file) => toFilePatch(file, strip));
}

function parse(text: string): StructuredPatch[] {
  try {
    return parsePatch(text);
  } catch (error) {
    throw new UsageError(`The patch can't be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function normalise(text: string): string {
  // A patch saved with Windows line ends throughout; jsdiff then follows the ends of each file that it patches.
  const unix = /[^\r]\n|^\n/.test(text) ? text : text.replaceAll('\r\n', '\n');
  return unix
    .replace(/^GIT binary patch\r?\n(?:(?:literal|delta) \d+\r?\n(?:[^\s].*\n)*\r?\n?)*/gm, 'Binary files differ\n')
    .replace(/^diff --git (.+)$/gm, (line: string, names: string) => canonicalHeader(names) ?? line)
    .replace(/^-- \n(?=[^ +\-\\@\n])/gm, '\n'); // the signature below a mailed patch
}

/**
 * `diff --git` with the prefixes `a/` and `b/` whatever the patch was made with: jsdiff understands no others, and this line is
 * all there is of a changed mode or an empty file. `undefined` where the two names differ (`rename from` follows then).
 */
function canonicalHeader(names: string): string | undefined {
  for (let space = names.indexOf(' '); space > 0; space = names.indexOf(' ', space + 1)) {
    const [old, now] = [names.slice(0, space), names.slice(space + 1)];
    const quote = old.startsWith('"') ? '"' : '';
    const [left, right] = [old.slice(quote.length), now.slice(quote.length)];
    const path = left === right ? left : left.replace(LEADING_FOLDER, '');
    if (
      old.startsWith('"') !== now.startsWith('"') ||
      path !== (left === right ? right : right.replace(LEADING_FOLDER, ''))
    )
      continue;
    return `diff --git ${quote}a/${path} ${quote}b/${path}`;
  }
  return undefined;
}

function isStatement(file: StructuredPatch): boolean {
  const names = file.oldFileName !== undefined || file.newFileName !== undefined;
  if (!names && file.hunks.length > 0) {
    throw new UsageError('The patch has a hunk without a file name above it; give the output of git diff.');
  }
  return names;
}

/** How many leading folders to take off `---` and `+++`: 1 for `a/src/x.ts`, 0 for `git diff --no-prefix`. */
function prefixLength(files: readonly StructuredPatch[], exists: (path: RepoPath) => boolean): 0 | 1 {
  const named = files.filter(({ hunks }) => hunks.length > 0);
  const old = named.flatMap(({ oldFileName = '/dev/null' }) => (isNull(oldFileName) ? [] : [oldFileName]));
  const asWritten = old.filter((name) => exists(name)).length;
  const stripped = old.filter((name) => exists(cut(name, 1))).length;
  if (asWritten !== stripped) return asWritten > stripped ? 0 : 1;
  const names = named.flatMap(({ oldFileName = '/dev/null', newFileName = '/dev/null' }) => [oldFileName, newFileName]);
  return names.every((name) => isNull(name) || /^[abciow]\//.test(name)) ? 1 : 0;
}

function toFilePatch(parsed: StructuredPatch, strip: 0 | 1): FilePatch {
  const { oldFileName: old = '/dev/null', newFileName: now = '/dev/null' } = parsed;
  // Without `---` the names are from the lines above it, where they have `a/` and `b/` by now.
  const level = parsed.isGit === true && parsed.hunks.length === 0 ? 1 : strip;
  const mode = parsed.newMode;
  return {
    ...(isNull(old) || parsed.isCreate === true ? {} : { from: inside(cut(old, level), old) }),
    ...(isNull(now) || parsed.isDelete === true ? {} : { to: inside(cut(now, level), now) }),
    ...(mode === undefined ? {} : { mode }),
    copies: parsed.isCopy === true,
    binary: parsed.isBinary === true,
    parsed,
  };
}

const isNull = (name: string): boolean => name === '/dev/null';

function cut(name: string, level: 0 | 1): string {
  return level === 1 ? name.replace(LEADING_FOLDER, '') : name;
}

function inside(path: string, written: string): RepoPath {
  const joined = path.startsWith('/') ? undefined : joinPath('', path);
  if (joined !== undefined && joined !== '' && joined.split('/')[0] !== '.git') return joined;
  throw new UsageError(`The patch names ${JSON.stringify(written)}, which is not a path inside the repository.`);
}
