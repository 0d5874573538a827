/**
 * A cache that is damaged, cut short or emptied in part costs time, never an answer.
 */
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { materialise, type MadeRepository } from '@blast-radius/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { analyze, openRepositoryCache } from '../src/index.js';

const BASE = {
  'package.json': '{"name":"shop"}',
  'src/money.ts': 'export class Money { add() { return 1; } }\nexport const zero = new Money();\n',
  'src/cart.ts': "import { zero } from './money';\nexport const total = () => zero.add();\n",
  'src/page.ts': "export * from './cart';\n",
  'src/app.ts': "import { total } from './page';\nexport const show = () => total();\n",
};
const HEAD = { ...BASE, 'src/money.ts': BASE['src/money.ts'].replace('return 1', 'return 2') };

let made: MadeRepository;
let cacheDir: string;
let expected: string;
beforeAll(async () => {
  made = materialise(BASE, HEAD);
  cacheDir = mkdtempSync(join(tmpdir(), 'blast-radius-cache-'));
  expected = await ask(false);
});
afterAll(() => {
  made.dispose();
  rmSync(cacheDir, { recursive: true, force: true });
});

async function ask(cache: string | false): Promise<string> {
  const options = { root: made.root, base: 'main', head: 'change', threads: 0, types: 'off', env: {} } as const;
  return JSON.stringify(await analyze({ ...options, cacheDir: cache }));
}

/** The base, read and linked, as a run on the default branch leaves it. */
async function fill(): Promise<string[]> {
  rmSync(cacheDir, { recursive: true, force: true });
  await analyze({ root: made.root, base: 'main', head: 'main', threads: 0, types: 'off', env: {}, cacheDir });
  return (await openRepositoryCache({ root: made.root, cacheDir })).files().map(({ name }) => join(cacheDir, name));
}

test('a kept base answers, and so does none', async () => {
  const files = await fill();
  expect(files.map((file) => file.replace(/.*\./, '')).sort()).toEqual(['facts', 'trees']);
  expect(await ask(cacheDir)).toBe(expected);
  for (const kind of ['facts', 'trees']) {
    rmSync((await fill()).find((file) => file.endsWith(`.${kind}`)) as string);
    expect(await ask(cacheDir)).toBe(expected);
  }
});

test.each(['facts', 'trees'])(
  '%s: damaged or cut short anywhere',
  async (kind) => {
    const whole = new Map((await fill()).map((path) => [path, readFileSync(path)]));
    const [file, bytes] = [...whole].find(([path]) => path.endsWith(`.${kind}`)) as [string, Buffer];
    for (const share of [0, 0.02, 0.45, 0.9, 0.999]) {
      for (const cut of [false, true]) {
        const at = Math.floor(bytes.length * share);
        for (const [path, content] of whole) writeFileSync(path, content);
        if (cut) truncateSync(file, at);
        else
          writeFileSync(
            file,
            Buffer.concat([bytes.subarray(0, at), Buffer.of(bytes[at]! ^ 0x11), bytes.subarray(at + 1)]),
          );
        expect(await ask(cacheDir)).toBe(expected);
      }
    }
  },
  120_000,
);
