/**
 * Aliases out of any bundler's config: every `alias` in it, wherever the tool keeps it.
 * In: a config's static value. Out: one alias table, or none. Jest's mapper gives a table of its own.
 * Not here: applying them (alias-table.ts, gather/resolve).
 */
import type { RepoPath } from '../../model/path.js';
import type { FileTree } from '../../model/tree.js';
import { toAliasRules, toMapperRules } from './alias-table.js';
import type { AliasRule, AliasTable } from './alias-table.js';
import { entriesOf, isStaticObject, itemsOf, textsOf, toRepoPath, valueAt } from './static-value.js';
import type { StaticValue } from './static-value.js';

/** Where a config stands and what its paths are relative to. */
export interface ConfigPlace {
  readonly source: RepoPath;
  /** The folder that the tool treats as its root. */
  readonly root: RepoPath;
}

const ALIAS_KEYS = new Set(['alias', 'resolveAlias', 'extraNodeModules', 'aliases']);
/** Deeper than any tool nests them (Babel: `env.test.plugins[0][1].alias`). */
const MAX_DEPTH = 8;
const MAX_VALUES = 20_000;

/** The table of a bundler's config; `undefined` where it aliases nothing. */
export function bundlerTable(value: StaticValue, place: ConfigPlace, tree: FileTree): AliasTable | undefined {
  const rules: AliasRule[] = [];
  const baseFolders: RepoPath[] = [];
  walk(value, (key, item) => {
    if (ALIAS_KEYS.has(key)) rules.push(...toAliasRules(item, place.root, tree));
    if (key === 'entries' && itemsOf(item).some((one) => isStaticObject(one) && 'find' in one))
      rules.push(...toAliasRules(item, place.root, tree));
    if (key === 'resolve') baseFolders.push(...foldersOf(valueAt(item, 'modules'), place.root, tree));
  });
  const unique = [
    ...new Map(rules.map((rule) => [`${rule.kind} ${rule.find} ${rule.path} ${rule.specifier}`, rule])).values(),
  ];
  if (unique.length === 0 && baseFolders.length === 0) return undefined;
  return { root: place.root, source: place.source, rules: unique, baseFolders, fallback: false };
}

/** The table of a Jest config: `moduleNameMapper`, `modulePaths`, `roots`-relative folders. */
export function jestTable(value: StaticValue, place: ConfigPlace, tree: FileTree): AliasTable | undefined {
  const rules = toMapperRules(valueAt(value, 'moduleNameMapper'), place.root, tree);
  const folders = [...itemsOf(valueAt(value, 'modulePaths')), ...itemsOf(valueAt(value, 'moduleDirectories'))];
  const baseFolders = foldersOf(folders, place.root, tree);
  if (rules.length === 0 && baseFolders.length === 0) return undefined;
  return { root: place.root, source: place.source, rules, baseFolders, fallback: true };
}

function foldersOf(value: StaticValue, root: RepoPath, tree: FileTree): RepoPath[] {
  return textsOf(value).flatMap((text) => {
    if (text === 'node_modules' || text.endsWith('/node_modules')) return [];
    const path = toRepoPath(text, root) ?? (root === '' ? text : `${root}/${text}`);
    return tree.folders.has(path) ? [path] : [];
  });
}

/** Visits every key of every object in a value, breadth first, bounded. */
export function walk(value: StaticValue, visit: (key: string, item: StaticValue) => void): void {
  let level: readonly StaticValue[] = [value];
  let seen = 0;
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    const next: StaticValue[] = [];
    for (const item of level) {
      if (seen++ > MAX_VALUES) return;
      for (const [key, inner] of entriesOf(item)) {
        visit(key, inner);
        next.push(inner);
      }
      if (Array.isArray(item)) next.push(...(item as readonly StaticValue[]));
    }
    level = next;
  }
}
