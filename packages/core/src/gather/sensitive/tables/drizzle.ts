/**
 * Drizzle schemas as tables: `pgTable('users', { id: serial('id').primaryKey(), … })` and its kin, read, never run.
 * In: a text. Out: tables and enums. Columns that come from spreads or functions make a table open.
 */
import type { RepoPath } from '../../../model/path.js';
import type { ColumnDeclaration, IndexDeclaration, TableDeclaration } from '../../../model/table.js';
import type { Node } from '../../facts/syntax.js';
import { chainOf, codeTree, keyOf, lineOfNode, literalOf, propertiesOf, stringOf, textOfNode, topLevelConstants, valueOf, type ChainCall } from './code-tree.js'; // prettier-ignore
import { NO_TABLES, type DeclaredTables } from './declared.js';

const TABLE = /^(?:pg|mysql|sqlite|singlestore|gel)?Table$|^create\w*Table$|Table(?:Creator)?$/;
const ENUM = /^(?:pg|mysql)?Enum$/;

/** True where a source file may declare Drizzle tables. */
export function mayBeDrizzle(text: string): boolean {
  return text.includes('drizzle-orm');
}

/** Reads one file. Never throws. */
export function drizzleTables(file: RepoPath, text: string): DeclaredTables {
  const program = codeTree(file, text);
  if (program === undefined) return { ...NO_TABLES, broken: [1] };
  const constants = topLevelConstants(program);
  return {
    tables: constants.flatMap(({ name, init }) => {
      const call = chainOf(init).find((one) => TABLE.test(one.name) && stringOf(one.args[0]) !== undefined);
      return call === undefined ? [] : [tableOf(file, text, name, call)];
    }),
    enums: constants.flatMap(({ init }) => {
      const call = chainOf(init).find((one) => ENUM.test(one.name));
      const name = stringOf(call?.args[0]);
      const values = (call?.args[1]?.type === 'ArrayExpression' ? call.args[1]['elements'] : []) as Node[];
      const known = values.flatMap((value) => stringOf(value) ?? []);
      if (call === undefined || name === undefined || known.length === 0) return [];
      return [{ name, values: known, file, line: lineOfNode(text, call.node) }];
    }),
    broken: [],
  };
}

function tableOf(file: RepoPath, text: string, property: string, { args, node }: ChainCall): TableDeclaration {
  const shape = args[1]?.type === 'ArrowFunctionExpression' ? unparenthesised(args[1]['body'] as Node) : args[1];
  const { named, open } = propertiesOf(shape);
  const columns = [...named.values()].map((one) => columnOf(text, one));
  const known = columns.filter((column) => column !== undefined);
  const name = stringOf(args[0])!;
  return {
    name,
    ...(property === name ? {} : { property }),
    file,
    line: lineOfNode(text, node),
    columns: known,
    indexes: args[2] === undefined ? [] : indexesOf(text, args[2], known),
    open: open || known.length < columns.length,
  };
}

function unparenthesised(node: Node): Node {
  return node.type === 'BlockStatement' ? ((node['body'] as Node[]).find((one) => one.type === 'ReturnStatement')?.['argument'] ?? node) : node; // prettier-ignore
}

/** A column whose value is no chain of calls is not known. */
function columnOf(text: string, property: Node): ColumnDeclaration | undefined {
  const chain = chainOf(property['value'] as Node);
  const [root, ...rest] = chain;
  const key = keyOf(property);
  if (root === undefined || key === undefined) return undefined;
  const has = (name: string): boolean => rest.some((one) => one.name === name);
  const fallback = rest.find(({ name }) => name === 'default' || name === 'defaultNow' || name === 'defaultRandom');
  const references = rest.find(({ name }) => name === 'references');
  const name = stringOf(root.args[0]) ?? key;
  const serial = /serial/i.test(root.name);
  return {
    name,
    ...(name === key ? {} : { property: key }),
    type: typeOf(root),
    nullable: !has('notNull') && !has('primaryKey') && !serial,
    list: has('array'),
    ...(fallback === undefined
      ? {}
      : { default: fallback.name === 'default' ? textOfNode(text, fallback.args[0]) : `${fallback.name}()` }),
    generated: serial || rest.some((one) => /^generated|^\$(?:default|onUpdate)|autoincrement/i.test(one.name)),
    unique: has('unique'),
    primaryKey: has('primaryKey'),
    ...(references === undefined ? {} : { references: referenceOf(text, references) }),
    line: lineOfNode(text, property),
  };
}

/** `varchar(20)`, `numeric(10,2)`: arguments that make the type. */
function typeOf({ name, args }: ChainCall): string {
  const options = args.find((one) => one.type === 'ObjectExpression');
  const parts = ['length', 'precision', 'scale', 'dimensions'].flatMap((key) => {
    const value = literalOf(valueOf(options, key));
    return value === undefined ? [] : [String(value)];
  });
  const mode = literalOf(valueOf(options, 'withTimezone')) === true ? ' with time zone' : '';
  return `${name.toLowerCase()}${parts.length > 0 ? `(${parts.join(',')})` : ''}${mode}`;
}

function referenceOf(text: string, { args }: ChainCall): string {
  const target = textOfNode(text, args[0]).replace(/^\(\)(?::\s*\w+)?\s*=>\s*/, '');
  const actions = ['onDelete', 'onUpdate'].flatMap((key) => {
    const action = stringOf(valueOf(args[1], key));
    return action === undefined ? [] : [` on ${key.slice(2).toLowerCase()} ${action}`];
  });
  return `${target}${actions.join('')}`;
}

/** `(t) => [uniqueIndex('x').on(t.a, t.b)]`, or an object of them. */
function indexesOf(text: string, extra: Node, columns: readonly ColumnDeclaration[]): IndexDeclaration[] {
  const body = unparenthesised((extra['body'] as Node | undefined) ?? extra);
  const items =
    body.type === 'ArrayExpression'
      ? (body['elements'] as Node[])
      : [...propertiesOf(body).named.values()].map((one) => one['value'] as Node);
  const nameOf = (property: string): string =>
    columns.find((one) => (one.property ?? one.name) === property)?.name ?? property;
  return items.flatMap((item) => {
    const chain = chainOf(item);
    const [root] = chain;
    const on = chain.find(({ name }) => name === 'on' || name === 'using');
    if (root === undefined || on === undefined || !/^(?:unique|index|uniqueIndex)$/.test(root.name)) return [];
    const names = on.args.map((one) => nameOf(indexedProperty(text, one)));
    const name = stringOf(root.args[0]);
    return [{ columns: names, unique: root.name !== 'index', ...(name === undefined ? {} : { name }), line: lineOfNode(text, item) }]; // prettier-ignore
  });
}

/** Of `t.createdAt.desc().nullsLast()`: `createdAt`; of an expression: its text. */
function indexedProperty(text: string, argument: Node): string {
  let node = argument;
  while (node.type === 'CallExpression' && (node['callee'] as Node).type === 'MemberExpression')
    node = (node['callee'] as Node)['object'] as Node;
  if (node.type === 'MemberExpression') return String((node['property'] as Node)['name']);
  return textOfNode(text, argument);
}
