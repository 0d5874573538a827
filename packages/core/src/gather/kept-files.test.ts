/**
 * A tree with other names read beside a kept one: the same as read whole, and most files are the kept ones.
 * Every file of a small repository comes and goes, one at a time: whatever a rule of resolving looks at without noting it comes to light.
 */
import { describe, expect, it } from 'vitest';
import { createFactsStore, type FactsStore } from './facts-store.js';
import { extractFacts } from './facts/index.js';
import type { KeptTree } from './kept-tree.js';
import { readRevision, type ReadRevision } from './read-revision.js';
import { memoryTree } from './tree-memory.js';

type Files = Readonly<Record<string, string>>;

const REPOSITORY: Files = {
  'package.json': '{"name":"root","workspaces":["packages/*"]}',
  'tsconfig.json': '{"compilerOptions":{"baseUrl":".","paths":{"@/*":["src/*","fallback/*"]}}}',
  'src/relative.ts':
    "import './target'; import './target.js'; import './folder'; import './folder/'; export const r = 1;",
  'src/target.ts': 'export const t = 1;',
  'src/target.js': 'exports.t = 1;',
  'src/target.d.ts': 'export const t: number;',
  'src/target.ios.ts': 'export const t = 2;',
  'src/target.test.ts': "import { t } from './target'; test('t', () => t);",
  'src/folder.ts': 'export const f = 1;',
  'src/folder/index.ts': 'export const f = 2;',
  'src/mapped.ts': "import '@/target'; import '@/other'; import 'src/relative'; export const m = 1;",
  'fallback/other.ts': 'export const o = 1;',
  'src/other.ts': 'export const o = 2;',
  'src/strings.ts':
    "import { join } from 'node:path'; export const all = import.meta.glob('./parts/*.ts'); export const read = join(__dirname, './texts'); export const load = (name: string) => import(`./parts/${name}`);",
  'src/parts/one.ts': 'export const one = 1;',
  'src/parts/two.ts': 'export const two = 2;',
  'src/texts/a.md': 'a',
  'src/texts/b.md': 'b',
  'src/data.ts': "import data from './data.json'; export const d = data.a;",
  'src/data.json': '{"a":1}',
  'src/missing.ts':
    "import './nowhere'; import 'lib/deep'; import 'lib/src/deep'; import 'lib'; import 'built'; import 'built/feature'; export const x = 1;",
  'packages/lib/package.json': '{"name":"lib","version":"1.0.0"}',
  'packages/lib/index.ts': "export const entry = 1; export * from './src/deep';",
  'packages/lib/src/index.ts': 'export const entry = 2;',
  'packages/lib/src/deep.ts': 'export const deep = 1;',
  'packages/lib/deep.ts': 'export const deep = 2;',
  'packages/built/package.json':
    '{"name":"built","version":"1.0.0","exports":{".":"./dist/index.js","./feature":"./dist/feature/index.mjs","./*":"./dist/*.js"}}',
  'packages/built/src/index.ts': 'export const b = 1;',
  'packages/built/src/feature.ts': 'export const f = 1;',
  'packages/built/src/feature/index.ts': 'export const f = 2;',
  'packages/built/src/more.ts': "import { b } from '.'; export const m = b;",
};

const extract = async (inputs: readonly Parameters<typeof extractFacts>[0][]) => inputs.map((one) => extractFacts(one));

/** What a run would find of these files, had an earlier one kept them. */
async function keptOf(files: Files, store: FactsStore): Promise<KeptTree> {
  const tree = memoryTree(files);
  const { keep } = await readRevision(tree, store);
  if (keep === undefined) throw new Error('it is not kept');
  return {
    ...keep.reading,
    entries: tree.entries,
    files: keep.files,
    classified: keep.classified,
    columns: {} as never,
  };
}

/** What can be compared. That some request led nowhere is remembered when it does no longer: it costs a question, no answer. */
function plain({ revision, diagnostics, published, skipped, keep }: ReadRevision): unknown {
  const sorted = (lists: NonNullable<typeof keep>['reading']['probes']): number[][] =>
    Array.from(lists.starts.slice(1), (end, at) => Array.from(lists.values.slice(lists.starts[at], end)).sort());
  const reading = keep && { ...keep.reading, leadsNowhere: '', probes: sorted(keep.reading.probes), publishedProbes: sorted(keep.reading.publishedProbes) }; // prettier-ignore
  return { revision, diagnostics, published, skipped, reading };
}

/** The files that `now` has, read beside those that `then` had; how many were taken from there. */
async function taken(then: Files, now: Files): Promise<number> {
  const store = createFactsStore(extract);
  const kept = await keptOf(then, store);
  const beside = await readRevision(memoryTree(now), store, undefined, kept);
  expect(plain(beside)).toEqual(plain(await readRevision(memoryTree(now), store)));
  const before = new Set(kept.files);
  return beside.revision.files.filter((file) => before.has(file)).length;
}

function without(path: string): Files {
  return Object.fromEntries(Object.entries(REPOSITORY).filter(([one]) => one !== path));
}

const COUNT = Object.keys(REPOSITORY).length;

describe('a tree beside a kept one of other names', () => {
  it.each(Object.keys(REPOSITORY).filter((path) => !/package\.json$|tsconfig/.test(path)))(
    'is as if read whole where %s comes or goes',
    async (path) => {
      // prettier-ignore
      expect(await taken(without(path), REPOSITORY)).toBeGreaterThan(COUNT / 3);
      await taken(REPOSITORY, without(path));
    },
  );

  it.each(['packages/built/package.json', 'tsconfig.json'])(
    'is read whole where %s, which configures, comes or goes',
    async (path) => {
      // prettier-ignore
      expect(await taken(without(path), REPOSITORY)).toBe(0);
      expect(await taken(REPOSITORY, without(path))).toBe(0);
    },
  );

  it('is as if read whole where a file is renamed and its importer changed with it', async () => {
    const renamed = {
      ...without('fallback/other.ts'),
      'fallback/new.ts': 'export const o = 1;',
      'src/mapped.ts': "import '@/new'; export const m = 1;",
    };
    expect(await taken(REPOSITORY, renamed)).toBeGreaterThan(COUNT / 3);
  });
});
