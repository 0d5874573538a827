/**
 * The report, put together in a fixed order out of what analysis found.
 * In: snapshot, graph, changes, reach, sizes. Out: a Report. Pure; linear in impacts, but for sorting and the length of paths.
 * Not here: any finding of its own.
 */
import { REPORT_VERSION, compareText } from '../../model/index.js';
import type {
  Change,
  Diagnostic,
  Reach,
  ReachSize,
  Report,
  ReportChange,
  ReportFlag,
  PackageSurface,
  ReportHub,
  RiskRule,
  ReportSurface,
  SuppressedFlag,
  Snapshot,
  SymbolGraph,
} from '../../model/index.js';
import {
  changedNodes,
  findHubs,
  kindOf,
  listImpacts,
  listTests,
  nearestImpacts,
  placesOf,
  symbolIds,
  tallyOwners,
  tallyPackages,
  testNodes,
  touchedFiles,
} from '../impact/index.js';
import type { GraphPlaces, NearestImpact, PathDetail, TouchedFiles } from '../impact/index.js';
import { reachedByTests } from '../reach/index.js';
import { score, scoreInput } from '../score/index.js';
import { typesReported, type TypedOutcome } from '../types/index.js';
import { countStats } from './stats.js';
import { countUnknowns, findUnknowns } from './unknowns.js';
import { verdictOf } from './verdict.js';

/** What a report is made of. */
export interface ReportSource {
  readonly snapshot: Snapshot;
  readonly graph: SymbolGraph;
  readonly changes: readonly Change[];
  /** The union over all changes. */
  readonly reach: Reach;
  /** `reachSizes` of the changes, same order. */
  readonly sizes: readonly ReachSize[];
  /** Published packages; absent = nothing is compared. */
  readonly surfaces?: readonly PackageSurface[];
  /** Classifiers' findings, in the report's order; absent = none. */
  readonly flags?: readonly ReportFlag[];
  readonly suppressed?: readonly SuppressedFlag[];
  /** The rules that those name. */
  readonly rules?: readonly RiskRule[];
  /** Files that gathering left out, by why; added to those that diagnostics count. */
  readonly skipped?: Readonly<Record<string, number>>;
  /** What the type checker said; absent = it was not asked. */
  readonly types?: TypedOutcome;
  /** `none` leaves the impacts' paths empty; default `all`. */
  readonly paths?: PathDetail;
}

/** Puts the report together; equal sources give equal bytes. */
export function assembleReport(source: ReportSource): Report {
  const { snapshot, graph, changes, reach, flags = [], paths = 'all' } = source;
  const places = placesOfSnapshot(snapshot, graph);
  const idOf = symbolIds(graph);
  const changed = changedNodes(graph.count, changes);
  const impacts = nearestImpacts(reach, changed);
  const files = touchedFiles(graph, places, changes, impacts);
  const unknowns = findUnknowns({ snapshot, graph, changes, near: nearNodes(changed, impacts) });
  const { owners } = snapshot.head.workspace;
  const covered = reachedByTests(graph, testNodes(graph));
  const scored = score(
    scoreInput({ ...source, places, impacts, files, covered, owners, unknowns: countUnknowns(unknowns), flags }),
  );
  const stats = countStats({ snapshot, graph, places, changes, impacts, files, skipped: source.skipped ?? {} });
  const tests = listTests(graph, files);
  const reached = packagesReached(places, files);
  return {
    version: REPORT_VERSION,
    comparison: snapshot.comparison,
    verdict: verdictOf({ changes, score: scored, stats, unknowns, tests: tests.length, packages: reached }),
    score: scored,
    changes: listChanges(source, idOf),
    impacts: listImpacts({ graph, reach, changed, idOf, paths }),
    packages: tallyPackages(places, files),
    owners: tallyOwners(graph, owners, files),
    tests,
    hubs: listHubs(source, outsideTests(places, impacts), changed, idOf),
    surfaces: listSurfaces(source, idOf),
    flags,
    suppressed: source.suppressed ?? [],
    rules: source.rules ?? [],
    unknowns,
    diagnostics: [...snapshot.diagnostics].sort(inDiagnosticOrder),
    ...(source.types === undefined ? {} : { types: typesReported(source.types) }),
    stats,
  };
}

