/**
 * Expressions that name other modules and files: `import()`, `require`, globs, URLs, workers, paths and mocks.
 * In: the node, during the walk. Out: requests in the draft, and a reference to what they name.
 * Not here: import and export declarations (module-scope.ts).
 */
import type { RequestKind } from '../../model/facts.js';
import { ReferenceFlag } from '../../model/facts.js';
import type { Variable } from './scope.js';
import { Space } from './scope.js';
import { isOwnFolder, mentionsOwnUrl, specifierOf } from './specifier.js';
import type { Node } from './syntax.js';
import { keyName, startOf, staticText, unwrap } from './syntax.js';
import type { Walk } from './walk.js';

const MOCK_CALLS = new Set(['mock', 'doMock', 'setMock', 'unstable_mockModule', 'unmock', 'doUnmock', 'dontMock']);
const ACTUAL_CALLS = new Set([
  'importActual',
  'requireActual',
  'importMock',
  'requireMock',
  'createMockFromModule',
  'genMockFromModule',
]);

/** Adds a request of the given kind; `undefined` (and a dynamic construct) where the specifier is computed. */
export function addRequest(
  walk: Walk,
  node: Node,
  specifierNode: Node | null | undefined,
  kind: RequestKind,
): Variable | undefined {
  const specifier = specifierOf(specifierNode);
  if (specifier === undefined) return undefined;
  const request = walk.draft.request({
    specifier: specifier.text,
    kind,
    typeOnly: kind === 'import-type',
    eager: kind === 'require' && walk.eager,
    pattern: specifier.pattern || kind === 'glob',
    line: walk.line(node),
    start: startOf(node),
  });
  return walk.draft.requests[request]?.variable;
}

/** True where `require` here is the loader: the CommonJS one or made by `createRequire`. */
export function isRequire(walk: Walk, callee: Node): boolean {
  if (callee.type !== 'Identifier' || callee.name !== 'require') return false;
  const variable = walk.scope.lookup('require', Space.value);
  return variable === undefined || variable.loader;
}

/** The namespace that `import('./x')` or `require('./x')` gives; `undefined` for other expressions. */
export function loadedModule(walk: Walk, node: Node): Variable | undefined {
  if (node.type === 'ImportExpression') return addRequest(walk, node, node.source, 'dynamic-import');
  if (node.type !== 'CallExpression' || !isRequire(walk, node.callee)) return undefined;
  walk.draft.cjs = true;
  return addRequest(walk, node, node.arguments[0], 'require');
}

/** Notes a loading expression whose specifier is computed. */
export function noteComputedLoad(walk: Walk, node: Node): void {
  const load = node.type === 'ImportExpression' ? 'dynamic-import' : 'dynamic-require';
  walk.dynamic(load, node, '');
}

/** Records requests that a call makes beside `require`: resolve, glob, context, paths, forks and mocks. */
export function noteCallRequests(walk: Walk, node: Node): void {
  const callee = unwrap(node.callee);
  if (isGlobber(callee)) return noteFileGlobs(walk, node);
  if (callee.type === 'MemberExpression') noteMemberCall(walk, node, callee);
  else if (callee.type === 'Identifier') {
    if (callee.name === 'fork') relative(walk, node, node.arguments[0], 'worker');
    else if (callee.name === 'join' || callee.name === 'resolve') notePath(walk, node);
  }
}

function noteMemberCall(walk: Walk, node: Node, callee: Node): void {
  const method = (callee.computed ? '' : callee.property.name) as string;
  const object = unwrap(callee.object);
  const first = node.arguments[0] as Node | undefined;
  if (object.type === 'MetaProperty') {
    if (method === 'resolve') record(walk, addRequest(walk, node, first, 'require-resolve'), node);
    else if (method === 'glob' || method === 'globEager') noteGlob(walk, node, first);
  } else if (object.type === 'Identifier') {
    if (object.name === 'require' && isRequire(walk, object)) noteRequireMember(walk, node, method);
    else if (isMocker(walk, object)) noteMock(walk, node, method);
    else if (object.name === 'mock' && method === 'module') mock(walk, node, first);
    else if (method === 'join' || method === 'resolve') notePath(walk, node);
    else if (method === 'fork') relative(walk, node, first, 'worker');
  } else if (object.type === 'MemberExpression' && (method === 'join' || method === 'resolve')) notePath(walk, node);
}

