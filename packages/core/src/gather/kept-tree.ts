/**
 * A revision that an earlier run read and linked: its entries, its files with what their requests lead to, its links.
 * In: a revision with what it was made of, or the columns of a file. Out: the other. Files' facts stay in the facts store until they
 * are asked for. Not here: when it may be used (read-kept.ts), where it lies (gather/cache).
 */
import type { Diagnostic } from '../model/diagnostic.js';
import type { FileFacts, Language, ModuleRequest } from '../model/facts.js';
import type { KeptColumns, KeptSurvey, ListColumn } from '../model/kept.js';
import type { RepoPath } from '../model/path.js';
import type { PublishedEntry } from '../model/published.js';
import type { Resolution } from '../model/resolution.js';
import {
  hasFacts,
  type FileRole,
  type ImplicitDependency,
  type KnownFile,
  type SourceFile,
} from '../model/snapshot.js';
import type { FileTree, TreeEntry } from '../model/tree.js';
import type { Workspace } from '../model/workspace.js';
import type { ColumnsReader } from './cache/index.js';
import type { FactsStore } from './facts-store.js';
import { isModuleRequest } from './resolve/index.js';
import { textFields, textsIn } from './text-columns.js';
import type { ClassifiedFile } from './workspace/index.js';

/** One request that the resolver has something to say about. */
export type LoggedRequest = readonly [specifier: string, line: number, resolution: Resolution];

/** What was read, but for the files themselves. */
export interface KeptReading {
  readonly workspace: Workspace;
  readonly published: readonly PublishedEntry[];
  /** By configuration, not by content: without auto-imports. */
  readonly implicit: readonly ImplicitDependency[];
  /** All but the resolver's. */
  readonly diagnostics: readonly Diagnostic[];
  readonly skipped: Readonly<Record<string, number>>;
  /** Paths that configuration was read from. */
  readonly configuration: readonly RepoPath[];
  /** Some request may be answered by a file that git ignores. */
  readonly leadsNowhere: boolean;
  /** By file index. */
  readonly logged: Readonly<Record<number, readonly LoggedRequest[]>>;
  /** Names what tsconfigs, aliases and bundlers' entries say. */
  readonly settings: string;
  /** What resolving each file's requests looked for; see resolve/probes.ts. */
  readonly probes: ListColumn;
  /** The same for what each package publishes. */
  readonly publishedProbes: ListColumn;
}

/** A tree that was read whole, in this run or in an earlier one: another may be read beside it. */
export interface KnownTree extends KeptReading {
  readonly entries: readonly TreeEntry[];
  readonly files: readonly SourceFile[];
  /** With the roles that their paths give them. */
  readonly classified: readonly ClassifiedFile[];
}

/** See the file's header. */
export interface KeptTree extends KnownTree {
  readonly columns: KeptColumns;
}

const ROLES = ['source', 'test', 'test-support', 'config', 'declaration', 'generated', 'resource'] as const satisfies FileRole[]; // prettier-ignore
const LANGUAGES = ['ts', 'tsx', 'js', 'jsx', 'dts', 'vue', 'svelte', 'astro', 'json'] as const satisfies Language[];
const KINDS = ['file', 'link', 'submodule'] as const satisfies TreeEntry['kind'][];

/** What is written. */
export interface TreeToKeep {
  readonly tree: FileTree;
  readonly files: readonly SourceFile[];
  readonly classified: readonly ClassifiedFile[];
  readonly reading: KeptReading;
  readonly columns: KeptColumns;
  /** For `SourceFile.known`, by file. */
  readonly known: readonly KnownFile[];
}

