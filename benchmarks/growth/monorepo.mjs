/**
 * A made monorepo of any size: packages with barrels, classes with members, types, tests; who imports whom follows a
 * power law, as in real ones. In: how many source files, a seed. Out: a git repository of two commits.
 * The same numbers give the same bytes. Its files are about as long as those of public monorepos are in the median.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { seeded } from '../statistics.mjs';

/** Source files of a package, on average; its size follows a long tail around that. */
const PACKAGE_FILES = 60;
const FOLDER_FILES = 12;
/** Share of files that are tests. */
const TESTS = 0.15;

/** Writes the repository below `folder` (its old content goes) and commits it twice; the second step edits ten files. */
export function makeMonorepo(folder, files, seed = 1) {
  rmSync(folder, { recursive: true, force: true });
  const packages = planned(files, seeded(seed));
  const write = (path, text) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  write('package.json', json({ name: 'made', private: true, workspaces: ['packages/*'] }));
  write('tsconfig.json', json({ compilerOptions: { module: 'esnext', moduleResolution: 'bundler', strict: true } }));
  for (const one of packages) writePackage(one, packages, write, seeded(seed * 7919 + one.index));
  commit(folder, 'base');
  for (let i = 0; i < 10; i++) editOne(folder, packages[Math.floor((i * packages.length) / 10)]);
  commit(folder, 'head');
}

function editOne(folder, { name, modules }) {
  const file = join(folder, `packages/${name}/src/${modules[modules.length >> 1]}.ts`);
  if (existsSync(file)) writeFileSync(file, readFileSync(file, 'utf8').replace('* 2', '* 3'));
}

/** Packages with their modules and what they depend on: earlier packages, popular ones more often. */
function planned(files, next) {
  const packages = [];
  const popular = [];
  for (let left = files; left > 0;) {
    const index = packages.length;
    const size = Math.max(2, Math.min(left, Math.round(PACKAGE_FILES * (0.25 - Math.log(1 - next()) * 0.75))));
    const tests = Math.floor(size * TESTS);
    const modules = Array.from({ length: size - tests }, (_, i) => `area${Math.floor(i / FOLDER_FILES)}/module${i}`);
    const wanted = Math.min(index, 1 + Math.floor(-Math.log(1 - next()) * 4));
    const uses = new Set();
    for (let i = 0; i < wanted; i++) {
      const copied = popular.length > 0 && next() < 0.7;
      uses.add(copied ? popular[Math.floor(next() * popular.length)] : Math.floor(next() * index));
    }
    popular.push(...uses);
    packages.push({ index, name: `p${index}`, modules, tests, uses: [...uses] });
    left -= size;
  }
  return packages;
}

function writePackage(own, packages, write, next) {
  const { name, modules, tests, uses } = own;
  const root = `packages/${name}`;
  const dependencies = Object.fromEntries(uses.map((index) => [`@made/${packages[index].name}`, 'workspace:*']));
  write(
    `${root}/package.json`,
    json({ name: `@made/${name}`, version: '1.0.0', main: './src/index.ts', dependencies }),
  );
  write(`${root}/tsconfig.json`, json({ extends: '../../tsconfig.json', include: ['src'] }));
  const shown = modules.filter((_, i) => i % 3 === 0);
  write(`${root}/src/index.ts`, shown.map((module, i) => forwarding(module, i)).join(''));
  modules.forEach((module, i) => write(`${root}/src/${module}.ts`, source(own, i, packages, next)));
  for (let i = 0; i < tests; i++)
    write(`${root}/test/case${i}.test.ts`, test(modules[Math.floor(next() * modules.length)]));
}

function forwarding(module, i) {
  const id = idOf(module);
  return i % 2 === 0 ? `export * from './${module}';\n` : `export { Service${id}, make${id} } from './${module}';\n`;
}

