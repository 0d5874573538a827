import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { git } from './git.js';
import { materialise } from './materialise.js';

test('the same trees give the same commits, whatever the machine says', () => {
  const one = materialise({ 'a.ts': '1', 'b/c.ts': '2' }, { 'a.ts': '3' });
  const two = materialise({ 'b/c.ts': '2', 'a.ts': '1' }, { 'a.ts': '3' });
  expect([one.base, one.head]).toEqual([two.base, two.head]);
  expect(git(one.root, 'diff', '--name-status', 'main', 'change')).toBe('M\ta.ts\nD\tb/c.ts\n');
  expect(readFileSync(join(one.root, 'a.ts'), 'utf8')).toBe('3');
  for (const made of [one, two]) made.dispose();
  expect(existsSync(one.root)).toBe(false);
});

test('no text leaves the repository', () => {
  expect(() => materialise({ '../outside.ts': '' }, {})).toThrow('leaves the repository');
});
