/**
 * One SQL operation → the rules it fires, with what surrounds it in the script.
 * In: an operation and its context. Out: rule ids with messages. A table, not a program: one entry an action.
 * What happens to a table, column or type that the same change creates concerns nobody yet.
 */
import type { SqlAction, SqlDialect, SqlOperation } from '../../../model/index.js';
import type { Finding } from '../classifier.js';
import type { ScriptContext } from './script-context.js';

/** A finding of a rule, without its place. */
export type RuleFinding = Omit<Finding, 'file' | 'line'> & { readonly rule: string };

/** What surrounds an operation. */
export interface Surroundings {
  readonly context: ScriptContext;
  readonly inTransaction: boolean;
  readonly dialect: SqlDialect;
}

/** The rules that one operation fires; none for what is harmless or concerns something new. */
export function operationFinding(operation: SqlOperation, around: Surroundings): readonly RuleFinding[] {
  return RULES[operation.action]?.(operation, around) ?? [];
}

type Rule = (operation: SqlOperation, around: Surroundings) => readonly RuleFinding[];

function column({ table = '', name = '' }: SqlOperation): string {
  return `${table}.${name}`;
}

/** A rule for what happens to something that exists. */
function onExisting(rule: Rule): Rule {
  return (operation, around) => (around.context.isNew(operation.table) ? [] : rule(operation, around));
}

