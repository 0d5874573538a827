/**
 * The console samples of docs/cli.md, run on the bundled shop: what the page shows is what a reader gets.
 * `UPDATE=1` writes what they print now into the page. A last line `…` stands for the rest; a word behind `console` names another
 * state: `comments` differs in comments only, `unseen` computes an import. Versions of compilers and sizes are not compared;
 * `/tmp` is a folder of this test.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { git, materialise, type MadeRepository } from '@blast-radius/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const PAGE = join(PROJECT, 'docs/cli.md');
const SHOP = join(PROJECT, 'fixtures/shop');
const COMMENTED = 'packages/logger/src/index.ts';
const COMPUTED = 'apps/api/src/plugins.ts';

interface Sample {
  /** `comments`, `unseen`, or nothing. */
  readonly state: string;
  readonly command: string;
  /** As the page shows it, with a line end. */
  readonly shown: string;
}

const page = readFileSync(PAGE, 'utf8');
const blocks = [...page.matchAll(/^```console *(\w*)\n([^]*?)^```$/gm)].map(([, state = '', text = '']) => samples(state, text)); // prettier-ignore

function samples(state: string, block: string): Sample[] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((text) => {
      const end = text.indexOf('\n');
      return { state, command: text.slice(0, end), shown: text.slice(end + 1) };
    });
}

let temporary: string;
const repositories = new Map<string, MadeRepository>();
beforeAll(() => {
  temporary = realpathSync(mkdtempSync(join(tmpdir(), 'blast-radius-docs-')));
  const program = join(temporary, 'blast-radius');
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${join(PROJECT, 'packages/cli/dist/bin.js')}" "$@"\n`);
  chmodSync(program, 0o755);
  repositories.set('', materialise(join(SHOP, 'base'), join(SHOP, 'head')));
  const comments = materialise(join(SHOP, 'base'), join(SHOP, 'base'));
  const file = join(comments.root, COMMENTED);
  writeFileSync(file, `// Another comment.\n${readFileSync(file, 'utf8')}`);
  git(comments.root, 'commit', '-qam', 'comments');
  repositories.set('comments', comments);
  const unseen = materialise(join(SHOP, 'base'), join(SHOP, 'head'));
  writeFileSync(join(unseen.root, COMPUTED), 'export const plugin = (name: string) => import(name);\n');
  git(unseen.root, 'add', '.');
  git(unseen.root, 'commit', '-qm', 'plugins');
  repositories.set('unseen', unseen);
});
afterAll(() => {
  rmSync(temporary, { recursive: true });
  for (const one of repositories.values()) one.dispose();
});

/** What a terminal shows, but for progress. */
function printed({ state, command }: Sample): string {
  const { stdout } = spawnSync('bash', ['-c', `{ ${command.replaceAll('/tmp', temporary)}\n} 2>&1`], {
    cwd: repositories.get(state)!.root,
    env: { PATH: `${temporary}:${process.env['PATH']}`, HOME: temporary, LANG: 'C.UTF-8', BLAST_RADIUS_CACHE: 'off' },
    encoding: 'utf8',
  });
  return stdout.replaceAll(temporary, '/tmp').replace(/\n*$/, '\n').replace(/^\n$/, '');
}

/** As much of it as the page shows. */
function asShown(text: string, shown: string): string {
  if (!shown.endsWith('…\n')) return text;
  const lines = shown.split('\n').length - 2;
  return `${text.split('\n').slice(0, lines).join('\n')}\n…\n`;
}

function comparable(text: string): string {
  return text
    .replace(/\b(?:native|ts-morph) \d+\.\d+\.\d+/g, 'CHECKER')
    .replace(/\d+\.\d MB/g, 'SIZE')
    .trimEnd();
}

describe.skipIf(process.platform === 'win32')('docs/cli.md', () => {
  it.each(blocks.map((block) => [block.map(({ command }) => command).join(' ⏎ '), block] as const))(
    '%s',
    (_, block) => {
      for (const sample of block) {
        const now = asShown(printed(sample), sample.shown);
        if (process.env['UPDATE'] === '1') update(sample, now);
        else expect(comparable(now), sample.command).toBe(comparable(sample.shown));
      }
    },
    120_000,
  );

  it('has every command in its table, and a sample of each', () => {
    const { stdout } = spawnSync(process.execPath, [join(PROJECT, 'packages/cli/dist/bin.js'), '--help'], { encoding: 'utf8' }); // prettier-ignore
    const commands = [...stdout.slice(stdout.indexOf('Commands:')).matchAll(/^ {2}([a-z]+)/gm)].map(
      ([, name]) => name!,
    );
    const told = commands.filter((name) => name !== 'help');
    expect(told.length).toBeGreaterThan(8);
    const table = page.slice(0, page.indexOf('\n## '));
    for (const name of told) expect(table, name).toMatch(new RegExp(`^\\| \\[?\`${name}\\b`, 'm'));
  });
});

function update({ state, command, shown }: Sample, now: string): void {
  const written = readFileSync(PAGE, 'utf8');
  const start = written.indexOf('```console' + (state === '' ? '\n' : ` ${state}\n`));
  const at = written.indexOf(`$ ${command}\n${shown}`, start);
  if (at < 0) throw new Error(`not found: ${command}`);
  const from = at + `$ ${command}\n`.length;
  writeFileSync(PAGE, written.slice(0, from) + now + written.slice(from + shown.length));
}
