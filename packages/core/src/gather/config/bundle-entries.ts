/**
 * What bundlers build from: the entries of tsup, tsdown, unbuild, Vite's library mode, Rollup and their like.
 * In: a config's static value. Out: sources, with the output's name where the config names it.
 * Not here: mapping an output back (gather/resolve/built-to-source.ts).
 */
import { baseNameOf } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { FileTree } from '../../model/tree.js';
import { entriesOf, isStaticObject, itemsOf, toRepoPath } from './static-value.js';
import type { StaticValue } from './static-value.js';
import { walk } from './config-aliases.js';

/** A source that is bundled, and the name of its output without extension. */
export interface ConfiguredEntry {
  readonly name?: string;
  readonly path: RepoPath;
}

const ENTRY_KEYS = new Set(['entry', 'entries', 'input', 'entryPoints']);

/** Entries that exist in the tree, in written order, each once. */
export function bundleEntries(value: StaticValue, root: RepoPath, tree: FileTree): readonly ConfiguredEntry[] {
  const found = new Map<string, ConfiguredEntry>();
  walk(value, (key, item) => {
    if (!ENTRY_KEYS.has(key)) return;
    for (const entry of entriesIn(item, root, tree)) found.set(`${entry.name ?? ''} ${entry.path}`, entry);
  });
  return [...found.values()];
}

function entriesIn(value: StaticValue, root: RepoPath, tree: FileTree): readonly ConfiguredEntry[] {
  if (isStaticObject(value)) return entriesOf(value).flatMap(([name, item]) => namedEntries(name, item, root, tree));
  return itemsOf(value).flatMap((item) => {
    if (typeof item === 'string') return unnamed(item, root, tree);
    if (!isStaticObject(item)) return [];
    const path = item['input'] ?? item['in'];
    const name = item['name'] ?? item['out'];
    return typeof path === 'string' && typeof name === 'string' ? namedEntries(name, path, root, tree) : [];
  });
}

function namedEntries(name: string, value: StaticValue, root: RepoPath, tree: FileTree): ConfiguredEntry[] {
  return itemsOf(value).flatMap((item) => {
    const path = typeof item === 'string' ? fileOf(item, root, tree) : undefined;
    return path === undefined ? [] : [{ name: name.replace(/^\.\//, ''), path }];
  });
}

function unnamed(text: string, root: RepoPath, tree: FileTree): ConfiguredEntry[] {
  const path = fileOf(text, root, tree);
  return path === undefined ? [] : [{ name: baseNameOf(path).replace(/\.[^.]+$/, ''), path }];
}

function fileOf(text: string, root: RepoPath, tree: FileTree): RepoPath | undefined {
  const path = toRepoPath(text, root) ?? (root === '' ? text : `${root}/${text}`);
  return [path, `${path}.ts`, `${path}.tsx`, `${path}.js`, `${path}.mts`].find(
    (one) => tree.byPath.get(one)?.kind === 'file',
  );
}
