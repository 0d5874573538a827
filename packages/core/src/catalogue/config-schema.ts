/**
 * What `blast-radius.config.{json,jsonc,yaml,yml}` may hold, as one JSON schema: validation, editors and docs read it.
 * The rows of the built-in catalogue are held to the same schema. Not here: reading the file (gather/sensitive/project-config.ts).
 */
import { ENDPOINT_ROLES, FILE_ROUTE_STYLES, ROW_CONFIDENCES } from '../model/catalogue-row.js';

/** The part of JSON Schema that is used here. */
export interface Schema {
  readonly type: 'object' | 'array' | 'string' | 'integer';
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly minItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  /** Objects with free keys: what each holds; absent = no other keys than `properties`. */
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema;
}

const texts = (description: string): Schema => ({ type: 'array', description, items: { type: 'string' } });
const text = (description: string): Schema => ({ type: 'string', description });

/** One row of the catalogue; see `CatalogueRow`. */
export const ROW_SCHEMA: Schema = {
  type: 'object',
  description: 'How a library says something that two systems agree on.',
  required: ['id', 'role', 'pkg'],
  additionalProperties: false,
  properties: {
    id: text('Unique; the id of a built-in row takes its place.'),
    role: { type: 'string', enum: ENDPOINT_ROLES, description: 'What a matched call does.' },
    pkg: texts('npm names, or `global:name`. File rows: a dependency that the package must have.'),
    kind: { type: 'string', enum: ['call', 'decorator', 'file'], description: '`call` where absent.' },
    recv: texts('Access paths from the package to the receiver: `R`, `M[Router].R`, `M[FastifyInstance].I`.'),
    fluent: texts('Steps that give the receiver again: `M[use].R`.'),
    call: text('The called member: `M[get,post]`; empty = the receiver itself; `new`; `tpl`.'),
    when: {
      type: 'object',
      additionalProperties: false,
      properties: {
        minArgs: { type: 'integer' },
        maxArgs: { type: 'integer' },
        text: text('This selector must give a text.'),
        route: text('This selector must give a path.'),
      },
    },
    bind: {
      type: 'object',
      description: 'Names of values to selectors: `path: A0`.',
      additionalProperties: { type: 'string' },
    },
    confidence: { type: 'string', enum: Object.keys(ROW_CONFIDENCES), description: '`high` where absent.' },
    style: { type: 'string', enum: FILE_ROUTE_STYLES, description: 'File rows: how a path becomes a URL.' },
    files: text('File rows: a regular expression on the path below the package.'),
    exports: texts('File rows: the exports that answer.'),
    options: {
      type: 'object',
      description: 'Option rows: options to their units.',
      additionalProperties: {
        type: 'string',
        enum: ['count', 'milliseconds', 'seconds', 'bytes', 'megabytes', 'text', 'flag'],
      },
    },
    optionsIn: text('Option rows: the object that holds them; `A0` where absent.'),
    operation: text('Queries: what the called member does.'),
  },
};

/** The whole file. */
export const PROJECT_CONFIG_SCHEMA: Schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: text('Where this schema is.'),
    suppress: {
      type: 'array',
      description: 'Accepted findings; each needs a reason and is counted in the report.',
      items: {
        type: 'object',
        required: ['rules', 'reason'],
        additionalProperties: false,
        properties: {
          rules: texts('Rule ids or prefixes.'),
          files: texts('Globs; absent = all.'),
          reason: text('Why.'),
        },
      },
    },
    catalogue: { type: 'array', description: 'Rows beside the built-in ones.', items: ROW_SCHEMA },
  },
};

/** A place where a value is not as the schema says. */
export interface SchemaFault {
  /** JSON pointer. */
  readonly at: string;
  /** In words, with the nearest known key or word. */
  readonly what: string;
  /** The key that is not there. */
  readonly missing?: string;
}

/** Holds a value to a schema. Never throws; depth is the schema's. */
export function schemaFaults(schema: Schema, value: unknown, at = ''): SchemaFault[] {
  if (!isType(schema.type, value)) return [{ at, what: `${named(at)} is no ${NOUNS[schema.type]}` }];
  if (schema.enum !== undefined && !schema.enum.includes(value as string))
    return [
      {
        at,
        what: `\`${short(String(value))}\` is no ${lastOf(at)}; did you mean \`${nearestWord(String(value), schema.enum)}\`?`,
      },
    ];
  if (schema.type === 'array')
    return (value as readonly unknown[]).flatMap((one, index) =>
      schema.items ? schemaFaults(schema.items, one, `${at}/${index}`) : [],
    );
  return schema.type === 'object' ? objectFaults(schema, value as Readonly<Record<string, unknown>>, at) : [];
}

function objectFaults(schema: Schema, value: Readonly<Record<string, unknown>>, at: string): SchemaFault[] {
  const properties = schema.properties ?? {};
  const known = Object.keys(properties);
  const missing = (schema.required ?? []).filter((key) => value[key] === undefined);
  return [
    ...missing.map((key) => ({ at, missing: key, what: `${named(at)} needs \`${key}\`` })),
    ...Object.entries(value).flatMap(([key, inner]): SchemaFault[] => {
      const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (own !== undefined) return schemaFaults(own, inner, `${at}/${key}`);
      if (schema.additionalProperties) return schemaFaults(schema.additionalProperties, inner, `${at}/${key}`);
      return [
        { at: `${at}/${key}`, what: `\`${short(key)}\` is no key of it; did you mean \`${nearestWord(key, known)}\`?` },
      ];
    }),
  ];
}

function isType(type: Schema['type'], value: unknown): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return type === 'object'
    ? typeof value === 'object' && value !== null && !Array.isArray(value)
    : typeof value === type;
}

const NOUNS: Readonly<Record<Schema['type'], string>> = {
  object: 'object',
  array: 'list',
  string: 'text',
  integer: 'whole number',
};

/** A place in words: `suppress`, or item 1 of it. */
function named(at: string): string {
  const [list = '', index = ''] = at.split('/').slice(-2);
  return /^\d+$/.test(index) ? `\`${list}\` item ${Number(index) + 1}` : `\`${lastOf(at)}\``;
}

function lastOf(at: string): string {
  return at === '' ? 'it' : (at.split('/').at(-1) ?? at);
}

function short(written: string): string {
  return written.slice(0, 60);
}

/** The word with the least edits from `written`. */
export function nearestWord(written: string, known: readonly string[]): string {
  return known.toSorted((left, right) => editDistance(written, left) - editDistance(written, right))[0] ?? '';
}

/** Levenshtein's, on what is at most some dozens of characters. */
function editDistance(left: string, right: string): number {
  const from = left.slice(0, 40).toLowerCase();
  const to = right.toLowerCase();
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let at = 1; at <= from.length; at++) {
    const next = [at];
    for (let other = 1; other <= to.length; other++) {
      const same = from[at - 1] === to[other - 1] ? 0 : 1;
      next.push(Math.min(row[other]! + 1, next[other - 1]! + 1, row[other - 1]! + same));
    }
    row = next;
  }
  return row[to.length]!;
}
