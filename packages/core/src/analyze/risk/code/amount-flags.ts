/**
 * Amounts that code gives itself and that went up, down, or away, by the rules `res/…`: pools, limits, timeouts, retries.
 * In: option ends of both revisions in changed files. Out: flags with direction. Pure. Amounts of configuration files are
 * judged in settings/resource-flags.ts, by the same rules.
 */
import { CODE_AMOUNTS } from '../../../catalogue/code-amounts.js';
import { dimensionOf } from '../../../catalogue/resources.js';
import type { Endpoint, RiskFlag } from '../../../model/index.js';
import { flagOf } from '../classifier.js';
import { amountOf } from '../settings/amounts.js';
import { secondsOf } from './durations.js';
import { pairEnds, type CodeEnds } from './end-pairs.js';
import { calledName, optionDifferences, writtenValue, type OptionDifference, type OptionValue } from './option-differences.js'; // prettier-ignore

/** The flags of all amounts. */
export function amountFlags({ base, head }: CodeEnds): RiskFlag[] {
  const { pairs } = pairEnds(base, head, ({ node, row }) => `${node} ${row}`);
  return pairs.flatMap((pair) => optionDifferences(pair).flatMap((difference) => amountFlag(pair.after, difference)));
}

const DIRECTIONS = { lowered: 'down', raised: 'up', added: 'added', removed: 'removed' } as const;

function amountFlag(end: Endpoint, difference: OptionDifference): RiskFlag[] {
  const { option, before, after } = difference;
  const row = CODE_AMOUNTS.find(({ rows, options }) => rows.test(end.row) && options.test(option));
  if (row === undefined) return [];
  const [old, now] = [numberOf(before, difference.unit), numberOf(after, difference.unit)];
  const step = stepOf(difference, old, now);
  if (step === undefined) return [];
  const words = dimensionOf(row.dimension).words;
  const message = `${words.charAt(0).toUpperCase()}${words.slice(1)} is ${writtenValue(after)}, was ${writtenValue(before)} (\`${option}\` of ${calledName(end)}).`;
  const { file, line, node } = end;
  return [
    flagOf(`res/${row.dimension}-${step}`, {
      file,
      line,
      nodes: [node],
      subject: `${end.row}.${option}`,
      message,
      direction: DIRECTIONS[step],
      ...(before === undefined ? {} : { before: writtenValue(before) }),
      ...(after === undefined ? {} : { after: writtenValue(after) }),
    }),
  ];
}

/** What is there but no number is not known: no step. */
function stepOf(
  { before, after }: OptionDifference,
  old: number | undefined,
  now: number | undefined,
): keyof typeof DIRECTIONS | undefined {
  if (old !== undefined && now !== undefined) return old === now ? undefined : now < old ? 'lowered' : 'raised';
  if (old !== undefined && after === undefined) return 'removed';
  return now !== undefined && before === undefined ? 'added' : undefined;
}

function numberOf(value: OptionValue, unit: string | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  return unit === 'bytes' ? amountOf(value, 'bytes') : secondsOf(value, unit);
}
