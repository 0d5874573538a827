/**
 * Routes with their whole paths and everything that runs before them: mounts, prefixes, router-level middleware, decorators.
 * In: the survey's matches of `http.*`. Out: endpoints with `GET /a/{}` keys, handlers and guards.
 * A router that is mounted twice answers under two paths; one that is mounted nowhere, under its own.
 */
import type { Endpoint, Handler } from '../../model/endpoint.js';
import { HOLE } from '../../model/endpoint.js';
import type { LinkedFile } from '../link/module-table.js';
import { methodName, routeKey, routeSegments } from './http-path.js';
import type { Match } from './match.js';
import { functionKey, type CallPlace, type Step } from './origin.js';
import { select } from './select.js';
import { listed, placeKey, type Survey } from './survey.js';

/** Paths of one router, at most. */
const PATH_LIMIT = 6;
const DEPTH_LIMIT = 12;

/** Where something is said to a router: on which path of its own, by which call of which file. */
interface Said {
  readonly path: string;
  readonly file: LinkedFile;
  readonly index: number;
}

interface Mount {
  readonly parents: readonly string[];
  readonly prefix: string;
  readonly guards: readonly Handler[];
  readonly said: Said;
}

interface Use extends Said {
  /** It runs before routes with this parameter only. */
  readonly parameter: string;
  readonly handlers: readonly Handler[];
}

/** One way to a router. */
interface Way {
  readonly prefix: string;
  readonly guards: readonly Handler[];
}

/** What routes are found by. */
interface Routing {
  readonly survey: Survey;
  readonly mounts: ReadonlyMap<string, readonly Mount[]>;
  readonly uses: ReadonlyMap<string, readonly Use[]>;
  readonly prefixes: ReadonlyMap<string, string>;
  readonly mountAt: ReadonlyMap<string, Mount>;
  /** By package: prefixes that all of its controllers have. */
  readonly globals: ReadonlyMap<number, string>;
}

/** The endpoints of all routes that calls and decorators declare. */
export function httpRoutes(survey: Survey): Endpoint[] {
  const routing = readRouting(survey);
  return survey.ends('http.route', (match) =>
    match.row.kind === 'decorator' ? decorated(routing, match) : called(routing, match),
  );
}

function readRouting(survey: Survey): Routing {
  const owners = new Set(survey.each('http.route', (match) => routerIds(survey, match.receiver, match.place)).flat());
  const prefixes = new Map<string, string>();
  const globals = new Map<number, string>();
  survey.each('http.prefix', (match) => {
    if (match.row.kind === 'decorator') return;
    const text = survey.text(match, match.row.bind?.['path']);
    if (text === '' || text.includes(HOLE)) return;
    if (match.row.bind?.['global'] !== undefined) globals.set(match.place.file.source.package, text);
    else prefixes.set(placeKey(match.place), text);
  });
  const mounts = new Map<string, Mount[]>();
  const mountAt = new Map<string, Mount>();
  const uses = new Map<string, Use[]>();
  const parentsOf = (match: Match): string[] => routerIds(survey, match.receiver, match.place);
  for (const parents of survey.each('http.mount', parentsOf)) for (const one of parents) owners.add(one);
  survey.each('http.mount', (match) =>
    addMount({ survey, mounts, mountAt, uses, owners, prefixes }, match, parentsOf(match)),
  );
  survey.each('http.middleware', (match) => {
    if (match.row.kind === 'decorator') return;
    const handlers = survey.handlers(select(survey.resolver, match, match.row.bind?.['handlers'], new Map()));
    const parameter = survey.text(match, match.row.bind?.['parameter']);
    for (const id of parentsOf(match)) addUse(uses, id, match, { path: pathText(survey, match), parameter, handlers });
  });
  return { survey, mounts, uses, prefixes, mountAt, globals };
}

interface Building {
  readonly survey: Survey;
  readonly mounts: Map<string, Mount[]>;
  readonly mountAt: Map<string, Mount>;
  readonly uses: Map<string, Use[]>;
  readonly owners: ReadonlySet<string>;
  readonly prefixes: ReadonlyMap<string, string>;
}

