/**
 * Amounts that went up, down, or away, by the rules `res/…`.
 * In: changed settings. Out: flags with direction. Pure. Whole files that are new or gone change no amount.
 */
import { dimensionOf, RESOURCE_ROWS, type Dimension, type ResourceRow } from '../../../catalogue/resources.js';
import type { RiskFlag, Setting, SettingsChange } from '../../../model/index.js';
import { flagOf, type Finding } from '../classifier.js';
import { amountOf } from './amounts.js';
import { differencesOf, printable, type SettingDifference } from './differences.js';

/** The flags of every file. */
export function resourceFlags(changes: readonly SettingsChange[]): RiskFlag[] {
  return changes.flatMap((change) => {
    if (!change.read) return [];
    const flags =
      change.status === 'added' || change.status === 'removed'
        ? []
        : differencesOf(change).flatMap((one) => amountFlags(change, one));
    return [...flags, ...contradictions(change)].map((flag) => milder(change, flag));
  });
}

/** What only developers start harms nobody. */
export function milder({ local }: SettingsChange, flag: RiskFlag): RiskFlag {
  return local ? { ...flag, severity: 'info' } : flag;
}

function amountFlags(change: SettingsChange, difference: SettingDifference): RiskFlag[] {
  return RESOURCE_ROWS.flatMap((row) => {
    if (!applies(row, change, difference.path)) return [];
    const flag = amountFlag(change, difference, row, dimensionOf(row.dimension));
    return flag === undefined ? [] : [flag];
  });
}

function applies({ formats, path }: ResourceRow, change: SettingsChange, at: string): boolean {
  return (formats === undefined || formats.includes(change.format)) && path.test(at);
}

function amountFlag(
  change: SettingsChange,
  { path, before, after, line }: SettingDifference,
  row: ResourceRow,
  dimension: Dimension,
): RiskFlag | undefined {
  const read = (value: string | undefined): number | undefined => {
    const text = value === undefined ? undefined : row.value === undefined ? value : row.value.exec(value)?.[1];
    return text === undefined ? undefined : amountOf(text, dimension.unit, row.bare);
  };
  const [old, now] = [read(before), read(after)];
  const step = stepOf(old, now, before, after, row);
  if (step === undefined) return undefined;
  // A workload that is new or gone as a whole is said by another rule.
  if ((step === 'added' || step === 'removed') && isWholeObject(change, path, step, dimension)) return undefined;
  const said = (value: string | undefined, amount: number | undefined): string =>
    amount === undefined ? 'not set' : row.value === undefined ? printable(path, value ?? '') : String(amount);
  const message = `${capital(dimension.words)} is ${said(after, now)}, was ${said(before, old)} (${path.slice(0, 120)}).`;
  const finding: Finding = {
    file: change.file,
    line,
    message,
    subject: path.slice(0, 200),
    direction: DIRECTIONS[step],
    ...(old === undefined ? {} : { before: said(before, old) }),
    ...(now === undefined ? {} : { after: said(after, now) }),
  };
  return flagOf(`res/${dimension.id}-${step}`, isToolScript(change, path) ? { ...finding, severity: 'info' } : finding);
}

/** What builds or tests gets no traffic. */
function isToolScript({ format }: SettingsChange, path: string): boolean {
  return (
    format === 'manifest' &&
    /^scripts\//.test(path) &&
    !/^scripts\/(?:[\w:-]*[:-])?(?:start|serve|prod|production|worker)\b/.test(path)
  );
}

const DIRECTIONS = { lowered: 'down', raised: 'up', added: 'added', removed: 'removed' } as const;

function stepOf(
  old: number | undefined,
  now: number | undefined,
  before: string | undefined,
  after: string | undefined,
  { value }: ResourceRow,
): keyof typeof DIRECTIONS | undefined {
  if (old !== undefined && now !== undefined) return old === now ? undefined : now < old ? 'lowered' : 'raised';
  // What is there but no number (a variable, a template) is not known.
  const [wasThere, isThere] =
    value === undefined ? [before !== undefined, after !== undefined] : [old !== undefined, now !== undefined];
  if (old !== undefined && !isThere) return 'removed';
  return now !== undefined && !wasThere ? 'added' : undefined;
}

function isWholeObject(
  { base, head, format }: SettingsChange,
  path: string,
  step: 'added' | 'removed',
  { id }: Dimension,
): boolean {
  const parts = path.split('/');
  const object = format === 'compose' || format === 'serverless' ? 2 : 1;
  // A health check that is new tolerates nothing less than before.
  const depth = id === 'probe-tolerance' ? parts.length - 1 : object;
  if (parts.length <= depth) return false;
  const holder = `${parts.slice(0, depth).join('/')}/`;
  return !(step === 'added' ? base : head).some((one) => one.path.startsWith(holder));
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A heap that leaves nothing of the container's memory; more reserved than allowed. Only where one of the two changed. */
function contradictions(change: SettingsChange): RiskFlag[] {
  const changed = new Set(differencesOf(change).map(({ path }) => path));
  return change.head.flatMap((limit) => {
    const match =
      /^(.*?)(?:resources\/limits|deploy\/resources\/limits|limits)\/memory$|^(services\/[^/]+\/)mem_limit$/.exec(
        limit.path,
      );
    const holder = match?.[1] ?? match?.[2];
    const bytes = holder === undefined ? undefined : amountOf(limit.value, 'bytes');
    if (holder === undefined || bytes === undefined) return [];
    return [...heapOver(change, limit, holder, bytes, changed), ...requestOver(change, limit, bytes, changed)];
  });
}

function heapOver(
  { file, head }: SettingsChange,
  limit: Setting,
  holder: string,
  bytes: number,
  changed: ReadonlySet<string>,
): RiskFlag[] {
  return head.flatMap(({ path, value, line }) => {
    const heap = path.startsWith(holder) ? /--max[-_]old[-_]space[-_]size[= ](\d+)/.exec(value)?.[1] : undefined;
    if (
      heap === undefined ||
      Number(heap) * 1024 ** 2 <= bytes * 0.75 ||
      !(changed.has(path) || changed.has(limit.path))
    )
      return [];
    const message = `Node.js may take ${heap} MB of heap in a container of ${limit.value}.`;
    return [flagOf('res/heap-over-container-limit', { file, line, subject: holder, message })];
  });
}

function requestOver(
  { file, head }: SettingsChange,
  limit: Setting,
  bytes: number,
  changed: ReadonlySet<string>,
): RiskFlag[] {
  const path = limit.path.replace(/limits\/memory$/, 'requests/memory');
  const request = path === limit.path ? undefined : head.find((one) => one.path === path);
  const asked = request === undefined ? undefined : amountOf(request.value, 'bytes');
  if (request === undefined || asked === undefined || asked <= bytes || !(changed.has(path) || changed.has(limit.path)))
    return [];
  const message = `${request.value} are reserved, but only ${limit.value} allowed.`;
  return [flagOf('res/request-gt-limit', { file, line: request.line, subject: path, message })];
}
