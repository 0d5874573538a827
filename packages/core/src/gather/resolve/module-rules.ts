/**
 * The order in which an import's rules are tried: relative, root, `#`, tsconfig paths, aliases, workspace, external.
 * In: a specifier and who asks. Out: a Resolution. Not here: memoisation and requests that are no imports.
 * Source: TypeScript's and Node's module resolution; docs/impact-model.md rules 8 and 9.
 */
import { isInside, joinPath } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { Resolution } from '../../model/resolution.js';
import { isFrameworkTyped, looksBuilt, looksGenerated } from './conventions.js';
import { isClaimedByAlias, isClaimedByPaths, mappedPaths, resolveByAlias, resolveByBaseUrl } from './mapped-paths.js';
import { resolveByConvention, resolveByPaths } from './mapped-paths.js';
import { resolveExternal, resolveSubpathImport, resolveUndeclared, resolveWorkspacePackage } from './package-rules.js';
import { rootFolders } from './package-rules.js';
import type { PathIndex } from './path-index.js';
import type { ProbeLog } from './probes.js';
import { locate, locateIgnored, locateSource, toFile } from './rule-context.js';
import type { Importer, RuleContext } from './rule-context.js';
import { builtinName, isRelative, isUrl, isVirtual, registryPackage, withoutDecorations } from './specifier.js';

/** The rules over one revision. */
export interface ModuleRules {
  readonly index: PathIndex;
  readonly probes: ProbeLog;
  /** Where an import leads. Never throws. */
  resolve(importer: Importer, specifier: string): Resolution;
  /** Some manifest depends on a package of this name. */
  declares(name: string): boolean;
  /** Folders that `/x` can be relative to: the package's root, its `public`, those above. */
  rootsOf(importer: Importer): readonly RepoPath[];
  /** Paths that tsconfigs, aliases and conventions make of a specifier, in order, whether or not they exist. */
  mappedPaths(importer: Importer, specifier: string): readonly RepoPath[];
}

/** Aliases that lead to aliases are followed this far. */
const MAX_REWRITES = 4;

/** The rules in their order. */
export function createModuleRules(context: RuleContext): ModuleRules {
  return {
    index: context.index,
    probes: context.probes,
    resolve: (importer, specifier) => resolveSpecifier(context, importer, specifier, MAX_REWRITES),
    declares: (name) => context.packages.declaredAnywhere(name),
    rootsOf: (importer) => rootFolders(context, importer),
    mappedPaths: (importer, specifier) => mappedPaths(context, importer, specifier),
  };
}

function resolveSpecifier(context: RuleContext, importer: Importer, written: string, rewrites: number): Resolution {
  const specifier = withoutDecorations(written);
  if (isRelative(specifier)) return resolveRelative(context, importer, specifier);
  if (specifier === '' || /\*/.test(specifier)) return { kind: 'unresolved', reason: 'not-static', detail: written };
  const scheme = resolveScheme(specifier);
  if (scheme !== undefined) return scheme;
  if (specifier.startsWith('/')) return resolveRooted(context, importer, specifier);
  return resolveBare(context, importer, specifier, rewrites);
}

/** Protocols: registries, URLs, prefixed builtins. */
function resolveScheme(specifier: string): Resolution | undefined {
  if (!specifier.includes(':') && !specifier.startsWith('//')) return undefined;
  const registry = registryPackage(specifier);
  if (registry !== undefined) return { kind: 'external', package: registry.name, subpath: registry.subpath };
  if (isUrl(specifier)) return { kind: 'unresolved', reason: 'virtual', detail: `${specifier}, a URL` };
  const builtin = builtinName(specifier);
  return builtin === undefined ? undefined : { kind: 'builtin', name: builtin };
}

function resolveRelative(context: RuleContext, importer: Importer, specifier: string): Resolution {
  const path = joinPath(importer.folder, specifier);
  if (path === undefined) return { kind: 'unresolved', reason: 'outside', detail: specifier };
  const installed = /(?:^|\/)node_modules\/(.+)$/.exec(path)?.[1];
  if (installed !== undefined) return resolveBare(context, importer, installed, MAX_REWRITES);
  return (
    asFolder(context, importer, path, specifier) ??
    locate(context, importer, path, 'relative') ??
    throughRootDirs(context, importer, path) ??
    withoutFragment(context, importer, path) ??
    locateSource(context, path) ??
    locateIgnored(context, path, 'relative') ??
    ignoredThroughRootDirs(context, importer, path) ??
    missing(path)
  );
}

