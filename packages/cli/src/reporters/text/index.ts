/**
 * The report as text for people: the verdict first, then its reasons, then what to do.
 * In: a report, a terminal. Out: one string that ends in a newline.
 * Text from the repository is escaped by layout.ts, everywhere.
 */
import type { Report } from '@blast-radius/core';
import type { Terminal } from '../../terminal.js';
import { breakList } from './breaks.js';
import { surfaceList } from './surfaces.js';
import { changeList } from './changes.js';
import { diagnosticSummary, flagList, nextSteps, ownerList, statsLine, testList, unknownList } from './followup.js';
import { headline, scoreTable } from './headline.js';
import { hubList, nearestImpacts, packageTable } from './impacts.js';
import { joinSections, paragraph } from './layout.js';

/** How much is shown. */
export interface TextOptions {
  /** Entries of each list; `Infinity` for all, with whole paths and every diagnostic. */
  readonly limit: number;
  /** The gate's sentences; empty without a gate. */
  readonly gate: readonly string[];
  /** The flags of this run, as a shell takes them, to be repeated in advice. */
  readonly again: string;
  /** What is supposed, where nothing is compared: `If format changed`. */
  readonly subject?: string;
}

/** Draws a report. */
export function reportText(report: Report, terminal: Terminal, options: TextOptions): string {
  const { limit, gate, again, subject } = options;
  return joinSections(terminal, [
    headline(report, terminal, subject),
    unknownList(report, terminal),
    scoreTable(report, terminal),
    flagList(report, terminal, limit),
    changeList(report, terminal, limit),
    surfaceList(report, terminal, limit),
    breakList(report, terminal, limit),
    packageTable(report, terminal, limit),
    nearestImpacts(report, terminal, limit),
    hubList(report, terminal),
    testList(report, terminal, limit),
    ownerList(report, terminal, limit),
    diagnosticSummary(report, terminal, limit === Infinity),
    statsLine(report, terminal),
    nextSteps(report, terminal, again),
    { title: '', lines: gate.flatMap((sentence) => paragraph(terminal, sentence)) },
  ]);
}