const RULES: Readonly<Partial<Record<SqlAction, Rule>>> = {
  'create-table': ({ table = '' }, { context }) =>
    context.isNew(table) && !context.isTemporary(table)
      ? [{ rule: 'db/table-added', subject: table, message: `Table ${table} is added.` }]
      : [],
  'drop-table': onExisting(({ table = '' }, { context }) => {
    if (context.isRebuilt(table))
      return [{ rule: 'db/table-rebuilt', subject: table, message: `Table ${table} is replaced by a copy.` }];
    return [{ rule: 'db/table-dropped', subject: table, message: `Table ${table} is dropped.` }];
  }),
  'rename-table': onExisting(({ table = '', to = '' }) => {
    return [{ rule: 'db/table-renamed', subject: table, before: table, after: to, message: `Table ${table} is renamed to ${to}.` }]; // prettier-ignore
  }),
  truncate: onExisting(({ table = '' }) => [
    { rule: 'db/truncate', subject: table, message: `Table ${table} is emptied.` },
  ]),
  'add-column': onExisting(addedColumn),
  'drop-column': onExisting((operation, { context }) => {
    const subject = column(operation);
    if (context.has('add-column', operation.name))
      return [{ rule: 'db/column-dropped', subject, message: `Column ${subject} is dropped and added anew: its values are lost.` }]; // prettier-ignore
    return [{ rule: 'db/column-dropped', subject, message: `Column ${subject} is dropped.` }];
  }),
  'rename-column': onExisting((operation) => {
    const subject = column(operation);
    const { name = '', to = '' } = operation;
    return [{ rule: 'db/column-renamed', subject, before: name, after: to, message: `Column ${subject} is renamed to ${to}.` }]; // prettier-ignore
  }),
  'alter-type': onExisting((operation, { context }) => {
    const subject = column(operation);
    const { type = '' } = operation;
    if (context.isRecreatedType(type)) return [];
    return [{ rule: 'db/column-type-changed-rewrite', subject, after: type, message: `Column ${subject} gets the type ${type}.` }]; // prettier-ignore
  }),
  'set-not-null': onExisting((operation) => [
    { rule: 'db/column-not-null-added', subject: column(operation), message: `Column ${column(operation)} becomes required.` }, // prettier-ignore
  ]),
  'drop-not-null': onExisting((operation) => [
    { rule: 'db/column-not-null-dropped', subject: column(operation), message: `Column ${column(operation)} may be NULL.` }, // prettier-ignore
  ]),
  'set-default': onExisting((operation, { context }) => {
    if (context.has('drop-default', operation.name) || context.has('add-column', operation.name)) return [];
    return [{ rule: 'db/default-changed', subject: column(operation), message: `Column ${column(operation)} gets another default.` }]; // prettier-ignore
  }),
  'drop-default': onExisting((operation, { context }) => {
    // A default that only fills old rows, or that makes room for another type, is dropped in the same script.
    if (context.has('set-default', operation.name) || context.has('add-column', operation.name)) return [];
    return [{ rule: 'db/default-dropped', subject: column(operation), message: `Column ${column(operation)} loses its default.` }]; // prettier-ignore
  }),
  'add-constraint': onExisting(addedConstraint),
  'drop-constraint': onExisting(droppedConstraint),
  'create-index': onExisting(createdIndex),
  'drop-index': ({ name = '', table }, { context }) => {
    if (context.isNew(table) || context.has('create-index', name)) return [];
    const unique = UNIQUE_NAME.test(name);
    return [{ rule: unique ? 'db/unique-dropped' : 'db/index-dropped', subject: name, message: `Index ${name} is dropped.` }]; // prettier-ignore
  },
  'drop-type': ({ name = '' }, { context }) => {
    const before = context.typeBefore(name);
    const known = before ?? name;
    if (context.isRecreatedType(name) || before !== undefined)
      return [{ rule: 'db/enum-value-removed', subject: known, verdict: 'risky', message: `Type ${known} is made anew: values that it no longer has cannot be stored.` }]; // prettier-ignore
    return [{ rule: 'db/type-dropped', subject: name, message: `Type ${name} is dropped.` }];
  },
  'add-enum-value': ({ name = '', to = '' }, { context }) =>
    context.isNewType(name) ? [] : [{ rule: 'db/enum-value-added', subject: `${name}.${to}`, message: `Type ${name} takes the value '${to}'.` }], // prettier-ignore
  'rename-enum-value': ({ name = '', type = '', to = '' }) => [
    { rule: 'db/enum-value-renamed', subject: `${name}.${type}`, before: type, after: to, message: `Value '${type}' of ${name} is renamed to '${to}'.` }, // prettier-ignore
  ],
  'create-view': ({ name = '', ifExists }, { context }) =>
    ifExists === true && !context.has('drop-view', name) ? [changed('view', name, 'replaced')] : [],
  'drop-view': ({ name = '' }, { context }) =>
    context.has('create-view', name)
      ? [changed('view', name, 'replaced')]
      : [{ ...changed('view', name, 'dropped'), verdict: 'breaking' }],
  'create-function': ({ name = '', ifExists }, { context }) =>
    ifExists === true && !context.has('drop-function', name) ? [changed('function', name, 'replaced')] : [],
  'drop-function': ({ name = '' }, { context }) =>
    context.has('create-function', name)
      ? [changed('function', name, 'replaced')]
      : [{ ...changed('function', name, 'dropped'), verdict: 'breaking' }],
  'create-trigger': onExisting(
    ({ name = '', table }) =>
    table === undefined ? [] : [{ rule: 'db/trigger-changed', subject: name, message: `Trigger ${name} is set on ${table}.` }], // prettier-ignore
  ),
  'drop-trigger': ({ name = '' }, { context }) =>
    context.has('create-trigger', name) ? [] : [{ rule: 'db/trigger-changed', subject: name, message: `Trigger ${name} is dropped.` }], // prettier-ignore
  'enable-rls': onExisting(({ table = '' }) => [
    { rule: 'db/rls-enabled', subject: table, security: 'strengthened', message: `Row-level security is enabled on ${table}.` }, // prettier-ignore
  ]),
  'disable-rls': onExisting(({ table = '' }) => [
    { rule: 'db/rls-disabled', subject: table, security: 'weakened', message: `Row-level security is disabled on ${table}.` }, // prettier-ignore
  ]),
  'create-policy': onExisting((operation, { context }) =>
    context.has('drop-policy', operation.name) ? [] : [policy(operation, 'added', 'weakened')],
  ),
  'alter-policy': onExisting((operation) => [policy(operation, 'altered', 'unknown')]),
  'drop-policy': onExisting((operation, { context }) => [
    context.has('create-policy', operation.name) ? policy(operation, 'replaced', 'unknown') : policy(operation, 'dropped', 'unknown'), // prettier-ignore
  ]),
  grant: onExisting(({ table = '' }) => [
    { rule: 'db/grant-changed', subject: table, security: 'weakened', message: `Rights are granted on ${table || 'something'}.` }, // prettier-ignore
  ]),
  revoke: onExisting(({ table = '' }) => [
    { rule: 'db/grant-changed', subject: table, security: 'strengthened', message: `Rights are revoked on ${table || 'something'}.` }, // prettier-ignore
  ]),
  update: onExisting(({ table = '' }) => [
    { rule: 'db/data-backfill-in-migration', subject: table, message: `Rows of ${table} are rewritten.` },
  ]),
  delete: onExisting(({ table = '', hasWhere }) => [
    hasWhere === true
      ? { rule: 'db/data-backfill-in-migration', subject: table, message: `Rows of ${table} are deleted.` }
      : { rule: 'db/data-deleted', subject: table, message: `Every row of ${table} is deleted.` },
  ]),
  dynamic: () => [
    { rule: 'db/statement-not-read', message: 'SQL is put together at run time: what it does is not known.' },
  ],
};

function addedColumn(operation: SqlOperation, { context }: Surroundings): RuleFinding[] {
  const subject = column(operation);
  const { notNull, hasDefault, volatileDefault } = operation;
  if (volatileDefault === true)
    return [{ rule: 'db/column-added-volatile-default', subject, message: `Column ${subject} is added with a default that each row gets anew.` }]; // prettier-ignore
  if (notNull === true && hasDefault !== true && !context.has('set-default', operation.name))
    return [{ rule: 'db/column-added-required', subject, message: `Required column ${subject} is added without a default.` }]; // prettier-ignore
  return [{ rule: 'db/column-added-nullable', subject, message: `Column ${subject} is added.` }];
}