function addMount(
  { survey, mounts, mountAt, uses, owners, prefixes }: Building,
  match: Match,
  parents: readonly string[],
): void {
  const prefix = pathText(survey, match);
  const { bind } = match.row;
  const values = select(survey.resolver, match, bind?.['router'] ?? bind?.['handlers'], new Map()).flatMap(listed);
  const children: string[] = [];
  const guards: Handler[] = [];
  for (const one of values) {
    const ids = survey.resolver.origins(one.file, one.value).flatMap((origin) => {
      if (origin.kind === 'function') return [functionId(origin.file, origin.fn)];
      const call = origin.kind === 'path' ? origin.steps.find((step) => step.call !== undefined)?.call : undefined;
      return call === undefined ? [] : [placeKey(call)];
    });
    const known = ids.filter((id) => owners.has(id));
    if (known.length > 0) children.push(...known);
    else if (bind?.['router'] === undefined) guards.push(...survey.handlers([one]));
  }
  const said = { path: prefix, file: match.place.file, index: match.place.index };
  const mount = { parents, prefix: `${localPrefix({ prefixes, mountAt }, match.receiver)}/${prefix}`, guards, said };
  mountAt.set(placeKey(match.place), mount);
  for (const child of new Set(children))
    if (!parents.includes(child)) mounts.set(child, [...(mounts.get(child) ?? []), mount]);
  if (children.length === 0 && guards.length > 0)
    for (const id of parents) addUse(uses, id, match, { path: prefix, parameter: '', handlers: guards });
}

/** What a test puts before a router is the test's own. */
function addUse(uses: Map<string, Use[]>, id: string, match: Match, used: Omit<Use, 'file' | 'index'>): void {
  const { role } = match.place.file.source;
  if (role === 'test' || role === 'test-support') return;
  const use = { ...used, file: match.place.file, index: match.place.index };
  uses.set(id, [...(uses.get(id) ?? []), use]);
}

