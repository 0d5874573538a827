/**
 * CODEOWNERS as rules: GitHub's form, and GitLab's sections with their default owners.
 * In: the text. Out: one rule per line, a diagnostic per line that can't be meant.
 * Not here: which rule matches a path (analyze/impact/owners.ts). Source: GitHub's and GitLab's pages on CODEOWNERS.
 */
import type { Diagnostic } from '../../model/diagnostic.js';
import type { RepoPath } from '../../model/path.js';
import type { FileTree } from '../../model/tree.js';
import type { OwnersRule } from '../../model/workspace.js';

/** Where hosts look, in this order; the first that exists counts. */
const OWNERS_PATHS: readonly RepoPath[] = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

/** Rules and what was wrong with the file. */
export interface OwnersFile {
  readonly rules: readonly OwnersRule[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The rules of the tree's CODEOWNERS; none without the file. */
export async function readOwners(tree: FileTree): Promise<OwnersFile> {
  const path = OWNERS_PATHS.find((candidate) => tree.byPath.get(candidate)?.kind === 'file');
  const text = path === undefined ? undefined : await tree.text(path);
  return path === undefined || text === undefined ? { rules: [], diagnostics: [] } : parseOwners(path, text);
}

/** `[Name]`, `^[Name][2] @default @owners`. */
const SECTION = /^\^?\[([^\]]+)\](?:\[\d+\])?(?:\s+(.*))?$/;

/** Parses a CODEOWNERS text. Never throws. */
export function parseOwners(path: RepoPath, text: string): OwnersFile {
  const rules: OwnersRule[] = [];
  const diagnostics: Diagnostic[] = [];
  let section: string | undefined;
  let defaults: readonly string[] = [];
  text.split(/\r?\n/).forEach((raw, index) => {
    const words = wordsOf(raw);
    const heading = SECTION.exec(raw.trim());
    if (heading !== null) {
      section = (heading[1] as string).trim().toLowerCase();
      defaults = wordsOf(heading[2] ?? '').filter(isOwner);
      return;
    }
    const [pattern, ...rest] = words;
    if (pattern === undefined) return;
    const line = index + 1;
    const wrong = rest.find((word) => !isOwner(word));
    if (wrong !== undefined || pattern.startsWith('!')) diagnostics.push(brokenLine(path, line, wrong ?? pattern));
    if (pattern.startsWith('!')) return;
    const owners = rest.length === 0 ? defaults : rest.filter(isOwner);
    rules.push({ pattern, owners, line, ...(section === undefined ? {} : { section }) });
  });
  return { rules, diagnostics };
}

/** A line's words without its comment; `\ ` and `\#` are literal. */
function wordsOf(line: string): readonly string[] {
  const comment = /(?:^|\s)#/.exec(line);
  const code = comment === null ? line : line.slice(0, comment.index);
  const words = code.trim().match(/(?:\\.|[^\s\\])+/g) ?? [];
  return words.map((word) => word.replace(/\\([ #])/g, '$1'));
}

/** `@user`, `@org/team`, GitLab's `@@role`, `mail@example.org`. */
function isOwner(word: string): boolean {
  return /^@{1,2}[\w.-]+(?:\/[\w./-]+)*$/.test(word) || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(word);
}

function brokenLine(file: RepoPath, line: number, word: string): Diagnostic {
  return {
    kind: 'owners-broken',
    level: 'warning',
    message: `"${word}" in ${file} is neither an owner (@user, @org/team, an address) nor a pattern that hosts know; it is left out.`,
    file,
    line,
  };
}
