/**
 * What of a report has a place and a rule, for formats that put marks on lines: SARIF, annotations, code quality.
 * In: a report. Out: findings, gravest first, each with an identity that survives edits above it.
 * Not here: how a format writes one.
 */
import { createHash } from 'node:crypto';
import type {
  FlagSeverity,
  Report,
  ReportBreak,
  ReportChange,
  ReportFlag,
  ReportUnknown,
  RiskRule,
  Suppression,
} from '@blast-radius/core';
import { OWN_RULES, type OwnRule } from './own-rules.js';
import { plural, symbolOf } from './words.js';

/** How loud a mark is. */
export type FindingLevel = 'error' | 'warning' | 'note';

/** Which list of the report a finding comes from. */
export type FindingSource = 'flag' | 'break' | 'change' | 'unknown';

/** One thing to mark. */
export interface Finding {
  readonly source: FindingSource;
  readonly rule: string;
  readonly title: string;
  readonly level: FindingLevel;
  readonly severity: FlagSeverity;
  /** The symbol that the message speaks of, where it does not name it. */
  readonly symbol?: string;
  /** One sentence; repository text in it, not yet escaped. */
  readonly message: string;
  /** `''` where it has no place. */
  readonly file: string;
  /** 1-based; 0 where there is none. */
  readonly line: number;
  /** It is about what is gone: its place is the base's. */
  readonly base?: true;
  /** 32 hexadecimal digits: equal for the same finding whatever line it moves to, different for any two of one report. */
  readonly fingerprint: string;
  /** Ids of the changes it is about, to find what they reach. */
  readonly changes: readonly string[];
  readonly flag?: ReportFlag;
  /** Who accepted it. */
  readonly suppression?: Suppression;
}

type Draft = Omit<Finding, 'fingerprint'> & { readonly identity: readonly string[] };

/** Everything to mark; accepted flags only `withSuppressed`. */
export function findingsOf(report: Report, withSuppressed = false): readonly Finding[] {
  const titles = new Map(report.rules.map(({ id, title }) => [id, title]));
  const unadapted = new Set(report.impacts.filter(({ distance }) => distance === 1).map(({ path }) => path[0]));
  const gone = new Set(report.changes.filter(({ kind }) => kind === 'removed').map(({ id }) => id));
  const drafts = [
    ...report.flags.map((flag) => flagFinding(flag, titles, gone)),
    ...(report.types?.breaks ?? []).map(breakFinding),
    ...report.unknowns.map(unknownFinding),
    ...outermost(report.changes.filter(breaksSomebody)).map((change) =>
      changeFinding(change, unadapted.has(change.id)),
    ),
    ...(withSuppressed
      ? report.suppressed.map(({ suppression, ...flag }) => ({ ...flagFinding(flag, titles, gone), suppression }))
      : []),
  ];
  return fingerprinted(drafts).sort((left, right) => rankOf(left) - rankOf(right));
}

/** The rules that findings can name: those of the report's flags, and those of the report itself. */
export function findingRules({ rules }: Report): readonly (RiskRule | OwnRule)[] {
  return [...rules, ...Object.values(OWN_RULES)];
}

/** A change that its dependents do not survive as they are, and there are some. */
export function breaksSomebody({ compatibility, reach }: ReportChange): boolean {
  return compatibility === 'breaking' && reach.total + reach.tests > 0;
}

/** Gravest first, as drawn in every list of flags. */
export function severityRank(severity: FlagSeverity): number {
  return SEVERITIES.indexOf(severity);
}

const SEVERITIES: readonly FlagSeverity[] = ['critical', 'high', 'medium', 'low', 'info'];
const LEVELS: readonly FindingLevel[] = ['error', 'warning', 'note'];

function rankOf({ level, severity }: Finding): number {
  return LEVELS.indexOf(level) * SEVERITIES.length + severityRank(severity);
}

