/**
 * Bounds of a schema (`maxLength`, `minimum` …): which way each went, and whether that hurts who sends or who reads.
 * In: two shapes. Out: rule names with words. Requests suffer from narrower bounds, responses from wider ones.
 */
import type { PlainValue } from '../../../model/index.js';

interface Bounded {
  readonly keyword: (name: string) => PlainValue | undefined;
}

/** Keyword, its name in the rules, and which way narrows. */
const BOUNDS = [
  ['maximum', 'max', 'upper'],
  ['minimum', 'min', 'lower'],
  ['exclusiveMaximum', 'exclusive-max', 'upper'],
  ['exclusiveMinimum', 'exclusive-min', 'lower'],
  ['maxLength', 'max-length', 'upper'],
  ['minLength', 'min-length', 'lower'],
  ['maxItems', 'max-items', 'upper'],
  ['minItems', 'min-items', 'lower'],
] as const;

/** Names that a rule exists for are the caller's matter. */
export function boundFindings(
  direction: 'request' | 'response',
  prefix: string,
  what: string,
  base: Bounded,
  head: Bounded,
) {
  return BOUNDS.flatMap(([keyword, name, side]) => {
    const [old, now] = [numberOf(base.keyword(keyword)), numberOf(head.keyword(keyword))];
    const step = direction === 'request' ? narrowed(side, old, now) : widened(side, old, now);
    if (step === undefined) return [];
    const words = `the ${keyword} of ${what} is ${now ?? 'gone'}${old === undefined ? '' : `, was ${old}`}`;
    return [{ rule: `${prefix}-${name}-${step}`, words }];
  });
}

function numberOf(value: PlainValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function narrowed(side: 'upper' | 'lower', old: number | undefined, now: number | undefined): string | undefined {
  if (now === undefined) return undefined;
  if (old === undefined) return side === 'lower' && now <= 0 ? undefined : 'set';
  if (side === 'upper') return now < old ? 'decreased' : undefined;
  return now > old ? 'increased' : undefined;
}

function widened(side: 'upper' | 'lower', old: number | undefined, now: number | undefined): string | undefined {
  if (old === undefined) return undefined;
  if (now === undefined) return 'unset';
  if (side === 'upper') return now > old ? 'increased' : undefined;
  return now < old ? 'decreased' : undefined;
}