/** `vi` and `jest`, imported or global; not a local of that name. */
function isMocker(walk: Walk, object: Node): boolean {
  if (object.name !== 'vi' && object.name !== 'jest' && object.name !== 'vitest') return false;
  const variable = walk.scope.lookup(object.name, Space.value);
  return variable === undefined || variable.target?.kind === 'import';
}

function noteRequireMember(walk: Walk, node: Node, method: string): void {
  const first = node.arguments[0] as Node | undefined;
  if (method === 'resolve') record(walk, addRequest(walk, node, first, 'require-resolve'), node);
  if (method !== 'context') return;
  const folder = staticText(first);
  if (folder === undefined) return walk.dynamic('glob', node, '');
  const deep = node.arguments[1]?.value !== false;
  const ending = /^\\\.(\w+)\$$/.exec((node.arguments[2]?.regex?.pattern ?? '') as string)?.[1];
  addGlob(
    walk,
    node,
    `${folder.replace(/\/$/, '')}/${deep ? '**/' : ''}*${ending === undefined ? '' : `.${ending}`}`,
    false,
  );
}

function noteGlob(walk: Walk, node: Node, argument: Node | undefined): void {
  const options = node.arguments[1] as Node | undefined;
  const eager =
    options?.type === 'ObjectExpression' &&
    (options.properties as Node[]).some((property) => property.key?.name === 'eager' && property.value.value === true);
  const patterns = argument?.type === 'ArrayExpression' ? (argument.elements as (Node | null)[]) : [argument];
  for (const pattern of patterns) {
    const text = staticText(pattern);
    if (text === undefined) walk.dynamic('glob', node, '');
    else if (!text.startsWith('!')) addGlob(walk, pattern as Node, text, eager);
  }
}

function addGlob(walk: Walk, node: Node, specifier: string, eager: boolean): void {
  const place = { start: startOf(node), line: walk.line(node) };
  const request = walk.draft.request({ specifier, kind: 'glob', typeOnly: false, eager, pattern: true, ...place });
  record(walk, walk.draft.requests[request]?.variable, node);
}

const GLOBBER = /^(?:fg|(?:tiny|fast-?)?glob(?:by)?(?:Sync)?)$/i;

/** `glob(…)`, `globSync(…)`, `fg.sync(…)` of whichever package, or of Node itself. */
function isGlobber(callee: Node): boolean {
  if (callee.type === 'Identifier') return GLOBBER.test(callee.name as string);
  if (callee.type !== 'MemberExpression' || callee.computed) return false;
  return (
    callee.object.type !== 'MetaProperty' && [callee.object, callee.property].some(({ name }) => GLOBBER.test(name))
  );
}

/** Files that are found by a glob at run time, relative to the own folder where `cwd` says so. */
function noteFileGlobs(walk: Walk, node: Node): void {
  const [first, options] = node.arguments as Node[];
  const settings = (options?.type === 'ObjectExpression' ? options.properties : []) as Node[];
  const own = settings.some(({ key, value }) => key?.name === 'cwd' && isOwnFolder(value));
  const patterns = (first?.type === 'ArrayExpression' ? first.elements : [first]) as (Node | null | undefined)[];
  for (const pattern of patterns) {
    const text = staticText(pattern);
    if (!text?.includes('*') || text.startsWith('!')) continue;
    const specifier = own && !text.startsWith('.') ? `./${text}` : text;
    const place = { start: startOf(pattern as Node), line: walk.line(pattern as Node) };
    const request = walk.draft.request({
      specifier,
      kind: 'path',
      typeOnly: false,
      eager: false,
      pattern: false,
      ...place,
    });
    record(walk, walk.draft.requests[request]?.variable, node);
  }
}

/**
 * What bundlers and test runners call the option that gives paths other names. Not Jest's `moduleNameMapper`: it puts stubs in
 * place of files that importers name by their own paths.
 */
export function isAliasTable(name: string): boolean {
  return name === 'alias' || name === 'aliases';
}

/** The path is what an alias stands for: whoever imports by the alias is linked to it, the configuration reads nothing there. */
function isAliased(walk: Walk): boolean {
  return walk.aliasing || walk.draft.symbol(walk.symbol).name.split('.').some(isAliasTable);
}

