/**
 * Bare specifiers: workspace packages, self-references, `#imports`, and what leaves the repository.
 * In: a specifier and who asks. Out: a Resolution. Not here: what configuration rewrites first (mapped-paths.ts).
 */
import { directoryOf, joinPath } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { Resolution } from '../../model/resolution.js';
import type { WorkspacePackage } from '../../model/workspace.js';
import { looksGenerated } from './conventions.js';
import { targetsOf } from './exports-map.js';
import { entryOf, isEntryFile, listedPaths } from './package-entry.js';
import { packageRoots, resolveByPaths } from './mapped-paths.js';
import { locate, locateIgnored, locateSource } from './rule-context.js';
import type { Importer, RuleContext } from './rule-context.js';
import { isVirtual, splitPackage } from './specifier.js';

/** A package of the workspace, or a folder that a manifest links; `undefined` where the name is neither. */
export function resolveWorkspacePackage(
  context: RuleContext,
  importer: Importer,
  specifier: string,
): Resolution | undefined {
  const split = splitDeclared(context, specifier);
  if (split === undefined) return undefined;
  const named = context.packages.named(split.name, importer.folder);
  if (named.kind === 'workspace') {
    const entry = entryAnswer(context, importer, named.package, split.subpath);
    const answer = entry.kind === 'file' ? entry : (byOwnPaths(context, named.package, split.subpath) ?? entry);
    return named.self && answer.kind === 'file' && answer.rule === 'workspace' ? { ...answer, rule: 'self' } : answer;
  }
  if (named.kind === 'folder') {
    const path = joinPath(named.path, split.subpath.slice(1));
    return path === undefined
      ? undefined
      : (locate(context, importer, path, 'workspace') ?? locateSource(context, path));
  }
  return named.kind === 'external' ? { kind: 'external', package: named.name, subpath: split.subpath } : undefined;
}

/** As `splitPackage`; a manifest that links a folder (`link:../tools`) may give it a name that no registry would (`$tools`). */
function splitDeclared(context: RuleContext, specifier: string): ReturnType<typeof splitPackage> {
  const split = splitPackage(specifier);
  if (split !== undefined) return split;
  const [name = ''] = specifier.split('/', 1);
  return context.packages.declaredAnywhere(name) ? { name, subpath: specifier.slice(name.length) } : undefined;
}

/** What the package's own tsconfig says of its entry by name: how a library imports its own parts before it is built. */
function byOwnPaths(context: RuleContext, target: WorkspacePackage, subpath: string): Resolution | undefined {
  const configs = context.configsAt(target.root);
  const found =
    target.manifest?.name === undefined || configs.length === 0
      ? undefined
      : resolveByPaths(context, { folder: target.root, configs }, `${target.manifest.name}${subpath}`);
  return found?.kind === 'file' ? found : undefined;
}

function entryAnswer(context: RuleContext, importer: Importer, target: WorkspacePackage, subpath: string): Resolution {
  const answer = entryOf(context.entries, target, subpath, importer.configs[0]?.customConditions ?? []);
  if (isEntryFile(answer)) return { kind: 'file', ...answer };
  for (const path of listedPaths(target, subpath, importer.configs[0]?.customConditions ?? [])) {
    const found = locateIgnored(context, path, 'workspace');
    if (found !== undefined) return found;
  }
  const generated = looksGenerated(answer.detail) || looksGenerated(subpath);
  return { kind: 'unresolved', reason: generated ? 'generated' : answer.reason, detail: answer.detail };
}

/** `#name` by the `imports` of the nearest manifest that has it. */
export function resolveSubpathImport(
  context: RuleContext,
  importer: Importer,
  specifier: string,
  resolveBare: (specifier: string) => Resolution,
): Resolution | undefined {
  for (const root of packageRoots(context, importer)) {
    const map = context.packages.at(root)?.manifest?.imports;
    const targets =
      map === undefined ? undefined : targetsOf(map, specifier, importer.configs[0]?.customConditions ?? []);
    if (targets === undefined) continue;
    const paths = targets.filter((target) => target.path.startsWith('.'));
    const found = firstOf(
      context,
      importer,
      paths.flatMap((target) => joinPath(root, target.path) ?? []),
    );
    if (found !== undefined) return found;
    const bare = targets.find((target) => !target.path.startsWith('.'));
    if (bare !== undefined) return resolveBare(bare.path);
    const detail = paths.map((target) => target.path).join(', ');
    if (isVirtual(specifier)) return { kind: 'unresolved', reason: 'virtual', detail: specifier };
    return { kind: 'unresolved', reason: looksGenerated(detail) ? 'generated' : 'no-such-file', detail };
  }
  return undefined;
}

function firstOf(context: RuleContext, importer: Importer, paths: readonly RepoPath[]): Resolution | undefined {
  const there = paths.flatMap((path) => locate(context, importer, path, 'imports') ?? []);
  const files = there.filter((one) => one.kind === 'file');
  const [first, ...rest] = files.toSorted((a, b) => Number(isDeclared(a.path)) - Number(isDeclared(b.path)));
  if (first !== undefined) {
    const also = [...new Set(rest.map((one) => one.path))].filter(
      (path) => path !== first.path && path !== first.types,
    );
    return also.length === 0 ? first : { ...first, also };
  }
  for (const path of paths) {
    const source = locateSource(context, path) ?? locateIgnored(context, path, 'imports');
    if (source !== undefined) return source;
  }
  return undefined;
}

function isDeclared(path: RepoPath): boolean {
  return /\.d\.[cm]?ts$/.test(path);
}

/**
 * A bare specifier that is no declared package but names a folder or file of the importer's package (`src/x`,
 * `test/y`): a test runner's or bundler's module folders.
 */
export function resolveUndeclared(context: RuleContext, importer: Importer, specifier: string): Resolution | undefined {
  const split = splitPackage(specifier);
  if (split === undefined || context.packages.declaredAnywhere(split.name)) return undefined;
  for (const root of packageRoots(context, importer)) {
    for (const base of [root, root === '' ? 'src' : `${root}/src`]) {
      const path = joinPath(base, specifier);
      // A lone name is more likely a package that is not declared than a file at the root.
      const found =
        path === undefined || split.subpath === '' ? undefined : locate(context, importer, path, 'base-url');
      if (found?.kind === 'file') return { ...found, confidence: 'pattern' };
    }
  }
  return undefined;
}

/** What leaves the repository; a specifier that can't be a package's is an alias that nothing defines. */
export function resolveExternal(context: RuleContext, specifier: string, claimed: boolean): Resolution {
  const split = splitDeclared(context, specifier);
  if (split !== undefined && (!claimed || context.packages.declaredAnywhere(split.name))) {
    return { kind: 'external', package: split.name, subpath: split.subpath };
  }
  if (/^[a-z][\w-]*:/i.test(specifier))
    return { kind: 'unresolved', reason: 'virtual', detail: `${specifier}, a scheme of a bundler` };
  const reason = looksGenerated(specifier)
    ? 'generated'
    : specifier.startsWith('#')
      ? 'no-such-import'
      : 'no-such-file';
  return {
    kind: 'unresolved',
    reason,
    detail: claimed ? `the "paths" of tsconfig for ${specifier}` : `an alias for ${specifier}`,
  };
}

/** The package folder of a file, for `/x`. */
export function rootFolders(context: RuleContext, importer: Importer): readonly RepoPath[] {
  const folders = packageRoots(context, importer).flatMap((root) => [root, root === '' ? 'public' : `${root}/public`]);
  return [...new Set([...folders, directoryOf(''), 'public'])];
}
