/** CODEOWNERS from text to the owners of a path: GitHub's rules, GitLab's sections. */
import { describe, expect, it } from 'vitest';
import { ownersOf } from '../../analyze/impact/owners.js';
import { memoryTree } from '../tree-memory.js';
import { parseOwners, readOwners } from './owners-file.js';

const owners = (text: string, path: string): string => ownersOf(parseOwners('CODEOWNERS', text).rules, path).join(' ');

describe('owners', () => {
  it.each([
    ['* @all', 'a/b/c.ts', '@all'],
    ['*.js @js', 'a/b.js', '@js'],
    ['*.js @js', 'a/b.jsx', ''],
    ['docs/* @docs', 'docs/a.md', '@docs'],
    ['docs/* @docs', 'docs/a/b.md', ''],
    ['/docs @docs', 'docs/a/b.md', '@docs'],
    ['/docs @docs', 'x/docs/a.md', ''],
    ['docs/ @docs', 'x/docs/a/b.md', '@docs'],
    ['docs/ @docs', 'x/docs', ''],
    ['/apps/**/api @api', 'apps/api/x.ts', '@api'],
    ['/apps/**/api @api', 'apps/a/b/api/x.ts', '@api'],
    ['apps/** @apps', 'apps/a/b', '@apps'],
    ['apps/** @apps', 'x/apps/a', ''],
    ['**/logs @logs', 'a/b/logs/x', '@logs'],
    ['/src/?.ts @one', 'src/a.ts', '@one'],
    ['my\\ file.ts @me # why', 'my file.ts', '@me'],
    ['* @all\n/a @org/team mail@example.org\n', 'a/x.ts', '@org/team mail@example.org'],
    ['* @all\n/a/free', 'a/free/x.ts', ''],
  ])('%j owns %s as %s', (text, path, expected) => {
    expect(owners(text, path)).toBe(expected);
  });

  it('lets GitLab sections decide each for itself, with default owners', () => {
    const text = '* @all\n[Docs][2] @writers\n*.md\n/a/*.md @a\n^[Optional]\n*.ts @ts\n';
    expect(owners(text, 'x.md')).toBe('@all @writers');
    expect(owners(text, 'a/x.md')).toBe('@all @a');
    expect(owners(text, 'x.ts')).toBe('@all @ts');
  });

  it('costs little for a hostile pattern', () => {
    const start = '*a'.repeat(200);
    expect(owners(`/${start}b/${'**/'.repeat(100)}x @o`, 'a'.repeat(3000))).toBe('');
  });

  it('reads the first file that exists and says what it could not use', async () => {
    const tree = memoryTree({ 'docs/CODEOWNERS': '* @late', '.github/CODEOWNERS': '* @first\n!x @y\nz nobody\n' });
    const { rules, diagnostics } = await readOwners(tree);
    expect(rules).toEqual([
      { pattern: '*', owners: ['@first'], line: 1 },
      { pattern: 'z', owners: [], line: 3 },
    ]);
    expect(diagnostics.map(({ kind, line }) => [kind, line])).toEqual([
      ['owners-broken', 2],
      ['owners-broken', 3],
    ]);
  });
});
