/**
 * TypeScript as a judge: which files get new type errors when one file's text changes.
 * In: a checkout and the files to judge. Out: the files and top-level symbols of the errors that were not there before.
 * Workspace packages are found by this file's own small resolver, on purpose not by the engine that is being judged.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { git } from '../checkout.mjs';

const PROBES = ['', '.ts', '.tsx', '.mts', '.cts', '.d.ts', '/index.ts', '/index.tsx', '/index.mts', '/index.d.ts'];

/**
 * @param root  a checkout.
 * @param judges files that count, by path.
 * @returns `{ files, importersOf(path), broken(path, text) }`; `broken` gives `[{ file, symbol }]` of new errors.
 */
export function typeJudge(root, judges) {
  const all = new Set(git(root, ['ls-files', '-z']).split('\0').filter(Boolean));
  const files = [...all].filter((path) => /\.(?:[mc]?ts|tsx)$/.test(path) && judges(path));
  const resolve = workspaceResolver(root, all);
  const edited = new Map();
  const versions = new Map();
  const host = languageHost(root, files, edited, versions, resolve);
  const service = ts.createLanguageService(host, ts.createDocumentRegistry());
  const importers = importersFrom(service.getProgram(), root, files);
  const baseline = new Map();
  const errorsOf = (path) =>
    service.getSemanticDiagnostics(join(root, path)).concat(service.getSyntacticDiagnostics(join(root, path)));
  const put = (path, text) => {
    if (text === undefined) edited.delete(path);
    else edited.set(path, text);
    versions.set(path, (versions.get(path) ?? 0) + 1);
  };
  function broken(path, text) {
    const suspects = closure(importers, path);
    for (const file of suspects) if (!baseline.has(file)) baseline.set(file, new Set(errorsOf(file).map(keyOf)));
    put(path, text);
    const found = suspects.flatMap((file) =>
      errorsOf(file)
        .filter((error) => !baseline.get(file).has(keyOf(error)))
        .map((error) => ({ file, symbol: symbolAt(error) })),
    );
    put(path, undefined);
    return found;
  }
  return { files, importersOf: (path) => closure(importers, path), broken };
}

function languageHost(root, files, edited, versions, resolve) {
  const options = {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    jsx: ts.JsxEmit.Preserve,
    strict: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    resolveJsonModule: true,
    experimentalDecorators: true,
    noEmit: true,
    types: [],
  };
  const relative = (name) => posix.relative(root, name);
  const text = (name) => edited.get(relative(name)) ?? (existsSync(name) ? ts.sys.readFile(name) : undefined);
  return {
    getScriptFileNames: () => files.map((file) => join(root, file)),
    getScriptVersion: (name) => String(versions.get(relative(name)) ?? 0),
    getScriptSnapshot: (name) => {
      const found = text(name);
      return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found);
    },
    getCurrentDirectory: () => root,
    getCompilationSettings: () => options,
    getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
    fileExists: ts.sys.fileExists,
    readFile: text,
    resolveModuleNameLiterals: (literals, from) =>
      literals.map((literal) => {
        const target = resolve(relative(from), literal.text);
        return {
          resolvedModule: target && {
            resolvedFileName: join(root, target),
            extension: extensionOf(target),
            isExternalLibraryImport: false,
          },
        };
      }),
  };
}

function extensionOf(path) {
  return path.endsWith('.json') ? '.json' : /(?:\.d)?\.[mc]?tsx?$/.exec(path)[0];
}

