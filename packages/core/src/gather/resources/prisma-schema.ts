/**
 * Models and fields of a Prisma schema, by its lines.
 * In: a schema's text. Out: rows; `mapped` is what `@@map` and `@map` call them in the database.
 */
import type { ResourceEnd } from '../../model/resource-end.js';

/** Reads a schema. Linear. */
export function prismaWords(text: string): Omit<ResourceEnd, 'file'>[] {
  const lines = text.split('\n');
  const models = new Set(lines.flatMap((line) => /^\s*(?:model|view|type)\s+(\w+)\s*\{/.exec(line)?.[1] ?? []));
  const found: Omit<ResourceEnd, 'file'>[] = [];
  let model = '';
  let start = 0;
  for (const [index, raw] of lines.entries()) {
    const line = raw.replace(/\/\/.*$/, '').trim();
    const opened = /^(?:model|view)\s+(\w+)\s*\{/.exec(line)?.[1];
    if (opened !== undefined) {
      model = opened;
      start = index;
      found.push({
        role: 'orm.model',
        name: model,
        line: index + 1,
        says: `model ${model}`,
        ...mappedIn(lines, index),
      });
    } else if (line.startsWith('}')) model = '';
    else if (model !== '' && index > start) addField(found, model, line, index + 1, models);
  }
  return found;
}

function addField(
  found: Omit<ResourceEnd, 'file'>[],
  model: string,
  line: string,
  at: number,
  models: ReadonlySet<string>,
): void {
  const [, name, type = ''] = /^(\w+)\s+(\w+)/.exec(line) ?? [];
  if (name === undefined || models.has(type)) return;
  const column = /@map\(\s*(?:name:\s*)?"([^"]+)"/.exec(line)?.[1] ?? name;
  found.push({ role: 'orm.model', name: model, column, line: at, says: line.replaceAll(/\s+/g, ' ') });
}

function mappedIn(lines: readonly string[], from: number): { mapped?: string } {
  for (let at = from + 1; at < lines.length && !lines[at]!.trim().startsWith('}'); at += 1) {
    const mapped = /@@map\(\s*(?:name:\s*)?"([^"]+)"/.exec(lines[at]!)?.[1];
    if (mapped !== undefined) return { mapped };
  }
  return {};
}
