/**
 * Cases of `ts/…` and `lib/…`. Declarations come from the corpus of pairs: the first pair of a rule fires it, the same pair the other way
 * round does not; where both ways fire, a file that only gains a name does not. Packages and manifests are files of their own.
 */
import { PAIRS, type Pair } from '../compatibility/corpus.js';
import { analyzed, type Files } from '../compatibility/analyzed.js';
import { judged, type Judged } from '../compatibility/judged.js';

/** A step of whole packages. */
export interface PackageCase {
  readonly fires: readonly [base: Files, head: Files];
  readonly silent: readonly [base: Files, head: Files];
}

const GAINS: Pair = ['gains', 'additive', '', 'export const a = 1;', 'export const a = 1;\nexport const b = 2;'];
/** Rules that hold of a difference in either direction. */
const BOTH_WAYS =
  /^(?:type-changed|export-kind-changed|export-renamed|async-changed|type-guard-changed|.*-reordered|const-enum-changed|enum-member-value-changed|generic-default-changed|constructor-params|static-instance-swapped)$/;

const FIRST = new Map(PAIRS.toReversed().map((pair) => [pair[2], pair]));
FIRST.delete('');
FIRST.set('export-added', ['export-added', 'additive', 'export-added', GAINS[3], GAINS[4]]);

/** Rules of declarations. */
export const DECLARATION_RULES: readonly string[] = [...FIRST.keys()].map((rule) => `ts/${rule}`);

let answers:
  Promise<{ readonly fires: ReadonlyMap<string, Judged>; readonly silent: ReadonlyMap<string, Judged> }> | undefined;

/** Flags of a declaration rule's two cases; all of them are asked once. */
export async function declarationFlags(
  id: string,
): Promise<{ readonly fires: readonly string[]; readonly silent: readonly string[] }> {
  answers ??= askAll();
  const { fires, silent } = await answers;
  const rule = id.slice('ts/'.length);
  return { fires: fires.get(rule)!.flags, silent: silent.get(rule)!.flags };
}

async function askAll(): Promise<NonNullable<Awaited<typeof answers>>> {
  const named = (rule: string, pair: Pair): Pair => [rule, pair[1], pair[2], pair[3], pair[4]];
  const back = (pair: Pair): Pair => (BOTH_WAYS.test(pair[2]) ? GAINS : [pair[0], pair[1], pair[2], pair[4], pair[3]]);
  const fires = await judged([...FIRST].map(([rule, pair]) => named(rule, pair)), 'ts-morph'); // prettier-ignore
  const silent = await judged([...FIRST].map(([rule, pair]) => named(rule, back(pair))), 'ts-morph'); // prettier-ignore
  return { fires, silent };
}

const pkg = (more: object, files: Files = { 'src/index.ts': 'export const a = 1;\n' }): Files => ({
  'package.json': JSON.stringify({ name: 'acme', version: '1.0.0', exports: './src/index.ts', ...more }),
  ...files,
});
const step = (base: object, head: object, silent: object): PackageCase => ({
  fires: [pkg(base), pkg(head)],
  silent: [pkg(base), pkg(silent)],
});
const names = (base: string, head: string, silent: string): PackageCase => ({
  fires: [pkg({}, { 'src/index.ts': base, 'src/a.ts': A }), pkg({}, { 'src/index.ts': head, 'src/a.ts': A })],
  silent: [pkg({}, { 'src/index.ts': base, 'src/a.ts': A }), pkg({}, { 'src/index.ts': silent, 'src/a.ts': A })],
});
const A = 'export class A { run(): void {} }\n';
const TWO = { '.': './src/index.ts', './more': './src/index.ts' };

/** A repository in which five packages use one. */
function shared(text: string, users: number): Files {
  const files: Record<string, string> = {
    'package.json': JSON.stringify({ name: 'root', private: true, workspaces: ['packages/*'] }),
    'packages/core/package.json': JSON.stringify({ name: '@acme/core', private: true, main: './src/index.ts' }),
    'packages/core/src/index.ts': text,
  };
  for (let at = 0; at < 6; at++) {
    const dependencies = at < users ? { '@acme/core': 'workspace:*' } : {};
    files[`packages/p${at}/package.json`] = JSON.stringify({ name: `@acme/p${at}`, private: true, dependencies });
    files[`packages/p${at}/src/index.ts`] =
      at < users
        ? "import { one } from '@acme/core';\nexport const two = (): number => one() + 1;\n"
        : `export const n = ${at};\n`;
  }
  return files;
}
const ONE = 'export function one(): number { return 1; }\n';
const BODY = 'export function one(): number { return 1 + 0; }\n';
const MORE = 'export function one(a: string): number { return a.length; }\n';

/** Rules of packages. */
export const PACKAGE_CASES: Readonly<Record<string, PackageCase>> = {
  'ts/entry-removed': step({ exports: TWO }, { exports: { '.': './src/index.ts' } }, { exports: TWO, keywords: ['x'] }),
  'ts/entry-added': step({}, { exports: TWO }, { keywords: ['x'] }),
  'ts/condition-removed': step(
    { exports: { '.': { import: './src/index.ts', require: './src/index.ts' } } },
    { exports: { '.': { import: './src/index.ts' } } },
    { exports: { '.': { import: './src/index.ts', require: './src/index.ts', browser: './src/index.ts' } } },
  ),
  'ts/types-entry-removed': step(
    { exports: { '.': { types: './src/index.ts', default: './src/index.ts' } } },
    { exports: { '.': { default: './src/index.ts' } } },
    { exports: { '.': { types: './src/index.ts', import: './src/index.ts', default: './src/index.ts' } } },
  ),
  'ts/pkg-engines-raised': step(
    { engines: { node: '>=18' } },
    { engines: { node: '>=20' } },
    { engines: { node: '>=16' } },
  ),
  'ts/pkg-peer-narrowed': step(
    { peerDependencies: { react: '^17 || ^18' } },
    { peerDependencies: { react: '^18' } },
    { peerDependencies: { react: '^17 || ^18 || ^19', vue: '^3' }, peerDependenciesMeta: { vue: { optional: true } } },
  ),
  'ts/pkg-bin-removed': step(
    { bin: { a: './a.js', b: './b.js' } },
    { bin: { a: './a.js' } },
    { bin: { a: './x.js', b: './b.js' } },
  ),
  'ts/pkg-module-type-changed': step({}, { type: 'module' }, { type: 'commonjs' }),
  'ts/export-now-type-only': names(
    "export { A } from './a.js';\n",
    "export type { A } from './a.js';\n",
    "export { A, A as B } from './a.js';\n",
  ),
  'lib/shared-changed': { fires: [shared(ONE, 5), shared(BODY, 5)], silent: [shared(ONE, 2), shared(BODY, 2)] },
  'lib/shared-contract-changed': {
    fires: [shared(ONE, 5), shared(MORE, 5)],
    silent: [shared(ONE, 5), shared(BODY, 5)],
  },
};

/** Flags of a step, by what is written. */
export async function packageFlags([base, head]: PackageCase['fires']): Promise<readonly string[]> {
  return (await analyzed(base, head, 'off')).flags.map(({ rule }) => rule);
}
