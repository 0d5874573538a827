/**
 * Statements of other dialects as operations, by sqlparser-rs (WASM; loaded at the first such statement).
 * In: one statement and a dialect. Out: its operations, or `undefined` where the dialect has no such statement.
 */
import type { SqlAction, SqlDialect } from '../../../model/sql.js';
import type { Operation, StatementReader } from './postgres.js';

/** Any node: `{ Kind: fields }`, fields or a word. */
// oxlint-disable-next-line typescript/no-explicit-any -- a Rust enum as loose JSON, read carefully
type Node = Readonly<Record<string, any>>;

/** The reader of one dialect; loads the parser. */
export async function dialectReader(dialect: Exclude<SqlDialect, 'postgresql'>): Promise<StatementReader> {
  const library = await import('@guanmingchiu/sqlparser-ts');
  await library.init();
  return ({ text }) => {
    const known = byHand(text);
    if (known !== undefined) return known;
    try {
      const statements = library.parse(text, dialect) as unknown as Node[];
      return statements.flatMap(operationsOf);
    } catch {
      return undefined;
    }
  };
}

/** What the parser does not read, and every dialect writes alike. */
function byHand(text: string): Operation[] | undefined {
  if (/^\s*(?:pragma|attach|detach|vacuum|analyze|reindex|lock\s+tables|unlock\s+tables|use|set|print)\b/i.test(text))
    return [{ action: 'other' }];
  const view =
    /^\s*(?:create|alter)\s+(?:or\s+replace\s+)?(?:algorithm|definer|sql\s+security)[\s\S]*?\bview\s+(\S+)/i.exec(text);
  if (view !== null) return [{ action: 'create-view', name: unquoted(view[1]!), ifExists: true }];
  const routine = /^\s*(create|drop|alter)\s[\s\S]{0,120}?\b(trigger|procedure|proc|function|event)\s+(?:if\s+(?:not\s+)?exists\s+)?([^\s(]+)/i.exec(text); // prettier-ignore
  if (routine === null) return undefined;
  const [, verb, what, name] = routine;
  const kind = what!.toLowerCase() === 'trigger' ? 'trigger' : 'function';
  const create = verb!.toLowerCase() !== 'drop';
  return [{ action: `${create ? 'create' : 'drop'}-${kind}`, name: unquoted(name!), ...(verb!.toLowerCase() === 'alter' ? { ifExists: true } : {}) }]; // prettier-ignore
}

function unquoted(name: string): string {
  return name.replace(/[`"[\]]/g, '');
}

function operationsOf(statement: Node): Operation[] {
  const [kind, fields] = Object.entries(statement)[0] ?? [];
  return (kind === undefined ? undefined : READERS[kind]?.(fields as Node)) ?? [{ action: 'other' }];
}

const READERS: Readonly<Record<string, (node: Node) => Operation[] | undefined>> = {
  CreateTable: (node) => [
    {
      action: 'create-table',
      table: nameOf(node['name']),
      ifExists: node['if_not_exists'] === true,
      columns: ((node['columns'] ?? []) as Node[]).map((column) => columnFacts(column)),
    },
  ],
  AlterTable: (node) => ((node['operations'] ?? []) as Node[]).flatMap((one) => alteration(nameOf(node['name']), one)),
  Drop: drop,
  DropTrigger: (node) => [{ action: 'drop-trigger', name: nameOf(node['trigger_name']) }],
  CreateIndex: (node) => [
    {
      action: 'create-index',
      table: nameOf(node['table_name']),
      name: nameOf(node['name']),
      unique: node['unique'] === true,
      concurrently: node['concurrently'] === true,
    },
  ],
  CreateView: (node) => [
    {
      action: 'create-view',
      name: nameOf(node['name']),
      ifExists: node['or_replace'] === true || node['or_alter'] === true,
    },
  ],
  AlterView: (node) => [{ action: 'create-view', name: nameOf(node['name']), ifExists: true }],
  RenameTable: (node) =>
    (Array.isArray(node) ? (node as Node[]) : []).map((one) => ({
      action: 'rename-table',
      table: nameOf(one['old_name']),
      to: nameOf(one['new_name']),
    })),
  Truncate: (node) =>
    ((node['table_names'] ?? []) as Node[]).map((one) => ({ action: 'truncate', table: nameOf(one['name']) })),
  Insert: (node) => [{ action: 'insert', table: nameOf(node['table']?.TableName ?? node['table_name']) }],
  Update: (node) => [written('update', node, node['table'])],
  Delete: (node) => {
    const from = Object.values((node['from'] ?? {}) as Node)[0] as Node[] | undefined;
    return [written('delete', node, from?.[0])];
  },
  Grant: (node) => [{ action: 'grant', table: grantees(node) }],
  Revoke: (node) => [{ action: 'revoke', table: grantees(node) }],
  StartTransaction: () => [{ action: 'begin' }],
  Commit: () => [{ action: 'commit' }],
  Execute: execute,
};

/** `EXEC sp_rename 'users.name', 'title', 'COLUMN'`. */
function execute(node: Node): Operation[] {
  if (nameOf(node['name']).toLowerCase().split('.').at(-1) !== 'sp_rename') return [{ action: 'dynamic' }];
  const [from = '', to = '', what = ''] = ((node['parameters'] ?? []) as Node[]).map((one) => textOf(one));
  if (what.toUpperCase() !== 'COLUMN') return [{ action: 'rename-table', table: from, to }];
  const cut = from.lastIndexOf('.');
  return [{ action: 'rename-column', table: from.slice(0, Math.max(0, cut)), name: from.slice(cut + 1), to }];
}

function textOf(parameter: Node): string {
  const value = (parameter['Value']?.value ?? {}) as Node;
  return unquoted(String(value['SingleQuotedString'] ?? value['NationalStringLiteral'] ?? ''));
}

function written(action: 'update' | 'delete', node: Node, table: Node | undefined): Operation {
  return { action, table: nameOf(table?.['relation']?.Table?.name), hasWhere: Boolean(node['selection']) };
}

function grantees(node: Node): string {
  return ((node['objects']?.Tables ?? []) as unknown[]).map((one) => nameOf(one)).join(', ');
}

const DROPS: Readonly<Record<string, SqlAction>> = {
  Table: 'drop-table',
  Index: 'drop-index',
  View: 'drop-view',
  MaterializedView: 'drop-view',
  Type: 'drop-type',
};

function drop(node: Node): Operation[] {
  const action = DROPS[String(node['object_type'])] ?? 'other';
  const more = { ...(node['cascade'] === true ? { cascade: true } : {}), ...(node['if_exists'] === true ? { ifExists: true } : {}) }; // prettier-ignore
  const table = node['table'] === undefined || node['table'] === null ? {} : { table: nameOf(node['table']) };
  return ((node['names'] ?? []) as unknown[]).map((one) =>
    action === 'drop-table'
      ? { action, table: nameOf(one), ...more }
      : { action, name: nameOf(one), ...table, ...more },
  );
}

/** A name is a list of identifiers. */
function nameOf(name: unknown): string {
  if (!Array.isArray(name)) return '';
  return (name as Node[]).map((part) => String(part['Identifier']?.value ?? part['value'] ?? '')).join('.');
}

/** The parser gives types as maps or as objects of one key. */
function typeText(type: unknown): string {
  if (typeof type === 'string') return type.toLowerCase();
  const [kind, args] = (type instanceof Map ? [...type.entries()] : Object.entries((type ?? {}) as Node))[0] ?? [''];
  const length = /"length":(\d+)/.exec(JSON.stringify(args ?? null))?.[1];
  return `${String(kind).toLowerCase()}${length === undefined ? '' : `(${length})`}`;
}

function columnFacts(column: Node) {
  const options = ((column['options'] ?? []) as Node[]).map((one) => one['option'] ?? one);
  return { name: String(column['name']?.value ?? ''), type: typeText(column['data_type']), ...optionFacts(options) };
}

function optionFacts(options: readonly unknown[]) {
  const has = (name: string): boolean =>
    options.some((one) => one === name || (typeof one === 'object' && one !== null && name in one));
  const words = JSON.stringify(options).toUpperCase();
  const automatic = /AUTO_?INCREMENT|"IDENTITY"/.test(words) || has('Generated') || has('Identity');
  return {
    notNull: has('NotNull') || has('PrimaryKey'),
    hasDefault: has('Default') || automatic,
    volatileDefault: /"(?:UUID|NEWID|RANDOM|RAND|RANDOMBLOB|NEWSEQUENTIALID)"/.test(words),
    unique: has('Unique'),
    primaryKey: has('PrimaryKey'),
    references: has('ForeignKey'),
    checked: has('Check'),
  };
}

function alteration(table: string, operation: Node | string): Operation[] {
  const [kind, fields] = typeof operation === 'string' ? [operation, {}] : (Object.entries(operation)[0] ?? ['', {}]);
  return ALTERATIONS[kind]?.(table, fields as Node) ?? [{ action: 'other', table }];
}

const ALTERATIONS: Readonly<Record<string, (table: string, node: Node) => Operation[]>> = {
  AddColumn: (table, node) => {
    const { name, type, notNull, hasDefault, volatileDefault, unique, references } = columnFacts(node['column_def']);
    return [
      { action: 'add-column', table, name, type, notNull, hasDefault, volatileDefault },
      ...(unique ? [{ action: 'add-constraint', table, name, constraint: 'unique', onNewColumn: true } as const] : []),
      ...(references ? [{ action: 'add-constraint', table, name, constraint: 'foreign-key', onNewColumn: true } as const] : []), // prettier-ignore
    ];
  },
  DropColumn: (table, node) =>
    ((node['column_names'] ?? [node['column_name']]) as Node[]).map((one) => ({
      action: 'drop-column',
      table,
      name: String(one?.['value'] ?? ''),
    })),
  RenameColumn: (table, node) => [
    {
      action: 'rename-column',
      table,
      name: String(node['old_column_name']?.value ?? ''),
      to: String(node['new_column_name']?.value ?? ''),
    },
  ],
  RenameTable: (table, node) => {
    const target = node['table_name'] as Node | undefined;
    return [{ action: 'rename-table', table, to: nameOf(target?.['To'] ?? target?.['As'] ?? target) }];
  },
  ModifyColumn: (table, node) => retyped(table, String(node['col_name']?.value ?? ''), node),
  ChangeColumn: (table, node) => {
    const [from, to] = [String(node['old_name']?.value ?? ''), String(node['new_name']?.value ?? '')];
    const renamed: Operation[] = from === to ? [] : [{ action: 'rename-column', table, name: from, to }];
    return [...renamed, ...retyped(table, to, node)];
  },
  AlterColumn: (table, node) => {
    const name = String(node['column_name']?.value ?? '');
    const [op, fields] = typeof node['op'] === 'string' ? [node['op'], {}] : (Object.entries((node['op'] ?? {}) as Node)[0] ?? ['', {}]); // prettier-ignore
    if (op === 'SetDataType')
      return [{ action: 'alter-type', table, name, type: typeText((fields as Node)['data_type']) }];
    const action = COLUMN_ACTIONS[op];
    return [action === undefined ? { action: 'other', table } : { action, table, name }];
  },
  AddConstraint: (table, node) => constraintOf(table, node['constraint'] as Node, node['not_valid'] === true),
  DropConstraint: (table, node) => [{ action: 'drop-constraint', table, name: String(node['name']?.value ?? '') }],
  DropForeignKey: (table, node) => [
    { action: 'drop-constraint', table, name: String(node['name']?.value ?? ''), constraint: 'foreign-key' },
  ],
  DropPrimaryKey: (table) => [{ action: 'drop-constraint', table, name: 'PRIMARY', constraint: 'primary-key' }],
  DropIndex: (table, node) => [{ action: 'drop-index', table, name: String(node['name']?.value ?? '') }],
};

const COLUMN_ACTIONS: Readonly<Record<string, SqlAction>> = {
  SetNotNull: 'set-not-null',
  DropNotNull: 'drop-not-null',
  SetDefault: 'set-default',
  DropDefault: 'drop-default',
};

/** MySQL writes the whole column again: what it was is not said. */
function retyped(table: string, name: string, node: Node): Operation[] {
  const { notNull, hasDefault } = optionFacts((node['options'] ?? []) as unknown[]);
  return [{ action: 'alter-type', table, name, type: typeText(node['data_type']), notNull, hasDefault }];
}

function constraintOf(table: string, constraint: Node | undefined, notValid: boolean): Operation[] {
  const [kind, fields] = Object.entries(constraint ?? {})[0] ?? ['', {}];
  const known = CONSTRAINTS[kind];
  if (known === undefined) return kind === 'Index' ? [{ action: 'create-index', table }] : [{ action: 'other', table }];
  const name = String((fields as Node)['name']?.value ?? '');
  return [{ action: 'add-constraint', table, name, constraint: known, ...(notValid ? { notValid } : {}) }];
}

const CONSTRAINTS: Readonly<Record<string, NonNullable<Operation['constraint']>>> = {
  ForeignKey: 'foreign-key',
  Check: 'check',
  Unique: 'unique',
  PrimaryKey: 'primary-key',
};
