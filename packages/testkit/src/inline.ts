/**
 * Small cases in one string: several files, and caret comments that say which declarations a change reaches.
 * In: the string, and a function that asks the product. Out: nothing, or an error that lists every wrong claim.
 * A caret line belongs to the nearest line above it that is none.
 *
 *     // @file a.ts
 *     export const x = () => 1;
 *     // @file b.ts
 *     import { x } from './a';
 *     export const y = () => x();
 *     //           ^ affected by a.ts#x
 */
import { AssertionError } from 'node:assert';
import { materialise } from './materialise.js';

/** Several files, and what is claimed of them. */
export interface InlineWorkspace {
  /** Text by POSIX path; caret comments stay in, as comments. */
  readonly files: Readonly<Record<string, string>>;
  /** In source order. */
  readonly claims: readonly Claim[];
}

/** `// ^ [not] affected by a.ts#x [(runtime)]` */
export interface Claim {
  readonly file: string;
  /** 1-based line of the declaration that the caret points at. */
  readonly line: number;
  /** What is changed: a written symbol. */
  readonly by: string;
  readonly affected: boolean;
  /** Only in this world; absent = in any. */
  readonly world?: string;
}

/** One thing that a change reaches, as the product says it. */
export interface Reached {
  readonly file: string;
  readonly line: number;
  readonly world: string;
}

const FILE = /^\s*\/\/ @file (\S.*?)\s*$/;
const CLAIM = /^\s*(?:\/\/|<!--)\s*\^ (not )?affected by (\S+)(?: \((\w+)\))?/;

/** Reads a multi-file string; common indentation goes. Throws on text before the first `// @file`, or on a caret that nothing precedes. */
export function inlineWorkspace(text: string): InlineWorkspace {
  const files: Record<string, string[]> = {};
  const claims: Claim[] = [];
  let file = '';
  let subject = 0;
  for (const line of dedent(text)) {
    const name = FILE.exec(line)?.[1];
    if (name !== undefined) [file, subject] = [name, 0];
    if (file === '') throw new Error('an inline workspace starts with a line `// @file path`');
    const lines = (files[file] ??= []);
    if (name !== undefined) continue;
    lines.push(line);
    const claim = CLAIM.exec(line);
    if (!claim) subject = lines.length;
    else if (subject === 0) throw new Error(`${file}: a caret needs a line above it`);
    else {
      const [, not, by = '', world] = claim;
      claims.push({ file, line: subject, by, affected: !not, ...(world === undefined ? {} : { world }) });
    }
  }
  return { files: Object.fromEntries(Object.entries(files).map(([path, it]) => [path, it.join('\n')])), claims };
}

/**
 * Commits the files and asks, for each changed symbol that a claim names, what it reaches.
 * @param reachedBy the product: a repository's root and a written symbol in, everything reached out.
 * Throws an AssertionError that names every claim that does not hold, or where there is no claim at all.
 */
export async function check(
  text: string,
  reachedBy: (root: string, symbol: string) => Promise<readonly Reached[]>,
): Promise<void> {
  const { files, claims } = inlineWorkspace(text);
  if (claims.length === 0) throw new AssertionError({ message: 'an inline case without a caret proves nothing' });
  const made = materialise(files, files);
  try {
    const wrong: string[] = [];
    for (const by of new Set(claims.map((claim) => claim.by))) {
      const reached = await reachedBy(made.root, by);
      for (const claim of claims) if (claim.by === by && !holds(claim, reached)) wrong.push(sentence(claim, reached));
    }
    if (wrong.length > 0) throw new AssertionError({ message: wrong.join('\n') });
  } finally {
    made.dispose();
  }
}

function holds(claim: Claim, reached: readonly Reached[]): boolean {
  const found = reached.some(
    (it) => it.file === claim.file && it.line === claim.line && (claim.world === undefined || it.world === claim.world),
  );
  return found === claim.affected;
}

function sentence(claim: Claim, reached: readonly Reached[]): string {
  const where = `${claim.file}:${claim.line}${claim.world === undefined ? '' : ` (${claim.world})`}`;
  const all = reached.map((it) => `${it.file}:${it.line} ${it.world}`).join(', ');
  return `${where} is ${claim.affected ? 'not ' : ''}affected by ${claim.by}; reached: ${all || 'nothing'}`;
}

/** Lines without the leading and trailing empty ones and without the indentation that all share. */
function dedent(text: string): readonly string[] {
  const lines = text.replace(/^\n+|\s+$/g, '').split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent));
}
