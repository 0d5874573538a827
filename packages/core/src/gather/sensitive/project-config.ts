/**
 * The repository's own settings for this tool: `blast-radius.config.{json,jsonc,yaml,yml}` at the root. Data, never executed.
 * In: the head's tree. Out: accepted findings, rows of the catalogue, and a diagnostic for each thing that is wrong, with the
 * nearest known key. What it may hold stands in catalogue/config-schema.ts. Not here: comments (suppressions.ts).
 */
import { PROJECT_CONFIG_SCHEMA, ROW_SCHEMA, schemaFaults } from '../../catalogue/config-schema.js';
import type { CatalogueRow } from '../../model/catalogue-row.js';
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

/** What the configuration says. */
export interface ProjectConfig {
  readonly suppressions: readonly Suppression[];
  /** Rows that are as the schema says; others are left out with a diagnostic. */
  readonly catalogue: readonly CatalogueRow[];
  readonly diagnostics: readonly Diagnostic[];
}

const NO_CONFIG: ProjectConfig = { suppressions: [], catalogue: [], diagnostics: [] };

/** Reads it; nothing where there is none. Never throws. */
export async function readProjectConfig(tree: FileTree): Promise<ProjectConfig> {
  const file = NAMES.find((name) => tree.byPath.get(name)?.kind === 'file');
  const text = file === undefined ? undefined : await tree.text(file);
  if (file === undefined || text === undefined) return NO_CONFIG;
  const [document] = readDocuments(file, text);
  if (document === undefined || !isRead(document))
    return { ...NO_CONFIG, diagnostics: [wrong(file, document?.line ?? 1, 'it does not parse')] };
  return parse(file, document.value, (pointer) => document.lines[pointer] ?? 1);
}

type LineOf = (pointer: string) => number;
type Keyed = Readonly<Record<string, PlainValue>>;

function parse(file: RepoPath, value: PlainValue, lineOf: LineOf): ProjectConfig {
  if (!isKeyed(value)) return { ...NO_CONFIG, diagnostics: [wrong(file, 1, 'it is no object')] };
  // What an accepted finding lacks is said below, with what follows from it.
  const faults = schemaFaults(PROJECT_CONFIG_SCHEMA, value).filter(({ at, missing }) => missing === undefined || !at.startsWith('/suppress/')); // prettier-ignore
  const diagnostics = faults.map(({ at, what }) => wrong(file, nearestLine(at, lineOf), what));
  const suppressions = listOf(value['suppress']).flatMap((item, index): Suppression[] => {
    if (!isKeyed(item)) return [];
    const [rules, files] = [textsOf(item['rules']), item['files'] === undefined ? undefined : textsOf(item['files'])];
    const reason = typeof item['reason'] === 'string' ? item['reason'].trim() : '';
    const line = lineOf(`/suppress/${index}`);
    if (rules.length > 0 && reason !== '' && files?.length !== 0)
      return [{ by: 'config', rules, file, line, reason, ...(files === undefined ? {} : { files }) }];
    diagnostics.push(
      wrong(file, line, `\`suppress\` item ${index + 1} needs \`rules\` and a \`reason\`; it accepts nothing`),
    );
    return [];
  });
  return { suppressions, catalogue: rowsOf(file, value['catalogue'], lineOf, diagnostics), diagnostics };
}

/** Rows as the schema says, whose regular expressions compile and run in linear time. */
function rowsOf(
  file: RepoPath,
  value: PlainValue | undefined,
  lineOf: LineOf,
  diagnostics: Diagnostic[],
): CatalogueRow[] {
  return listOf(value).flatMap((item, index) => {
    if (schemaFaults(ROW_SCHEMA, item).length > 0) return [];
    const row = item as unknown as CatalogueRow;
    if (row.files === undefined || isPlainExpression(row.files)) return [row];
    diagnostics.push(
      wrong(
        file,
        lineOf(`/catalogue/${index}`),
        `\`files\` of \`${row.id.slice(0, 60)}\` is no plain regular expression`,
      ),
    );
    return [];
  });
}

/** No repeats of groups: they may take exponential time on paths that somebody else has written. */
function isPlainExpression(text: string): boolean {
  if (text.length > 200 || /\)[*+{]|\\[1-9]/.test(text)) return false;
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

function nearestLine(pointer: string, lineOf: LineOf): number {
  const parts = pointer.split('/');
  for (let length = parts.length; length > 1; length -= 1) {
    const line = lineOf(parts.slice(0, length).join('/'));
    if (line > 1) return line;
  }
  return 1;
}

function listOf(value: PlainValue | undefined): readonly PlainValue[] {
  return Array.isArray(value) ? (value as readonly PlainValue[]) : [];
}

function isKeyed(value: PlainValue | undefined): value is Keyed {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textsOf(value: PlainValue | undefined): string[] {
  const list = Array.isArray(value) ? (value as readonly PlainValue[]) : [value];
  return list.filter((one): one is string => typeof one === 'string' && one !== '');
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