/** `.`, `..` and `./x/` mean the folder even where a file has the same name. */
function asFolder(context: RuleContext, importer: Importer, path: RepoPath, specifier: string): Resolution | undefined {
  if (!/(?:^|\/)\.{0,2}$/.test(specifier)) return undefined;
  const found = context.index.folderIndex(path, importer.configs[0]?.moduleSuffixes);
  return found === undefined ? undefined : toFile(found, 'relative');
}

/** `./sprite.svg#icon`. */
function withoutFragment(context: RuleContext, importer: Importer, path: RepoPath): Resolution | undefined {
  const hash = path.indexOf('#');
  return hash < 0 ? undefined : locate(context, importer, path.slice(0, hash), 'relative');
}

/** Folders that `rootDirs` lays over one another. */
function throughRootDirs(context: RuleContext, importer: Importer, path: RepoPath): Resolution | undefined {
  for (const other of overlaid(importer, path)) {
    const found = locate(context, importer, other, 'root-dirs');
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Generated types that a framework lays over the source (`.svelte-kit/types`). */
function ignoredThroughRootDirs(context: RuleContext, importer: Importer, path: RepoPath): Resolution | undefined {
  for (const other of overlaid(importer, path)) {
    const found = locateIgnored(context, other, 'root-dirs');
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The same path below each of the governing config's `rootDirs`. */
function overlaid(importer: Importer, path: RepoPath): readonly RepoPath[] {
  const rootDirs = importer.configs[0]?.rootDirs ?? [];
  const own = rootDirs.filter((root) => isInside(path, root)).sort((a, b) => b.length - a.length)[0];
  return own === undefined ? [] : rootDirs.flatMap((root) => joinPath(root, path.slice(own.length)) ?? []);
}

function missing(path: RepoPath): Resolution {
  if (isFrameworkTyped(path)) return { kind: 'unresolved', reason: 'virtual', detail: path };
  const reason = looksGenerated(path) ? 'generated' : looksBuilt(path) ? 'built-without-source' : 'no-such-file';
  return { kind: 'unresolved', reason, detail: path };
}

function resolveRooted(context: RuleContext, importer: Importer, specifier: string): Resolution {
  const aliased = resolveByAlias(context, importer, specifier, false);
  if (aliased !== undefined && 'resolution' in aliased) return aliased.resolution;
  const byPaths = resolveByPaths(context, importer, specifier);
  if (byPaths !== undefined) return byPaths;
  if (isVirtual(specifier)) return { kind: 'unresolved', reason: 'virtual', detail: specifier };
  for (const root of rootFolders(context, importer)) {
    const path = joinPath(root, specifier);
    const found = path === undefined || path === '' ? undefined : locate(context, importer, path, 'root-relative');
    if (found !== undefined) return found;
  }
  return locateIgnored(context, specifier.slice(1), 'root-relative') ?? missing(specifier.slice(1));
}

function resolveBare(context: RuleContext, importer: Importer, specifier: string, rewrites: number): Resolution {
  const again = (other: string): Resolution =>
    rewrites > 0
      ? resolveSpecifier(context, importer, other, rewrites - 1)
      : { kind: 'unresolved', reason: 'no-such-file', detail: `${other}, an alias of itself` };
  const imported = specifier.startsWith('#') ? resolveSubpathImport(context, importer, specifier, again) : undefined;
  const early = imported ?? resolveByPaths(context, importer, specifier);
  if (early !== undefined) return early;
  const aliased = resolveByAlias(context, importer, specifier, false);
  if (aliased !== undefined) return 'resolution' in aliased ? aliased.resolution : again(aliased.specifier);
  return (
    resolveByBaseUrl(context, importer, specifier) ??
    resolveByConvention(context, importer, specifier) ??
    virtual(specifier) ??
    resolveWorkspacePackage(context, importer, specifier) ??
    resolveLate(context, importer, specifier, again)
  );
}

function virtual(specifier: string): Resolution | undefined {
  return isVirtual(specifier) ? { kind: 'unresolved', reason: 'virtual', detail: specifier } : undefined;
}

function resolveLate(
  context: RuleContext,
  importer: Importer,
  specifier: string,
  again: (other: string) => Resolution,
): Resolution {
  const builtin = builtinName(specifier);
  if (builtin !== undefined) return { kind: 'builtin', name: builtin };
  const standIn = resolveByAlias(context, importer, specifier, true);
  if (standIn !== undefined) return 'resolution' in standIn ? standIn.resolution : again(standIn.specifier);
  const claimed = isClaimedByPaths(importer, specifier) || isClaimedByAlias(context, importer, specifier);
  return resolveUndeclared(context, importer, specifier) ?? resolveExternal(context, specifier, claimed);
}