/** Relative specifiers, the root tsconfig's `paths`, and workspace packages by the source behind their entries. */
function workspaceResolver(root, all) {
  const packages = new Map();
  for (const path of [...all].filter((candidate) => /(?:^|\/)package\.json$/.test(candidate))) {
    const manifest = ts.parseConfigFileTextToJson(path, readFileSync(join(root, path), 'utf8')).config;
    if (manifest?.name) packages.set(manifest.name, { folder: posix.dirname(path), manifest });
  }
  const probe = (path) => {
    const clean = posix.normalize(path);
    const written = clean.replace(/\.([mc]?)jsx?$/, '.$1ts');
    return [written, written.replace(/ts$/, 'tsx'), ...PROBES.map((ending) => clean + ending)].find(
      (candidate) => all.has(candidate) && /\.(?:[mc]?tsx?|json)$/.test(candidate),
    );
  };
  const paths = rootPaths(root);
  const viaPaths = (specifier) => {
    for (const [pattern, targets] of paths) {
      const [before, after] = pattern.split('*');
      const matches =
        after === undefined ? specifier === pattern : specifier.startsWith(before) && specifier.endsWith(after);
      for (const target of matches ? targets : []) {
        const found = probe(
          target.replace('*', specifier.slice(before.length, specifier.length - (after ?? '').length)),
        );
        if (found) return found;
      }
    }
    return undefined;
  };
  const viaPackage = (specifier) => {
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/');
    const found = packages.get(name);
    return (
      found &&
      entries(found.manifest, `.${specifier.slice(name.length)}`)
        .map((entry) => sourceOf(found.folder, entry, probe))
        .find(Boolean)
    );
  };
  return (from, specifier) =>
    /^\.\.?(?:$|\/)/.test(specifier)
      ? probe(posix.join(posix.dirname(from), specifier))
      : (viaPaths(specifier) ?? viaPackage(specifier));
}

function rootPaths(root) {
  for (const name of ['tsconfig.base.json', 'tsconfig.json']) {
    if (!existsSync(join(root, name))) continue;
    const options = ts.parseConfigFileTextToJson(name, readFileSync(join(root, name), 'utf8')).config?.compilerOptions;
    if (options?.paths)
      return Object.entries(options.paths).map(([pattern, targets]) => [
        pattern,
        targets.map((target) => posix.join(options.baseUrl ?? '.', target)),
      ]);
  }
  return [];
}

function entries(manifest, subpath) {
  const leaves = (value) =>
    typeof value === 'string'
      ? [value]
      : value && typeof value === 'object'
        ? Object.values(value).flatMap(leaves)
        : [];
  const map = manifest.exports;
  if (map === undefined)
    return subpath === '.'
      ? [manifest.source, manifest.types, manifest.module, manifest.main, 'src/index', 'index'].filter(Boolean)
      : [subpath];
  const isMap = typeof map === 'object' && Object.keys(map).some((key) => key.startsWith('.'));
  if (!isMap) return subpath === '.' ? leaves(map) : [];
  if (map[subpath]) return leaves(map[subpath]);
  for (const [pattern, value] of Object.entries(map)) {
    const [before, after] = pattern.split('*');
    if (after !== undefined && subpath.startsWith(before))
      return leaves(value).map((leaf) =>
        leaf.replace('*', subpath.slice(before.length, subpath.length - after.length)),
      );
  }
  return [];
}

function sourceOf(folder, entry, probe) {
  const bare = entry.replace(/^\.\//, '').replace(/\.d(?:\.\w+)?\.[mc]?ts$|\.[mc]?[jt]sx?$/, '');
  const guesses = [
    entry,
    bare,
    bare.replace(/^(?:dist|lib|build)(?:\/(?:esm|cjs|legacy|modern|types|typings))?\//, 'src/'),
    bare.replace(/^(?:dist|lib|build)\//, ''),
    'src/index',
  ];
  return guesses.map((guess) => probe(posix.join(folder, guess))).find(Boolean);
}

function importersFrom(program, root, files) {
  const importers = new Map(files.map((file) => [file, new Set()]));
  for (const file of files) {
    for (const literal of program.getSourceFile(join(root, file))?.imports ?? []) {
      const target = program.getResolvedModuleFromModuleSpecifier?.(literal)?.resolvedModule?.resolvedFileName;
      importers.get(target && posix.relative(root, target))?.add(file);
    }
  }
  return importers;
}

function closure(importers, path) {
  const reached = new Set([path]);
  for (const file of reached) for (const importer of importers.get(file) ?? []) reached.add(importer);
  return [...reached].sort();
}

/** The judged files' text is the same before and after, so a place names an error; what changes its words there is not new. */
function keyOf({ start }) {
  return start;
}

/** The top-level declaration that an error stands in. */
function symbolAt({ file, start }) {
  const statement = file?.statements.find((candidate) => candidate.pos <= start && start < candidate.end);
  if (!statement || ts.isExpressionStatement(statement)) return '<module>';
  if (ts.isImportDeclaration(statement)) return '<import>';
  if (ts.isExportDeclaration(statement)) return '<export>';
  if (ts.isVariableStatement(statement))
    return (
      statement.declarationList.declarations.find(({ pos, end }) => pos <= start && start < end)?.name.getText() ??
      '<module>'
    );
  return statement.name?.text ?? '<module>';
}
