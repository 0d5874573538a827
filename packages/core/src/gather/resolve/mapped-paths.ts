/**
 * Specifiers that configuration rewrites to paths: tsconfig `paths` and `baseUrl`, bundler aliases, conventions.
 * In: a specifier and who asks. Out: candidate paths, or the first of them that exists.
 * Not here: relative specifiers and packages.
 */
import { directoryOf, isInside, joinPath } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { Resolution } from '../../model/resolution.js';
import { applyAlias } from '../config/alias-table.js';
import type { AliasTable } from '../config/alias-table.js';
import type { PathMapping } from '../config/tsconfig-view.js';
import { conventionalPaths } from './conventions.js';
import { locate, locateIgnored, locateSource } from './rule-context.js';
import type { Importer, RuleContext } from './rule-context.js';

/** Paths that the `paths` of the importer's tsconfigs make of a specifier, the best pattern's first. */
export function tsconfigTargets(importer: Importer, specifier: string): readonly RepoPath[] {
  const targets: RepoPath[] = [];
  for (const config of importer.configs) {
    for (const mapping of config.paths) {
      const star = starOf(mapping, specifier);
      if (star === undefined) continue;
      for (const target of mapping.targets) targets.push(target.replace('*', () => star));
    }
  }
  return targets;
}

/** What `*` stands for; `''` for an exact match; `undefined` for none. */
function starOf({ prefix, suffix, wildcard }: PathMapping, specifier: string): string | undefined {
  if (!wildcard) return specifier === prefix ? '' : undefined;
  const fits =
    specifier.length >= prefix.length + suffix.length && specifier.startsWith(prefix) && specifier.endsWith(suffix);
  return fits ? specifier.slice(prefix.length, specifier.length - suffix.length) : undefined;
}

/** By tsconfig `paths`: the first target that is there, or whose source is. */
export function resolveByPaths(context: RuleContext, importer: Importer, specifier: string): Resolution | undefined {
  const targets = tsconfigTargets(importer, specifier).filter((target) => !/(?:^|\/)node_modules\//.test(target));
  for (const target of targets) {
    const found = locate(context, importer, normal(target), 'paths');
    if (found !== undefined) return found;
  }
  for (const target of targets) {
    const found = locateSource(context, normal(target)) ?? locateIgnored(context, normal(target), 'paths');
    if (found !== undefined) return found;
  }
  return undefined;
}

function normal(path: RepoPath): RepoPath {
  return joinPath('', path) ?? path;
}

/** True where some `paths` pattern that is no catch-all claims the specifier: it is not meant as a package. */
export function isClaimedByPaths(importer: Importer, specifier: string): boolean {
  return importer.configs.some((config) =>
    config.paths.some((mapping) => mapping.prefix !== '' && starOf(mapping, specifier) !== undefined),
  );
}

/** True where an alias rewrites the specifier to a path: whether or not that exists, no package is meant. */
export function isClaimedByAlias(context: RuleContext, importer: Importer, specifier: string): boolean {
  const tables = context.tablesFor(importer.folder).filter((table) => !table.fallback);
  return tables.some((table) => applyAlias(table.rules, specifier)?.path !== undefined);
}

/** A file, or another specifier to resolve instead. */
export type Rewritten = { readonly resolution: Resolution } | { readonly specifier: string };

/** By the alias tables of the folder. @param fallback which tables: the bundlers', or the test runners' stand-ins. */
export function resolveByAlias(
  context: RuleContext,
  importer: Importer,
  specifier: string,
  fallback: boolean,
): Rewritten | undefined {
  for (const table of context.tablesFor(importer.folder)) {
    if (table.fallback !== fallback) continue;
    const target = applyAlias(table.rules, specifier);
    if (target?.specifier !== undefined) return { specifier: target.specifier };
    const path = target?.path === undefined ? undefined : normal(target.path);
    const resolution =
      path === undefined
        ? inBaseFolders(context, importer, table, specifier)
        : (locate(context, importer, path, 'alias') ??
          locateSource(context, path) ??
          locateIgnored(context, path, 'alias'));
    if (resolution !== undefined) return { resolution };
  }
  return undefined;
}

function inBaseFolders(
  context: RuleContext,
  importer: Importer,
  table: AliasTable,
  specifier: string,
): Resolution | undefined {
  for (const folder of table.baseFolders) {
    const path = joinPath(folder, specifier);
    const found = path === undefined ? undefined : locate(context, importer, path, 'base-url');
    if (found !== undefined) return found;
  }
  return undefined;
}

/** By `baseUrl`: bare specifiers are paths from there first. */
export function resolveByBaseUrl(context: RuleContext, importer: Importer, specifier: string): Resolution | undefined {
  for (const { baseUrl } of importer.configs) {
    const path = baseUrl === undefined ? undefined : joinPath(baseUrl, specifier);
    // A folder that merely has a package's name (`docs/`) is no module: only what names a file counts.
    const found =
      path === undefined
        ? undefined
        : (locate(context, importer, path, 'base-url') ?? locateIgnored(context, path, 'base-url'));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** By a framework's unwritten prefix, in the importer's package and those around it. */
export function resolveByConvention(
  context: RuleContext,
  importer: Importer,
  specifier: string,
): Resolution | undefined {
  if (!/^[@~#$]/.test(specifier)) return undefined;
  for (const root of packageRoots(context, importer)) {
    for (const { path, certain } of conventionalPaths(context.index, specifier, root)) {
      const found = locate(context, importer, path, 'alias') ?? locateIgnored(context, path, 'alias');
      if (found?.kind === 'file') return { ...found, confidence: certain ? found.confidence : 'pattern' };
    }
  }
  return undefined;
}

/** Roots of the importer's package and of the packages around it, the nearest first. */
export function packageRoots(context: RuleContext, importer: Importer): readonly RepoPath[] {
  const roots: RepoPath[] = [];
  for (let folder = importer.folder; ; folder = directoryOf(folder)) {
    const { root } = context.packages.owner(folder);
    if (isInside(folder, root)) roots.push(root);
    folder = root;
    if (root === '' || !isInside(importer.folder, root)) break;
  }
  return roots;
}

/** Paths that configuration and conventions make of a specifier with wildcards, in order, existing or not. */
export function mappedPaths(context: RuleContext, importer: Importer, specifier: string): readonly RepoPath[] {
  const paths = [...tsconfigTargets(importer, specifier)];
  for (const table of context.tablesFor(importer.folder)) {
    const target = applyAlias(table.rules, specifier)?.path;
    if (target !== undefined) paths.push(target);
  }
  for (const root of packageRoots(context, importer)) {
    paths.push(...conventionalPaths(context.index, specifier, root).map((one) => one.path));
  }
  const split = /^((?:@[^/*]+\/)?[^/*]+)\/(.*)$/.exec(specifier);
  const named = split === null ? undefined : context.packages.named(split[1] ?? '', importer.folder);
  if (named?.kind === 'workspace')
    paths.push(`${named.package.root}/${split?.[2]}`, `${named.package.root}/src/${split?.[2]}`);
  return paths.flatMap((path) => joinPath('', path) ?? []);
}
