/**
 * Specifier → file, external package or a reason, for one revision, from the known paths alone.
 * In: tree, workspace, tsconfigs, what bundlers alias. Out: one Resolution for each request; never an exception.
 * Synchronous and memoised: no disk, no `node_modules`, nothing built. Rules 8 and 9 of docs/impact-model.md.
 * Not here: the single rules (the other files of this folder) and their inputs (gather/config).
 */
import type { Diagnostic } from '../../model/diagnostic.js';
import type { ModuleRequest } from '../../model/facts.js';
import { directoryOf } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { Resolution } from '../../model/resolution.js';
import type { FileTree } from '../../model/tree.js';
import type { Workspace } from '../../model/workspace.js';
import type { TsconfigView } from '../config/tsconfig-view.js';
import type { Tsconfigs } from '../config/tsconfigs.js';
import { createModuleRules } from './module-rules.js';
import type { ModuleRules } from './module-rules.js';
import { resolveGlob, resolveJsxRuntime, resolvePathString, resolveReference } from './other-requests.js';
import { createResolutionLog } from './resolution-log.js';
import { createRuleContext } from './rule-context.js';
import type { Importer, ResolverHints } from './rule-context.js';

/** Answers for one revision. */
export interface Resolver {
  /** Where `request` of the file `from` leads. Amortised constant time: memoised by folder, tsconfig and specifier. */
  resolve(from: RepoPath, request: ModuleRequest): Resolution;
  /** What the answers for a file were looked for by so far; see probes.ts. */
  probes(from: RepoPath): ReadonlySet<number>;
  /** What could not be resolved or was guessed so far, ordered by file and line. */
  diagnostics(): readonly Diagnostic[];
}

/** Builds the lookups (one pass over the tree's paths). */
export function createResolver(
  tree: FileTree,
  workspace: Workspace,
  tsconfigs: Tsconfigs,
  hints: ResolverHints = {},
): Resolver {
  const rules = createModuleRules(createRuleContext(tree, workspace, tsconfigs.all, hints));
  const memo: Memo = new Map();
  const byFile = new Map<RepoPath, Set<number>>();
  const log = createResolutionLog();

  return {
    resolve(from, request) {
      const folder = directoryOf(from);
      const configs = tsconfigs.candidates(from);
      const known = memoFor(memo, configs, folder);
      const key = requestKey(request);
      let found = known.get(key);
      if (found === undefined) {
        found = rules.probes.traced(() => answer({ rules, importer: { folder, configs }, request }));
        known.set(key, found);
      }
      if (isModuleRequest(request)) log.add(from, request, found.result);
      const probes = byFile.get(from) ?? new Set();
      byFile.set(from, probes);
      for (const probe of found.probes) probes.add(probe);
      return found.result;
    },
    probes: (from) => byFile.get(from) ?? new Set(),
    diagnostics: () => log.diagnostics(),
  };
}

/**
 * True for requests that must lead somewhere: imports of every kind. False for strings that merely look like a
 * path (`path`, `url`, `worker`), globs, mocks (which may be of modules that are not there) and triple-slash types:
 * they count as no unresolved import.
 */
export function isModuleRequest(request: ModuleRequest): boolean {
  return !request.pattern && !/^(?:path|url|worker|glob|mock|reference-types|augmentation|jsx)$/.test(request.kind);
}

type Answers = Map<string, { readonly result: Resolution; readonly probes: ReadonlySet<number> }>;
type Memo = Map<readonly TsconfigView[], Map<RepoPath, Answers>>;

function memoFor(memo: Memo, configs: readonly TsconfigView[], folder: RepoPath): Answers {
  let byFolder = memo.get(configs);
  if (byFolder === undefined) memo.set(configs, (byFolder = new Map()));
  let known = byFolder.get(folder);
  if (known === undefined) byFolder.set(folder, (known = new Map()));
  return known;
}

/** Requests of one file that have one key have one answer. */
export function requestKey(request: ModuleRequest): string {
  return `${classOf(request)}${request.specifier}`;
}

/** Requests of one class and specifier have one answer. */
function classOf(request: ModuleRequest): string {
  if (request.pattern) return request.kind === 'glob' ? 'g:' : 't:';
  switch (request.kind) {
    case 'jsx':
      return 'j:';
    case 'path':
    case 'url':
    case 'worker':
      return 'p:';
    case 'reference-path':
      return 'r:';
    case 'reference-types':
      return 'y:';
    case 'glob':
      return 'g:';
    default:
      return 'm:';
  }
}

interface Question {
  readonly rules: ModuleRules;
  readonly importer: Importer;
  readonly request: ModuleRequest;
}

function answer({ rules, importer, request }: Question): Resolution {
  const { specifier } = request;
  switch (classOf(request)) {
    case 'g:':
      return resolveGlob(rules, importer, specifier, 'glob');
    case 't:':
      return resolveGlob(rules, importer, specifier, 'template');
    case 'p:':
      return resolvePathString(rules, importer, specifier);
    case 'j:':
      return resolveJsxRuntime(rules, importer, specifier);
    case 'r:':
    case 'y:':
      return resolveReference(rules, importer, request);
    default:
      return rules.resolve(importer, specifier);
  }
}
