/**
 * Runs the classifiers and makes report rows of what they find.
 * In: the analysis so far. Out: flags and suppressed flags, ordered, each once, with what they reach.
 * Not here: any rule (classifiers.ts) and the points (analyze/score).
 */
import { NOTHING_SENSITIVE, compareText } from '../../model/index.js';
import type { Change, ReachSize, ReportFlag, RiskFlag, RiskRule, SuppressedFlag } from '../../model/index.js';
import { ruleOf } from '../../catalogue/rules/index.js';
import { CLASSIFIERS } from './classifiers.js';
import type { AnyClassifier, RiskSource } from './classifier.js';
import { suppressionOf } from './suppress.js';

/** What {@link classify} reads. */
export interface ClassifySource extends Omit<RiskSource, 'sensitive'> {
  readonly idOf: (node: number) => string;
}

/** The report's two lists, and the rules that they name. */
export interface Classified {
  readonly flags: readonly ReportFlag[];
  readonly suppressed: readonly SuppressedFlag[];
  readonly rules: readonly RiskRule[];
}

/** Runs every classifier. O(flags × changes of their file). */
export function classify(source: ClassifySource, classifiers: readonly AnyClassifier[] = CLASSIFIERS): Classified {
  const sensitive = source.snapshot.sensitive ?? NOTHING_SENSITIVE;
  const found = classifiers.flatMap((one) => one.classify({ ...source, sensitive }));
  const about = changesByFile(source.changes);
  const shown: RiskFlag[] = [];
  const suppressed: SuppressedFlag[] = [];
  for (const flag of found) {
    const suppression = suppressionOf(flag, sensitive.suppressions);
    if (suppression === undefined) shown.push(flag);
    else suppressed.push({ ...reportRow(flag, source, about), suppression });
  }
  const flags = limited(mergeEqual(shown).sort(inFlagOrder)).map((flag) => reportRow(flag, source, about));
  return { flags, suppressed: suppressed.sort(inFlagOrder), rules: rulesNamed([...flags, ...suppressed]) };
}

/** By id, each once. */
function rulesNamed(flags: readonly RiskFlag[] | readonly ReportFlag[]): RiskRule[] {
  return [...new Set(flags.map(({ rule }) => rule))].sort(compareText).map(ruleOf);
}

/** Findings of one rule in one file past this many are counted by one more: a generated description may hold thousands. */
const SAME_RULE = 25;

function limited(flags: readonly RiskFlag[]): RiskFlag[] {
  const counts = new Map<string, number>();
  const last = new Map<string, RiskFlag>();
  const kept = flags.filter((flag) => {
    const key = `${flag.file}\0${flag.rule}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    last.set(key, flag);
    return count <= SAME_RULE;
  });
  const rest = [...counts].flatMap(([key, count]) => {
    if (count <= SAME_RULE) return [];
    const { rule, kind, severity, verdict, file } = last.get(key)!;
    const message = `${count - SAME_RULE} more findings of this rule in this file are not listed.`;
    return [{ rule, kind, severity, verdict, file, line: 0, message, evidence: [] }];
  });
  return [...kept, ...rest].sort(inFlagOrder);
}

function inFlagOrder(left: RiskFlag, right: RiskFlag): number {
  return (
    compareText(left.file, right.file) ||
    left.line - right.line ||
    compareText(left.rule, right.rule) ||
    compareText(left.subject ?? '', right.subject ?? '') ||
    compareText(left.message, right.message)
  );
}

/**
 * A migration and the schema beside it say the same once: the first keeps the record, the other becomes evidence. So does a
 * finding of one file that is made twice. Two migrations of one subject are two: they may be of two databases.
 */
function mergeEqual(flags: readonly RiskFlag[]): RiskFlag[] {
  const merged: RiskFlag[] = [];
  const bySubject = new Map<string, number[]>();
  for (const flag of flags) {
    const key = flag.subject === undefined ? `${flag.file}\0${flag.line}\0${flag.message}` : subjectKey(flag.subject);
    const at = `${flag.rule}\0${key}`;
    const known = bySubject.get(at) ?? [];
    const twin = known.find((index) => saysTheSame(merged[index]!, flag));
    if (twin === undefined) bySubject.set(at, [...known, merged.push(flag) - 1]);
    else
      merged[twin] = { ...merged[twin]!, evidence: [...merged[twin]!.evidence, ...placeOf(flag)].slice(0, EVIDENCE) };
  }
  return merged;
}

function saysTheSame(known: RiskFlag, flag: RiskFlag): boolean {
  if (known.file === flag.file) return known.line === flag.line || known.kind !== 'schema';
  return known.kind === 'schema' && isMigration(known.file) !== isMigration(flag.file);
}

function isMigration(file: string): boolean {
  return /\.sql$|(?:^|\/)[\w.-]*migrat[\w.-]*\//i.test(file);
}

function placeOf({ file, line, message, evidence }: RiskFlag): RiskFlag['evidence'] {
  return evidence.length > 0 ? evidence : [{ file, line, side: 'head', text: message.slice(0, 200) }];
}

const EVIDENCE = 10;

/** `User.teamId` of a model and `users.team_id` of a migration are one thing. */
function subjectKey(subject: string): string {
  const parts = subject
    .toLowerCase()
    .replace(/^public\./, '')
    .replaceAll(/[_"'` ]/g, '')
    .split('.');
  return [parts[0]!.replace(/(?:es|s)$/, ''), ...parts.slice(1)].join('.');
}

function changesByFile(changes: readonly Change[]): ReadonlyMap<string, readonly number[]> {
  const byFile = new Map<string, number[]>();
  changes.forEach(({ file }, index) => byFile.set(file, [...(byFile.get(file) ?? []), index]));
  return byFile;
}

function reportRow(flag: RiskFlag, source: ClassifySource, about: ReadonlyMap<string, readonly number[]>): ReportFlag {
  const { nodes, ...row } = flag;
  const indices =
    nodes === undefined
      ? (about.get(flag.file) ?? [])
      : source.changes.flatMap(({ node }, index) => (nodes.includes(node) ? [index] : []));
  const ids = indices.map((index) => source.idOf(source.changes[index]!.node));
  const reach = indices.reduce((most, index) => larger(most, source.sizes[index] ?? NO_REACH), NO_REACH);
  return { ...row, changes: [...new Set(ids)].slice(0, EVIDENCE), reach };
}

function larger(left: ReachSize, right: ReachSize): ReachSize {
  return right.direct > left.direct || (right.direct === left.direct && right.total > left.total) ? right : left;
}

/** Nothing in the graph depends on it. */
export const NO_REACH: ReachSize = {
  direct: 0,
  twoHop: 0,
  total: 0,
  directFiles: 0,
  twoHopFiles: 0,
  files: 0,
  packages: 0,
  apps: 0,
  tests: 0,
};
