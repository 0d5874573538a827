import { expect, test } from 'vitest';
import { memoryTree } from '../tree-memory.js';
import { createConfigReader } from './static-config.js';
import { HOLE, StaticPattern, toRepoPath } from './static-value.js';
import type { StaticValue } from './static-value.js';

async function read(
  text: string,
  others: Readonly<Record<string, string>> = {},
  path = 'app/vite.config.ts',
): Promise<StaticValue> {
  const tree = memoryTree({ [path]: text, ...others });
  return (await createConfigReader(tree, new Map([['@acme/config', 'packages/config']])).read(path)).value;
}

/** Plain JSON: holes and everything that is not data become `?`. */
function plain(value: StaticValue): unknown {
  const text = JSON.stringify(value, (_, item: unknown) =>
    item === HOLE || item instanceof StaticPattern ? '?' : item,
  );
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

test('wrappers, spreads, functions, conditions and unknown parts', async () => {
  const value = await read(
    `import { defineConfig, mergeConfig } from 'vite';
     import react from '@vitejs/plugin-react';
     const shared = { a: 1, list: ['x', ...more] };
     function extra(name: string) { if (name) return { [name]: \`\${name}-value\` }; return { other: true }; }
     export default mergeConfig(defineConfig(({ mode }) => ({ ...shared, mode, plugins: [react()] })), { test: { ...extra('key') }, list: cond ? ['y'] : [] } satisfies X);`,
  );
  expect(plain(value)).toEqual({
    a: 1,
    list: ['x', 'y'],
    mode: '?',
    plugins: ['?'],
    test: { key: 'key-value', other: true },
  });
});

test.each([
  [`path.resolve(__dirname, '../src')`, 'src'],
  [`fileURLToPath(new URL('./src', import.meta.url))`, 'app/src'],
  [`new URL('./src', import.meta.url).pathname`, 'app/src'],
  [`path.join(path.dirname(fileURLToPath(import.meta.url)), 'x')`, 'app/x'],
  [`resolve('x')`, 'app/x'],
  ['`${__dirname}/x`', 'app/x'],
  [`require.resolve('./setup.ts')`, 'app/setup.ts'],
  [`'<rootDir>/x'`, 'app/x'],
  [`process.env.HOME`, undefined],
])('the path that %s means', async (expression, expected) => {
  const value = await read(
    `import path, { resolve } from 'path'; import { fileURLToPath } from 'node:url'; export default { x: ${expression} };`,
  );
  const x = (value as { x: StaticValue }).x;
  expect(typeof x === 'string' ? toRepoPath(x, 'app') : undefined).toBe(expected);
});

test('CommonJS, later assignments, and configs of other files and packages', async () => {
  const value = await read(
    `const base = require('../base.js'); const { shared } = require('@acme/config/shared');
     const config = { ...base, shared }; config.resolve.alias = { a: 'b' }; module.exports = config;`,
    { 'base.js': 'exports.one = 1; exports.two = 2;', 'packages/config/shared.ts': 'export const shared = "s";' },
  );
  expect(plain(value)).toEqual({ one: 1, two: 2, shared: 's', resolve: { alias: { a: 'b' } } });
});

test('circles, endless functions and deep nesting end in holes', async () => {
  expect(plain(await read('const a = b; const b = a; export default { a, x: 1 };'))).toEqual({ a: '?', x: 1 });
  expect(plain(await read('const f = () => f(); export default { f: f(), x: 1 };'))).toMatchObject({ x: 1 });
  expect(await read(`export default ${'['.repeat(3000)}${']'.repeat(3000)};`)).toBeDefined();
  expect(await read(`import x from './vite.config.ts'; export default x;`)).toBe(HOLE);
  expect(await read('this is no code')).toBe(HOLE);
  expect(plain(await read('export default { ["__proto__"]: { polluted: true } };'))).toEqual({
    ['__proto__']: { polluted: true },
  });
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
