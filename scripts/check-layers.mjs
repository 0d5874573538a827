/**
 * Proves layers.config.mjs: reads every source file's imports and prints each one that breaks a rule, with its reason,
 * then every import cycle. Exit code 1 where there is one.
 * `node scripts/check-layers.mjs ROOT CONFIG` checks another tree by other rules; its own test does.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseSync } from 'oxc-parser';

/** @typedef {import('../layers.config.mjs').LayerRule} LayerRule */
/** @typedef {{ specifier: string, line: number, lazy: boolean, file?: string, package?: string }} Import */

const root = resolve(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)));
const config = resolve(process.argv[3] ?? join(root, 'layers.config.mjs'));
/** @type {{ rules: LayerRule[], acyclic: string[] }} */
const { rules, acyclic } = await import(pathToFileURL(config).href);

const workspace = workspacePackages();
/** @type {Map<string, Import[]>} */
const imports = new Map(sourceFiles().map((file) => [file, importsOf(file)]));
const problems = [...[...imports].flatMap(([file, list]) => violations(file, list)), ...cycles()];
for (const problem of problems) console.log(problem);
console.log(`layers: ${imports.size} files, ${rules.length} rules, ${problems.length} violations`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** Every source file of every package, sorted, as POSIX paths from the root. */
function sourceFiles() {
  return readdirSync(join(root, 'packages'), { recursive: true, encoding: 'utf8' })
    .map((path) => `packages/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.[cm]?tsx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path) && !/\/(node_modules|dist)\//.test(path))
    .toSorted();
}

/**
 * Name, with its subpaths → source entry of each workspace package.
 * @returns {Map<string, string>}
 */
function workspacePackages() {
  /** @type {Map<string, string>} */
  const entries = new Map();
  for (const folder of readdirSync(join(root, 'packages'))) {
    const manifest = join(root, 'packages', folder, 'package.json');
    if (!existsSync(manifest)) continue;
    const { name, exports = {} } = JSON.parse(readFileSync(manifest, 'utf8'));
    entries.set(name, `packages/${folder}/src/index.ts`);
    for (const [subpath, target] of Object.entries(exports)) {
      const source = /^\.\/dist\/(.*)\.js$/.exec(target.default ?? '')?.[1];
      if (source !== undefined) entries.set(`${name}${subpath.slice(1)}`, `packages/${folder}/src/${source}.ts`);
    }
  }
  return entries;
}

/**
 * @param {string} file
 * @returns {Import[]} in source order; erased imports are `lazy`, as is `import()`
 */
function importsOf(file) {
  const text = readFileSync(join(root, file), 'utf8');
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found = [
    ...module.staticImports.map((it) => ({
      specifier: it.moduleRequest.value,
      start: it.start,
      lazy: it.entries.length > 0 && it.entries.every((entry) => entry.isType),
    })),
    ...module.staticExports.flatMap((it) =>
      it.entries.flatMap((entry) =>
        entry.moduleRequest ? [{ specifier: entry.moduleRequest.value, start: it.start, lazy: entry.isType }] : [],
      ),
    ),
    ...module.dynamicImports.map((it) => ({
      specifier: text.slice(it.moduleRequest.start + 1, it.moduleRequest.end - 1),
      start: it.start,
      lazy: true,
    })),
  ];
  return found.map(({ specifier, start, lazy }) => ({
    specifier,
    lazy,
    line: text.slice(0, start).split('\n').length,
    ...target(file, specifier),
  }));
}

/**
 * @param {string} file
 * @param {string} specifier
 * @returns {{ file?: string, package?: string }} a file of the repository, a package, or both for a workspace package
 */
function target(file, specifier) {
  if (specifier.startsWith('.')) {
    const written = posix.join(posix.dirname(file), specifier);
    const source = written.replace(/\.([cm]?)js$/, '.$1ts');
    return { file: existsSync(join(root, source)) ? source : written };
  }
  if (isBuiltin(specifier)) return { package: specifier.startsWith('node:') ? specifier : `node:${specifier}` };
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const entry = workspace.get(specifier) ?? workspace.get(name);
  return entry === undefined ? { package: name } : { package: name, file: entry };
}

/**
 * @param {string} file
 * @param {Import[]} list
 * @returns {string[]} one line per violation
 */
function violations(file, list) {
  const test = /\.(test|fixture)\.[cm]?tsx?$|\/test\//.test(file);
  return rules
    .filter((rule) => (rule.tests || !test) && matches(file, rule.from) && !matches(file, rule.except ?? []))
    .flatMap((rule) =>
      list
        .filter((it) => breaks(rule, it))
        .map((it) => `${file}:${it.line} imports ${it.specifier}\n  ${rule.name}: ${rule.reason}`),
    );
}

/**
 * @param {LayerRule} rule
 * @param {Import} it
 */
function breaks(rule, it) {
  const own = it.file !== undefined;
  if (own && rule.onlyTo && !matches(it.file, rule.onlyTo)) return true;
  if (own && matches(it.file, rule.notTo ?? [])) return true;
  if (it.package === undefined) return false;
  if (!own && rule.onlyPackages && !matches(it.package, rule.onlyPackages)) return true;
  if (matches(it.package, rule.notPackages ?? [])) return true;
  return !it.lazy && matches(it.package, rule.lazyPackages ?? []);
}

/**
 * @param {string | undefined} text
 * @param {readonly string[]} globs `*` is anything but a slash, `**` anything
 */
function matches(text, globs) {
  return globs.some((glob) => {
    const source = glob
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*\*\/?|\*/g, (star) => (star === '*' ? '[^/]*' : '.*'));
    return text !== undefined && new RegExp(`^${source}$`).test(text);
  });
}

/** Each cycle once, written from its first file on; found by a depth-first walk with its own stack. */
function cycles() {
  /** @type {Map<string, 'open' | 'done'>} */
  const state = new Map();
  /** @type {string[]} */
  const found = [];
  for (const start of imports.keys()) {
    if (state.has(start) || !matches(start, acyclic)) continue;
    const trail = [{ file: start, next: neighbours(start) }];
    state.set(start, 'open');
    while (trail.length > 0) {
      const top = trail[trail.length - 1];
      const next = top?.next.pop();
      if (next === undefined) state.set(trail.pop()?.file ?? '', 'done');
      else if (!state.has(next)) {
        state.set(next, 'open');
        trail.push({ file: next, next: neighbours(next) });
      } else if (state.get(next) === 'open') {
        const files = trail.map((it) => it.file);
        found.push(`import cycle: ${[...files.slice(files.indexOf(next)), next].join(' → ')}`);
      }
    }
  }
  return found;
}

/**
 * @param {string} file
 * @returns {string[]}
 */
function neighbours(file) {
  return (imports.get(file) ?? []).flatMap((it) => (it.file !== undefined && imports.has(it.file) ? [it.file] : []));
}
