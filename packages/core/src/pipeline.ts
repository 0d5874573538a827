/**
 * The steps in order, from options to a report.
 * In: what the caller asked. Out: a `Report`, a linked head, a lint index. Not here: any of the steps' work, standing instances (repository.ts).
 */
import { detectChanges } from './analyze/change/index.js';
import { symbolIds } from './analyze/impact/index.js';
import { link, type Linked } from './analyze/link/index.js';
import { reach } from './analyze/reach/index.js';
import { assembleReport, placesOfSnapshot, specifiersOf } from './analyze/report/index.js';
import { classify } from './analyze/risk/index.js';
import {
  declaredDifferences,
  entryFiles,
  packageSurfaces,
  publicNames,
  type PublicNames,
} from './analyze/surface/index.js';
import {
  breakingNodes,
  settledChanges,
  typedOutcome,
  typeQuestions,
  type TypedOutcome,
} from './analyze/types/index.js';
import { CacheFault } from './gather/cache/index.js';
import type { ExtractBatch } from './gather/facts-store.js';
import { createPool, type Pool } from './gather/pool/index.js';
import { takeSnapshot, type Taken } from './gather/snapshot.js';
import type { Standing } from './gather/standing.js';
import { checkTypes } from './gather/types/check.js';
import { prepareLintIndex, refreshLintIndex, type PreparedIndex, type PrepareInput } from './lint/prepare.js';
import { countRead, PhaseClock } from './phase-clock.js';
import {
  UsageError,
  type AnalyzeOptions,
  type Change,
  type Diagnostic,
  type Report,
  type SymbolGraph,
} from './model/index.js';

/** A cache that turns out to be broken on the way costs a second run, which does without. */
export async function orWithoutCache<Result>(
  options: AnalyzeOptions,
  run: (options: AnalyzeOptions) => Promise<Result>,
): Promise<Result> {
  try {
    return await run(options);
  } catch (error) {
    if (!(error instanceof CacheFault)) throw error;
    return run({ ...options, cacheDir: false });
  }
}

/** Compares two revisions; see `analyze`. What `standing` holds is not read again, and what this reads is left there. */
export async function compareRevisions(options: AnalyzeOptions, standing?: Standing): Promise<Report> {
  const pool = createPool(options);
  const clock = new PhaseClock(options);
  try {
    const taken = await takeSnapshot(
      { ...options, onPhase: clock.phase, compare: true },
      extractIn(pool, clock),
      standing,
    );
    try {
      const { snapshot, skipped } = taken;
      clock.phase('linking');
      const linked = link(snapshot);
      countRead(clock, snapshot, linked.graph);
      const names = publicNames(snapshot.head, linked.headNodes);
      keepHead(taken, linked, names);
      clock.phase('finding changes');
      const detected = detectChanges(snapshot, linked);
      const typed = await withTypes({ ...options, onPhase: clock.phase }, taken, linked, detected);
      clock.phase('following dependents');
      const { graph, changes, types } = typed;
      const sizing = pool.sizes(graph, changes, placesOfSnapshot(snapshot, graph));
      const reached = reach(graph, changes);
      const sizes = await sizing;
      clock.count('following dependents', { changes: changes.length });
      clock.phase('judging and reporting');
      const diagnostics = [...snapshot.diagnostics, ...pool.diagnostics(), ...typed.diagnostics];
      const surfaces = packageSurfaces({ snapshot, linked, names, graph, changes, reach: reached });
      const broken = types.types === undefined ? new Set<number>() : breakingNodes(reached, types.types);
      const risk = classify({
        snapshot,
        graph,
        changes,
        sizes,
        surfaces,
        broken,
        endpoints: linked.endpoints,
        idOf: symbolIds(graph),
      });
      const told = { ...snapshot, diagnostics };
      if (isOrdinary(options)) refreshLintIndex(indexInput(options, taken, linked));
      return assembleReport({
        snapshot: told,
        graph,
        changes,
        sizes,
        reach: reached,
        skipped,
        surfaces,
        ...types,
        ...risk,
      });
    } finally {
      taken.close();
    }
  } finally {
    clock.end();
    await pool.close();
  }
}

/** For the runs to come. */
function keepHead({ keep, snapshot, published }: Taken, linked: Linked, names: PublicNames): void {
  keep?.({ ...linked.keep(), entryFiles: entryFiles(snapshot.head, published, names) }, specifiersOf);
}

function extractIn(pool: Pool, clock: PhaseClock): ExtractBatch {
  return (inputs) => {
    const characters = inputs.reduce((sum, { text }) => sum + text.length, 0);
    clock.count('extracting facts', { texts: inputs.length, characters });
    return clock.within('extracting facts', () => pool.extract(inputs));
  };
}

