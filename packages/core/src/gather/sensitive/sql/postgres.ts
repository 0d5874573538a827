/**
 * PostgreSQL statements as operations, by PostgreSQL's own grammar (libpg-query, WASM; loaded at the first statement).
 * In: one statement. Out: its operations, or `undefined` where it is no PostgreSQL. DO blocks are read statement by statement.
 */
import type { SqlAction, SqlOperation } from '../../../model/sql.js';
import { columnFacts, isVolatile, relationName, texts, typeText, type PgNode } from './postgres-tree.js';
import type { SqlStatement } from './statements.js';

/** An operation before it knows its statement. */
export type Operation = Omit<SqlOperation, 'line' | 'statement'>;

/** One dialect's reader. */
export type StatementReader = (statement: SqlStatement) => readonly Operation[] | undefined;

/** PostgreSQL's reader; loads the grammar. */
export async function postgresReader(): Promise<StatementReader> {
  const library = await import('libpg-query');
  await library.loadModule();
  const parse = (text: string): PgNode[] | undefined => {
    try {
      return (library.parseSync(text) as PgNode)['stmts'].map((one: PgNode) => one['stmt']);
    } catch {
      return undefined;
    }
  };
  const parseBlock = (text: string): unknown => {
    try {
      return library.parsePlPgSQLSync(text);
    } catch {
      return undefined;
    }
  };
  const read: StatementReader = ({ text }) =>
    parse(text)?.flatMap((node) => {
      if (node['DoStmt'] === undefined) return operationsOf(node);
      return blockOperations(parseBlock(text), (query) => parse(query)?.flatMap(operationsOf));
    });
  return read;
}

/** What a DO block can do, whichever of its branches run. SQL made from text at run time is `dynamic`. */
function blockOperations(tree: unknown, read: (query: string) => Operation[] | undefined): Operation[] {
  if (tree === undefined) return [{ action: 'dynamic' }];
  const found: Operation[] = [];
  const pending: unknown[] = [tree];
  while (pending.length > 0) {
    const node = pending.pop();
    if (typeof node !== 'object' || node === null) continue;
    const statement = (node as PgNode)['PLpgSQL_stmt_execsql'] as PgNode | undefined;
    const query: unknown = statement?.['sqlstmt']?.PLpgSQL_expr?.query;
    if (typeof query === 'string') found.push(...(read(query) ?? [{ action: 'dynamic' }]));
    if ('PLpgSQL_stmt_dynexecute' in node) found.push({ action: 'dynamic' });
    pending.push(...Object.values(node).reverse());
  }
  return found;
}

function operationsOf(node: PgNode): Operation[] {
  const [kind, fields] = Object.entries(node)[0] ?? [];
  return (kind === undefined ? undefined : READERS[kind]?.(fields as PgNode)) ?? [{ action: 'other' }];
}

