/**
 * The errors of the head that the base has not.
 * In: one file's errors in both revisions. Out: the new ones. Not here: whom they concern (analyze/types).
 */
import type { TypeDiagnostic } from '../../model/types.js';

/**
 * Errors are the same where code and message are; in a file with `sameText`, where they stand at the same place too.
 * Several equal errors are matched one to one, the first ones first. Ordered as given.
 */
export function newErrors(
  before: readonly TypeDiagnostic[],
  after: readonly TypeDiagnostic[],
  sameText: boolean,
): TypeDiagnostic[] {
  const keyOf = (one: TypeDiagnostic): string =>
    sameText ? `${one.start} ${one.code} ${one.message}` : `${one.code} ${one.message}`;
  const known = new Map<string, number>();
  for (const one of before) known.set(keyOf(one), (known.get(keyOf(one)) ?? 0) + 1);
  return after.filter((one) => {
    const left = known.get(keyOf(one)) ?? 0;
    known.set(keyOf(one), left - 1);
    return left <= 0;
  });
}