/** The tree as columns; `undefined` where it holds what git has no id for. */
export function treeColumns({
  tree,
  files,
  classified,
  reading,
  columns,
  known,
}: TreeToKeep): Record<string, unknown> | undefined {
  const { entries } = tree;
  if (!entries.every(({ id, kind }) => kind !== 'file' || /^[0-9a-f]{40,64}$/.test(id))) return undefined;
  const at = new Map(entries.map(({ path }, index) => [path, index]));
  const places = files.map(({ path }) => at.get(path));
  if (files.length !== classified.length || places.includes(undefined)) return undefined;
  const { edges, targets, externals, asked, globals, entryFiles, kinds: _, survey, ...plain } = columns;
  return {
    paths: entries.map(({ path }) => path).join('\0'),
    ids: entries.map(({ id }) => id).join('\0'),
    kinds: Uint8Array.from(entries, ({ kind, executable }) => KINDS.indexOf(kind) * 2 + (executable ? 1 : 0)),
    links: entries.flatMap(({ target }, index) => (target === undefined ? [] : [[index, target]])),
    places: Int32Array.from(places as number[]),
    packages: Int32Array.from(files, (file) => file.package),
    roles: Uint8Array.from(files, ({ role }) => ROLES.indexOf(role)),
    pathRoles: Uint8Array.from(classified, ({ role }) => ROLES.indexOf(role)),
    languages: Uint8Array.from(files, ({ language }) => (language === undefined ? 0 : LANGUAGES.indexOf(language) + 1)),
    bits: Uint8Array.from(files, (file) => (hasFacts(file) ? 1 : 0) + (file.verbatim ? 2 : 0)),
    specifiers: Uint32Array.from(known, ({ specifiers }) => specifiers),
    resolved: Uint32Array.from(known, ({ resolved }) => resolved),
    ...textFields('resolutions', files.map(({ resolutions }) => (resolutions.length === 0 ? '' : JSON.stringify(resolutions)))), // prettier-ignore
    ...readingFields(reading),
    ...plain,
    nodeKinds: columns.kinds,
    ...Object.fromEntries(
      Object.entries({ edges, targets, externals, asked, globals, entryFiles }).flatMap(listFields),
    ),
    ...surveyFields(survey),
  };
}

function readingFields({ probes, publishedProbes, ...plain }: KeptReading): Record<string, unknown> {
  return { ...plain, ...Object.fromEntries(Object.entries({ probes, publishedProbes }).flatMap(listFields)) };
}

function surveyFields({ callers, callersAsked, endsAsked, keysAsked, ...plain }: KeptSurvey): Record<string, unknown> {
  const lists = Object.entries({ callers, callersAsked, endsAsked, keysAsked }).flatMap(listFields);
  return Object.fromEntries([...lists, ...Object.entries(plain)].map(([name, value]) => [`survey.${name}`, value]));
}

function listFields([name, { starts, values }]: [string, ListColumn]): [string, unknown][] {
  return [[`${name}.starts`, starts], [`${name}.values`, values]]; // prettier-ignore
}

/** Requests that the resolver reports: guessed, or leading nowhere. */
export function loggedRequests({ facts, resolutions }: SourceFile): LoggedRequest[] {
  return resolutions.flatMap((resolution, index): LoggedRequest[] => {
    const said = resolution.kind === 'file' ? resolution.confidence !== 'bound' : resolution.kind === 'unresolved';
    const request = said ? (facts?.requests[index] as ModuleRequest) : undefined;
    return request && isModuleRequest(request) ? [[request.specifier, request.line, resolution]] : [];
  });
}

/** The tree again; its files' facts come out of `store`. */
export function readTree(columns: ColumnsReader, store: FactsStore, lost: (path: RepoPath) => Error): KeptTree {
  const read = <Value>(name: string): Value => columns.get(name) as Value;
  const ids = read<string>('ids').split('\0');
  const kinds = read<Uint8Array>('kinds');
  const links = new Map(read<[number, string][]>('links'));
  const paths = read<string>('paths');
  const entries = (paths === '' ? [] : paths.split('\0')).map((path, index): TreeEntry => {
    const target = links.get(index);
    const kind = KINDS[kinds[index]! >> 1] as TreeEntry['kind'];
    return {
      path,
      id: ids[index]!,
      kind,
      executable: (kinds[index]! & 1) === 1,
      ...(target !== undefined && { target }),
    };
  });
  const kept = keptColumns(columns);
  const rows: FileRows = {
    packages: read('packages'),
    roles: read('roles'),
    languages: read('languages'),
    bits: read('bits'),
    specifiers: read('specifiers'),
    resolved: read('resolved'),
    resolutions: textsIn(columns, 'resolutions'),
    marks: kept.marks,
    facts: (path, language, id) => {
      const facts = store.get({ path, language, id });
      if (facts === undefined) throw lost(path);
      return facts;
    },
  };
  const places = read<Int32Array>('places');
  const files = Array.from(places, (place, index) => new KeptFile(entries[place] as TreeEntry, index, rows));
  const pathRoles = read<Uint8Array>('pathRoles');
  return {
    entries,
    files,
    classified: files.map((file, index) => ({
      path: file.path,
      package: file.package,
      role: ROLES[pathRoles[index]!] as FileRole,
      ...(file.language === undefined ? {} : { language: file.language }),
    })),
    columns: kept,
    workspace: read('workspace'),
    published: read('published'),
    implicit: read('implicit'),
    diagnostics: read('diagnostics'),
    skipped: read('skipped'),
    configuration: read('configuration'),
    leadsNowhere: read('leadsNowhere'),
    logged: read('logged'),
    settings: read('settings'),
    probes: listIn(columns, 'probes'),
    publishedProbes: listIn(columns, 'publishedProbes'),
  };
}

