/**
 * Prisma schemas as tables, by @mrleebo/prisma-ast (loaded at the first one), block by block: a broken model hides no other.
 * In: a text. Out: tables and enums with lines, and the lines of blocks that do not parse. Relation fields are no columns.
 */
import type { AttributeArgument, Block, Enum, Field, Model } from '@mrleebo/prisma-ast';
import type { RepoPath } from '../../../model/path.js';
import type { ColumnDeclaration, EnumDeclaration, IndexDeclaration, TableDeclaration } from '../../../model/table.js';
import type { DeclaredTables } from './declared.js';

const BLOCK = /^[ \t]*(model|view|enum|type)\s+(\w+)\s*\{/gm;
const SCALARS = new Set(['String', 'Int', 'BigInt', 'Float', 'Decimal', 'Boolean', 'DateTime', 'Json', 'Bytes']);

/** Reads one schema file. Never throws. */
export async function prismaTables(file: RepoPath, text: string): Promise<DeclaredTables> {
  const { getSchema } = await import('@mrleebo/prisma-ast');
  const parsed: { readonly block: Block; readonly text: string; readonly line: number }[] = [];
  const broken: number[] = [];
  for (const one of blocksOf(text)) {
    try {
      const block = getSchema(one.text).list.find(({ type }) => type !== 'comment' && type !== 'break');
      if (block !== undefined) parsed.push({ ...one, block });
    } catch {
      broken.push(one.line);
    }
  }
  const known = {
    enums: new Map(parsed.flatMap(({ block }) => (block.type === 'enum' ? [[block.name, block] as const] : []))),
    file,
  };
  return {
    tables: parsed.flatMap((one) => (one.block.type === 'model' ? [tableOf(one.block, one, known)] : [])),
    enums: parsed.flatMap((one) => (one.block.type === 'enum' ? [enumOf(one.block, file, one.line)] : [])),
    broken,
  };
}

/** Of a field or a block, both alike. */
interface Attribute {
  readonly name: string;
  readonly group?: string | undefined;
  readonly args?: readonly AttributeArgument[] | undefined;
}

interface Known {
  readonly enums: ReadonlyMap<string, Enum>;
  readonly file: RepoPath;
}

interface Placed {
  readonly text: string;
  readonly line: number;
}

/** Top-level blocks; a block ends at a line that is only its brace. */
function blocksOf(text: string): Placed[] {
  return [...text.matchAll(BLOCK)].map((match) => {
    const end = /^[ \t]*\}/m.exec(text.slice(match.index));
    const stop = end === null ? text.length : match.index + end.index + end[0].length;
    return { text: `${text.slice(match.index, stop)}\n`, line: text.slice(0, match.index).split('\n').length };
  });
}

function tableOf(model: Model, at: Placed, known: Known): TableDeclaration {
  const fields = model.properties.filter((one): one is Field => one.type === 'field');
  const attributes = model.properties.filter((one) => one.type === 'attribute');
  const keys = new Set(attributes.filter(({ name }) => name === 'id').flatMap(({ args }) => listOf(args)));
  const name = mappedName(attributes) ?? model.name;
  const relations = fields.flatMap((field) => foreignKeys(field));
  const columns = fields.flatMap((field) => columnOf(field, at, known, keys, relations));
  const named = new Map(columns.map((column) => [column.property ?? column.name, column.name]));
  return {
    name,
    ...(name === model.name ? {} : { property: model.name }),
    file: known.file,
    line: at.line,
    columns,
    indexes: attributes.flatMap((one) => indexOf(one, at, named)),
    open: false,
  };
}

function columnOf(
  field: Field,
  at: Placed,
  { enums }: Known,
  keys: ReadonlySet<string>,
  relations: readonly (readonly [string, string])[],
): ColumnDeclaration[] {
  const type = typeof field.fieldType === 'string' ? field.fieldType : 'unsupported';
  const attributes = field.attributes ?? [];
  const scalar = SCALARS.has(type) || type === 'unsupported' || enums.has(type);
  if (!scalar && !attributes.some(({ name }) => name === 'default')) return [];
  const has = (name: string): boolean => attributes.some((one) => one.name === name && one.group === undefined);
  const fallback = attributes.find(({ name }) => name === 'default');
  const name = mappedName(attributes) ?? field.name;
  const references = relations.find(([column]) => column === field.name)?.[1];
  return [
    {
      name,
      ...(name === field.name ? {} : { property: field.name }),
      type: nativeType(attributes) ?? type.toLowerCase(),
      nullable: field.optional === true,
      list: field.array === true,
      ...(fallback === undefined ? {} : { default: printed(fallback.args) }),
      generated: has('updatedAt'),
      unique: has('unique'),
      primaryKey: has('id') || keys.has(field.name),
      ...(references === undefined ? {} : { references }),
      line: lineIn(at, field.name),
    },
  ];
}

