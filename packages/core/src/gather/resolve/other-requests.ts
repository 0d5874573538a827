/**
 * Requests that are no imports: globs, template strings, strings that are paths, triple-slash references.
 * In: the rules, who asks, the text. Out: a Resolution. What is absent here is no fault of the analysed code.
 * Not here: imports (module-rules.ts).
 */
import type { ModuleRequest } from '../../model/facts.js';
import { joinPath } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { Resolution } from '../../model/resolution.js';
import { below, matchGlob, matchTemplate, fixedFolder } from './file-globs.js';
import type { ModuleRules } from './module-rules.js';
import type { Importer } from './rule-context.js';
import { isRelative, isUrl, withoutDecorations } from './specifier.js';

/** The files of a glob, or of a specifier with holes. */
export function resolveGlob(
  rules: ModuleRules,
  importer: Importer,
  text: string,
  kind: 'glob' | 'template',
): Resolution {
  const pattern = kind === 'glob' ? text : withoutDecorations(text);
  if (isUrl(pattern) || pattern.startsWith('!')) return { kind: 'files', paths: [], rule: 'glob' };
  // A pattern that begins with a hole can be anything.
  if (kind === 'template' && /^[*]/.test(pattern)) return notStatic(text);
  const targets = patternTargets(rules, importer, pattern);
  if (targets.length === 0)
    return /^(?:@[\w-]|[\w-])/.test(pattern) && kind === 'template' ? notStatic(text) : noFiles();
  for (const target of targets) {
    if (/^[*/]*$/.test(target)) continue;
    rules.probes.folder(fixedFolder(target));
    const match = kind === 'glob' ? matchGlob : matchTemplate;
    const paths = match(rules.index.sorted, target);
    if (paths.length > 0) return { kind: 'files', paths, rule: 'glob' };
  }
  return noFiles();
}

function noFiles(): Resolution {
  return { kind: 'files', paths: [], rule: 'glob' };
}

function notStatic(text: string): Resolution {
  return { kind: 'unresolved', reason: 'not-static', detail: `${text}, in which the start is computed` };
}

/** Repository paths, wildcards kept, that a pattern can mean. */
function patternTargets(rules: ModuleRules, importer: Importer, pattern: string): readonly RepoPath[] {
  if (isRelative(pattern)) return defined([joinPath(importer.folder, pattern)]);
  if (pattern.startsWith('/'))
    return rules.rootsOf(importer).flatMap((root) => defined([joinPath(root, pattern.slice(1))]));
  const mapped = rules.mappedPaths(importer, pattern);
  if (mapped.length > 0) return mapped;
  if (!pattern.includes('/')) return [];
  return [importer.folder, ...rules.rootsOf(importer)].flatMap((folder) => defined([joinPath(folder, pattern)]));
}

function defined(paths: readonly (RepoPath | undefined)[]): readonly RepoPath[] {
  return paths.filter((path) => path !== undefined);
}

/** A folder named by a string stands for what is in it, up to this many files: fixtures, templates, migrations. */
const MAX_FOLDER_FILES = 500;

/** A string that is a path by its place (`new URL('./x', import.meta.url)`, `join(__dirname, 'x')`). */
export function resolvePathString(rules: ModuleRules, importer: Importer, text: string): Resolution {
  const plain = withoutDecorations(text).replace(/#.*$/, '');
  const absent: Resolution = { kind: 'unresolved', reason: 'no-such-file', detail: plain };
  if (plain === '' || isUrl(plain)) return { ...absent, reason: 'virtual' };
  if (plain.includes('*')) return resolvePathGlob(rules, importer, plain);
  const bases = [importer.folder, ...rules.rootsOf(importer)];
  for (const base of bases) {
    const path = joinPath(base, plain.replace(/^\//, ''));
    if (path === undefined || path === '') continue;
    const found = rules.index.file(path);
    if (found !== undefined)
      return {
        kind: 'file',
        rule: base === importer.folder ? 'relative' : 'root-relative',
        confidence: 'bound',
        ...found,
      };
  }
  const folder = joinPath(importer.folder, plain);
  const isNamed = folder !== undefined && !/^[./]*$/.test(plain) && rules.index.hasFolder(folder);
  const files = isNamed ? below(rules.index.sorted, `${folder}/`) : [];
  if (files.length > 0 && files.length <= MAX_FOLDER_FILES) return { kind: 'files', paths: files, rule: 'relative' };
  if (isRelative(plain)) return builtScript(rules, importer, plain) ?? absent;
  if (/^(?:\.|\/|~)/.test(plain)) return absent;
  const resolution = rules.resolve(importer, plain);
  return resolution.kind === 'file' ? resolution : absent;
}

/** `new Worker(join(__dirname, '../lib/worker.js'))`: a script that a build makes is named, its source is there. */
function builtScript(rules: ModuleRules, importer: Importer, text: string): Resolution | undefined {
  if (!/\.[cm]?js$/.test(text)) return undefined;
  const resolution = rules.resolve(importer, text);
  return resolution.kind === 'file' && resolution.rule === 'built-to-source' ? resolution : undefined;
}

/** `join(__dirname, '**', '*.entity.js')`, `globSync('src/plugins/*.js')`: what is built is named, its source is there. */
function resolvePathGlob(rules: ModuleRules, importer: Importer, text: string): Resolution {
  const found = resolveGlob(rules, importer, text, 'glob');
  const resolution =
    found.kind === 'files' && found.paths.length === 0 && text.endsWith('.js')
      ? resolveGlob(rules, importer, text.replace(/js$/, 'ts'), 'glob')
      : found;
  return resolution.kind === 'files' && resolution.paths.length > MAX_FOLDER_FILES ? noFiles() : resolution;
}

/** The functions of a JSX runtime that lies in the repository, for production and for development; nothing for any other. */
export function resolveJsxRuntime(rules: ModuleRules, importer: Importer, pragma: string): Resolution {
  const source = pragma === '' ? importer.configs[0]?.jsxImportSource : pragma;
  if (source === undefined) return noFiles();
  const found = ['jsx-runtime', 'jsx-dev-runtime'].flatMap((name) => {
    const resolution = rules.resolve(importer, `${source}/${name}`);
    return resolution.kind === 'file' ? [resolution.path] : [];
  });
  return { kind: 'files', paths: [...new Set(found)].sort(), rule: 'alias' };
}

/** `/// <reference path>` is relative always; `types` names a package, or one of `@types`. */
export function resolveReference(rules: ModuleRules, importer: Importer, request: ModuleRequest): Resolution {
  const { specifier } = request;
  if (request.kind === 'reference-path' || isRelative(specifier)) {
    return rules.resolve(importer, isRelative(specifier) ? specifier : `./${specifier}`);
  }
  const typed = specifier.startsWith('@') ? specifier.slice(1).replace('/', '__') : specifier;
  const declared = rules.resolve(importer, `@types/${typed}`);
  if (declared.kind === 'file') return declared;
  const named = rules.resolve(importer, specifier);
  const isTypes =
    !specifier.includes('/', specifier.startsWith('@') ? specifier.indexOf('/') + 1 : 0) && !rules.declares(specifier);
  return named.kind === 'builtin' || (named.kind === 'external' && isTypes)
    ? { kind: 'external', package: `@types/${typed}`, subpath: '' }
    : named;
}