/** All of the working tree against the base that the engine chose: what lint rules compare with, too. */
function isOrdinary({ base, head, patch, scope = [] }: AnalyzeOptions): boolean {
  return base === undefined && head === undefined && patch === undefined && scope.length === 0;
}

function indexInput({ cacheDir }: AnalyzeOptions, { snapshot, root }: Taken, linked: Linked): PrepareInput {
  const { graph } = linked;
  return { snapshot, linked, graph, places: placesOfSnapshot(snapshot, graph), root, env: process.env, cacheDir };
}

/** What {@link prepareIndex} is asked: which comparison, and where the index goes if not into the cache folder. It is always of all packages. */
export type IndexOptions = Omit<
  AnalyzeOptions,
  'files' | 'symbols' | 'assume' | 'types' | 'patch' | 'head' | 'scope'
> & {
  /** Absolute. */
  readonly output?: string;
};

/**
 * Writes the index that lint rules look up: the working tree's dependents, and what texts are compared with.
 * @throws UsageError for the caller's mistakes, a cache that is switched off among them.
 */
export function prepareIndex(options: IndexOptions = {}): Promise<PreparedIndex> {
  return orWithoutCache(options, (reading) => prepareOnce(reading, options));
}

/** Without a cache to read from, there still is a place for the index. */
async function prepareOnce(reading: AnalyzeOptions, options: IndexOptions): Promise<PreparedIndex> {
  const pool = createPool(reading);
  const clock = new PhaseClock(reading);
  try {
    const taken = await takeSnapshot({ ...reading, onPhase: clock.phase, compare: true }, extractIn(pool, clock));
    try {
      clock.phase('linking');
      const linked = link(taken.snapshot);
      clock.phase('counting dependents');
      const prepared = prepareLintIndex({ ...indexInput(options, taken, linked), output: options.output });
      if (prepared !== undefined) return prepared;
    } finally {
      taken.close();
    }
  } finally {
    clock.end();
    await pool.close();
  }
  throw new UsageError('The cache is switched off, so there is no place for the index; name a file with --output.');
}

interface Typed {
  readonly graph: SymbolGraph;
  readonly changes: readonly Change[];
  readonly types: { readonly types?: TypedOutcome };
  readonly diagnostics: readonly Diagnostic[];
}

/** Asks the type checker about what the graph says is reached, and takes away what it disproves. */
async function withTypes(
  { types: mode = 'auto', onPhase }: AnalyzeOptions,
  { snapshot, types: sources }: Taken,
  linked: Linked,
  changes: readonly Change[],
): Promise<Typed> {
  const { graph } = linked;
  const plain = { graph, changes, types: {}, diagnostics: [] };
  if (mode === 'off' || sources === undefined) return plain;
  const differences = declaredDifferences(snapshot, linked);
  const questions = typeQuestions({ snapshot, linked, changes, differences, reach: reach(graph, changes) });
  if (questions === undefined) return plain;
  onPhase?.('checking types', 0, 1);
  const check = await checkTypes(mode, await sources(), questions);
  const gaveUp = check.failure === undefined ? [] : [engineFailed(check.failure)];
  if ('reason' in check) return { ...plain, diagnostics: [...gaveUp, typesNotAsked(check.reason)] };
  const settled = settledChanges({ graph, changes, differences, findings: check.findings });
  const outcome = typedOutcome({ graph, changes: settled, reach: reach(graph, settled), findings: check.findings });
  return {
    graph: { ...graph, unmoved: outcome.unmoved },
    changes: settled,
    types: { types: outcome },
    diagnostics: gaveUp,
  };
}

function typesNotAsked(reason: string): Diagnostic {
  return {
    kind: 'types-not-asked',
    level: 'note',
    message: `Dependents at compile time are those the graph has; no type checker was asked who breaks. ${reason}`,
  };
}

function engineFailed(failure: string): Diagnostic {
  return {
    kind: 'types-engine-failed',
    level: 'note',
    message: `TypeScript's native compiler failed (${failure}); \`--types ts-morph\` does not start it.`,
  };
}

/** The head, read and linked without a comparison. */
export interface OpenedHead {
  readonly taken: Taken;
  readonly linked: Linked;
}

/** Reads and links the head; trees are closed, the rest is the caller's to close. */
export async function openHead(options: AnalyzeOptions, standing: Standing): Promise<OpenedHead> {
  const pool = createPool(options);
  const clock = new PhaseClock(options);
  try {
    const asked = { ...options, onPhase: clock.phase, compare: false };
    const taken = await takeSnapshot(asked, extractIn(pool, clock), standing);
    taken.closeTrees();
    clock.phase('linking');
    const linked = link(taken.snapshot);
    countRead(clock, taken.snapshot, linked.graph);
    keepHead(taken, linked, publicNames(taken.snapshot.head, linked.headNodes));
    return { taken, linked };
  } finally {
    clock.end();
    await pool.close();
  }
}
