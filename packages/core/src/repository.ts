/**
 * The library's two doors: a report of a change, and a repository that stands open to be asked again and again.
 * In: what the caller asked. Out: a `Report`, or a `Repository`. Not here: the steps (pipeline.ts).
 */
import { assumedChanges, type Assumption } from './analyze/change/index.js';
import { findSymbols, type FoundSymbols } from './analyze/impact/index.js';
import { rankGraph, type RankOptions, type Ranking } from './analyze/rank/index.js';
import { reach, reachSizes } from './analyze/reach/index.js';
import { assembleReport, placesOfSnapshot } from './analyze/report/index.js';
import { Standing } from './gather/standing.js';
import {
  UsageError,
  type AnalyzeOptions,
  type Change,
  type Report,
  type Snapshot,
  type SymbolGraph,
} from './model/index.js';
import { timed } from './phase-clock.js';
import { compareRevisions, openHead, orWithoutCache, type OpenedHead } from './pipeline.js';

/**
 * What a change reaches, how bad, how sure.
 * @param options all optional: by default the working tree of the repository around the working directory, against the
 *   target branch that the CI's environment names, else the merge base with the remote's default branch, else `HEAD`.
 * @returns a report; the same repository states give the same bytes.
 * @throws UsageError for the caller's mistakes (an unknown ref, file or symbol), with one sentence that says what to do.
 * Time about linear in the sources' size; nothing is fetched or run, and nothing written but the cache.
 */
export async function analyze(options: AnalyzeOptions = {}): Promise<Report> {
  const { files = [], symbols = [] } = options;
  if (files.length + symbols.length === 0) return orWithoutCache(options, (asked) => compareRevisions(asked));
  const repository = await openRepository(options);
  try {
    return repository.impact([...files, ...symbols], options.assume);
  } finally {
    repository.close();
  }
}

/** Which revisions an open repository compares, and who is told how far it is; see {@link AnalyzeOptions}. By default as `analyze` does. */
export type ComparedRevisions = Pick<
  AnalyzeOptions,
  'base' | 'exactBase' | 'head' | 'patch' | 'types' | 'env' | 'onPhase' | 'onTiming'
>;

/** Reports of one repository, one after another in one process. Between them it holds no process. */
export interface Comparisons {
  /** The report that `analyze` would give now, with the options that were given first, at the cost of what differs from the one before. */
  analyze(compared?: ComparedRevisions): Promise<Report>;
  /** Lets go of what was read, and of the cache's files. Nothing can be asked afterwards. */
  close(): void;
}

/** For whoever wants reports alone: nothing is read before the first, and no graph is held. Calls wait for each other. */
export function openComparisons(options: Omit<AnalyzeOptions, 'files' | 'symbols'> = {}): Comparisons {
  const standing = new Standing();
  const inTurn = turns();
  return {
    analyze: (compared) => inTurn(() => orAnew({ ...options, ...compared }, standing, compareRevisions)),
    close: () => standing.close(),
  };
}

/** A repository's head, read and linked, to be asked many times. Between questions it holds no process. */
export interface Repository {
  /** As the head was when it was opened, or at the last `update`. */
  readonly snapshot: Snapshot;
  readonly graph: SymbolGraph;
  /** The nodes that a written symbol means: `file#Class.member`, `file:line`, a file, an id, a unique name. Never throws. */
  find(written: string): FoundSymbols;
  /**
   * What would be reached if these symbols or files changed; `assume` says how (default `signature`).
   * @throws UsageError where one of them means nothing, or several things.
   */
  impact(written: readonly string[], assume?: Assumption): Report;
  /** The symbols, files or packages with the most dependents, largest first. */
  rank(options: RankOptions): Ranking;
  /**
   * Reads the head again, at the cost of what differs: git says what that is. `graph` and the questions above are of the new state from
   * then on; nodes have other ids. Calls wait for each other.
   * @throws UsageError as `openRepository` does; the state before stays.
   */
  update(): Promise<void>;
  /** The report that `analyze` would give now, with the options that the repository was opened with, at the cost of what differs. */
  analyze(compared?: ComparedRevisions): Promise<Report>;
  /** Lets go of what was read, and of the cache's files. Nothing can be asked afterwards. */
  close(): void;
}

/**
 * Reads and links the head, without a comparison.
 * @throws UsageError for the caller's mistakes.
 */
export async function openRepository(options: AnalyzeOptions = {}): Promise<Repository> {
  const standing = new Standing();
  try {
    return new OpenRepository(options, standing, await orAnew(options, standing, openHead));
  } catch (fault) {
    standing.close();
    throw fault;
  }
}

/** What is held turns out to be broken: it is let go, and the question is asked once more without a cache. */
function orAnew<Answer>(
  options: AnalyzeOptions,
  standing: Standing,
  ask: (options: AnalyzeOptions, standing: Standing) => Promise<Answer>,
): Promise<Answer> {
  return orWithoutCache(options, (asked) => {
    if (asked !== options) standing.close();
    return ask(asked, standing);
  });
}

class OpenRepository implements Repository {
  #places: ReturnType<typeof placesOfSnapshot>;
  /** Readings share what is held. */
  readonly #inTurn = turns();

  constructor(
    private readonly options: AnalyzeOptions,
    private readonly standing: Standing,
    private head: OpenedHead,
  ) {
    this.#places = placesOfSnapshot(this.snapshot, this.graph);
  }

  get snapshot(): Snapshot {
    return this.head.taken.snapshot;
  }

  get graph(): SymbolGraph {
    return this.head.linked.graph;
  }

  find(written: string): FoundSymbols {
    return findSymbols(this.graph, written);
  }

  impact(written: readonly string[], assume: Assumption = 'signature'): Report {
    return timed(this.options, 'following dependents', () => {
      const { snapshot, graph } = this;
      const nodes = written.flatMap((one) => nodesOf(graph, one));
      const changes = assumedChanges(graph, nodes, assume);
      const sizes = reachSizes(graph, changes, this.#places);
      const { skipped } = this.head.taken;
      return assembleReport({ snapshot, graph, changes, reach: reach(graph, changes), sizes, skipped });
    })();
  }

  rank(options: RankOptions): Ranking {
    return timed(this.options, 'counting dependents', () => rankGraph(this.graph, this.#places, options))();
  }

  update(): Promise<void> {
    return this.#inTurn(async () => {
      const head = await orAnew(this.options, this.standing, openHead);
      this.head.taken.close();
      this.head = head;
      this.#places = placesOfSnapshot(this.snapshot, this.graph);
    });
  }

  analyze(compared: ComparedRevisions = {}): Promise<Report> {
    const { files: _, symbols: __, ...options } = this.options;
    return this.#inTurn(() => orAnew({ ...options, ...compared }, this.standing, compareRevisions));
  }

  close(): void {
    this.head.taken.close();
    this.standing.close();
  }
}

/** Does one after another. */
function turns(): <Answer>(work: () => Promise<Answer>) => Promise<Answer> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

function nodesOf(graph: SymbolGraph, written: string): Change['node'][] {
  const { nodes, candidates, message } = findSymbols(graph, written);
  if (nodes.length > 0) return [...nodes];
  const hint = candidates.length > 0 ? ` Did you mean ${candidates.slice(0, 5).join(', ')}?` : '';
  throw new UsageError(`${message ?? `\`${written}\` names no symbol or file of this repository.`}${hint}`);
}
