/**
 * The repository's own settings for this tool: `blast-radius.config.{json,jsonc,yaml,yml}` at the root. Data, never executed.
 * In: the head's tree. Out: accepted findings, and a diagnostic for each thing that is wrong, with the nearest known key.
 * Not here: comments (suppressions.ts).
 */
import type { PlainValue } from '../../model/contract-file.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import type { Suppression } from '../../model/flag.js';
import type { RepoPath } from '../../model/path.js';
import type { FileTree } from '../../model/tree.js';
import { isRead, readDocuments } from './plain-documents.js';

/** The names, first found counts. */
const NAMES = [
  'blast-radius.config.json',
  'blast-radius.config.jsonc',
  'blast-radius.config.yaml',
  'blast-radius.config.yml',
] as const;
const TOP_KEYS = ['$schema', 'suppress'] as const;
const SUPPRESS_KEYS = ['rules', 'files', 'reason'] as const;

/** What the configuration says. */
export interface ProjectConfig {
  readonly suppressions: readonly Suppression[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads it; nothing where there is none. Never throws. */
export async function readProjectConfig(tree: FileTree): Promise<ProjectConfig> {
  const file = NAMES.find((name) => tree.byPath.get(name)?.kind === 'file');
  const text = file === undefined ? undefined : await tree.text(file);
  if (file === undefined || text === undefined) return { suppressions: [], diagnostics: [] };
  const [document] = readDocuments(file, text);
  if (document === undefined || !isRead(document))
    return { suppressions: [], diagnostics: [wrong(file, document?.line ?? 1, 'it does not parse')] };
  return parse(file, document.value, (pointer) => document.lines[pointer] ?? 1);
}

type LineOf = (pointer: string) => number;
type Keyed = Readonly<Record<string, PlainValue>>;

function parse(file: RepoPath, value: PlainValue, lineOf: LineOf): ProjectConfig {
  const diagnostics: Diagnostic[] = [];
  if (!isKeyed(value)) return { suppressions: [], diagnostics: [wrong(file, 1, 'it is no object')] };
  diagnostics.push(...unknownKeys(file, value, TOP_KEYS, '', lineOf));
  const list = value['suppress'] ?? [];
  if (!Array.isArray(list)) diagnostics.push(wrong(file, lineOf('/suppress'), '`suppress` is no list'));
  const suppressions = (Array.isArray(list) ? (list as readonly PlainValue[]) : []).flatMap(
    (item, index): Suppression[] => {
      const pointer = `/suppress/${index}`;
      const line = lineOf(pointer);
      if (!isKeyed(item)) {
        diagnostics.push(wrong(file, line, `\`suppress\` item ${index + 1} is no object`));
        return [];
      }
      diagnostics.push(...unknownKeys(file, item, SUPPRESS_KEYS, pointer, lineOf));
      const [rules, files] = [textsOf(item['rules']), item['files'] === undefined ? undefined : textsOf(item['files'])];
      const reason = typeof item['reason'] === 'string' ? item['reason'].trim() : '';
      if (rules.length === 0 || reason === '' || files?.length === 0) {
        diagnostics.push(
          wrong(file, line, `\`suppress\` item ${index + 1} needs \`rules\` and a \`reason\`; it accepts nothing`),
        );
        return [];
      }
      return [{ by: 'config', rules, file, line, reason, ...(files === undefined ? {} : { files }) }];
    },
  );
  return { suppressions, diagnostics };
}

function isKeyed(value: PlainValue | undefined): value is Keyed {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textsOf(value: PlainValue | undefined): string[] {
  const list = Array.isArray(value) ? (value as readonly PlainValue[]) : [value];
  return list.filter((one): one is string => typeof one === 'string' && one !== '');
}

function unknownKeys(
  file: RepoPath,
  value: Keyed,
  known: readonly string[],
  pointer: string,
  lineOf: LineOf,
): Diagnostic[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => wrong(file, lineOf(`${pointer}/${key}`), `\`${key.slice(0, 60)}\` is no key of it; did you mean \`${nearest(key, known)}\`?`)); // prettier-ignore
}

function nearest(key: string, known: readonly string[]): string {
  return known.toSorted((left, right) => distance(key, left) - distance(key, right))[0]!;
}

/** Levenshtein's, on what is at most some dozens of characters. */
function distance(left: string, right: string): number {
  const from = left.slice(0, 40).toLowerCase();
  const to = right.toLowerCase();
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let at = 1; at <= from.length; at++) {
    const next = [at];
    for (let other = 1; other <= to.length; other++) {
      const same = from[at - 1] === to[other - 1] ? 0 : 1;
      next.push(Math.min(row[other]! + 1, next[other - 1]! + 1, row[other - 1]! + same));
    }
    row = next;
  }
  return row[to.length]!;
}

function wrong(file: RepoPath, line: number, what: string): Diagnostic {
  return {
    kind: 'config-invalid',
    level: 'warning',
    message: `In ${file}, ${what}. The rest of it is used.`,
    file,
    line,
  };
}