/** What breaks or weakens access is an error where it is grave; what could not be read is never mild. */
function flagLevel({ severity, verdict, security }: ReportFlag): FindingLevel {
  if (severity === 'info') return verdict === 'unknown' ? 'warning' : 'note';
  if (severity === 'critical') return 'error';
  if (severity === 'high') return verdict === 'breaking' || security === 'weakened' ? 'error' : 'warning';
  return severity === 'medium' || verdict === 'unknown' ? 'warning' : 'note';
}

/** @param gone ids of what was removed */
function flagFinding(flag: ReportFlag, titles: ReadonlyMap<string, string>, gone: ReadonlySet<string>): Draft {
  const { rule, severity, message, file, line, changes, subject, reach } = flag;
  const dependents = reach.direct === 0 ? '' : ` ${plural(reach.direct, 'direct dependent')}.`;
  return {
    source: 'flag',
    rule,
    title: titles.get(rule) ?? rule,
    level: flagLevel(flag),
    severity,
    message: `${message}${dependents}`,
    file,
    line,
    ...(changes.length > 0 && changes.every((id) => gone.has(id)) ? { base: true } : {}),
    changes,
    flag,
    identity: [rule, file, subject ?? ''],
  };
}

function breakFinding({ file, line, code, message }: ReportBreak): Draft {
  const { id: rule, title, severity } = OWN_RULES.typeError;
  return {
    source: 'break',
    rule,
    title,
    level: 'error',
    severity,
    message: `TS${code}: ${message}`,
    file,
    line,
    changes: [],
    identity: [rule, file, String(code), message],
  };
}

function unknownFinding({ file, line, reason }: ReportUnknown): Draft {
  const { id: rule, title, severity } = OWN_RULES.notFollowed;
  const message = `Not followed: ${reason}. What depends on the change through this is not counted.`;
  return { source: 'unknown', rule, title, level: 'warning', severity, message, file, line, changes: [], identity: [rule, file, reason] }; // prettier-ignore
}

/** Without the members of what is in the list itself: a class that goes takes its methods along. */
function outermost(changes: readonly ReportChange[]): ReportChange[] {
  const names = new Set(changes.map(({ file, symbol }) => `${file}\0${symbol}`));
  return changes.filter(({ file, symbol }) => {
    const parts = symbol.split('.');
    return !parts.some((_, index) => index > 0 && names.has(`${file}\0${parts.slice(0, index).join('.')}`));
  });
}

/** @param unadapted something that did not change with it depends on it directly. Without, it is of small weight. */
function changeFinding(change: ReportChange, unadapted: boolean): Draft {
  const { id: rule, title } = OWN_RULES.breakingChange;
  const level = unadapted ? 'warning' : 'note';
  const severity = unadapted ? OWN_RULES.breakingChange.severity : 'low';
  const { id, kind, file, line, reach, rule: why, detail } = change;
  const how = [kind, ...(why === '' ? [] : [why]), ...(detail === undefined ? [] : [detail])].join(', ');
  const message =
    `${how.replace(/[.]$/, '')}. ${plural(reach.direct, 'direct dependent')}, ` +
    `${plural(reach.total, 'symbol')} and ${plural(reach.tests, 'file of tests', 'files of tests')} reached in all.`;
  const symbol = symbolOf(change);
  const place = kind === 'removed' ? ({ file, line, base: true } as const) : { file, line };
  return { source: 'change', rule, title, level, severity, symbol, message, ...place, changes: [id], identity: [rule, id] }; // prettier-ignore
}

/** Symbol and message, for formats without markup. */
export function sentenceOf({ symbol, message }: Finding): string {
  return symbol === undefined ? message : `${symbol}: ${message}`;
}

/** Two findings of one identity are told apart by their order in the report. */
function fingerprinted(drafts: readonly Draft[]): Finding[] {
  const seen = new Map<string, number>();
  return drafts.map(({ identity, ...finding }) => {
    const key = JSON.stringify(identity);
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    const text = nth === 0 ? key : `${key}#${nth}`;
    return { ...finding, fingerprint: createHash('sha256').update(text).digest('hex').slice(0, 32) };
  });
}
