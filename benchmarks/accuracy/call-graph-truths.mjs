/**
 * Recorded call graphs of public micro-suites, as one kind of record.
 * In: a checkout of a suite. Out: cases: a few files, and which function truly calls which. What a suite says is taken
 * from its own files; nothing of it is run. Not here: our graph.
 * Formats: Jelly's `*.json` beside its tests (dynamic call graphs: `functions`, `fun2fun`), js-callgraph's `*.truth`
 * (`file:caller:line -> file:callee:line`).
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

/** How each suite is read: a checkout's folder → cases. */
export const SUITES = { jelly: jellyCases, 'js-callgraph': jsCallgraphCases };

/**
 * Every recorded dynamic call graph below `tests/`.
 * @returns cases `{ name, feature, files, entries, edges }`, ordered by name: `files` are texts by path, `entries` the paths
 *   that were run, edges `{ caller, callee }` with places `{ file, line, endLine, column }` (1-based; `module`: the whole file).
 */
function jellyCases(checkout) {
  const root = join(checkout, 'tests');
  return filesBelow(root, /\.json$/)
    .map((path) => [path, parsed(join(root, path))])
    .filter(
      ([, graph]) => Array.isArray(graph?.fun2fun) && Array.isArray(graph.functions) && Array.isArray(graph.files),
    )
    .map(([path, graph]) => jellyCase(root, path, graph))
    .filter(({ edges }) => edges.length > 0);
}

function jellyCase(root, path, graph) {
  const folder = join(root, dirname(path));
  const texts = Object.fromEntries(
    graph.files.filter((file) => existsSync(join(folder, file))).map((file) => [file, readText(join(folder, file))]),
  );
  const place = (index) => jellyPlace(graph.functions[index], graph.files, texts);
  const edges = graph.fun2fun.map(([caller, callee]) => ({ caller: place(caller), callee: place(callee) }));
  const name = path.replace(/\.json$/, '');
  const run = (graph.entries ?? []).filter((file) => texts[file] !== undefined);
  const entries = (run.length > 0 ? run : graph.files.slice(0, 1)).map(linked);
  const files = withManifests(folder, texts);
  return { name, feature: featureOf(name), files, entries, edges };
}

