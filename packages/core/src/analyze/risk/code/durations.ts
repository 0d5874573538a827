/** Durations as code writes them. In: `'15m'`, `'7 days'`, `900`, and the unit of bare numbers. Out: seconds. Pure. */
import { ownEntry } from '../../../model/own-entry.js';

const SECONDS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  sec: 1,
  second: 1,
  m: 60,
  min: 60,
  minute: 60,
  h: 3600,
  hr: 3600,
  hour: 3600,
  d: 86_400,
  day: 86_400,
  w: 604_800,
  week: 604_800,
  y: 31_557_600,
  yr: 31_557_600,
  year: 31_557_600,
};

/** `undefined` for what is no duration. A bare text of digits counts in milliseconds, as `ms` reads it. */
export function secondsOf(value: string | number | boolean | undefined, unit: string | undefined): number | undefined {
  if (typeof value === 'number') return unit === 'milliseconds' ? value / 1000 : value;
  if (typeof value !== 'string') return undefined;
  const [, number, word = ''] = /^\s*(-?\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(value) ?? [];
  if (number === undefined) return undefined;
  const unitName = word === '' ? 'ms' : word.toLowerCase();
  const factor = ownEntry(SECONDS, unitName) ?? ownEntry(SECONDS, unitName.replace(/s$/, ''));
  return factor === undefined ? undefined : Number(number) * factor;
}
