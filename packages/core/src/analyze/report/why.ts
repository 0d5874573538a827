/**
 * "Why is this affected?": the paths from a change to a symbol, out of a finished report.
 * In: a report and a written symbol. Out: paths, nearest first. Needs a report whose paths were asked for.
 */
import type { Confidence, EdgeKind, Report, ReportChange, ReportImpact, RepoPath, World } from '../../model/index.js';
import { parseWrittenSymbol } from '../impact/index.js';

/** One step of a path. */
export interface WhyStep {
  readonly id: string;
  readonly symbol: string;
  /** `''` for external symbols. */
  readonly file: RepoPath;
  /** 1-based; 0 where there is none. */
  readonly line: number;
  /** How this step depends on the one before; absent on the first, which is the change. */
  readonly via?: EdgeKind;
}

/** One shortest path, changed symbol first; a single step where the symbol is changed itself. */
export interface WhyPath {
  readonly world: World;
  readonly confidence: Confidence;
  readonly steps: readonly WhyStep[];
}

/**
 * Every path of the report that ends in what `written` means: `file#Class.member`, a file, `file:line`, an id, or a name
 * (of all symbols that have it). Ordered as the report's impacts, changes first. Empty where no change gets there.
 */
export function why(report: Report, written: string): WhyPath[] {
  const fits = matcherOf(report, written);
  const steps = stepTable(report);
  const changed = report.changes.filter(fits).map((change): WhyPath => ({
    world: 'runtime',
    confidence: 'bound',
    steps: [steps.get(change.id)!],
  }));
  const reached = report.impacts
    .filter((impact) => impact.path.length > 0 && fits(impact))
    .map((impact) => pathOf(impact, steps));
  return [...changed, ...reached];
}

function pathOf({ world, confidence, path, via }: ReportImpact, steps: ReadonlyMap<string, WhyStep>): WhyPath {
  return {
    world,
    confidence,
    steps: path.map((id, index) => {
      const step = steps.get(id) ?? { id, symbol: id, file: '', line: 0 };
      return index === 0 ? step : { ...step, via: via[index - 1]! };
    }),
  };
}

function stepTable(report: Report): Map<string, WhyStep> {
  const steps = new Map<string, WhyStep>();
  for (const { id, symbol, file, line } of [...report.impacts, ...report.changes])
    steps.set(id, { id, symbol, file, line });
  return steps;
}

type Row = ReportChange | ReportImpact;

function matcherOf(report: Report, written: string): (row: Row) => boolean {
  const parsed = parseWrittenSymbol(written);
  if (parsed.kind === 'id') return ({ id }) => id === parsed.id;
  if (parsed.kind === 'member') return ({ file, symbol }) => isFile(file, parsed.file) && isNamed(symbol, parsed.name);
  if (parsed.kind === 'line') {
    const line = lastLineUpTo(report, parsed.file, parsed.line);
    return (row) => isFile(row.file, parsed.file) && row.line === line;
  }
  return ({ file, symbol }) => isNamed(symbol, parsed.name) || isFile(file, parsed.name);
}

/** A report has no end lines: the nearest symbol that starts at or above the line is meant. */
function lastLineUpTo(report: Report, file: string, line: number): number {
  const lines = [...report.changes, ...report.impacts].filter((row) => isFile(row.file, file)).map((row) => row.line);
  return lines.filter((start) => start <= line).reduce((most, start) => Math.max(most, start), -1);
}

function isFile(path: string, written: string): boolean {
  return path === written || (written !== '' && path.endsWith(`/${written}`));
}

function isNamed(symbol: string, written: string): boolean {
  return symbol === written || symbol.endsWith(`.${written}`);
}