/** Installed packages that a case loads count as members of its workspace, so that calls into them can be judged. */
function linked(path) {
  return path.replace(/(^|\/)node_modules\//g, '$1linked/');
}

function withManifests(folder, texts) {
  const files = Object.fromEntries(Object.entries(texts).map(([path, text]) => [linked(path), text]));
  const manifest = isFile(folder, 'package.json') ? JSON.parse(readText(join(folder, 'package.json'))) : {};
  files['package.json'] = JSON.stringify({ ...manifest, workspaces: ['linked/*', 'linked/@*/*'] });
  for (const path of Object.keys(texts)) {
    const [own, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
    if (own === undefined || !isFile(folder, `${own}package.json`)) continue;
    const installed = JSON.parse(readText(join(folder, `${own}package.json`)));
    files[linked(`${own}package.json`)] = JSON.stringify({ ...installed, name });
  }
  return files;
}

/** `file:line:column:endLine:endColumn`, all of a file for its module. */
function jellyPlace(written, files, texts) {
  const [index, line, column, endLine, endColumn] = written.split(':').map(Number);
  const file = files[index];
  const lines = (texts[file] ?? '').split('\n');
  const whole = line === 1 && column === 1 && endLine >= lines.length && endColumn > (lines.at(-1)?.length ?? 0);
  return { file: linked(file), line, endLine, column, module: whole };
}

/** Every `*.truth` below `tests/` that stands beside a source file of its name; written by hand, so nothing was run. */
function jsCallgraphCases(checkout) {
  const root = join(checkout, 'tests');
  return filesBelow(root, /\.truth$/).flatMap((path) => {
    const stem = path.replace(/\.truth$/, '');
    const source = ['.js', '.ts', '.vue'].map((end) => stem + end).find((file) => existsSync(join(root, file)));
    return source === undefined ? [] : [jsCallgraphCase(join(root, dirname(path)), basename(source), stem)];
  });
}

function jsCallgraphCase(folder, source, stem) {
  const files = loadedFrom(folder, source);
  const byName = new Map(Object.keys(files).map((file) => [basename(file), file]));
  const place = (written) => {
    const [, name, symbol, line] = /^(.*):([^:]*):(\d+)$/.exec(written) ?? [];
    const module = symbol === 'global';
    return { file: byName.get(name) ?? name, line: +line, endLine: +line, column: 0, module, symbol };
  };
  const edges = readText(join(folder, basename(stem) + '.truth'))
    .split('\n')
    .map((line) => line.trim().split(' -> '))
    .filter(([, callee]) => callee !== undefined && callee !== 'Native')
    .map(([caller, callee]) => ({ caller: place(caller), callee: place(callee) }));
  files['tsconfig.json'] = '{ "compilerOptions": { "baseUrl": ".", "allowJs": true } }';
  return { name: stem, feature: featureOf(stem), files, entries: [], edges };
}

/** A file and the files that it names, transitively: texts by path. The suite imports its neighbours without `./` too. */
function loadedFrom(folder, source) {
  const texts = {};
  const queue = [source];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (texts[file] !== undefined) continue;
    texts[file] = readText(join(folder, file));
    for (const [, specifier] of texts[file].matchAll(/['"]([\w.][\w./-]*)['"]/g)) {
      const stem = join(dirname(file), specifier);
      const target = ['', '.js', '.ts', '.vue', '/index.js']
        .map((end) => stem + end)
        .find((path) => isFile(folder, path));
      if (target !== undefined) queue.push(target);
    }
  }
  return texts;
}

/** Test names without numbers, gathered under the language feature that they are about. */
const FEATURES = [
  [/^(class|classes|private|super|oneshot|basic-class|anonymous-class|outer-fn|class-)/, 'classes'],
  [/^(accessors|class-getter|defineProp|create$)/, 'getters, setters, defineProperty'],
  [/^(client|lib|require|module-exports|packagejson|spawn)/, 'modules: CommonJS'],
  [/^(import|export|es6-|dyn-import|mods|twoversions|main)/, 'modules: ES'],
  [/^(define-|arrow-func-no-block)/, 'modules: AMD'],
  [/^(generators|iterators|for-in)/, 'generators, iterators'],
  [/^(promise|asyncawait|timers)/, 'promises, async'],
  [/^(rest|spread|arguments|default-parameter)/, 'parameters: rest, spread, defaults'],
  [/^(destructur|array-pattern|object-pattern|binding-pattern)/, 'destructuring'],
  [/^(this|dpr-this|bind|call$|callapply|receiver)/, 'this, bind, call, apply'],
  [/^(obj|assign|method-def|global-as-prop|computedProp)/, 'objects, assignment'],
  [/^(fun|call-expressions|arrow|higher|overload|local-is|more|mix|history)/, 'functions'],
];

function featureOf(stem) {
  if (/^(approx|mochatest|helloworld)\//.test(stem)) return `programs: ${stem.split('/')[0]}`;
  const name = basename(stem);
  if (/(^|\/)vue\//.test(stem)) return 'vue';
  return FEATURES.find(([pattern]) => pattern.test(name))?.[1] ?? name.replace(/\d+$/, '');
}

function filesBelow(root, pattern) {
  if (!existsSync(root)) throw new Error(`${root} is not there: --checkout wants the folder of the suite's repository`);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split('/').includes('node_modules'))
    .sort();
}

function isFile(folder, path) {
  const full = join(folder, path);
  return existsSync(full) && statSync(full).isFile();
}

function readText(path) {
  return readFileSync(path, 'utf8');
}

function parsed(path) {
  try {
    return JSON.parse(readText(path));
  } catch {
    return undefined;
  }
}
