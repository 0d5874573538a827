/**
 * What published packages promise, and what release the change asks for. In: a report. Out: a section; nothing where none is concerned.
 */
import type { Report, ReportSurface } from '@blast-radius/core';
import type { Terminal } from '../../terminal.js';
import { andMore, paragraph, table, type CellLike, type Section } from './layout.js';
import { compatibilityPaint } from './paints.js';
import { place, plural } from '../words.js';

/** Packages with their least release, gravest differences first; a patch has nothing to list. */
export function surfaceList({ surfaces }: Report, terminal: Terminal, limit: number): Section {
  if (surfaces.length === 0) return { title: '', lines: [] };
  const { colors } = terminal;
  const lines = surfaces.flatMap((surface) => {
    const shown = surface.findings.slice(0, limit);
    const rows = shown.map(({ rule, effect, entry, name, detail, file, line }): CellLike[] => [
      { text: effect, paint: compatibilityPaint(colors, effect) },
      name === '' ? entry : `${entry} ${name}`,
      { text: place({ file, line }), paint: colors.cyan },
      `${detail} (${rule})`,
    ]);
    const more = andMore(terminal, shown.length, surface.findings.length, '--verbose');
    return [...paragraph(terminal, levelSentence(surface), '  ', colors.bold), ...table(terminal, rows), ...more];
  });
  return { title: `Public surface of ${plural(surfaces.length, 'package')}`, lines };
}

function levelSentence({ package: name, level, known, typed }: ReportSurface): string {
  const least = known ? level : `at least ${level}, since not all could be decided`;
  return `${name}: ${least}${typed ? '' : ' (by what is written; no type checker was asked)'}`;
}
