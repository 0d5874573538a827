/**
 * What the type checker said: the errors that the change brings, and how far its word goes.
 * In: a report. Out: a section; nothing where no checker was asked.
 */
import type { Report } from '@blast-radius/core';
import type { Terminal } from '../../terminal.js';
import { andMore, paragraph, table, type CellLike, type Section } from './layout.js';
import { plural } from '../words.js';

/** New type errors by place, then what was checked. */
export function breakList({ types }: Report, terminal: Terminal, limit: number): Section {
  if (types === undefined) return { title: '', lines: [] };
  const { colors } = terminal;
  const { breaks, suspects, checkedFiles, spared, doubtful, notInstalled, engine, version } = types;
  const shown = breaks.slice(0, limit);
  const rows = shown.map(({ file, line, code, message }): CellLike[] => [
    { text: `${file}:${line}`, paint: colors.cyan },
    { text: `TS${code}`, paint: colors.dim },
    message,
  ]);
  const said = [
    `${engine} ${version} checked ${plural(checkedFiles, 'file')}`,
    ...(spared === 0
      ? []
      : [`${plural(spared, 'symbol')} left out, since what the change reaches there still compiles`]),
    ...(notInstalled === 0 ? [] : [`${plural(notInstalled, 'more error')} not listed, of what is not installed`]),
    ...(suspects.length === 0
      ? []
      : [
          `${plural(new Set(suspects.map(({ file }) => file)).size, 'file')} likely to break where something untyped meets the change (--json lists them)`,
        ]),
    ...(doubtful === 0 ? [] : [`${plural(doubtful, 'symbol')} kept, since something untyped stands between`]),
  ].join('; ');
  return {
    title: `Breaks at compile time: ${plural(breaks.length, 'new type error')}`,
    lines: [
      ...table(terminal, rows),
      ...andMore(terminal, shown.length, breaks.length, '--verbose'),
      ...paragraph(terminal, said, '  ', colors.dim),
    ],
  };
}
