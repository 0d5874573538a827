/**
 * A repository that stands open says what one that is opened anew says, whatever was saved, added, removed or committed in between,
 * with a cache and without.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { git, materialise } from '@blast-radius/testkit';
import { afterAll, describe, expect, it } from 'vitest';
import { analyze, openComparisons, openRepository, UsageError, type Report } from '../src/index.js';

const SHOP = fileURLToPath(new URL('../../../fixtures/shop', import.meta.url));
const EDITED = 'packages/auth/src/permissions.ts';
const caches = mkdtempSync(join(tmpdir(), 'blast-radius-standing-'));
afterAll(() => rmSync(caches, { recursive: true, force: true }));

type Step = readonly [what: string, work: (root: string) => void];

const STEPS: readonly Step[] = [
  ['nothing', () => undefined],
  ['a body', (root) => edit(root, EDITED, (text) => text.replace('{', '{\n  void 0;'))],
  ['a name that is gone', (root) => edit(root, EDITED, (text) => text.replaceAll('hasRole', 'mayDo'))],
  ['a new file', (root) => writeFileSync(join(root, 'packages/auth/src/added.ts'), `export * from './permissions';\n`)],
  ['configuration', (root) => edit(root, 'package.json', (text) => text.replace('{', '{ "description": "other",'))],
  ['a file less', (root) => rmSync(join(root, 'packages/auth/src/added.ts'))],
  ['a commit', (root) => void git(root, 'commit', '--quiet', '--all', '--message', 'all of it')],
  ['a broken file', (root) => edit(root, EDITED, (text) => `${text}\nexport const = ;`)],
];

describe.each<[string, (made: string) => string | false]>([
  ['with a cache', (made) => join(caches, made.replaceAll(/\W/g, '-'))],
  ['without', () => false],
])('%s', (_, cacheDir) => {
  it('answers as if it were opened anew', async () => {
    const made = materialise(`${SHOP}/base`, `${SHOP}/head`);
    try {
      const asked = { root: made.root, env: {}, threads: 0, types: 'off' } as const;
      const repository = await openRepository({ ...asked, cacheDir: cacheDir(made.root) });
      const comparisons = openComparisons({ ...asked, cacheDir: cacheDir(`${made.root} other`) });
      for (const [what, work] of STEPS) {
        work(made.root);
        const compared = STEPS.findIndex(([one]) => one === what) % 2 === 0 ? { base: 'main' } : {};
        const fresh = await analyze({ ...asked, ...compared, cacheDir: false });
        expect(plain(await repository.analyze(compared)), what).toEqual(plain(fresh));
        expect(plain(await comparisons.analyze(compared)), what).toEqual(plain(fresh));
      }
      repository.close();
      comparisons.close();
    } finally {
      made.dispose();
    }
  });

  it('takes the new state when it is told to', async () => {
    const made = materialise(`${SHOP}/base`, `${SHOP}/head`);
    try {
      const repository = await openRepository({ root: made.root, env: {}, threads: 0, cacheDir: cacheDir(made.root) });
      edit(made.root, EDITED, (text) => `${text}\nexport function roundUp(): number { return 1; }\n`);
      expect(repository.find(`${EDITED}#roundUp`).nodes).toEqual([]);
      await repository.update();
      expect(repository.find(`${EDITED}#roundUp`).nodes).toHaveLength(1);
      const before = repository.graph;
      await Promise.all([repository.update(), repository.analyze({ types: 'off' }), repository.update()]);
      expect(repository.graph.names).toEqual(before.names);
      expect(repository.graph.reverse).toEqual(before.reverse);
      await expect(repository.analyze({ base: 'no-such-branch' })).rejects.toThrow(UsageError);
      expect(repository.impact([`${EDITED}#roundUp`]).changes).toHaveLength(1);
      repository.close();
    } finally {
      made.dispose();
    }
  });
});

function edit(root: string, path: string, change: (text: string) => string): void {
  const place = join(root, path);
  const [before, after] = [readFileSync(place, 'utf8'), change(readFileSync(place, 'utf8'))];
  expect(after).not.toBe(before);
  writeFileSync(place, after);
}

function plain(report: Report): unknown {
  return JSON.parse(JSON.stringify(report));
}
