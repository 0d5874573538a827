/**
 * Amounts as numbers. In: values as configuration writes them (`512Mi`, `500m`, `1.5`, `30s`, `1g`). Out: a number in the unit.
 * `undefined` for what is no number (a variable, a template): then nothing is known of it.
 */
import type { Unit } from '../../../catalogue/resources.js';
import { ownEntry } from '../../../model/own-entry.js';

const BYTES: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1024,
  ki: 1024,
  kib: 1024,
  m: 1e6,
  mb: 1024 ** 2,
  mi: 1024 ** 2,
  mib: 1024 ** 2,
  g: 1e9,
  gb: 1024 ** 3,
  gi: 1024 ** 3,
  gib: 1024 ** 3,
  t: 1e12,
  tb: 1024 ** 4,
  ti: 1024 ** 4,
};
const SECONDS: Readonly<Record<string, number>> = { '': 1, ms: 0.001, s: 1, m: 60, h: 3600 };

/** @param bare the unit of bare numbers, where it is not the dimension's own. */
export function amountOf(value: string, unit: Unit, bare?: 'milliseconds' | 'megabytes'): number | undefined {
  const text = value.trim().toLowerCase().replaceAll('_', '');
  if (unit === 'seconds' && /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(text)) {
    return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce(
      (sum, match) => sum + Number(match[1]) * SECONDS[match[2]!]!,
      0,
    );
  }
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/.exec(text);
  if (match === null) return undefined;
  const [number, suffix] = [Number(match[1]), match[2]!];
  const bytes = ownEntry(BYTES, suffix);
  switch (unit) {
    case 'bytes':
      return scaled(number, bytes);
    case 'megabytes':
      return suffix === '' ? number : scaled(number, bytes === undefined ? undefined : bytes / 1024 ** 2);
    case 'cores':
      return suffix === 'm' ? number / 1000 : suffix === '' ? number : undefined;
    case 'seconds':
      return scaled(number, suffix === '' && bare === 'milliseconds' ? 0.001 : ownEntry(SECONDS, suffix));
    case 'count':
      return suffix === '' ? number : undefined;
  }
}

function scaled(number: number, factor: number | undefined): number | undefined {
  return factor === undefined ? undefined : number * factor;
}
