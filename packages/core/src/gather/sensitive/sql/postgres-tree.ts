/**
 * Small questions to PostgreSQL's own parse tree, as libpg-query prints it.
 * In: loose nodes. Out: names, types, whether an expression is volatile. Never throws; nothing there = ''.
 */

/** Any node: `{ Kind: fields }` or fields. */
// oxlint-disable-next-line typescript/no-explicit-any -- the tree has hundreds of kinds, read loosely and checked at use
export type PgNode = Readonly<Record<string, any>>;

/** `public.users` of a RangeVar. */
export function relationName(range: PgNode | undefined): string {
  if (range === undefined) return '';
  const name = String(range['relname'] ?? '');
  return range['schemaname'] === undefined ? name : `${String(range['schemaname'])}.${name}`;
}

/** The texts of a list of String nodes. */
export function texts(list: readonly PgNode[] | undefined): string[] {
  return (list ?? []).flatMap((item) => (item['String'] === undefined ? [] : [String(item['String'].sval ?? '')]));
}

/** `varchar(20)`, `text[]`, lower case. */
export function typeText(type: PgNode | undefined): string {
  if (type === undefined) return '';
  const names = texts(type['names']).filter((name) => name !== 'pg_catalog');
  const args = ((type['typmods'] ?? []) as PgNode[]).map((one) => one['A_Const']?.ival?.ival ?? '?');
  const array = type['arrayBounds'] === undefined ? '' : '[]';
  return `${names.join('.')}${args.length > 0 ? `(${args.join(',')})` : ''}${array}`.toLowerCase();
}

/** Functions that give another value for each row; `now()` and its kin give one per statement. */
const VOLATILE = new Set([
  'random',
  'gen_random_uuid',
  'uuid_generate_v4',
  'uuid_generate_v1',
  'uuidv4',
  'uuidv7',
  'clock_timestamp',
  'timeofday',
  'nextval',
  'gen_random_bytes',
]);

/** True where a default has to be written into every row. */
export function isVolatile(expression: unknown): boolean {
  const pending: unknown[] = [expression];
  while (pending.length > 0) {
    const node = pending.pop();
    if (typeof node !== 'object' || node === null) continue;
    const call = (node as PgNode)['FuncCall'] as PgNode | undefined;
    if (call !== undefined && VOLATILE.has((texts(call['funcname']).at(-1) ?? '').toLowerCase())) return true;
    pending.push(...Object.values(node));
  }
  return false;
}

/** The constraints of a column definition. */
export function constraintsOf(column: PgNode): PgNode[] {
  return ((column['constraints'] ?? []) as PgNode[]).flatMap((one) => (one['Constraint'] ? [one['Constraint']] : []));
}

const SERIAL = /^(?:small|big)?serial[248]?$/;

/** What an `ADD COLUMN` or a column of `CREATE TABLE` says. */
export function columnFacts(column: PgNode) {
  const constraints = constraintsOf(column);
  const has = (type: string): boolean => constraints.some((one) => one['contype'] === type);
  const type = typeText(column['typeName']);
  const fallback = constraints.find((one) => one['contype'] === 'CONSTR_DEFAULT');
  const generated = has('CONSTR_IDENTITY') || has('CONSTR_GENERATED') || SERIAL.test(type);
  return {
    name: String(column['colname'] ?? ''),
    type,
    notNull: has('CONSTR_NOTNULL') || has('CONSTR_PRIMARY') || SERIAL.test(type),
    hasDefault: fallback !== undefined || generated,
    volatileDefault: generated || isVolatile(fallback?.['raw_expr']),
    unique: has('CONSTR_UNIQUE'),
    primaryKey: has('CONSTR_PRIMARY'),
    references: has('CONSTR_FOREIGN'),
    checked: has('CONSTR_CHECK'),
  };
}
