/** The tree from the buffer is the tree from JSON, on this project's own sources and on what the sources do not have. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync, type ParserOptions } from 'oxc-parser';
import { expect, test } from 'vitest';
import { rawParser, written } from './raw-transfer.js';

const OPTIONS: ParserOptions = { lang: 'tsx', sourceType: 'module', preserveParens: false, astType: 'ts' };
const parse = rawParser(parseSync);

/** Whether both ways give the same, whatever the order of keys. */
function agree(text: string, options = OPTIONS): boolean {
  const raw = parse?.(text, options);
  const { program, comments, errors } = parseSync('file', text, options);
  return written([raw?.program, raw?.comments, raw?.errors.length]) === written([program, comments, errors.length]);
}

test.runIf(parse !== undefined)('on the own sources', () => {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.ts'))) {
    expect(agree(readFileSync(`${folder}${name}`, 'utf8'), { ...OPTIONS, lang: 'ts' }), name).toBe(true);
  }
});

test.runIf(parse !== undefined)('on other scripts, errors, an empty text and one that fills many pages', () => {
  const long = Array.from({ length: 10_000 }, (_, i) => `export const größe${i} = '${i}😀';`).join('\n');
  const texts = ['const naïve = "日本語" + /é/u // 😀\n', 'let = (;', '', 'if (', long];
  expect(texts.filter((text) => !agree(text))).toEqual([]);
});

test('nothing where the other way gives another tree', () => {
  const lies = ((...args: Parameters<typeof parseSync>) => ({ ...parseSync(...args), program: { body: [] } })) as never;
  expect(rawParser(lies)).toBeUndefined();
});