/** `@db.VarChar(20)`. */
function nativeType(attributes: readonly Attribute[]): string | undefined {
  const native = attributes.find(({ group }) => group === 'db');
  if (native === undefined) return undefined;
  const args = native.args === undefined ? '' : `(${native.args.map(({ value }) => String(value)).join(',')})`;
  return `${native.name}${args}`.toLowerCase();
}

/** Of `team Team @relation(fields: [teamId], references: [id], onDelete: Cascade)`: `teamId` → `Team.id on delete cascade`. */
function foreignKeys(field: Field): (readonly [string, string])[] {
  const relation = field.attributes?.find(({ name }) => name === 'relation');
  const fields = listOf(named(relation?.args, 'fields'));
  const targets = listOf(named(relation?.args, 'references'));
  const actions = ['onDelete', 'onUpdate'].flatMap((key) => {
    const value = named(relation?.args, key)[0]?.value;
    return typeof value === 'string' ? [` on ${key.slice(2).toLowerCase()} ${value.toLowerCase()}`] : [];
  });
  return fields.map((one, index) => [one, `${String(field.fieldType)}.${targets[index] ?? ''}${actions.join('')}`]);
}

function indexOf(attribute: Attribute, at: Placed, columns: ReadonlyMap<string, string>): IndexDeclaration[] {
  if (attribute.name !== 'unique' && attribute.name !== 'index') return [];
  const list = listOf(attribute.args).map((one) => columns.get(one) ?? one);
  return [{ columns: list, unique: attribute.name === 'unique', line: lineIn(at, `@@${attribute.name}`) }];
}

function enumOf(one: Enum, file: RepoPath, line: number): EnumDeclaration {
  const attributes = one.enumerators.filter((it) => it.type === 'attribute') as unknown as Attribute[];
  const values = one.enumerators.flatMap((it) =>
    it.type === 'enumerator' ? [mappedName(it.attributes ?? []) ?? it.name] : [],
  );
  return { name: mappedName(attributes) ?? one.name, values, file, line };
}

function mappedName(attributes: readonly Attribute[]): string | undefined {
  const map = attributes.find(({ name, group }) => name === 'map' && group === undefined);
  const value = map?.args?.[0]?.value;
  const text = typeof value === 'string' ? value : named(map?.args, 'name')[0]?.value;
  return typeof text === 'string' ? text.replace(/^"|"$/g, '') : undefined;
}

/** The value of a named argument, as an argument list. */
function named(args: readonly AttributeArgument[] | undefined, key: string): AttributeArgument[] {
  return (args ?? []).flatMap(({ value }) => {
    const pair = value as { readonly type?: string; readonly key?: string; readonly value?: unknown };
    if (typeof value !== 'object' || pair.type !== 'keyValue' || pair.key !== key) return [];
    return [{ type: 'attributeArgument', value: pair.value } as AttributeArgument];
  });
}

/** Names in the first list among the arguments. */
function listOf(args: readonly AttributeArgument[] | undefined): string[] {
  for (const { value } of [...(args ?? []), ...named(args, 'fields')]) {
    const list = value as { readonly type?: string; readonly args?: readonly unknown[] };
    if (typeof value !== 'object' || list.type !== 'array') continue;
    return (list.args ?? []).map((one) => (typeof one === 'string' ? one : String((one as { name?: string }).name)));
  }
  return [];
}

function printed(args: readonly AttributeArgument[] | undefined): string {
  const value = args?.[0]?.value as { readonly type?: string; readonly name?: string } | string | undefined;
  if (typeof value !== 'object') return String(value);
  return value.type === 'function' ? `${String(value.name)}()` : JSON.stringify(value);
}

function lineIn({ text, line }: Placed, word: string): number {
  const lines = text.split('\n');
  const at = lines.findIndex((one) => one.trimStart().split(/[\s(]/)[0] === word);
  return line + Math.max(0, at);
}
