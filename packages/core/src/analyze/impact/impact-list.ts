/**
 * The report's impacts: one record per reached node and world, each with the path that explains it.
 * In: graph, changes, reach. Out: records in the report's order. Ids are shared between records, paths are lists of them.
 */
import { CONFIDENCES, WORLDS, compareText, edgeKind } from '../../model/index.js';
import type { Reach, ReportImpact, SymbolGraph, World } from '../../model/index.js';
import { pathTo } from '../reach/index.js';
import { isTestRole } from './places.js';
import { kindOf } from './symbol-id.js';

/** `none` leaves `path` and `via` empty: for sets so large, and paths so long, that nobody reads them. */
export type PathDetail = 'all' | 'none';

/** What the list is made of. */
export interface ImpactSource {
  readonly graph: SymbolGraph;
  readonly reach: Reach;
  /** 1 for nodes that are changes: they are left out. */
  readonly changed: Uint8Array;
  readonly idOf: (node: number) => string;
  readonly paths: PathDetail;
}

/** Everything reached except the changes, ordered by distance, world, id. O(impacts × (log impacts + path length)). */
export function listImpacts(source: ImpactSource): ReportImpact[] {
  const { graph, reach, changed } = source;
  const impacts: ReportImpact[] = [];
  for (const world of WORLDS) {
    const { distance } = reach[world];
    for (let node = 0; node < graph.count; node++) {
      if (distance[node]! >= 0 && changed[node] === 0) impacts.push(impactOf(source, world, node));
    }
  }
  return impacts.sort(inReportOrder);
}

function inReportOrder(left: ReportImpact, right: ReportImpact): number {
  return left.distance - right.distance || worldOrder(left) - worldOrder(right) || compareText(left.id, right.id);
}

function worldOrder({ world }: ReportImpact): number {
  return WORLDS.indexOf(world);
}

function impactOf({ graph, reach, idOf, paths }: ImpactSource, world: World, node: number): ReportImpact {
  const file = graph.files[graph.fileOf[node]!];
  const path = paths === 'all' ? pathTo(reach, world, node) : undefined;
  return {
    id: idOf(node),
    symbol: graph.names[node]!,
    symbolKind: kindOf(graph, node),
    file: file?.path ?? '',
    line: graph.lines[node]!,
    package: file?.packageName ?? '',
    test: file !== undefined && isTestRole(file),
    world,
    distance: reach[world].distance[node]!,
    confidence: CONFIDENCES[reach[world].rank[node]!]!,
    path: path?.nodes.map(idOf) ?? [],
    via: path?.words.map(edgeKind) ?? [],
  };
}