const idOf = (module) => module.slice(module.lastIndexOf('module') + 6);
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** What a module imports: earlier modules of its package, near ones more often; names of other packages' barrels. */
function importsOf({ modules, uses }, at, packages, next) {
  const inside = new Set(at === 0 ? [] : [0, 1, 2].map(() => Math.floor(at * (1 - next() ** 2))));
  const outside = uses.filter(() => next() < 2 / uses.length);
  const lines = [];
  const ids = [];
  for (const index of inside) {
    ids.push(`A${index}`);
    const path = `../${modules[index]}`;
    lines.push(
      `import { Service${idOf(modules[index])} as ServiceA${index}, type Options${idOf(modules[index])} as OptionsA${index} } from '${path}';`,
    );
  }
  for (const index of outside) {
    const shown = packages[index].modules.filter((_, i) => i % 3 === 0);
    const module = shown[Math.floor(next() ** 2 * shown.length)];
    ids.push(`B${index}`);
    lines.push(`import { Service${idOf(module)} as ServiceB${index} } from '@made/${packages[index].name}';`);
  }
  return { lines, ids, types: [...inside].map((index) => `OptionsA${index}`) };
}

function source(own, at, packages, next) {
  const id = idOf(own.modules[at]);
  const { lines, ids, types } = importsOf(own, at, packages, next);
  const methods = Array.from({ length: 2 + Math.floor(next() * 5) }, (_, i) =>
    method(id, i, ids[i % (ids.length || 1)]),
  );
  return `/** Module ${id} of ${own.name}. */
${lines.join('\n')}

export interface Options${id} {
  readonly name: string;
  readonly size: number;${types.map((type, i) => `\n  readonly part${i}?: ${type};`).join('')}
}

export const LIMIT${id} = ${Math.floor(next() * 1000)};

export enum State${id} {
  Idle = 'idle',
  Busy = 'busy',
}

export class Service${id} {
  private state = State${id}.Idle;
  private readonly entries = new Map<string, number>();

  constructor(private readonly options: Options${id}) {}
${methods.join('')}}

export function make${id}(name: string): Service${id} {
  const options: Options${id} = { name, size: LIMIT${id} * 2 };
  return new Service${id}(options);
}

export const table${id} = {
  first: (value: number): number => value + LIMIT${id},
  second: { inner: make${id}, label: 'module ${id}' },
};
`;
}

function method(id, i, used) {
  const call = used === undefined ? 'value' : `new Service${used}({ name: key, size: value }).step0(key, value)`;
  return `
  step${i}(key: string, value: number): number {
    if (value > this.options.size) return this.entries.get(key) ?? LIMIT${id};
    this.state = value % 2 === 0 ? State${id}.Busy : State${id}.Idle;
    const next = ${call};
    for (const [name, count] of this.entries) {
      if (name.startsWith(key)) this.entries.set(name, count + next);
    }
    return next${i > 0 ? ` + this.step${i - 1}(key, value - 1)` : ''};
  }
`;
}

function test(module) {
  const id = idOf(module);
  return `import { expect, test } from 'vitest';
import { make${id}, table${id} } from '../src/${module}';

test('module ${id}', () => {
  expect(make${id}('x').step0('a', 1)).toBeGreaterThan(0);
  expect(table${id}.first(1)).toBe(table${id}.second.inner('y').step1('b', 2));
});
`;
}

function commit(folder, message) {
  const run = (...args) => {
    const { status, stderr } = spawnSync(
      'git',
      ['-c', 'user.name=made', '-c', 'user.email=made@example.org', ...args],
      {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, GIT_AUTHOR_DATE: '2020-01-01T00:00:00Z', GIT_COMMITTER_DATE: '2020-01-01T00:00:00Z' },
      },
    );
    if (status !== 0) throw new Error(`git ${args[0]} failed: ${stderr}`);
  };
  if (!existsSync(join(folder, '.git'))) run('init', '--quiet', '--initial-branch=main');
  run('add', '--all');
  run('commit', '--quiet', '--message', message);
}