/** Places of a graph, apps as the head's workspace has them, then the base's. */
export function placesOfSnapshot(snapshot: Snapshot, graph: SymbolGraph): GraphPlaces {
  const { head, base } = snapshot;
  return placesOf(graph, base === undefined ? [head.workspace] : [head.workspace, base.workspace]);
}

function nearNodes(changed: Uint8Array, impacts: readonly NearestImpact[]): Uint8Array {
  const near = changed.slice();
  for (const { node } of impacts) near[node] = 1;
  return near;
}

function outsideTests({ fileOf, testFiles }: GraphPlaces, impacts: readonly NearestImpact[]): NearestImpact[] {
  return impacts.filter(({ node }) => fileOf[node]! < 0 || testFiles[fileOf[node]!] === 0);
}

function packagesReached(places: GraphPlaces, { impacted }: TouchedFiles): number {
  return new Set([...impacted.keys()].map((file) => places.packageOf[file]!)).size;
}

function listChanges({ graph, changes, sizes }: ReportSource, idOf: (node: number) => string): ReportChange[] {
  const rows = changes.map((change, index) => changeRow(graph, change, sizes[index] ?? NO_REACH, idOf));
  return rows.sort(
    (left, right) =>
      weightOf(right.reach) - weightOf(left.reach) ||
      compareText(left.id, right.id) ||
      compareText(left.kind, right.kind),
  );
}

/** Findings past this many say no more. */
const SURFACE_FINDINGS = 200;

function listSurfaces({ surfaces = [], types }: ReportSource, idOf: (node: number) => string): ReportSurface[] {
  return surfaces.map(({ findings, ...rest }) => ({
    ...rest,
    typed: types !== undefined,
    findings: findings.slice(0, SURFACE_FINDINGS).map(({ node, ...one }) => ({
      ...one,
      ...(node === undefined ? {} : { change: idOf(node) }),
    })),
  }));
}

function changeRow(graph: SymbolGraph, change: Change, reach: ReachSize, idOf: (node: number) => string): ReportChange {
  const { node, kind, compatibility, rule, findings, file, line, before, detail } = change;
  const name = graph.names[node]!;
  const external = name.slice(0, Math.max(0, name.lastIndexOf('#')));
  return {
    id: idOf(node),
    symbol: name,
    symbolKind: kindOf(graph, node),
    file,
    line,
    package: graph.files[graph.fileOf[node]!]?.packageName ?? external,
    kind,
    compatibility,
    rule,
    ...(findings === undefined ? {} : { findings }),
    ...(before === undefined ? {} : { before }),
    ...(detail === undefined ? {} : { detail }),
    reach,
  };
}

const NO_REACH: ReachSize = {
  direct: 0,
  twoHop: 0,
  total: 0,
  directFiles: 0,
  twoHopFiles: 0,
  files: 0,
  packages: 0,
  apps: 0,
  tests: 0,
};

/** Near dependents first. What is far is weighed by its magnitude: full closures of a repository look alike, and are large. */
function weightOf({ direct, twoHop, total }: ReachSize): number {
  return direct * 10 + (twoHop - direct) * 4 + Math.log2(1 + total - twoHop);
}

function listHubs(
  { graph, reach }: ReportSource,
  impacts: readonly NearestImpact[],
  changed: Uint8Array,
  idOf: (node: number) => string,
): ReportHub[] {
  return findHubs(reach, impacts, changed).map(({ node, behind }) => ({
    id: idOf(node),
    symbol: graph.names[node]!,
    file: graph.files[graph.fileOf[node]!]?.path ?? '',
    behind,
  }));
}

function inDiagnosticOrder(left: Diagnostic, right: Diagnostic): number {
  return (
    compareText(left.kind, right.kind) ||
    compareText(left.file ?? '', right.file ?? '') ||
    (left.line ?? 0) - (right.line ?? 0) ||
    compareText(left.message, right.message)
  );
}
