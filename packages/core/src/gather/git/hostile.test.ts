import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { git, materialise } from '@blast-radius/testkit';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openComparison } from './index.js';

const undo: (() => void)[] = [];
afterEach(() => {
  undo.splice(0).forEach((step) => step());
  vi.unstubAllEnvs();
});

let root: string;
let script: string;
let proof: string;

beforeEach(() => {
  const made = materialise(
    { 'a.ts': '1\n', 'b.ts': 'b\n' },
    { 'a.ts': '2\n', 'b.ts': 'b\n', '.gitattributes': '* filter=evil diff=evil\n' },
  );
  undo.push(made.dispose);
  root = made.root;
  proof = join(root, '.git/it-ran');
  script = join(root, '.git/evil.sh');
  writeFileSync(script, `#!/bin/sh\necho "$0 $*" >> '${proof}'\ncat 2>/dev/null\n`);
  chmodSync(script, 0o755);
});

/** Everything in a repository's own configuration that makes an unhardened git run a program. */
function arm(): void {
  mkdirSync(join(root, '.git/evil-hooks'));
  for (const hook of ['post-index-change', 'post-checkout', 'reference-transaction', 'fsmonitor-watchman']) {
    writeFileSync(join(root, '.git/evil-hooks', hook), `#!/bin/sh\necho hook >> '${proof}'\n`, { mode: 0o755 });
  }
  appendFileSync(
    join(root, '.git/config'),
    `[core]
	fsmonitor = ${script}
	hooksPath = ${join(root, '.git/evil-hooks')}
	pager = ${script}
	sshCommand = ${script}
[diff]
	external = ${script}
[diff "evil"]
	textconv = ${script}
	command = ${script}
[filter "evil"]
	clean = ${script}
	smudge = ${script}
	process = ${script}
	required = true
[filter "a=b"]
	clean = ${script}
[alias]
	status = !${script}
	cat-file = !${script}
[status]
	submoduleSummary = true
[remote "origin"]
	url = ext::${script}
	promisor = true
	partialclonefilter = blob:none
[protocol "ext"]
	allow = always
[extensions]
	partialClone = origin
`,
  );
}

function dirty(): void {
  writeFileSync(join(root, 'a.ts'), '3\n');
  writeFileSync(join(root, 'new.ts'), 'new\n');
  utimesSync(join(root, 'b.ts'), 1, 1); // unchanged, but git has to look inside
}

it('arms a git that is not hardened', () => {
  arm();
  dirty();
  try {
    execFileSync('git', ['status'], { cwd: root, stdio: 'ignore' });
  } catch {
    // whether it succeeds is not the point
  }
  expect(existsSync(proof)).toBe(true);
});

it('runs nothing that the repository configures, writes nothing, and still answers', async () => {
  arm();
  dirty();
  const id = git(root, 'rev-parse', 'main:a.ts').trim();
  rmSync(join(root, '.git/objects', id.slice(0, 2), id.slice(2)));
  rmSync(proof, { force: true });
  const before = snapshot();
  const opened = await openComparison({ root, compare: true, base: 'main', env: {} });
  await Promise.all(opened.head.entries.map(({ path }) => opened.head.text(path)));
  expect(await opened.base?.text('a.ts')).toBeUndefined();
  opened.close();
  expect(opened.diffs.map(({ status, path }) => `${status} ${path}`)).toEqual([
    'added .gitattributes',
    'modified a.ts',
    'added new.ts',
  ]);
  expect(existsSync(proof)).toBe(false);
  expect(snapshot()).toEqual(before);
});

it('takes no other work tree, repository or index from the configuration or the environment', async () => {
  git(root, 'config', 'core.worktree', '/');
  for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY'])
    vi.stubEnv(name, '/nowhere');
  vi.stubEnv('GIT_EXTERNAL_DIFF', script);
  const opened = await openComparison({ root, compare: true, base: 'main', env: {} });
  opened.close();
  expect(opened.root).toBe(root);
  expect(opened.diffs.map(({ path }) => path)).toEqual(['.gitattributes', 'a.ts']);
});

it('a Git LFS file counts as unchanged where its pointer names the content', async () => {
  const content = 'large\n';
  const oid = createHash('sha256').update(content).digest('hex');
  writeFileSync(
    join(root, 'b.ts'),
    `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${content.length}\n`,
  );
  git(root, 'commit', '-q', '-am', 'pointer');
  writeFileSync(join(root, 'b.ts'), content);
  const opened = await openComparison({ root, compare: true, base: 'HEAD', env: {} });
  opened.close();
  expect(opened.diffs).toEqual([]);
});

/** Names, sizes and times of everything in `.git`. */
function snapshot(): string[] {
  return readdirSync(join(root, '.git'), { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => `${name} ${statSync(join(root, '.git', name)).size} ${statSync(join(root, '.git', name)).mtimeMs}`);
}
