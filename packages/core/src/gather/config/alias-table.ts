/**
 * Rewrites that a bundler or test runner applies to specifiers, as data.
 * In: aliases as configs write them (an object, a list of find and replacement, Jest's regular expressions).
 * Out: rules over repository paths. Not here: which configs are read (runner-configs.ts), who asks (gather/resolve).
 */
import type { RepoPath } from '../../model/path.js';
import type { FileTree } from '../../model/tree.js';
import { StaticPattern, entriesOf, isStaticObject, itemsOf, toRepoPath } from './static-value.js';
import type { StaticValue } from './static-value.js';

/** One rewrite. */
export interface AliasRule {
  /** `exact`: the whole specifier. `prefix`: the specifier, or what follows `find` and a slash, is kept. */
  readonly kind: 'exact' | 'prefix' | 'pattern';
  /** Specifier or prefix; the source of the expression for `pattern`. */
  readonly find: string;
  readonly expression?: RegExp;
  /** Repository path; for `pattern` with `$1` where the rest goes. */
  readonly path?: RepoPath;
  /** Instead of a path: another specifier (`preact/compat`). */
  readonly specifier?: string;
}

/** The rules of one config. */
export interface AliasTable {
  /** Files below this folder are subject to it. */
  readonly root: RepoPath;
  readonly source: RepoPath;
  readonly rules: readonly AliasRule[];
  /** Folders in which bare specifiers are looked up (`resolve.modules`, `modulePaths`). */
  readonly baseFolders: readonly RepoPath[];
  /** Asked only where nothing else answers: test runners also map styles and assets to stand-ins. */
  readonly fallback: boolean;
}

/** Rules of an `alias` value: an object, or a list of `{ find, replacement }`. */
export function toAliasRules(value: StaticValue, folder: RepoPath, tree: FileTree): AliasRule[] {
  if (isStaticObject(value)) {
    const rules = entriesOf(value).flatMap(([find, target]) => toRule(find, target, folder, tree));
    return rules.sort((left, right) => right.find.length - left.find.length);
  }
  return itemsOf(value).flatMap((item) => {
    if (!isStaticObject(item)) return [];
    const find = item['find'];
    if (find instanceof StaticPattern) return toPatternRule(find.source, item['replacement'], folder, tree);
    return typeof find === 'string' ? toRule(find, item['replacement'], folder, tree) : [];
  });
}

/** Rules of Jest's `moduleNameMapper`: every key is a regular expression. */
export function toMapperRules(value: StaticValue, folder: RepoPath, tree: FileTree): AliasRule[] {
  return entriesOf(value).flatMap(([find, target]) => toPatternRule(find, target, folder, tree));
}

function toRule(find: string, target: StaticValue, folder: RepoPath, tree: FileTree): AliasRule[] {
  const first = itemsOf(target).find((item) => typeof item === 'string');
  if (typeof first !== 'string' || find === '') return [];
  if (find.endsWith('$')) return [{ kind: 'exact', find: find.slice(0, -1), ...toTarget(first, folder, tree) }];
  return [{ kind: 'prefix', find: find.replace(/\/?\*?$/, ''), ...toTarget(first.replace(/\/\*$/, ''), folder, tree) }];
}

function toPatternRule(source: string, target: StaticValue, folder: RepoPath, tree: FileTree): AliasRule[] {
  const first = itemsOf(target).find((item) => typeof item === 'string');
  if (typeof first !== 'string') return [];
  const expression = safeExpression(source);
  if (expression === undefined) return [];
  const place = toTarget(first, folder, tree);
  // What follows the match is appended: the slash that ends a folder counts.
  const isFolder = first.endsWith('/') && place.path !== undefined && place.path !== '';
  return [{ kind: 'pattern', find: source, expression, ...place, ...(isFolder ? { path: `${place.path}/` } : {}) }];
}

function toTarget(text: string, folder: RepoPath, tree: FileTree): Pick<AliasRule, 'path' | 'specifier'> {
  const path = toRepoPath(text, folder);
  if (path !== undefined) return { path };
  const beside = folder === '' ? text : `${folder}/${text}`;
  const known = tree.folders.has(beside.replace(/\/$/, '')) || tree.byPath.has(beside);
  return known ? { path: beside.replace(/\/$/, '') } : { specifier: text };
}

/**
 * The expression, where matching it is linear enough to be run on untrusted input: short, and no repeated group
 * that holds a repetition or an alternative itself. `undefined` otherwise, and for what does not compile.
 */
export function safeExpression(source: string): RegExp | undefined {
  if (source.length > 300 || /\\[1-9]|\(\?</.test(source) || hasNestedRepeat(source)) return undefined;
  if ((source.match(/[*+]/g)?.length ?? 0) > 6) return undefined;
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}

function hasNestedRepeat(source: string): boolean {
  const open: boolean[] = [];
  const bare = source.replace(/\\./g, '_').replace(/\[[^\]]*\]/g, '_');
  for (let at = 0; at < bare.length; at++) {
    const char = bare[at] ?? '';
    if (char === '(') open.push(false);
    else if ('*+{|'.includes(char)) open.fill(true);
    else if (char === ')' && open.pop() === true && '*+{'.includes(bare[at + 1] ?? ' ')) return true;
  }
  return false;
}

/** The first rule of `rules` that rewrites `specifier`, applied. */
export function applyAlias(
  rules: readonly AliasRule[],
  specifier: string,
): { readonly path?: RepoPath; readonly specifier?: string } | undefined {
  for (const rule of rules) {
    const rest = restAfter(rule, specifier);
    if (rest === undefined) continue;
    const fill = (target: string): string => (rule.kind === 'pattern' ? rest(target) : target + rest(''));
    if (rule.path !== undefined) return { path: fill(rule.path).replace(/^\//, '') };
    // `x` for `x/dist/x.js` is applied once: its result would match again.
    const again = rule.specifier === undefined || specifier.startsWith(rule.specifier);
    if (rule.specifier !== undefined && !again) return { specifier: fill(rule.specifier) };
  }
  return undefined;
}

function restAfter(rule: AliasRule, specifier: string): ((target: string) => string) | undefined {
  if (rule.kind === 'exact') return specifier === rule.find ? () => '' : undefined;
  if (rule.kind === 'prefix') {
    if (specifier === rule.find) return () => '';
    return specifier.startsWith(`${rule.find}/`) ? () => specifier.slice(rule.find.length) : undefined;
  }
  const match = specifier.length > 500 ? null : (rule.expression?.exec(specifier) ?? null);
  if (match === null) return undefined;
  // Vite replaces the matched part and keeps the rest; Jest's expressions match the whole, so both hold.
  return (target) => {
    const filled = target.replace(/\$(\d)/g, (_, digit: string) => match[Number(digit)] ?? '');
    return specifier.slice(0, match.index) + joinRest(filled, specifier.slice(match.index + match[0].length));
  };
}

function joinRest(filled: string, rest: string): string {
  return filled.endsWith('/') && rest.startsWith('/') ? filled + rest.slice(1) : filled + rest;
}