/** `path.join(__dirname, 'x', …)`: a path below the file's own folder. */
function notePath(walk: Walk, node: Node): void {
  const [first, ...rest] = node.arguments as Node[];
  if (!isOwnFolder(first) || rest.length === 0 || isAliased(walk)) return;
  const parts = rest.map((argument) => specifierOf(argument) ?? { text: '*', pattern: true });
  if (parts.every(({ text }) => text === '*')) return;
  const specifier = `./${parts.map(({ text }) => text).join('/')}`.replace('.//', './');
  const place = { start: startOf(node), line: walk.line(node) };
  const pattern = parts.some((part) => part.pattern);
  const request = walk.draft.request({ specifier, kind: 'path', typeOnly: false, eager: false, pattern, ...place });
  record(walk, walk.draft.requests[request]?.variable, node);
}

const OPTIONS_THAT_NAME_FILES = new Set(['templateUrl', 'styleUrl', 'styleUrls']);

/** `@Component({ templateUrl: './x.html', styleUrls: ['x.css'] })`: files that a compiler puts into the class. */
export function noteDecoratorFiles(walk: Walk, call: Node): void {
  const options = call.arguments[0] as Node | undefined;
  if (options?.type !== 'ObjectExpression') return;
  for (const { type, key, computed, value } of options.properties as Node[]) {
    if (type !== 'Property' || !OPTIONS_THAT_NAME_FILES.has(keyName(key, computed) ?? '')) continue;
    for (const one of value.type === 'ArrayExpression' ? (value.elements as (Node | null)[]) : [value as Node]) {
      const text = staticText(one);
      if (text === undefined || text === '' || /^(?:\/|[a-z]+:)/i.test(text)) continue;
      const place = { start: startOf(one as Node), line: walk.line(one as Node) };
      const specifier = text.startsWith('.') ? text : `./${text}`;
      const flags = { typeOnly: false, eager: false, pattern: false };
      const request = walk.draft.request({ specifier, kind: 'path', ...flags, ...place });
      record(walk, walk.draft.requests[request]?.variable, call);
    }
  }
}

function noteMock(walk: Walk, node: Node, method: string): void {
  const first = node.arguments[0] as Node | undefined;
  if (ACTUAL_CALLS.has(method)) record(walk, addRequest(walk, node, first, 'mock'), node);
  if (ACTUAL_CALLS.has(method) || MOCK_CALLS.has(method)) mock(walk, node, first);
}

function mock(walk: Walk, node: Node, argument: Node | undefined): void {
  const named = argument?.type === 'ImportExpression' ? (argument.source as Node) : argument;
  const variable = addRequest(walk, node, named, 'mock');
  if (variable === undefined) return;
  const binding = walk.draft.bindingOf(variable);
  const flags = ReferenceFlag.runtime | ReferenceFlag.eager;
  walk.draft.symbol(0).sink.add({ binding, path: [], kind: 'mocks', flags, line: walk.line(node) });
}

/** Records `new URL('./x', import.meta.url)` and `new Worker(…)`. */
export function noteConstructRequests(walk: Walk, node: Node): void {
  const name = node.callee.name as string | undefined;
  const first = node.arguments[0] as Node | undefined;
  if (name === 'URL' && isOwnUrl(node) && !isAliased(walk)) record(walk, addRequest(walk, node, first, 'url'), node);
  if ((name === 'Worker' || name === 'SharedWorker') && first !== undefined) {
    const url = first.type === 'NewExpression' && first.callee.name === 'URL' && isOwnUrl(first);
    relative(walk, node, url ? first.arguments[0] : first, 'worker');
  }
}

function isOwnUrl(node: Node): boolean {
  const base = node.arguments[1] as Node | undefined;
  return base !== undefined && mentionsOwnUrl(unwrap(base));
}

/** A request where the text is a path by its shape. */
function relative(walk: Walk, node: Node, argument: Node | undefined, kind: RequestKind): void {
  if (/^\.{0,2}\//.test(specifierOf(argument)?.text ?? '')) record(walk, addRequest(walk, node, argument, kind), node);
}

function record(walk: Walk, variable: Variable | undefined, node: Node): void {
  if (variable !== undefined) walk.refer(variable, [], 'read', ReferenceFlag.escapes, node);
}
