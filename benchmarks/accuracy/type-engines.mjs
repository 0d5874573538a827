#!/usr/bin/env node
/**
 * The two type engines beside each other: the same checkout, the same questions, every difference, and what each costs.
 * In: a checkout's folder. Out: counts by question, the differences, CPU seconds with those of child processes (Linux).
 * Each engine runs in a process of its own. Nothing of the checkout is executed; `--installed` lets them read its `node_modules`.
 *
 *   node benchmarks/accuracy/type-engines.mjs DIR [--installed] [--all] [--each 12] [--strict=false]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { WORK, builtModule, engine } from '../places.mjs';

const ENGINES = ['ts-morph', 'native'];
/** Names that are asked about: group 1. */
const MEMBER = /[\w)\]]\s*\??\.\s*([A-Za-z_$][\w$]*)/g;
const DECLARED =
  /^(?:export )?(?:default )?(?:declare )?(?:async )?(?:const|let|function\*?|class|interface|type|enum) ([A-Za-z_$][\w$]*)/gm;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    installed: { type: 'boolean', default: false },
    /** List every difference, not twenty of a question. */
    all: { type: 'boolean', default: false },
    /** Positions asked about in each file. */
    each: { type: 'string', default: '12' },
    strict: { type: 'boolean', default: true },
    /** Set in the processes that this one starts. */
    engine: { type: 'string' },
  },
});
const root = resolve(positionals[0] ?? '.').replaceAll('\\', '/');
if (options.engine) await runEngine(options.engine);
else compareEngines();

function answersFile(name) {
  mkdirSync(WORK, { recursive: true });
  return join(WORK, `type-engines-${basename(root)}-${name}.json`);
}

function compareEngines() {
  const self = fileURLToPath(import.meta.url);
  const runs = ENGINES.map((name) => {
    execFileSync(process.execPath, ['--max-old-space-size=6000', self, ...process.argv.slice(2), '--engine', name], {
      stdio: 'inherit',
    });
    return JSON.parse(readFileSync(answersFile(name), 'utf8'));
  });
  const [reference, native] = runs;
  for (const question of Object.keys(reference.answers)) {
    printDifferences(question, reference.answers[question], native.answers[question]);
  }
  console.log('\nCPU seconds       ' + ENGINES.map((name) => name.padStart(10)).join('') + '     ratio');
  for (const phase of Object.keys(reference.cpu)) {
    const [left, right] = runs.map(({ cpu }) => cpu[phase]);
    const ratio = right === 0 ? '' : (left / right).toFixed(1);
    console.log(phase.padEnd(18) + left.toFixed(2).padStart(10) + right.toFixed(2).padStart(10) + ratio.padStart(10));
  }
}

/** Answers are objects from a place to a text; what one engine alone says of a place counts too. */
function printDifferences(question, reference, native) {
  const places = [...new Set([...Object.keys(reference), ...Object.keys(native)])].sort();
  const different = places.filter((place) => reference[place] !== native[place]);
  console.log(`\n${question}: ${places.length} answers, ${different.length} different`);
  for (const place of options.all ? different : different.slice(0, 20)) {
    console.log(`  ${place}\n    ts-morph ${reference[place] ?? '–'}\n    native   ${native[place] ?? '–'}`);
  }
}

async function runEngine(name) {
  const input = await programInput();
  const { loadTsMorphEngine } = await builtModule('gather/types/ts-morph/engine.js');
  const { loadNativeEngine } = await builtModule('gather/types/native/engine.js');
  const load = name === 'native' ? await loadNativeEngine() : { engine: await loadTsMorphEngine() };
  if (load.engine === undefined) throw new Error(load.reason);
  const answers = {};
  const cpu = {};
  const measured = (phase, ask) => {
    const before = cpuSeconds();
    const result = ask();
    cpu[phase] = cpuSeconds() - before;
    return result;
  };
  const program = measured('open', () => load.engine.open(input));
  answers.diagnostics = measured('diagnostics', () => diagnosticsOf(program, input));
  answers.symbols = measured('symbols', () => symbolsOf(program, input));
  answers.types = measured('types', () => typesOf(program, input));
  const popular = mostImported(input, 4);
  answers.doubts = measured('doubts', () => doubtsOf(program, input, popular));
  answers.unresolved = measured('unresolved', () => unresolvedOf(program));
  const changed = edited(input, popular);
  answers.updated = measured('update', () => {
    program.update(changed);
    return diagnosticsOf(program, changed);
  });
  answers.reverted = measured('revert', () => {
    program.update(input);
    return diagnosticsOf(program, input);
  });
  load.engine.close();
  writeFileSync(answersFile(name), JSON.stringify({ answers, cpu }));
  console.log(`${name}: ${input.roots.length} files, ${Object.keys(answers.diagnostics).length} errors`);
}

/** CPU of this process and of those that it started and that still run, in seconds. */
function cpuSeconds() {
  const own = process.cpuUsage();
  return (own.user + own.system) / 1e6 + childSeconds();
}

