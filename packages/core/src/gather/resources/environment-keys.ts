/**
 * Environment keys that deployment files set: `.env*`, Compose, Kubernetes, Dockerfiles, CI workflows.
 * In: a text and what kind of file it is. Out: a row for each key, by line. YAML is read by its lines: a list or a map below `env`,
 * `environment` or `data` of a ConfigMap; so a broken file still gives what it sets.
 */
import type { ResourceEnd } from '../../model/resource-end.js';

type Row = Omit<ResourceEnd, 'file'>;

const KEY = /^[A-Z][A-Z0-9_]+$/;

/** `KEY=value` lines. */
export function dotenvKeys(text: string): Row[] {
  return text.split('\n').flatMap((line, index) => {
    const [, name, value = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [row(name, index, value.trim())];
  });
}

/** `ENV A=1 B=2`, `ENV A 1`, `ARG A=1`. */
export function dockerfileKeys(text: string): Row[] {
  const joined = text.replaceAll(/\\\r?\n/g, (found) => found.replaceAll(/[^\n]/g, ' ').replace('\n', '\u0001'));
  let line = 0;
  return joined.split('\n').flatMap((instruction) => {
    const at = line;
    line += 1 + instruction.split('\u0001').length - 1;
    const body = /^\s*(?:ENV|ARG)\s+(.*)$/i.exec(instruction.replaceAll('\u0001', ' '))?.[1];
    if (body === undefined) return [];
    const pairs = [...body.matchAll(/([A-Za-z_]\w*)=("[^"]*"|'[^']*'|\S*)/g)];
    if (pairs.length > 0) return pairs.map(([, name = '', value = '']) => row(name, at, value));
    const [, name, value = ''] = /^([A-Za-z_]\w*)(?:\s+(.*))?$/.exec(body.trim()) ?? [];
    return name === undefined ? [] : [row(name, at, value)];
  });
}

/** Keys of YAML maps and lists below `env`, `environment`, `data`, `stringData`, `build-args`, `args`. */
export function yamlKeys(text: string): Row[] {
  const found: Row[] = [];
  let holder = -1;
  for (const [index, line] of text.split('\n').entries()) {
    const indent = /^\s*(?:-\s+)?/.exec(line)?.[0].length ?? 0;
    const bare = line.trim();
    if (bare === '' || bare.startsWith('#')) continue;
    if (/^(?:-\s+)?(?:env|environment|data|stringData|build-args|variables|envs)\s*:\s*(?:\|.*)?$/.test(bare)) {
      holder = line.search(/\S/);
      continue;
    }
    if (holder < 0) continue;
    const column = line.search(/\S/);
    if (column < holder || (column === holder && !bare.startsWith('-'))) {
      holder = -1;
      continue;
    }
    const [, name, value = ''] =
      /^-?\s*name\s*:\s*["']?([A-Z]\w*)["']?()\s*$/.exec(bare) ??
      /^-?\s*["']?([A-Z]\w*)["']?\s*(?::|=)\s*(.*)$/.exec(bare) ??
      /^-\s*["']?([A-Z]\w*)["']?()\s*$/.exec(bare) ??
      [];
    if (name !== undefined && KEY.test(name)) found.push(row(name, index, value || nextValue(text, index, indent)));
  }
  return found;
}

/** `- name: KEY` has its value on the lines behind it. */
function nextValue(text: string, index: number, indent: number): string {
  const lines = text.split('\n').slice(index + 1, index + 5);
  const end = lines.findIndex(
    (line) => line.trim() !== '' && (line.search(/\S/) < indent || line.trim().startsWith('- ')),
  );
  return (end < 0 ? lines : lines.slice(0, end)).map((line) => line.trim()).join(' ');
}

function row(name: string, index: number, value: string): Row {
  return { role: 'env.write', name, line: index + 1, says: `${name}=${value}` };
}