/** The path of a mount; '' where it has none, as in `app.use(router)`. */
function pathText(survey: Survey, match: Match): string {
  const selector = match.row.bind?.['path'];
  const [first] = select(survey.resolver, match, selector, new Map());
  if (first === undefined || (Array.isArray(first.value) && (first.value[0] === 'f' || first.value[0] === 'c')))
    return '';
  const text = survey.text(match, selector);
  return text === HOLE || !/^[/*\w:${}[\]-]/.test(text) ? '' : text;
}

/** What stands for the router that a call is made on: the call that made it, or the functions that are given it. */
function routerIds(survey: Survey, receiver: readonly Step[], place: CallPlace): string[] {
  const made = receiver.find((step) => step.call !== undefined)?.call;
  if (made !== undefined) return [placeKey(made)];
  if (receiver.length === 0) return [];
  const { functions, calls } = survey.resolver.calls(place.file);
  const ids: string[] = [];
  for (let fn = calls[place.index]?.[7] ?? -1; fn >= 0; fn = functions[fn]?.[5] ?? -1)
    ids.push(functionId(place.file, fn));
  return ids;
}

function functionId(file: LinkedFile, fn: number): string {
  return `fn ${functionKey(file, fn)}`;
}

function called(routing: Routing, match: Match): Endpoint[] {
  const { survey } = routing;
  const { bind } = match.row;
  const paths = survey.texts(match, bind?.['path']).filter((text) => isRoute(text, match));
  const methods = survey.texts(match, bind?.['method']).map(methodName);
  const values = select(survey.resolver, match, bind?.['handlers'], new Map());
  const all = survey.handlers(values);
  const handlers = all.slice(-1);
  const own = [...survey.handlers(select(survey.resolver, match, bind?.['guards'], new Map())), ...all.slice(0, -1)];
  const local = localPrefix(routing, match.receiver);
  const ids = routerIds(survey, match.receiver, match.place);
  const ways = waysTo(routing, ids, new Set());
  const { file, index } = match.place;
  const before = usesBefore(routing, ids, { path: survey.text(match, bind?.['path']), file, index });
  return (methods.length === 0 ? ['ALL'] : methods).flatMap((method) =>
    paths.flatMap((path) =>
      ways.map((way) => {
        const whole = `${way.prefix}/${local}/${path}`;
        return routeEnd(survey, match, method, whole, handlers, [...way.guards, ...before, ...own]);
      }),
    ),
  );
}

function routeEnd(
  survey: Survey,
  match: Match,
  method: string,
  path: string,
  handlers: readonly Handler[],
  guards: readonly Handler[],
): Endpoint {
  const segments = routeSegments(path);
  const verb = method === '' ? 'ALL' : method;
  const written = `/${path
    .split('/')
    .filter((segment) => segment !== '')
    .join('/')}`;
  return survey.endpoint(match, match.place, {
    key: routeKey(verb, segments),
    values: { method: verb, path: written },
    handlers,
    guards,
  });
}

function isRoute(text: string, match: Match): boolean {
  return match.row.when?.route === undefined || text === '' || /^(?:[/*]|\$\{\})/.test(text);
}

/** Prefixes on the way from the router's making to the call: `basePath`, `prefix`, callbacks of `register`. */
function localPrefix({ prefixes, mountAt }: Pick<Routing, 'prefixes' | 'mountAt'>, receiver: readonly Step[]): string {
  return receiver
    .flatMap(({ token, call }) => {
      if (call === undefined) return [];
      const key = placeKey(call);
      return [prefixes.get(key) ?? (token.startsWith('P:') ? (mountAt.get(key)?.prefix ?? '') : '')];
    })
    .join('/');
}

function waysTo(routing: Routing, ids: readonly string[], seen: ReadonlySet<string>): Way[] {
  const found: Way[] = [];
  for (const id of ids) {
    if (seen.has(id) || seen.size > DEPTH_LIMIT) continue;
    const inside = new Set(seen).add(id);
    for (const mount of routing.mounts.get(id) ?? []) {
      const above = mount.parents.some((parent) => routing.mounts.has(parent))
        ? waysTo(routing, mount.parents, inside)
        : [ROOT];
      const uses = usesBefore(routing, mount.parents, mount.said);
      for (const way of above)
        found.push({ prefix: `${way.prefix}/${mount.prefix}`, guards: [...way.guards, ...uses, ...mount.guards] });
    }
  }
  return found.length === 0 ? [ROOT] : found.slice(0, PATH_LIMIT);
}

const ROOT: Way = { prefix: '', guards: [] };

/** What routers run before a route or a mount of theirs: written above it in the same file, on a path that begins its own. */
function usesBefore({ uses }: Routing, ids: readonly string[], { path, file, index }: Said): Handler[] {
  return ids
    .flatMap((id) => uses.get(id) ?? [])
    .filter(
      (use) =>
        (use.file !== file || use.index < index) &&
        (use.parameter === '' ||
          path.split('/').some((segment) => /^:\w+/.exec(segment)?.[0] === `:${use.parameter}`)) &&
        (use.path === '' || use.path.startsWith('*') || path.startsWith(use.path.replace(/\/?\*.*$/, ''))),
    )
    .flatMap(({ handlers }) => handlers);
}

/** `@Get(':id')` in a `@Controller('orders')`. */
function decorated({ survey, globals }: Routing, match: Match): Endpoint[] {
  const { file } = match.place;
  const [, symbol] = match.record;
  const parent = file.facts?.symbols[symbol]?.parent ?? -1;
  const onSymbol = (role: 'http.prefix' | 'http.middleware', of: number): readonly Match[] =>
    survey
      .matches(role)
      .filter((one) => one.row.kind === 'decorator' && one.place.file === file && one.record[1] === of);
  const prefixes = onSymbol('http.prefix', parent).flatMap((one) => survey.texts(one, one.row.bind?.['path']));
  const guards = [parent, symbol].flatMap((of) =>
    onSymbol('http.middleware', of).flatMap((one) =>
      survey.handlers(select(survey.resolver, one, one.row.bind?.['handlers'], new Map())),
    ),
  );
  const node = file.nodes[symbol] ?? -1;
  const name = file.facts?.symbols[symbol]?.name ?? '';
  const paths = survey.texts(match, match.row.bind?.['path']);
  const global = globals.get(file.source.package) ?? '';
  return (prefixes.length === 0 ? [''] : prefixes).flatMap((prefix) =>
    (paths.length === 0 ? [''] : paths).map((path) =>
      routeEnd(
        survey,
        match,
        methodName(match.member),
        `${global}/${prefix}/${path}`,
        [{ name, node, given: [] }],
        guards,
      ),
    ),
  );
}
