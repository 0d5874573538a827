/**
 * Doubt that spreads: what is inferred from something unproven is unproven itself, and so is whoever uses it.
 * In: a program, files, the affected declarations. Out: places without proof. Ends when no further declaration is tainted.
 * Not here: what a doubt is (the engines; docs/types.md).
 */
import type { LineRanges, RepoPath, TypeQuestions } from '../../model/index.js';
import type { TypeDoubt, TypeProgram } from '../../model/types.js';

type Range = readonly [from: number, to: number];

/** Each file's doubts. At most as many rounds as there are affected declarations; two or three in practice. */
export function spreadDoubts(
  program: TypeProgram,
  files: readonly RepoPath[],
  { affected, inferring }: TypeQuestions,
): ReadonlyMap<RepoPath, readonly TypeDoubt[]> {
  const tainted = new Map<RepoPath, Range[]>();
  for (;;) {
    const doubts = new Map(files.map((file) => [file, program.doubts(file, affected, tainted)]));
    let spreads = false;
    for (const [file, found] of doubts) {
      const declared = affected.get(file) ?? [];
      const open = new Set((inferring.get(file) ?? []).map(String));
      for (const { line, written } of found) {
        for (const range of smallest(declared, line)) {
          const isNew = !isNoted(tainted, file, range);
          if (!isNew || !(written || open.has(String(range)))) continue;
          tainted.set(file, [...(tainted.get(file) ?? []), range]);
          spreads = true;
        }
      }
    }
    if (!spreads) return doubts;
  }
}

function isNoted(ranges: LineRanges, file: RepoPath, [from, to]: Range): boolean {
  return ranges.get(file)?.some(([start, end]) => start === from && end === to) === true;
}

/** The smallest ranges that hold the line. */
function smallest(ranges: readonly Range[], line: number): readonly Range[] {
  const holding = ranges.filter(([from, to]) => from <= line && line <= to);
  const size = Math.min(...holding.map(([from, to]) => to - from));
  return holding.filter(([from, to]) => to - from === size);
}
