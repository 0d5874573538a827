/**
 * Paths from a change to a symbol, as text. In: the library's paths. Out: one string that ends in a newline.
 */
import type { Report, WhyPath } from '@blast-radius/core';
import type { Terminal } from '../../terminal.js';
import { andMore, joinSections, paragraph, table, type CellLike, type Section } from './layout.js';
import { countUnknowns } from '../counts.js';
import { EDGE_WORDS, place, plural, symbolOf } from '../words.js';

/** Draws the first `limit` paths; says plainly where there is none, and how sure that is. */
export function whyText(
  report: Report,
  written: string,
  paths: readonly WhyPath[],
  terminal: Terminal,
  limit: number,
): string {
  if (paths.length === 0) return joinSections(terminal, [noPath(report, written, terminal)]);
  const shown = paths.slice(0, limit);
  const sections = shown.map((path) => pathSection(path, terminal));
  return joinSections(terminal, [
    ...sections,
    { title: '', lines: andMore(terminal, shown.length, paths.length, '--limit') },
  ]);
}

function noPath({ verdict, unknowns }: Report, written: string, terminal: Terminal): Section {
  const doubt = verdict.known
    ? ''
    : ` But ${plural(countUnknowns(unknowns), 'thing')} near the change could not be followed, so this is not certain.`;
  return { title: '', lines: paragraph(terminal, `No change reaches ${written}.${doubt}`) };
}

function pathSection(path: WhyPath, terminal: Terminal): Section {
  const { colors } = terminal;
  const target = path.steps.at(-1);
  const hops = path.steps.length - 1;
  const title =
    hops === 0
      ? `${nameOf(target)} is changed itself`
      : `${nameOf(target)} is reached in ${plural(hops, 'step')} (${path.world}, ${path.confidence})`;
  const rows = path.steps.map((step, index): CellLike[] => [
    { text: index === 0 ? 'changed' : wordsFor(step.via), paint: index === 0 ? colors.yellow : colors.dim },
    { text: nameOf(step), paint: colors.bold },
    { text: step.file === '' ? '' : place(step), paint: colors.cyan },
  ]);
  const [first = ''] = paragraph({ ...terminal, width: Infinity }, title);
  return { title: first, lines: table(terminal, rows) };
}

type Step = WhyPath['steps'][number];

function nameOf(step: Step | undefined): string {
  return step === undefined ? '' : symbolOf(step);
}

function wordsFor(via: Step['via']): string {
  return via === undefined ? '' : EDGE_WORDS[via];
}
