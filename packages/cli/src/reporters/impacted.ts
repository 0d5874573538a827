/**
 * Impacted symbols as people read them: one entry a symbol over all worlds, tests apart, the telling ones first.
 * In: a report. Out: plain records. Not here: how a format draws them.
 */
import type { Report, ReportImpact, World } from '@blast-radius/core';

/** One impacted symbol, over all worlds that reach it. */
export interface Impacted {
  readonly nearest: ReportImpact;
  readonly worlds: readonly World[];
}

/** Every impacted symbol that is no test, each once, in the report's order. */
export function impactedSymbols({ impacts }: Report): readonly Impacted[] {
  return mergeWorlds(impacts.filter(({ test }) => !test));
}

/** The same with the telling ones first, for a list that is cut. */
export function tellingFirst(report: Report): readonly Impacted[] {
  return [...impactedSymbols(report)].sort((left, right) => tellingRank(left) - tellingRank(right));
}

/**
 * Where a short list puts an impact: nearest first, names before module initialisers, and last what is only joined
 * to a change (the class of a changed method) or has no place in the repository.
 */
function tellingRank({ nearest: { distance, file, symbol } }: Impacted): number {
  if (distance === 0 || file === '') return Infinity;
  return distance + (symbol === '<module>' ? 0.5 : 0);
}

/** Impacts come nearest first; the first of an id is the one to show. */
function mergeWorlds(impacts: readonly ReportImpact[]): readonly Impacted[] {
  const byId = new Map<string, { nearest: ReportImpact; worlds: World[] }>();
  for (const impact of impacts) {
    const known = byId.get(impact.id);
    if (known === undefined) byId.set(impact.id, { nearest: impact, worlds: [impact.world] });
    else if (!known.worlds.includes(impact.world)) known.worlds.push(impact.world);
  }
  return [...byId.values()];
}
