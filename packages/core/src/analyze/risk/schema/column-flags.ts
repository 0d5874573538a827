/**
 * What changed columns of one table break, by the rules `db/column-…` and its kin.
 * In: two declarations of a table. Out: flags. Pure. In an open table a missing column may be declared elsewhere: `unknown`.
 */
import type { ColumnDeclaration, RiskFlag } from '../../../model/index.js';
import { flagOf, type Finding } from '../classifier.js';
import { typeStep } from './column-types.js';
import type { TablePair } from './table-pairs.js';

/** Gone, added and changed columns. */
export function columnFlags(pair: TablePair): RiskFlag[] {
  const { before, after } = pair;
  const matched = matchColumns(before.columns, after.columns);
  return [
    ...matched.gone.map((column) => goneColumn(pair, column)),
    ...matched.added.map((column) => addedColumn(pair, column)),
    ...matched.pairs.flatMap(([old, now]) => changedColumn(pair, old, now)),
  ];
}

function matchColumns(base: readonly ColumnDeclaration[], head: readonly ColumnDeclaration[]) {
  const pairs: (readonly [ColumnDeclaration, ColumnDeclaration])[] = [];
  const taken = new Set<ColumnDeclaration>();
  const ways = [
    (old: ColumnDeclaration, now: ColumnDeclaration) => old.name === now.name,
    (old: ColumnDeclaration, now: ColumnDeclaration) => (old.property ?? old.name) === (now.property ?? now.name),
  ];
  for (const same of ways) {
    for (const old of base) {
      const now = taken.has(old) ? undefined : head.find((one) => !taken.has(one) && same(old, one));
      if (now === undefined) continue;
      taken.add(old).add(now);
      pairs.push([old, now]);
    }
  }
  return { pairs, gone: base.filter((one) => !taken.has(one)), added: head.filter((one) => !taken.has(one)) };
}

function place({ after }: TablePair, column: ColumnDeclaration): Pick<Finding, 'file' | 'line' | 'subject'> {
  return { file: after.file, line: column.line, subject: `${after.name}.${column.name}` };
}

function goneColumn({ before, after }: TablePair, column: ColumnDeclaration): RiskFlag {
  const subject = `${before.name}.${column.name}`;
  const evidence = [
    { file: before.file, line: column.line, side: 'base' as const, text: `${column.name} ${column.type}` },
  ];
  const doubt = after.open ? ({ verdict: 'unknown', severity: 'medium' } as const) : {};
  const message = after.open
    ? `Column ${subject} is no longer declared here; it may be where the table takes other columns from.`
    : `Column ${subject} is no longer declared.`;
  return flagOf('db/column-dropped', { file: after.file, line: after.line, subject, evidence, message, ...doubt });
}

function addedColumn(pair: TablePair, column: ColumnDeclaration): RiskFlag {
  const at = place(pair, column);
  const free = column.nullable || column.list === true || column.default !== undefined || column.generated === true;
  if (free) return flagOf('db/column-added-nullable', { ...at, message: `Column ${at.subject} is added.` });
  return flagOf('db/column-added-required', {
    ...at,
    message: `Required column ${at.subject} is added without a default.`,
  });
}

function changedColumn(pair: TablePair, old: ColumnDeclaration, now: ColumnDeclaration): RiskFlag[] {
  const at = place(pair, now);
  const flag = (rule: string, message: string, more: Partial<Finding> = {}): RiskFlag =>
    flagOf(rule, { ...at, message, ...more });
  const found: RiskFlag[] = [];
  if (old.name !== now.name)
    found.push(
      flag('db/column-renamed', `Column ${old.name} of ${pair.after.name} is renamed to ${now.name}.`, {
        subject: `${pair.before.name}.${old.name}`,
        before: old.name,
        after: now.name,
      }),
    );
  if (old.nullable && !now.nullable)
    found.push(flag('db/column-not-null-added', `Column ${at.subject} becomes required.`));
  if (!old.nullable && now.nullable)
    found.push(flag('db/column-not-null-dropped', `Column ${at.subject} may be NULL.`));
  if (old.unique !== true && now.unique === true) found.push(flag('db/unique-added', `Column ${at.subject} takes no duplicates any more.`)); // prettier-ignore
  if (old.unique === true && now.unique !== true && now.primaryKey !== true)
    found.push(flag('db/unique-dropped', `Column ${at.subject} takes duplicates.`));
  return [...found, ...typeFlags(old, now, flag), ...defaultFlags(old, now, flag), ...referenceFlags(old, now, flag)];
}

type MakeFlag = (rule: string, message: string, more?: Partial<Finding>) => RiskFlag;

function typeFlags(old: ColumnDeclaration, now: ColumnDeclaration, flag: MakeFlag): RiskFlag[] {
  const change = { before: old.type, after: now.type };
  if ((old.list === true) !== (now.list === true))
    return [flag('db/scalar-to-list', `Column ${now.name} ${now.list === true ? 'becomes a list' : 'is no longer a list'}.`, change)]; // prettier-ignore
  const step = typeStep(old.type, now.type);
  if (step === 'equal') return [];
  const rule = { narrowed: 'db/column-type-narrowed', widened: 'db/column-type-widened', changed: 'db/column-type-changed-rewrite' }[step]; // prettier-ignore
  return [flag(rule, `Column ${now.name} has the type ${now.type}, was ${old.type}.`, change)];
}

function defaultFlags(old: ColumnDeclaration, now: ColumnDeclaration, flag: MakeFlag): RiskFlag[] {
  if (old.default === now.default) return [];
  if (old.default === undefined) return [];
  if (now.default === undefined)
    return [
      flag('db/default-dropped', `Column ${now.name} loses its default ${old.default}.`, { before: old.default }),
    ];
  const change = { before: old.default, after: now.default };
  return [flag('db/default-changed', `The default of ${now.name} is ${now.default}, was ${old.default}.`, change)];
}

function referenceFlags(old: ColumnDeclaration, now: ColumnDeclaration, flag: MakeFlag): RiskFlag[] {
  if (old.references === now.references) return [];
  if (now.references === undefined)
    return [flag('db/fk-dropped', `Column ${now.name} no longer references ${old.references ?? ''}.`)];
  if (old.references === undefined)
    return [flag('db/fk-added-validating', `Column ${now.name} references ${now.references}.`)];
  const change = { before: old.references, after: now.references };
  return [
    flag('db/fk-action-changed', `Column ${now.name} references ${now.references}, was ${old.references}.`, change),
  ];
}