function listIn(columns: ColumnsReader, name: string): ListColumn {
  return { starts: columns.get(`${name}.starts`) as Uint32Array, values: columns.get(`${name}.values`) as Int32Array };
}

function keptColumns(columns: ColumnsReader): KeptColumns {
  const read = <Value>(name: string): Value => columns.get(name) as Value;
  const list = (name: string): ListColumn => listIn(columns, name);
  return {
    nodes: read('nodes'),
    marks: read('marks'),
    names: read('names'),
    kinds: read('nodeKinds'),
    parents: read('parents'),
    flags: read('flags'),
    lines: read('lines'),
    endLines: read('endLines'),
    externalKeys: read('externalKeys'),
    edges: list('edges'),
    targets: list('targets'),
    externals: list('externals'),
    asked: list('asked'),
    globals: list('globals'),
    entryFiles: list('entryFiles'),
    resourceImports: read('resourceImports'),
    globalNames: read('globalNames'),
    missing: read('missing'),
    folders: read('folders'),
    uncertain: read('uncertain'),
    members: read('members'),
    survey: {
      rows: read('survey.rows'),
      packages: read('survey.packages'),
      callers: list('survey.callers'),
      callersAsked: list('survey.callersAsked'),
      endsAsked: list('survey.endsAsked'),
      keysAsked: list('survey.keysAsked'),
      roles: read('survey.roles'),
      missing: read('survey.missing'),
      models: read('survey.models'),
      ends: read('survey.ends'),
    },
  };
}

interface FileRows {
  readonly packages: Int32Array;
  readonly roles: Uint8Array;
  readonly languages: Uint8Array;
  readonly bits: Uint8Array;
  readonly specifiers: Uint32Array;
  readonly resolved: Uint32Array;
  resolutions(index: number): string;
  readonly marks: Uint8Array;
  facts(path: RepoPath, language: Language, id: string): FileFacts;
}

const NONE: readonly Resolution[] = [];

/** A file whose facts and resolutions are decoded when they are asked for. */
class KeptFile implements SourceFile {
  readonly path: RepoPath;
  readonly id: string;
  readonly package: number;
  readonly role: FileRole;
  readonly language?: Language;
  readonly verbatim: boolean;
  readonly known: KnownFile;
  readonly #rows: FileRows;
  readonly #index: number;
  #facts: FileFacts | undefined;
  #resolutions: readonly Resolution[] | undefined;

  constructor({ path, id }: TreeEntry, index: number, rows: FileRows) {
    this.path = path;
    this.id = id;
    this.package = rows.packages[index]!;
    this.role = ROLES[rows.roles[index]!] as FileRole;
    const language = rows.languages[index]!;
    if (language > 0) this.language = LANGUAGES[language - 1] as Language;
    this.verbatim = (rows.bits[index]! & 2) !== 0;
    this.known = {
      hasFacts: (rows.bits[index]! & 1) !== 0,
      marks: rows.marks[index]!,
      specifiers: rows.specifiers[index]!,
      resolved: rows.resolved[index]!,
    };
    this.#rows = rows;
    this.#index = index;
  }

  get facts(): FileFacts | undefined {
    if ((this.#rows.bits[this.#index]! & 1) === 0) return undefined;
    return (this.#facts ??= this.#rows.facts(this.path, this.language as Language, this.id));
  }

  get resolutions(): readonly Resolution[] {
    return (this.#resolutions ??= this.#decoded());
  }

  #decoded(): readonly Resolution[] {
    const text = this.#rows.resolutions(this.#index);
    return text === '' ? NONE : (JSON.parse(text) as readonly Resolution[]);
  }
}
