import { expect, test } from 'vitest';
import { check, inlineWorkspace } from './inline.js';

const CASE = `
  // @file a.ts
  export const x = 1;
  // @file b.ts
  import { x } from './a';
  export const y = x;
  //           ^ affected by a.ts#x (runtime)
  //           ^ not affected by a.ts#other
`;

test('reads files and claims', () => {
  const { files, claims } = inlineWorkspace(CASE);
  expect(files['a.ts']).toBe('export const x = 1;');
  expect(claims).toEqual([
    { file: 'b.ts', line: 2, by: 'a.ts#x', affected: true, world: 'runtime' },
    { file: 'b.ts', line: 2, by: 'a.ts#other', affected: false },
  ]);
});

test('a claim fails where the product reaches less, and where it reaches more', async () => {
  const at = { file: 'b.ts', line: 2, world: 'runtime' };
  await check(CASE, async (_, symbol) => (symbol === 'a.ts#x' ? [at] : []));
  await expect(check(CASE, async () => [])).rejects.toThrow('b.ts:2 (runtime) is not affected by a.ts#x');
  await expect(check(CASE, async () => [at])).rejects.toThrow('b.ts:2 is affected by a.ts#other');
  await expect(check('// @file a.ts\nlet x;', async () => [])).rejects.toThrow('proves nothing');
});
