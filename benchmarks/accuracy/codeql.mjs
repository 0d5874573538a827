#!/usr/bin/env node
/**
 * Route and client call sites of CodeQL's JavaScript framework tests, held against what the catalogue's rows recognise.
 * In: a checkout of github/codeql (or only its `javascript/ql/test/library-tests/frameworks`). Out: found/total by framework,
 * misses by name. Nothing of it is executed.
 *
 *   node benchmarks/accuracy/codeql.mjs --checkout DIR [--misses] [--extra] [--only NAME] [--save NAME]
 *
 * The truth is what CodeQL's own `.expected` files say: `ClientRequest`, `RouteSetup` and `routeHandler` rows. A call site is
 * found where some `http.*` row matches a call that begins on its line; several of one line need as many. Whether its path is
 * known is another question: most of these calls are given a parameter. Which folders are not asked is said in `LEFT_OUT`.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { builtModule, writeResult } from '../places.mjs';
import { table } from '../statistics.mjs';

const { values: options } = parseArgs({
  options: {
    checkout: { type: 'string' },
    misses: { type: 'boolean', default: false },
    extra: { type: 'boolean', default: false },
    only: { type: 'string' },
    save: { type: 'string' },
  },
});
if (options.checkout === undefined) throw new Error('--checkout DIR is needed: a checkout of github/codeql');

const FRAMEWORKS = 'javascript/ql/test/library-tests/frameworks';
const ROUTES = ['http.route', 'http.mount', 'http.middleware'];
const CLIENTS = ['http.client'];

/** Which rows of which file are the truth. `inline`: `// test: setup` comments that CodeQL found. */
const SUITES = [
  { name: 'clients', folder: 'ClientRequests', predicate: 'test_ClientRequest', roles: CLIENTS },
  { name: 'electron net', folder: 'Electron', predicate: 'clientRequest', roles: CLIENTS },
  { name: 'node http, clients', folder: 'NodeJSLib', predicate: 'test_ClientRequest', roles: CLIENTS },
  { name: 'node http, servers', folder: 'NodeJSLib', predicate: 'test_RouteSetup_getServer', roles: ROUTES },
  { name: 'express', folder: 'Express', predicate: 'test_RouteSetup_getLastRouteHandlerExpr', roles: ROUTES },
  { name: 'connect', folder: 'connect', predicate: 'test_RouteSetup', roles: ROUTES },
  { name: 'fastify', folder: 'fastify', predicate: 'test_RouteSetup', roles: ROUTES },
  { name: 'hapi', folder: 'hapi', predicate: 'test_RouteSetup', roles: ROUTES },
  { name: 'koa', folder: 'koa', predicate: 'test_RouteSetup', roles: ROUTES },
  { name: 'restify', folder: 'restify', predicate: 'test_RouteSetup', roles: ROUTES },
  { name: 'restify 2', folder: 'Restify2', predicate: 'passingPositiveTests', inline: 'setup', roles: ROUTES },
  { name: 'nest', folder: 'Nest', predicate: 'routeHandler', roles: ROUTES, symbols: true },
  { name: 'firebase functions', folder: 'Firebase', predicate: 'routeHandler', roles: ROUTES },
  { name: 'micro', folder: 'Micro', predicate: 'routeHandler', roles: ROUTES },
];

/** Folders with rows of routes or clients that are not asked, and why. */
const LEFT_OUT = {
  'HTTP-heuristics': 'guesses of CodeQL by the form of functions; no library is called',
  AngularJS: 'routes of a page, which no server answers',
  Spife: 'the rows are of handlers in a file of their own; routes stand in a template of a library that is hardly used',
  typeahead: 'URLs among the options of a widget that is no longer kept',
  Next: 'no rows of routes: sources of user input only',
};

const { readRevision } = await builtModule('gather/read-revision.js');
const { createFactsStore } = await builtModule('gather/facts-store.js');
const { memoryTree } = await builtModule('gather/tree-memory.js');
const { extractFacts } = await builtModule('gather/facts/index.js');
const { createModuleTable } = await builtModule('analyze/link/module-table.js');
const { indexAmbient } = await builtModule('analyze/link/ambient.js');
const { CATALOGUE } = await builtModule('catalogue/frameworks/index.js');
const { indexRows } = await builtModule('analyze/contracts/match.js');
const { SurveyRun } = await builtModule('analyze/contracts/survey-run.js');

