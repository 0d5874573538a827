/**
 * Calls of schema builders as operations: TypeORM's `queryRunner`, Sequelize's `queryInterface`, Knex and Kysely's `schema`.
 * In: one call. Out: its operations, none for other calls. A table of names: a new method is a line.
 */
import type { SqlAction, SqlOperation } from '../../../model/sql.js';
import type { Node } from '../../facts/syntax.js';
import { chainOf, literalOf, nodesBelow, stringOf, valueOf, type ChainCall } from '../tables/code-tree.js';
import { ownEntry } from '../../../model/own-entry.js';

/** An operation before it knows its place. */
type Operation = Omit<SqlOperation, 'line' | 'statement'>;

/** What a call on a builder does. */
export function builderOperations(node: Node): readonly Operation[] {
  if (node.type !== 'CallExpression') return [];
  const callee = node['callee'] as Node;
  if (callee.type !== 'MemberExpression') return [];
  const name = String((callee['property'] as Node)['name'] ?? '');
  const args = node['arguments'] as Node[];
  const receiver = rootText(callee['object'] as Node);
  if (/queryRunner|queryInterface/i.test(receiver)) return ownEntry(RUNNER, name)?.(args) ?? [];
  if (!/(?:^|\.)schema$|^schema$/.test(receiver)) return [];
  return ownEntry(SCHEMA, name)?.(args) ?? [];
}

/** `this.db.schema` of a member expression, without calls. */
function rootText(node: Node): string {
  if (node.type === 'Identifier') return String(node['name']);
  if (node.type === 'ThisExpression') return 'this';
  if (node.type === 'CallExpression') return rootText(node['callee'] as Node);
  if (node.type !== 'MemberExpression') return '';
  return `${rootText(node['object'] as Node)}.${String((node['property'] as Node)['name'] ?? '')}`;
}

/** A table or column given as text, or as `new Table({ name })`. */
function nameOf(node: Node | undefined): string {
  const options = node?.type === 'NewExpression' ? (node['arguments'] as Node[])[0] : node;
  return stringOf(options) ?? stringOf(valueOf(options, 'name')) ?? stringOf(valueOf(options, 'tableName')) ?? '?';
}

const one =
  (action: SqlAction) =>
  (args: readonly Node[]): Operation[] => [{ action, table: nameOf(args[0]) }];
const onColumn = (action: SqlAction) => (args: readonly Node[]): Operation[] => [{ action, table: nameOf(args[0]), name: nameOf(args[1]) }]; // prettier-ignore
const listed =
  (action: SqlAction) =>
  (args: readonly Node[]): Operation[] => {
    const items = args[1]?.type === 'ArrayExpression' ? (args[1]['elements'] as Node[]) : [];
    return items.map((item) => ({ action, table: nameOf(args[0]), name: nameOf(item) }));
  };

const RUNNER: Readonly<Record<string, (args: readonly Node[]) => Operation[]>> = {
  createTable: one('create-table'),
  dropTable: one('drop-table'),
  clearTable: one('truncate'),
  bulkDelete: ([table]) => [{ action: 'delete', table: nameOf(table), hasWhere: true }],
  bulkUpdate: ([table]) => [{ action: 'update', table: nameOf(table), hasWhere: true }],
  renameTable: ([table, to]) => [{ action: 'rename-table', table: nameOf(table), to: nameOf(to) }],
  addColumn: (args) => [addedColumn(nameOf(args[0]), args)],
  addColumns: (args) =>
    ((args[1]?.['elements'] ?? []) as Node[]).map((item) => addedColumn(nameOf(args[0]), [args[0]!, item])),
  dropColumn: onColumn('drop-column'),
  removeColumn: onColumn('drop-column'),
  dropColumns: listed('drop-column'),
  renameColumn: ([table, from, to]) => [{ action: 'rename-column', table: nameOf(table), name: nameOf(from), to: nameOf(to) }], // prettier-ignore
  changeColumn: (args) => [
    { action: 'alter-type', table: nameOf(args[0]), name: nameOf(args[1]), type: typeOf(args[2]) },
  ],
  createIndex: ([table, index]) => [indexOn('create-index', table, index)],
  addIndex: ([table, , options]) => [indexOn('create-index', table, options)],
  dropIndex: onColumn('drop-index'),
  removeIndex: onColumn('drop-index'),
  createForeignKey: ([table]) => [{ action: 'add-constraint', table: nameOf(table), name: 'foreign key', constraint: 'foreign-key' }], // prettier-ignore
  dropForeignKey: ([table, key]) => [{ action: 'drop-constraint', table: nameOf(table), name: nameOf(key), constraint: 'foreign-key' }], // prettier-ignore
  createUniqueConstraint: ([table]) => [{ action: 'add-constraint', table: nameOf(table), name: 'unique', constraint: 'unique' }], // prettier-ignore
  createPrimaryKey: ([table]) => [{ action: 'add-constraint', table: nameOf(table), name: 'primary key', constraint: 'primary-key' }], // prettier-ignore
  dropPrimaryKey: ([table]) => [{ action: 'drop-constraint', table: nameOf(table), name: 'primary', constraint: 'primary-key' }], // prettier-ignore
  removeConstraint: onColumn('drop-constraint'),
  dropCheckConstraint: onColumn('drop-constraint'),
};