function addedConstraint(operation: SqlOperation, { context }: Surroundings): RuleFinding[] {
  const { table = '', name = '', constraint, notValid, usingIndex, onNewColumn } = operation;
  const subject = `${table}.${name}`;
  const replaced = context.has('drop-constraint', name) && name !== '';
  switch (constraint) {
    case 'foreign-key':
      if (replaced) return [{ rule: 'db/fk-action-changed', subject, message: `Foreign key ${name} of ${table} is replaced.` }]; // prettier-ignore
      if (notValid === true || onNewColumn === true || newColumnKey(operation, context)) return [];
      return [{ rule: 'db/fk-added-validating', subject, message: `Foreign key ${name} is added to ${table} and checked at once.` }]; // prettier-ignore
    case 'check':
      if (notValid === true || onNewColumn === true) return [];
      return [{ rule: 'db/check-added-validating', subject, message: `Check ${name} is added to ${table} and checked at once.` }]; // prettier-ignore
    case 'unique':
    case 'exclude':
      if (usingIndex === true || onNewColumn === true) return [];
      return [{ rule: 'db/unique-added', subject, message: `${table} takes no duplicates of ${name} any more.` }];
    case 'primary-key':
      return usingIndex === true
        ? []
        : [{ rule: 'db/pk-changed', subject: table, message: `Table ${table} gets a primary key.` }];
    default:
      return [];
  }
}

/** `users_team_id_fkey` on a column that the script adds: no row breaks it. */
function newColumnKey({ name = '', table = '' }: SqlOperation, { has }: ScriptContext): boolean {
  const key = name
    .toLowerCase()
    .replace(/_(?:fkey|fk)$|^fk_/g, '')
    .replace(`${table.toLowerCase().split('.').at(-1)}_`, '');
  return key !== '' && (has('add-column', key) || has('add-column', name));
}

const UNIQUE_NAME = /(?:^|_)(?:uq|uniq(?:ue)?|key|ukey)(?:_|$)/i;

function droppedConstraint(operation: SqlOperation, { context }: Surroundings): RuleFinding[] {
  const { table = '', name = '', constraint } = operation;
  const subject = `${table}.${name}`;
  if (context.has('add-constraint', name) && name !== '') return [];
  if (constraint === 'primary-key' || /(?:^|_)(?:pkey|pk)(?:_|$)|^primary$/i.test(name))
    return [{ rule: 'db/pk-changed', subject: table, message: `Table ${table} loses its primary key.` }];
  if (constraint === 'foreign-key' || /(?:^|_)(?:fkey|fk|foreign)(?:_|$)/i.test(name))
    return [{ rule: 'db/fk-dropped', subject, message: `Foreign key ${name} of ${table} is dropped.` }];
  if (UNIQUE_NAME.test(name))
    return [{ rule: 'db/unique-dropped', subject, message: `${table} takes duplicates: ${name} is dropped.` }];
  return [{ rule: 'db/constraint-dropped', subject, message: `Constraint ${name} of ${table} is dropped.` }];
}

function createdIndex(operation: SqlOperation, { context, inTransaction, dialect }: Surroundings): RuleFinding[] {
  const { table = '', name = '', unique, concurrently } = operation;
  const again = context.has('drop-index', name) && name !== '';
  const found: RuleFinding[] = [];
  if (unique === true && !again && !context.isRebuilt(table))
    found.push({ rule: 'db/unique-added', subject: name, message: `Unique index ${name} is added to ${table}.` });
  if (concurrently === true && inTransaction)
    found.push({ rule: 'db/index-concurrent-in-tx', subject: name, message: `Index ${name} cannot be built concurrently inside a transaction.` }); // prettier-ignore
  if (concurrently !== true && dialect === 'postgresql')
    found.push({ rule: 'db/index-added-blocking', subject: name, message: `Writes to ${table} wait until index ${name} is built.` }); // prettier-ignore
  return found;
}

function changed(what: 'view' | 'function', name: string, how: string): RuleFinding {
  const rule = what === 'view' ? 'db/view-changed' : 'db/function-signature-changed';
  return { rule, subject: name, message: `${what === 'view' ? 'View' : 'Function'} ${name} is ${how}.` };
}

function policy({ table = '', name = '' }: SqlOperation, how: string, security: 'weakened' | 'unknown'): RuleFinding {
  return { rule: 'db/policy-changed', subject: `${table}.${name}`, security, message: `Policy "${name}" of ${table} is ${how}.` }; // prettier-ignore
}
