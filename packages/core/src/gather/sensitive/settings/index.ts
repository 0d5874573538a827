/**
 * Changed configuration files as flat settings.
 * In: text pairs. Out: both revisions' settings, and a diagnostic for each text that is not what its name says.
 */
import type { PlainDocument } from '../../../model/contract-file.js';
import type { Diagnostic } from '../../../model/diagnostic.js';
import type { RepoPath } from '../../../model/path.js';
import type { Setting, SettingsChange, SettingsFormat } from '../../../model/setting.js';
import { faultNote, type TextPair } from '../changed-texts.js';
import { isRead, readDocuments, type ReadDocument } from '../plain-documents.js';
import { dockerfileSettings } from './dockerfile.js';
import { flatten } from './flatten.js';
import { isLocalOnly, settingsOf } from './formats.js';

/** Reads every changed file that holds settings. Never throws. */
export async function readSettings(pairs: readonly TextPair[]) {
  const changes: SettingsChange[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { file, basePath, status, base, head } of pairs) {
    const kind = settingsOf(file, head ?? base ?? '');
    if (kind === undefined) continue;
    const before = await readText(basePath, base, kind.format, []);
    const after = await readText(file, head, kind.format, diagnostics);
    const read = before !== undefined && after !== undefined;
    // A pipeline is what it is, whatever its name.
    const local = kind.area !== 'ci' && isLocalOnly(file);
    changes.push({ file, status, ...kind, local, base: before ?? [], head: after ?? [], read });
  }
  return { changes, diagnostics };
}

/** `undefined` where the text is not what its format says. */
async function readText(
  file: RepoPath,
  text: string | undefined,
  format: SettingsFormat,
  diagnostics: Diagnostic[],
): Promise<readonly Setting[] | undefined> {
  if (text === undefined) return [];
  if (format === 'dockerfile') return dockerfileSettings(text);
  if (format === 'env') return envSettings(text);
  if (format === 'text') return lineSettings(text);
  // A template of Helm is no YAML yet.
  if (/\{\{[-\s]/.test(text) && format !== 'github-workflow') return lineSettings(text);
  const documents = readDocuments(file, text);
  const broken = documents.find((one) => !isRead(one));
  if (broken !== undefined && !isRead(broken)) {
    diagnostics.push(faultNote(file, broken, format === 'json' || format === 'manifest' ? 'JSON' : 'YAML'));
    return undefined;
  }
  return documents.flatMap((one, index) => flatten(prefixOf(one, index, format), one as PlainDocument));
}

/** Kubernetes objects are told apart by kind, namespace and name, however they are ordered. */
function prefixOf(document: ReadDocument, index: number, format: SettingsFormat): string {
  if (format !== 'kubernetes') return index === 0 ? '' : `#${index + 1}`;
  const value = isRead(document) ? (document.value as { readonly [key: string]: unknown } | null) : null;
  const meta = value?.['metadata'] as { readonly name?: unknown; readonly namespace?: unknown } | null | undefined;
  const space = typeof meta?.namespace === 'string' ? `${meta.namespace}.` : '';
  return `${String(value?.['kind'] ?? 'object')}:${space}${String(meta?.name ?? index)}`;
}

function envSettings(text: string): Setting[] {
  return text.split('\n').flatMap((line, index): Setting[] => {
    const match = /^\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*=\s*(.*)$/.exec(line);
    if (match === null) return [];
    const value = match[2]!
      .trim()
      .replace(/\s+#.*$/, '')
      .replace(/^(["'])(.*)\1$/, '$2');
    return [{ path: match[1]!, value, line: index + 1 }];
  });
}

/** Texts without a reader: their lines that are no comment, so that only those count as a change. */
function lineSettings(text: string): Setting[] {
  const seen = new Map<string, number>();
  return text.split('\n').flatMap((raw, index): Setting[] => {
    const line = raw.trim().replace(/\s+/g, ' ');
    if (line === '' || /^(?:#|\/\/|\/\*|\*|\{\{\/\*|--)/.test(line)) return [];
    const count = seen.get(line) ?? 0;
    seen.set(line, count + 1);
    return [{ path: count === 0 ? line.slice(0, 200) : `${line.slice(0, 200)}#${count}`, value: '', line: index + 1 }];
  });
}
