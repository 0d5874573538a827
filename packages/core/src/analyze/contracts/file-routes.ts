/**
 * Routes that files are, by where they lie: Next, Remix and React Router, SvelteKit, Nuxt and Nitro, Astro.
 * In: the catalogue's file rows, a revision's files. Out: endpoints of their exports. A row counts in packages that depend on
 * what it names (a package of the repository, or a package above it).
 */
import { ROW_CONFIDENCES, type CatalogueRow } from '../../model/catalogue-row.js';
import type { Endpoint } from '../../model/endpoint.js';
import type { RepoPath } from '../../model/path.js';
import { SETS } from '../../catalogue/frameworks/sets.js';
import { resolveExport } from '../link/export-resolution.js';
import { exportsOf, type LinkedFile, type ModuleTable } from '../link/module-table.js';
import { routeKey, routeSegments } from './http-path.js';
import { isTest } from './survey.js';

/** What is known of the packages around files. */
export interface PackagesOfFiles {
  /** The path below the file's package. */
  pathInside(file: LinkedFile): RepoPath;
  /** The file's package, or one around it, depends on one of them; always, where none is named. */
  depends(file: LinkedFile, pkg: readonly string[]): boolean;
}

/** Which files are routes, and their endpoints. */
export class FileRoutes {
  readonly #compiled: readonly { readonly row: CatalogueRow; readonly files: RegExp }[];

  constructor(
    private readonly table: ModuleTable,
    rows: readonly CatalogueRow[],
    private readonly packages: PackagesOfFiles,
  ) {
    this.#compiled = rows.map((row) => ({ row, files: new RegExp(row.files ?? '$^') }));
  }

  /** The row that the file fits by its place, whether or not it exports what the row asks for. */
  rowOf(file: LinkedFile): CatalogueRow | undefined {
    const { packages } = this;
    const inside = packages.pathInside(file);
    return this.#compiled.find(({ row, files }) => files.test(inside) && packages.depends(file, row.pkg))?.row;
  }

  /** Those of one file. */
  endsOf(file: LinkedFile): Endpoint[] {
    const row = file.facts === undefined ? undefined : this.rowOf(file);
    return row === undefined ? [] : endpointsOf(this.table, file, row, this.packages.pathInside(file));
  }
}

function endpointsOf(table: ModuleTable, file: LinkedFile, row: CatalogueRow, inside: RepoPath): Endpoint[] {
  const path = fileUrl(row.style ?? 'next-app', inside);
  if (path === undefined) return [];
  const wanted = (row.exports ?? []).flatMap((name) => (name.startsWith('#') ? (SETS[name.slice(1)] ?? []) : [name]));
  const names = exportsOf(file);
  return wanted
    .filter((name) => names.has(name))
    .flatMap((name) => {
      const [target] = resolveExport(table, file, name);
      const place = target?.kind === 'symbol' ? target : undefined;
      const facts = place?.file.facts?.symbols[place.symbol];
      const node = place === undefined ? (file.nodes[0] ?? -1) : (place.file.nodes[place.symbol] ?? -1);
      const method = methodOf(name, path.method);
      const segments = routeSegments(path.url);
      const end: Endpoint = {
        role: row.role,
        key: routeKey(method, segments),
        node,
        file: file.path,
        line: place?.file === file ? (facts?.line ?? 1) : 1,
        row: row.id,
        confidence: ROW_CONFIDENCES[row.confidence ?? 'high'],
        values: { method, path: `/${segments.join('/')}` },
        handlers: [{ name, node, given: [] }],
        guards: [],
        test: isTest(file),
      };
      return [end];
    });
}

function methodOf(name: string, fromFile: string | undefined): string {
  if (fromFile !== undefined) return fromFile;
  if (name === 'loader') return 'GET';
  return /^[A-Z]+$/.test(name) ? name : 'ALL';
}

interface FileUrl {
  readonly url: string;
  readonly method?: string;
}

/** The URL of a file in a framework's notation of parameters. */
export function fileUrl(style: NonNullable<CatalogueRow['style']>, path: RepoPath): FileUrl | undefined {
  const bare = path.replace(/\.[jt]sx?$/, '');
  switch (style) {
    case 'next-app':
      return { url: withoutGroups(behind(bare, /(?:^|\/)(?:src\/api|app)(?=\/)/).replace(/(?:^|\/)route$/, '')) };
    case 'next-pages':
      return { url: `api/${behind(bare, /(?:^|\/)pages\/api/)}`.replace(/\/index$/, '') };
    case 'remix':
      return { url: remixUrl(behind(bare, /(?:^|\/)app\/routes/)) };
    case 'sveltekit':
      return { url: withoutGroups(behind(bare, /(?:^|\/)routes/).replace(/\/?\+server$/, '')) };
    case 'astro':
      return { url: behind(bare, /(?:^|\/)src\/pages/).replace(/(?:^|\/)index$/, '') };
    default: {
      const api = /(?:^|\/)server\/api\//.test(path);
      const file = behind(bare, api ? /(?:^|\/)server\/api/ : /(?:^|\/)server\/routes/);
      const verb = /\.(get|post|put|patch|delete|head|options)$/.exec(file)?.[1];
      const url = `${api ? 'api/' : ''}${file.replace(/\.(?:get|post|put|patch|delete|head|options)$/, '')}`.replace(
        /(?:^|\/)index$/,
        '',
      );
      return { url, ...(verb === undefined ? {} : { method: verb.toUpperCase() }) };
    }
  }
}

/** What of a path stands behind the first folder that fits. */
function behind(path: string, folder: RegExp): string {
  const match = folder.exec(path);
  return match === null ? path : path.slice(match.index + match[0].length).replace(/^\//, '');
}

/** `(group)`, `@slot` and the like are no part of the URL. */
function withoutGroups(url: string): string {
  return url
    .split('/')
    .filter((segment) => !/^\(.*\)$|^@/.test(segment))
    .join('/');
}

/** `users.$id_.edit`, `_layout.about`, `files.$`: dots are slashes. */
function remixUrl(name: string): string {
  return name
    .replace(/\/(?:route|index)$/, '')
    .split(/[./+]/)
    .filter((segment) => segment !== '' && segment !== '_index' && !/^_/.test(segment))
    .map((segment) => segment.replace(/_$/, '').replace(/^\((.*)\)$/, '$1'))
    .map((segment) => (segment === '$' ? '*' : segment))
    .join('/');
}
