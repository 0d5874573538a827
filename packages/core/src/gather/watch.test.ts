/** Watching a real folder: what is told, and what is not. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { materialise, type MadeRepository } from '@blast-radius/testkit';
import type { RepoPath } from '../model/index.js';
import { watchRepository, type Watching } from './watch.js';

const FILES = { '.gitignore': 'dist/\n*.log\n', 'src/a.ts': 'export const a = 1;\n', 'src/deep/b.ts': 'export {};\n' };

let made: MadeRepository | undefined;
let watching: Watching | undefined;
afterEach(() => {
  watching?.close();
  made?.dispose();
});

/** Waits for what is told next. */
async function watched(except: (root: string) => string[] = () => []) {
  made = materialise(FILES, FILES);
  const { root } = made;
  const told: RepoPath[] = [];
  let wake = (): void => undefined;
  const onChange = (paths: readonly RepoPath[]): void => {
    told.push(...paths);
    wake();
  };
  watching = await watchRepository({ root, except: except(root), onChange });
  const next = async (path: RepoPath): Promise<void> => {
    while (!told.includes(path)) await new Promise<void>((done) => (wake = done));
  };
  return { root, told, next };
}

describe('watchRepository', () => {
  it('tells of files, of those in new folders too, and not of what git ignores or the caller writes', async () => {
    const { root, told, next } = await watched((at) => [join(at, 'report.json')]);
    mkdirSync(join(root, 'dist'));
    writeFileSync(join(root, 'dist/a.js'), '');
    writeFileSync(join(root, 'x.log'), '');
    writeFileSync(join(root, 'report.json'), '{}');
    writeFileSync(join(root, 'src/deep/b.ts'), 'export const b = 1;\n');
    await next('src/deep/b.ts');
    mkdirSync(join(root, 'src/new'));
    writeFileSync(join(root, 'src/new/c.ts'), 'export {};\n');
    await next('src/new');
    writeFileSync(join(root, 'src/new/c.ts'), 'export const c = 1;\n');
    await next('src/new/c.ts');
    rmSync(join(root, 'src/a.ts'));
    await next('src/a.ts');
    expect(told.filter((path) => /dist|\.log$|report/.test(path))).toEqual([]);
  });

  it('knows what the caller writes behind a link', async () => {
    const link = mkdtempSync(join(tmpdir(), 'blast-radius-link-'));
    const { root, told, next } = await watched((at) => {
      symlinkSync(at, join(link, 'here'));
      return [join(link, 'here', 'report.json')];
    });
    writeFileSync(join(root, 'report.json'), '{}');
    writeFileSync(join(root, 'src/a.ts'), 'export const a = 2;\n');
    await next('src/a.ts');
    expect(told).toEqual(['src/a.ts']);
    rmSync(link, { recursive: true });
  });

  it('tells of another commit', async () => {
    const { root, next } = await watched();
    writeFileSync(join(root, '.git/HEAD'), 'ref: refs/heads/other\n');
    await next('HEAD');
  });

  it('says that there is no such folder', async () => {
    await expect(watchRepository({ root: '/no/such/folder', onChange: () => undefined })).rejects.toThrow(
      'There is no folder /no/such/folder; give one that is there with --root.',
    );
  });
});
