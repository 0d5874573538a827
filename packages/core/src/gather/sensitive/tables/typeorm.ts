/**
 * TypeORM entities as tables: classes with `@Entity`, read, never run.
 * In: a text. Out: tables. A class that extends another may inherit columns: its table is open.
 */
import type { RepoPath } from '../../../model/path.js';
import type { ColumnDeclaration, IndexDeclaration, TableDeclaration } from '../../../model/table.js';
import type { Node } from '../../facts/syntax.js';
import { codeTree, keyOf, lineOfNode, literalOf, stringOf, textOfNode, valueOf } from './code-tree.js';
import { NO_TABLES, type DeclaredTables } from './declared.js';

/** True where a source file may declare TypeORM entities. */
export function mayBeTypeorm(text: string): boolean {
  return text.includes('@Entity') && text.includes('typeorm');
}

/** Reads one file. Never throws. */
export function typeormTables(file: RepoPath, text: string): DeclaredTables {
  const program = codeTree(file, text);
  if (program === undefined) return { ...NO_TABLES, broken: [1] };
  const classes = (program['body'] as Node[])
    .map((one) => (one['declaration'] as Node | null | undefined) ?? one)
    .filter((one) => one.type === 'ClassDeclaration');
  return { ...NO_TABLES, tables: classes.flatMap((one) => tableOf(file, text, one)) };
}

function decorators(node: Node): { readonly name: string; readonly args: readonly Node[]; readonly node: Node }[] {
  return ((node['decorators'] ?? []) as Node[]).flatMap((one) => {
    const expression = one['expression'] as Node;
    const callee = expression.type === 'CallExpression' ? (expression['callee'] as Node) : expression;
    if (callee.type !== 'Identifier') return [];
    return [{ name: String(callee['name']), args: (expression['arguments'] ?? []) as Node[], node: one }];
  });
}

function tableOf(file: RepoPath, text: string, declaration: Node): TableDeclaration[] {
  const entity = decorators(declaration).find(({ name }) => name === 'Entity');
  if (entity === undefined) return [];
  const property = String((declaration['id'] as Node | null)?.['name'] ?? '');
  const name = stringOf(entity.args[0]) ?? stringOf(valueOf(entity.args.at(-1), 'name')) ?? snakeCase(property);
  const members = ((declaration['body'] as Node)['body'] as Node[]).filter((one) => one.type === 'PropertyDefinition');
  const indexes = decorators(declaration).flatMap((one) => indexOf(text, one));
  const own = members.flatMap((member) => columnOf(text, member));
  return [
    {
      name,
      ...(property === name ? {} : { property }),
      file,
      line: lineOfNode(text, declaration),
      columns: own,
      indexes,
      open: Boolean(declaration['superClass']),
    },
  ];
}

/** TypeORM's default naming strategy. */
function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

const COLUMNS =
  /^(?:Column|PrimaryColumn|PrimaryGeneratedColumn|CreateDateColumn|UpdateDateColumn|DeleteDateColumn|VersionColumn|ObjectIdColumn|Generated)$/;
const JOINS = /^(?:ManyToOne|OneToOne)$/;

function columnOf(text: string, member: Node): ColumnDeclaration[] {
  const marks = decorators(member);
  const key = keyOf(member);
  const column = marks.find(({ name }) => COLUMNS.test(name));
  const join = marks.find(({ name }) => JOINS.test(name));
  if (key === undefined) return [];
  if (column !== undefined) return [plainColumn(text, member, key, column)];
  return join === undefined ? [] : joinColumn(text, member, key, marks, join);
}

function plainColumn(
  text: string,
  member: Node,
  key: string,
  column: { readonly name: string; readonly args: readonly Node[] },
): ColumnDeclaration {
  const options = column.args.find((one) => one.type === 'ObjectExpression');
  const option = (name: string): Node | undefined => valueOf(options, name);
  const name = stringOf(option('name')) ?? key;
  const type = stringOf(column.args[0]) ?? stringOf(option('type')) ?? annotation(text, member);
  const length = literalOf(option('length')) ?? literalOf(option('precision'));
  const fallback = option('default');
  const automatic = /Generated|Date|Version/.test(column.name);
  return {
    name,
    ...(name === key ? {} : { property: key }),
    type: `${type.toLowerCase()}${length === undefined ? '' : `(${String(length)})`}`,
    nullable: literalOf(option('nullable')) === true,
    list: literalOf(option('array')) === true,
    ...(fallback === undefined ? {} : { default: textOfNode(text, fallback) }),
    generated: automatic,
    unique: literalOf(option('unique')) === true,
    primaryKey: column.name.startsWith('Primary') || literalOf(option('primary')) === true,
    line: lineOfNode(text, member),
  };
}

function joinColumn(
  text: string,
  member: Node,
  key: string,
  marks: ReturnType<typeof decorators>,
  join: { readonly name: string; readonly args: readonly Node[] },
): ColumnDeclaration[] {
  const on = marks.find(({ name }) => name === 'JoinColumn');
  if (join.name === 'OneToOne' && on === undefined) return [];
  const options = join.args.find((one) => one.type === 'ObjectExpression');
  const action = stringOf(valueOf(options, 'onDelete'));
  const target = textOfNode(text, join.args[0]).replace(/^\(?\w*\)?\s*=>\s*/, '');
  return [
    {
      name: stringOf(valueOf(on?.args[0], 'name')) ?? `${key}Id`,
      property: key,
      type: '',
      nullable: literalOf(valueOf(options, 'nullable')) !== false,
      references: `${target}${action === undefined ? '' : ` on delete ${action.toLowerCase()}`}`,
      line: lineOfNode(text, member),
    },
  ];
}

function annotation(text: string, member: Node): string {
  const type = (member['typeAnnotation'] as Node | null | undefined)?.['typeAnnotation'] as Node | undefined;
  return textOfNode(text, type)
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== 'null' && part !== 'undefined')
    .join('|');
}

function indexOf(text: string, { name, args, node }: ReturnType<typeof decorators>[number]): IndexDeclaration[] {
  if (name !== 'Index' && name !== 'Unique') return [];
  const list = args.find((one) => one.type === 'ArrayExpression');
  const columns = ((list?.['elements'] ?? []) as Node[]).flatMap((one) => stringOf(one) ?? []);
  const unique = name === 'Unique' || literalOf(valueOf(args.at(-1), 'unique')) === true;
  return columns.length === 0 ? [] : [{ columns, unique, line: lineOfNode(text, node) }];
}