const READERS: Readonly<Record<string, (node: PgNode) => Operation[] | undefined>> = {
  CreateStmt: createTable,
  CreateTableAsStmt: (node) => [{ action: 'create-table', table: relationName(node['into']?.rel) }],
  DropStmt: drop,
  RenameStmt: rename,
  AlterTableStmt: alterTable,
  AlterEnumStmt: alterEnum,
  CreateEnumStmt: (node) => [
    {
      action: 'create-enum',
      name: texts(node['typeName']).join('.'),
      columns: texts(node['vals']).map((name) => ({ ...PLAIN, name })),
    },
  ],
  IndexStmt: (node) => [
    {
      action: 'create-index',
      table: relationName(node['relation']),
      ...(node['idxname'] === undefined ? {} : { name: String(node['idxname']) }),
      unique: node['unique'] === true,
      concurrently: node['concurrent'] === true,
    },
  ],
  ViewStmt: (node) => [{ action: 'create-view', name: relationName(node['view']), ifExists: node['replace'] === true }],
  CreateFunctionStmt: (node) => [
    { action: 'create-function', name: texts(node['funcname']).join('.'), ifExists: node['replace'] === true },
  ],
  CreateTrigStmt: (node) => [
    { action: 'create-trigger', table: relationName(node['relation']), name: String(node['trigname']) },
  ],
  CreatePolicyStmt: (node) => [policy('create-policy', node)],
  AlterPolicyStmt: (node) => [policy('alter-policy', node)],
  GrantStmt: (node) => {
    const objects = ((node['objects'] ?? []) as PgNode[]).map((one) => relationName(one['RangeVar'])).filter(Boolean);
    return [{ action: node['is_grant'] === true ? 'grant' : 'revoke', table: objects.join(', ') }];
  },
  TruncateStmt: (node) =>
    ((node['relations'] ?? []) as PgNode[]).map((one) => ({
      action: 'truncate',
      table: relationName(one['RangeVar']),
    })),
  InsertStmt: (node) => [{ action: 'insert', table: relationName(node['relation']) }],
  UpdateStmt: (node) => [written('update', node)],
  DeleteStmt: (node) => [written('delete', node)],
  VariableSetStmt: (node) => [{ action: 'set', name: String(node['name'] ?? '') }],
  TransactionStmt: (node) => {
    const kind = String(node['kind']);
    if (kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START') return [{ action: 'begin' }];
    return [{ action: kind === 'TRANS_STMT_COMMIT' ? 'commit' : 'other' }];
  },
  DoStmt: () => [{ action: 'dynamic' }],
};

const PLAIN = { name: '', type: '', notNull: false, hasDefault: false, unique: false, primaryKey: false };

function written(action: 'update' | 'delete', node: PgNode): Operation {
  return { action, table: relationName(node['relation']), hasWhere: node['whereClause'] !== undefined };
}

function policy(action: SqlAction, node: PgNode): Operation {
  return { action, table: relationName(node['table']), name: String(node['policy_name']) };
}

function createTable(node: PgNode): Operation[] {
  const columns = ((node['tableElts'] ?? []) as PgNode[]).flatMap((one) =>
    one['ColumnDef'] === undefined ? [] : [columnFacts(one['ColumnDef'])],
  );
  const ifExists = node['if_not_exists'] === true;
  return [{ action: 'create-table', table: relationName(node['relation']), ifExists, columns }];
}

const DROPS: Readonly<Record<string, SqlAction>> = {
  OBJECT_TABLE: 'drop-table',
  OBJECT_INDEX: 'drop-index',
  OBJECT_TYPE: 'drop-type',
  OBJECT_DOMAIN: 'drop-type',
  OBJECT_VIEW: 'drop-view',
  OBJECT_MATVIEW: 'drop-view',
  OBJECT_FUNCTION: 'drop-function',
  OBJECT_PROCEDURE: 'drop-function',
  OBJECT_TRIGGER: 'drop-trigger',
  OBJECT_POLICY: 'drop-policy',
};

function drop(node: PgNode): Operation[] {
  const action = DROPS[String(node['removeType'])] ?? 'other';
  const more = {
    ...(node['behavior'] === 'DROP_CASCADE' ? { cascade: true } : {}),
    ...(node['missing_ok'] === true ? { ifExists: true } : {}),
    ...(node['concurrent'] === true ? { concurrently: true } : {}),
  };
  return ((node['objects'] ?? []) as PgNode[]).map((one) => {
    const parts = texts(one['List']?.items ?? one['TypeName']?.names ?? one['ObjectWithArgs']?.objname);
    if (action === 'drop-table') return { action, table: parts.join('.'), ...more };
    if (action !== 'drop-trigger' && action !== 'drop-policy') return { action, name: parts.join('.'), ...more };
    return { action, table: parts.slice(0, -1).join('.'), name: parts.at(-1) ?? '', ...more };
  });
}

function rename(node: PgNode): Operation[] {
  const to = String(node['newname'] ?? '');
  const table = relationName(node['relation']);
  switch (node['renameType']) {
    case 'OBJECT_TABLE':
      return [{ action: 'rename-table', table, to }];
    case 'OBJECT_COLUMN':
      if (node['relationType'] !== 'OBJECT_TABLE') return [{ action: 'other' }];
      return [{ action: 'rename-column', table, name: String(node['subname'] ?? ''), to }];
    case 'OBJECT_TYPE':
      // A type takes another's name: see `enumRecreated` in the rules.
      return [{ action: 'other', name: texts(node['object']?.List?.items).join('.'), to, type: 'type' }];
    default:
      return [{ action: 'other' }];
  }
}

function alterEnum(node: PgNode): Operation[] {
  const name = texts(node['typeName']).join('.');
  const [from, to] = [node['oldVal'] as string | undefined, String(node['newVal'] ?? '')];
  if (from === undefined) return [{ action: 'add-enum-value', name, to }];
  return [{ action: 'rename-enum-value', name, type: from, to }];
}

function alterTable(node: PgNode): Operation[] {
  if (node['objtype'] !== undefined && node['objtype'] !== 'OBJECT_TABLE') return [{ action: 'other' }];
  const table = relationName(node['relation']);
  return ((node['cmds'] ?? []) as PgNode[]).flatMap((one) => alteration(table, one['AlterTableCmd'] as PgNode));
}

function alteration(table: string, command: PgNode): Operation[] {
  const name = String(command['name'] ?? '');
  const def = command['def'] as PgNode | undefined;
  switch (command['subtype']) {
    case 'AT_AddColumn':
      return addColumn(table, def?.['ColumnDef'] as PgNode);
    case 'AT_DropColumn':
      return [
        { action: 'drop-column', table, name, ...(command['behavior'] === 'DROP_CASCADE' ? { cascade: true } : {}) },
      ];
    case 'AT_AlterColumnType':
      return [{ action: 'alter-type', table, name, type: typeText(def?.['ColumnDef']?.typeName) }];
    case 'AT_ColumnDefault':
      return [
        def === undefined
          ? { action: 'drop-default', table, name }
          : { action: 'set-default', table, name, volatileDefault: isVolatile(def) },
      ];
    case 'AT_SetNotNull':
      return [{ action: 'set-not-null', table, name }];
    case 'AT_DropNotNull':
      return [{ action: 'drop-not-null', table, name }];
    case 'AT_AddConstraint':
      return addConstraint(table, def?.['Constraint'] as PgNode);
    case 'AT_ValidateConstraint':
      return [{ action: 'validate-constraint', table, name }];
    case 'AT_DropConstraint':
      return [{ action: 'drop-constraint', table, name }];
    case 'AT_EnableRowSecurity':
    case 'AT_ForceRowSecurity':
      return [{ action: 'enable-rls', table }];
    case 'AT_DisableRowSecurity':
    case 'AT_NoForceRowSecurity':
      return [{ action: 'disable-rls', table }];
    default:
      return [{ action: 'other', table }];
  }
}

function addColumn(table: string, column: PgNode): Operation[] {
  const { name, type, notNull, hasDefault, volatileDefault, unique, references, checked } = columnFacts(column);
  const shared = { action: 'add-constraint', table, name } as const;
  return [
    { action: 'add-column', table, name, type, notNull, hasDefault, volatileDefault },
    ...(unique ? [{ ...shared, constraint: 'unique' as const, onNewColumn: true }] : []),
    ...(references ? [{ ...shared, constraint: 'foreign-key' as const, onNewColumn: true }] : []),
    ...(checked ? [{ ...shared, constraint: 'check' as const, onNewColumn: true }] : []),
  ];
}

const CONSTRAINTS: Readonly<Record<string, Operation['constraint']>> = {
  CONSTR_FOREIGN: 'foreign-key',
  CONSTR_CHECK: 'check',
  CONSTR_UNIQUE: 'unique',
  CONSTR_PRIMARY: 'primary-key',
  CONSTR_EXCLUSION: 'exclude',
  CONSTR_NOTNULL: 'not-null',
};

function addConstraint(table: string, constraint: PgNode): Operation[] {
  const kind = CONSTRAINTS[String(constraint['contype'])];
  const keys = texts(constraint['fk_attrs'] ?? constraint['keys']);
  return [
    {
      action: 'add-constraint',
      table,
      name: String(constraint['conname'] ?? keys.join(', ')),
      ...(kind === undefined ? {} : { constraint: kind }),
      ...(constraint['skip_validation'] === true ? { notValid: true } : {}),
      ...(constraint['indexname'] === undefined ? {} : { usingIndex: true }),
    },
  ];
}