function childSeconds() {
  const list = `/proc/self/task/${process.pid}/children`;
  if (!existsSync(list)) return 0;
  const ids = readFileSync(list, 'utf8').split(' ').filter(Boolean);
  const ticks = ids.map((id) => {
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  });
  return ticks.reduce((sum, one) => sum + one, 0) / 100;
}

/** All TypeScript and JavaScript of the checkout, with the engine's own resolutions. */
async function programInput() {
  const { openRepository } = await engine();
  const { nodeTypesFolder } = await builtModule('gather/types/node-types.js');
  const { snapshot } = await openRepository({ root });
  const files = snapshot.head.files.filter(({ path }) => /\.(?:[cm]?[jt]sx?|json)$/.test(path));
  const isSource = ({ path }) => /\.(?:[cm]?ts|tsx)$/.test(path);
  const texts = new Map(files.map(({ path }) => [path, readFileSync(join(root, path), 'utf8')]));
  const hasOwn = options.installed && existsSync(join(root, 'node_modules/@types/node/index.d.ts'));
  const nodeTypes = hasOwn ? `${root}/node_modules/@types/node` : nodeTypesFolder();
  return {
    root,
    installed: options.installed,
    texts,
    roots: files.filter(isSource).map(({ path }) => path),
    resolutions: new Map(files.map((file) => [file.path, leadsOf(file)])),
    ambient: [`${nodeTypes}/index.d.ts`],
    compilerOptions: {
      strict: options.strict,
      target: 'es2022',
      lib: ['es2023', 'dom', 'dom.iterable'],
      module: 'preserve',
      moduleResolution: 'bundler',
      jsx: 'preserve',
      noEmit: true,
      skipLibCheck: true,
      resolveJsonModule: true,
      experimentalDecorators: true,
      types: [],
    },
  };
}

function leadsOf({ facts, resolutions }) {
  const pairs = (facts?.requests ?? []).map(({ specifier }, index) => [specifier, resolutions[index]]);
  return new Map(pairs.flatMap(([specifier, to]) => (to?.kind === 'file' ? [[specifier, to.types ?? to.path]] : [])));
}

function diagnosticsOf(program, { roots }) {
  const found = {};
  for (const file of roots) {
    for (const { line, start, code, message } of program.diagnostics(file))
      found[`${file}:${line} ${code} @${start}`] = message.split('\n')[0];
  }
  return Object.fromEntries(Object.keys(found).map((key) => [key, 'error']));
}

/** Every so many of the matches of `pattern` in a file; group 1 is the name. */
function sampled(text, pattern) {
  const at = [...text.matchAll(pattern)].map((match) => match.index + match[0].length - match[1].length);
  const step = Math.max(1, Math.floor(at.length / Number(options.each)));
  return at.filter((_, index) => index % step === 0).slice(0, Number(options.each));
}

function symbolsOf(program, { roots, texts }) {
  const found = {};
  for (const file of roots) {
    const text = texts.get(file);
    const at = [...sampled(text, MEMBER), ...sampled(text, DECLARED)];
    for (const [index, symbol] of program.symbolsAt(file, at).entries()) {
      found[`${file}@${at[index]} ${/^[\w$]*/.exec(text.slice(at[index]))[0]}`] = symbolText(symbol);
    }
  }
  return found;
}

function symbolText(symbol) {
  if (symbol.kind !== 'symbol') return symbol.kind;
  const places = symbol.declarations.map(({ file, line, start, name }) =>
    file ? `${file}:${line}@${start} ${name}` : 'outside',
  );
  return [...new Set(places)].join(', ');
}

function typesOf(program, { roots, texts }) {
  const found = {};
  for (const file of roots) {
    const at = sampled(texts.get(file), DECLARED);
    for (const [index, type] of program.typesAt(file, at).entries()) found[`${file}@${at[index]}`] = type;
  }
  return found;
}

function mostImported({ resolutions, roots }, count) {
  const counts = new Map(roots.map((path) => [path, 0]));
  for (const leads of resolutions.values())
    for (const path of leads.values()) if (counts.has(path)) counts.set(path, counts.get(path) + 1);
  return [...counts]
    .sort((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1))
    .slice(0, count)
    .map(([path]) => path);
}

function doubtsOf(program, { roots }, popular) {
  const affected = new Map(popular.map((path) => [path, [[1, 1_000_000]]]));
  const textOf = ({ line, written }) => `${line}${written ? 'w' : ''}`;
  return Object.fromEntries(
    roots.map((file) => [file, program.doubts(file, affected, affected).map(textOf).join(' ')]),
  );
}

function unresolvedOf(program) {
  return Object.fromEntries([...program.unresolved()].map(([file, specifiers]) => [file, specifiers.join(' ')]));
}

/** The files that most depend on, with other types in them. */
function edited(input, popular) {
  const texts = new Map(input.texts);
  for (const path of popular) texts.set(path, texts.get(path).replaceAll(/: (?:string|boolean)\b/g, ': { never: 1 }'));
  return { ...input, texts };
}
