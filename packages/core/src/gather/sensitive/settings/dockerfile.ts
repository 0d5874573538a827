/**
 * Dockerfiles as settings, by dockerfile-ast (loaded at the first one).
 * In: a text. Out: `stage/from`, `stage/env/KEY`, `stage/user`, `stage/cmd` and so on with lines. The last stage is what is run.
 */
import type { Setting } from '../../../model/setting.js';

const PLAIN = new Set(['USER', 'CMD', 'ENTRYPOINT', 'EXPOSE', 'HEALTHCHECK', 'STOPSIGNAL', 'WORKDIR']);

/** Reads one text. Never throws: what is no instruction is none. */
export async function dockerfileSettings(text: string): Promise<Setting[]> {
  const { DockerfileParser } = await import('dockerfile-ast');
  const found: Setting[] = [];
  const names = new Map<string, number>();
  let stage = 'build';
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const keyword = instruction.getKeyword();
    const line = instruction.getRange().start.line + 1;
    const value = (instruction.getArgumentsContent() ?? '').replace(/\\\r?\n\s*/g, ' ').trim();
    const add = (path: string, said: string): void => {
      const count = names.get(path) ?? 0;
      names.set(path, count + 1);
      found.push({ path: count === 0 ? path : `${path}#${count + 1}`, value: said, line });
    };
    if (keyword === 'FROM') {
      const [image = '', as] = value.replace(/^--\S+\s+/, '').split(/\s+as\s+/i);
      stage = as?.toLowerCase() ?? `stage${names.get('stages') ?? 0}`;
      names.set('stages', (names.get('stages') ?? 0) + 1);
      add(`${stage}/from`, image.trim());
    } else if (keyword === 'ENV' || keyword === 'ARG') {
      for (const [key, said] of assignments(value)) add(`${stage}/${keyword.toLowerCase()}/${key}`, said);
    } else if (PLAIN.has(keyword)) add(`${stage}/${keyword.toLowerCase()}`, value);
    else if (keyword !== 'ONBUILD') add(`${stage}/${keyword.toLowerCase()}`, value.slice(0, 500));
  }
  return found;
}

/** `A=1 B="two words"`, or the old `A rest of the line`. */
function assignments(text: string): (readonly [string, string])[] {
  const pairs = [...text.matchAll(/([\w.-]+)=("(?:[^"\\]|\\.)*"|'[^']*'|\S*)/g)];
  if (pairs.length > 0) return pairs.map((match) => [match[1]!, match[2]!.replace(/^["']|["']$/g, '')] as const);
  const [key = '', ...rest] = text.split(/\s+/);
  return key === '' ? [] : [[key, rest.join(' ')]];
}
