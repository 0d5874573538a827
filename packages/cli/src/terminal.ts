/**
 * What the place that the text goes to can show: colours, width, characters beyond ASCII.
 * In: a stream's properties, the environment and the colour flags. Out: one record that reporters draw with.
 * Not here: any text. Sources: no-color.org, force-color.org, POSIX locale variables.
 */
import pc from 'picocolors';
import type { CliIo } from './io.js';

/** How to draw. */
export interface Terminal {
  readonly colors: Colors;
  /** Cells per line; text wraps there. `Infinity` where it is not a terminal: a log can be as wide as it likes. */
  readonly width: number;
  readonly glyphs: Glyphs;
}

/** The colour functions; without colour each returns its text. */
export type Colors = ReturnType<typeof pc.createColors>;

/** The characters of the drawing; the ASCII set has a character for each. */
export interface Glyphs {
  readonly full: string;
  readonly empty: string;
  readonly arrow: string;
  readonly up: string;
  readonly dot: string;
  readonly bullet: string;
  readonly atLeast: string;
  readonly ellipsis: string;
}

const UNICODE: Glyphs = {
  full: '█',
  empty: '░',
  arrow: '→',
  up: '↑',
  dot: '·',
  bullet: '•',
  atLeast: '≥',
  ellipsis: '…',
};
const ASCII: Glyphs = {
  full: '#',
  empty: '.',
  arrow: '->',
  up: '^',
  dot: '-',
  bullet: '*',
  atLeast: '>=',
  ellipsis: '...',
};

/** Narrower than this, wrapping makes a text worse. */
const NARROWEST = 40;

/**
 * The terminal of standard output, or of a file (`toFile`: no colour, UTF-8, any width).
 * @param color what `--color` or `--no-color` said; `undefined` where neither was given.
 */
export function terminalFor(io: CliIo, color: boolean | undefined, toFile: boolean): Terminal {
  const tty = !toFile && io.stdout.isTTY === true;
  const columns = tty ? (io.stdout.columns ?? 80) : Infinity;
  return {
    colors: pc.createColors(color ?? wantsColor(io.env, tty)),
    width: Math.max(NARROWEST, columns),
    glyphs: toFile || isUtf8(io) ? UNICODE : ASCII,
  };
}

/** `NO_COLOR` wins over `FORCE_COLOR`, which wins over what the stream is. */
export function wantsColor(env: CliIo['env'], tty: boolean): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  return tty && env['TERM'] !== 'dumb';
}

/** The locale's character set is UTF-8. Windows has no such variables: there, terminals that are known to be able. */
export function isUtf8(io: Pick<CliIo, 'env' | 'platform'>): boolean {
  const { env } = io;
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => (value ?? '') !== '');
  if (locale !== undefined) return /utf-?8/i.test(locale);
  if (io.platform !== 'win32') return false;
  return Boolean(env['WT_SESSION'] || env['TERM_PROGRAM'] || env['CI']);
}