const SCHEMA: Readonly<Record<string, (args: readonly Node[]) => Operation[]>> = {
  createTable: one('create-table'),
  createTableIfNotExists: one('create-table'),
  dropTable: one('drop-table'),
  dropTableIfExists: one('drop-table'),
  renameTable: ([table, to]) => [{ action: 'rename-table', table: nameOf(table), to: nameOf(to) }],
  dropView: ([view]) => [{ action: 'drop-view', name: nameOf(view) }],
  dropIndex: ([index]) => [{ action: 'drop-index', name: nameOf(index) }],
  dropType: ([type]) => [{ action: 'drop-type', name: nameOf(type) }],
  alterTable: (args) => alterations(nameOf(args[0]), args[1]),
  table: (args) => alterations(nameOf(args[0]), args[1]),
};

/** Knex's callback: `(t) => { t.dropColumn('a'); t.string('b').notNullable(); }`. */
function alterations(table: string, callback: Node | undefined): Operation[] {
  if (callback?.type !== 'ArrowFunctionExpression' && callback?.type !== 'FunctionExpression') return [];
  const found: Operation[] = [];
  for (const node of nodesBelow(callback['body'] as Node)) {
    if (node.type !== 'ExpressionStatement' && node !== callback['body']) continue;
    const chain = chainOf(node.type === 'ExpressionStatement' ? (node['expression'] as Node) : node);
    if (chain[0] !== undefined) found.push(...knexCall(table, chain[0], chain.slice(1)));
  }
  return found;
}

function knexCall(table: string, { name: method, args }: ChainCall, rest: readonly ChainCall[]): Operation[] {
  const name = nameOf(args[0]);
  const names = args.flatMap((item) => stringOf(item) ?? []);
  const has = (word: string): boolean => rest.some((call) => call.name === word);
  if (method === 'dropColumn' || method === 'dropColumns') return names.map((column) => ({ action: 'drop-column', table, name: column })); // prettier-ignore
  if (method === 'renameColumn') return [{ action: 'rename-column', table, name, to: nameOf(args[1]) }];
  if (method === 'dropNullable') return [{ action: 'set-not-null', table, name }];
  if (method === 'setNullable') return [{ action: 'drop-not-null', table, name }];
  if (method === 'unique') return [{ action: 'add-constraint', table, name, constraint: 'unique' }];
  if (method === 'index') return [{ action: 'create-index', table, name }];
  if (method === 'foreign') return [{ action: 'add-constraint', table, name, constraint: 'foreign-key' }];
  if (/^drop(?:Index|Unique|Foreign|Primary)$/.test(method)) return [knexDrop(table, method, args)];
  if (names.length === 0 || /^drop|^(?:timestamps|comment|engine|charset|collate|check)/.test(method)) return [];
  if (has('alter')) return [{ action: 'alter-type', table, name, type: method.toLowerCase() }];
  const notNull = has('notNullable') || has('notNull');
  return [{ action: 'add-column', table, name, type: method.toLowerCase(), notNull, hasDefault: has('defaultTo') || /increments/i.test(method) }]; // prettier-ignore
}

const KNEX_CONSTRAINTS: Readonly<Record<string, NonNullable<Operation['constraint']>>> = {
  dropUnique: 'unique',
  dropForeign: 'foreign-key',
  dropPrimary: 'primary-key',
};

function knexDrop(table: string, method: string, args: readonly Node[]): Operation {
  const name = stringOf(args[1]) ?? nameOf(args[0]);
  if (method === 'dropIndex') return { action: 'drop-index', table, name };
  const constraint = KNEX_CONSTRAINTS[method];
  return { action: 'drop-constraint', table, name: method === 'dropUnique' ? `${name}_key` : name, ...(constraint === undefined ? {} : { constraint }) }; // prettier-ignore
}

/** `addColumn('users', new TableColumn({ name, isNullable, default }))` or `addColumn('users', 'age', { allowNull, defaultValue })`. */
function addedColumn(table: string, args: readonly Node[]): Operation {
  const made = args[1]?.type === 'NewExpression' ? (args[1]['arguments'] as Node[])[0] : args[1];
  const options = made?.type === 'ObjectExpression' ? made : args[2];
  const typeorm = made?.type === 'ObjectExpression';
  const required = typeorm ? literalOf(valueOf(options, 'isNullable')) !== true : literalOf(valueOf(options, 'allowNull')) === false; // prettier-ignore
  const fallback = valueOf(options, typeorm ? 'default' : 'defaultValue') ?? valueOf(options, 'isGenerated');
  return {
    action: 'add-column',
    table,
    name: nameOf(args[1]),
    type: typeOf(options),
    notNull: required && options !== undefined,
    hasDefault: fallback !== undefined,
  };
}

function typeOf(options: Node | undefined): string {
  const made = options?.type === 'NewExpression' ? (options['arguments'] as Node[])[0] : options;
  return (stringOf(valueOf(made, 'type')) ?? '').toLowerCase();
}

function indexOn(action: SqlAction, table: Node | undefined, index: Node | undefined): Operation {
  const made = index?.type === 'NewExpression' ? (index['arguments'] as Node[])[0] : index;
  const unique = literalOf(valueOf(made, 'isUnique')) === true || literalOf(valueOf(made, 'unique')) === true;
  return { action, table: nameOf(table), name: nameOf(index), unique };
}
