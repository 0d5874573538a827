/**
 * The type checker's part of a report.
 * In: what its answers meant. Out: counts and the new errors, in a fixed order. Not here: the meaning (apply.ts).
 */
import { compareText, type ReportBreak, type ReportTypes } from '../../model/index.js';
import type { TypedOutcome } from './apply.js';

/** See `ReportTypes`. */
export function typesReported({ findings, unmoved, doubtful }: TypedOutcome): ReportTypes {
  const { engine, version, installed, checked, errors } = findings;
  const breaks = [...errors].flatMap(([file, found]) =>
    found.map(({ line, code, message }): ReportBreak => ({ file, line, code, message: message.split('\n', 1)[0]! })),
  );
  return {
    engine,
    version,
    installed,
    checkedFiles: checked.size,
    spared: unmoved.reduce((sum, one) => sum + one, 0),
    doubtful: doubtful.size,
    breaks: breaks.sort(
      (left, right) => compareText(left.file, right.file) || left.line - right.line || left.code - right.code,
    ),
  };
}