const root = join(resolve(options.checkout), FRAMEWORKS);
if (!existsSync(root)) throw new Error(`${root} is not there`);
const results = [];
for (const suite of SUITES.filter(({ name }) => !options.only || name === options.only))
  results.push(await asked(suite));
conclude(results);

/** One framework: its truth, and which of it some row recognises. */
async function asked(suite) {
  const folder = join(root, suite.folder);
  const truth = truthOf(folder, suite);
  const left = await recognised(sourcesOf(folder), suite);
  const misses = truth.filter((row) => {
    const at = left.findIndex(({ file, from }) => file === row.file && from.includes(row.line));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return {
    name: suite.name,
    total: truth.length,
    found: truth.length - misses.length,
    misses: misses.map(({ file, line, text }) => `${file}:${line} ${text}`),
    extra: left.map(({ file, from }) => `${file}:${from[0]}`),
  };
}

function sourcesOf(folder) {
  const files = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(?:[cm]?[jt]sx?|json)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    if (!path.includes('/node_modules/')) files[path.slice(folder.length + 1)] = readFileSync(path, 'utf8');
  }
  return files;
}

/** Rows of one predicate, each call site once. */
function truthOf(folder, { predicate, inline }) {
  const rows = new Map();
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.expected'))) {
    let inside = false;
    for (const line of readFileSync(join(folder, name), 'utf8').split('\n')) {
      if (/^[#\w]/.test(line)) inside = line.trim() === predicate;
      if (!inside || !line.startsWith('|')) continue;
      const cells = line.split('|').map((cell) => cell.trim());
      if (inline !== undefined && cells[2] !== inline) continue;
      const place = inline === undefined ? cells[1] : cells[3];
      const at = /^(.*?):(\d+):(\d+):(\d+):(\d+)$/.exec(place);
      if (at !== null) rows.set(place, { file: at[1], line: Number(at[2]), text: cells[inline === undefined ? 2 : 4] });
    }
  }
  return [...rows.values()];
}

/**
 * Calls of the files that a row of one of the roles matches. `from`: lines that stand for one: where it begins, and where what it
 * is called on was made (`new XMLHttpRequest()`, whose `open` has the URL); for decorators, the lines of what they decorate.
 */
async function recognised(files, { roles, symbols }) {
  const store = createFactsStore(async (inputs) => inputs.map((input) => extractFacts(input)));
  const { revision } = await readRevision(memoryTree(files), store);
  const nodes = new Map(revision.files.map((file) => [file.path, Int32Array.from(file.facts?.symbols.keys() ?? [])]));
  const modules = createModuleTable(revision, nodes);
  const scope = { table: modules, ambient: indexAmbient(modules, revision.implicit), fallback: undefined };
  const found = new Map();
  const run = new SurveyRun({ scope, rows: indexRows(CATALOGUE), ownRows: '', packages: '' });
  run.ends((survey) => {
    for (const role of roles)
      for (const { place, record, receiver } of survey.matches(role)) {
        const { calls } = survey.resolver.calls(place.file);
        const symbol = place.file.facts.symbols[record[1]];
        const made = receiver.flatMap(({ token, call }) => (token === 'I' && call ? [calls[call.index][2]] : []));
        const from = symbols ? linesOf(symbol) : [record[2], ...made];
        found.set(`${place.file.path}#${symbols ? record[1] : place.index}`, { file: place.file.path, from });
      }
  });
  return [...found.values()];
}

function linesOf({ line, endLine }) {
  return Array.from({ length: endLine - line + 1 }, (_, index) => line + index);
}

function conclude(suites) {
  if (options.misses)
    for (const { name, misses } of suites) for (const miss of misses) console.log(`MISSED  ${name}: ${miss}`);
  if (options.extra)
    for (const { name, extra } of suites) for (const one of extra) console.log(`more    ${name}: ${one}`);
  const share = ({ found, total }) => `${found}/${total}`;
  const percent = ({ found, total }) => `${((100 * found) / (total || 1)).toFixed(1)} %`;
  const all = { found: 0, total: 0 };
  for (const { found, total } of suites) {
    all.found += found;
    all.total += total;
  }
  const rows = suites.map((one) => [one.name, share(one), percent(one)]);
  console.log(`\n${table([['framework', 'found', 'recall'], ...rows, ['all', share(all), percent(all)]])}\n`);
  for (const [folder, why] of Object.entries(LEFT_OUT)) console.log(`left out: ${folder} (${why})`);
  console.log(`\nwritten to ${writeResult(options.save ?? 'accuracy-codeql', suites, options.save !== undefined)}`);
}
