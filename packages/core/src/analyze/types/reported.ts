/**
 * The type checker's part of a report.
 * In: what its answers meant. Out: counts and the new errors, in a fixed order. Not here: the meaning (apply.ts).
 * Where nothing is installed, errors that say just that are counted and not listed: a new test file would bring a hundred. A file that
 * nobody edited has such errors in both revisions, so one that is new there is the change's doing.
 */
import { compareText, type ReportBreak, type ReportTypes } from '../../model/index.js';

/** What a checker says of a missing package, of missing globals, and of what has no type because of them. */
const NOT_INSTALLED: ReadonlySet<number> = new Set([
  2304, 2307, 2318, 2503, 2552, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593, 2688, 2792, 2867, 2868, 2875, 7006,
  7016, 7017, 7026, 7031,
]);
import type { TypedOutcome } from './apply.js';

/** See `ReportTypes`. */
export function typesReported({ findings, unmoved, doubtful, suspects }: TypedOutcome): ReportTypes {
  const { engine, version, installed, checked, errors, unedited } = findings;
  const found = [...errors].flatMap(([file, ofFile]) =>
    ofFile.map(({ line, code, message }): ReportBreak => ({ file, line, code, message: message.split('\n', 1)[0]! })),
  );
  const breaks = installed ? found : found.filter((one) => unedited.has(one.file) || !saysNotInstalled(one));
  return {
    engine,
    version,
    installed,
    checkedFiles: checked.size,
    spared: unmoved.reduce((sum, one) => sum + one, 0),
    doubtful: doubtful.size,
    notInstalled: found.length - breaks.length,
    breaks: breaks.sort(
      (left, right) => compareText(left.file, right.file) || left.line - right.line || left.code - right.code,
    ),
    suspects: [...new Map(suspects.map((one) => [`${one.line} ${one.file}`, one])).values()].sort(
      (left, right) => compareText(left.file, right.file) || left.line - right.line,
    ),
  };
}

/** A relative module that is not found is no package. */
function saysNotInstalled({ code, message }: ReportBreak): boolean {
  return NOT_INSTALLED.has(code) && !/^Cannot find module '\.{1,2}\//.test(message);
}
