/**
 * The files that a test runner loads around tests: setup, global setup, environments, serialisers, presets.
 * In: a runner config's static value. Out: repository paths by what they do.
 * Not here: which tests they reach (runner-configs.ts).
 */
import { joinPath } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { FileTree } from '../../model/tree.js';
import type { ConfigTool } from './config-files.js';
import { locateConfig } from './static-config.js';
import type { PackageRoots } from './static-config.js';
import { entriesOf, itemsOf, toRepoPath, valueAt } from './static-value.js';
import type { StaticValue } from './static-value.js';

/** One file that a runner loads, and by which option. */
export interface SetupFile {
  readonly path: RepoPath;
  readonly option: string;
  readonly global: boolean;
}

/** Options that name files, by tool; a dotted option is nested. */
const OPTIONS: Readonly<Partial<Record<ConfigTool, readonly string[]>>> = {
  vitest: [
    'test.setupFiles',
    'test.globalSetup',
    'test.environment',
    'test.snapshotSerializers',
    'test.runner',
    'test.sequence.sequencer',
    'test.typecheck.tsconfig',
  ],
  jest: [
    'setupFiles',
    'setupFilesAfterEnv',
    'setupTestFrameworkScriptFile',
    'globalSetup',
    'globalTeardown',
    'testEnvironment',
    'snapshotSerializers',
    'preset',
    'resolver',
    'runner',
    'snapshotResolver',
    'testRunner',
    'transform',
    'moduleNameMapper',
  ],
  mocha: ['require', 'file', 'import', 'node-option', 'reporter'],
  playwright: ['globalSetup', 'globalTeardown'],
  cypress: ['e2e.supportFile', 'component.supportFile', 'supportFile', 'component.indexHtmlFile', 'pluginsFile'],
  ava: ['require'],
  wtr: ['testFramework.path'],
};

/** Default support files, loaded where the option is not written. */
const DEFAULTS: Readonly<Partial<Record<ConfigTool, readonly string[]>>> = {
  cypress: ['cypress/support/e2e', 'cypress/support/component', 'cypress/support/index'],
};

/** Where setup files are looked for. */
export interface SetupPlace {
  readonly tree: FileTree;
  readonly root: RepoPath;
  readonly roots: PackageRoots;
}

/** Setup files that exist, in the order of the options. Vite's own config is read as Vitest's. */
export function setupFilesOf(tool: ConfigTool, value: StaticValue, place: SetupPlace): readonly SetupFile[] {
  const options = OPTIONS[tool === 'vite' || tool === 'vitest-workspace' ? 'vitest' : tool] ?? [];
  const written = options.flatMap((option) => {
    const texts = textsIn(valueAt(value, ...option.split('.')));
    const global = /^(?:test\.)?global(?:Setup|Teardown)$/.test(option);
    return texts.flatMap((text) => locateSetup(text, option, place)).map((path) => ({ path, option, global }));
  });
  const defaults = (DEFAULTS[tool] ?? []).flatMap((name) => {
    const path = probe(joinPath(place.root, name), place);
    return path === undefined ? [] : [{ path, option: 'support file', global: false }];
  });
  return [...written, ...defaults];
}

/** Strings of a list, of an object's values (`transform`, `moduleNameMapper`), and first items of pairs. */
function textsIn(value: StaticValue): readonly string[] {
  const values = entriesOf(value).length > 0 ? entriesOf(value).map(([, item]) => item) : itemsOf(value);
  return values.flatMap((item) => {
    const first = Array.isArray(item) ? (item as readonly StaticValue[])[0] : item;
    return typeof first === 'string' ? [first] : [];
  });
}

function locateSetup(text: string, option: string, place: SetupPlace): RepoPath[] {
  // A mapper's target with a captured part is a rewrite, not a stand-in file.
  if (text.includes('$') || text === '' || text.includes('*')) return [];
  const base = toRepoPath(text, place.root);
  const preset = option === 'preset' && base !== undefined ? probe(joinPath(base, 'jest-preset'), place) : undefined;
  const relative =
    base ?? (text.includes('/') || /\.[cm]?[jt]sx?$/.test(text) ? joinPath(place.root, text) : undefined);
  const found = preset ?? probe(relative, place) ?? locateConfig(place.tree, place.root, text, place.roots);
  return found === undefined ? [] : [found];
}

function probe(path: RepoPath | undefined, { tree }: SetupPlace): RepoPath | undefined {
  return path === undefined || path === '' ? undefined : locateConfig(tree, '', `./${path}`, new Map());
}
