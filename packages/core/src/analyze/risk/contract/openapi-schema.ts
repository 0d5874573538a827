/**
 * JSON schemas of an OpenAPI description, composed and compared.
 * In: two located schemas and which way they travel. Out: findings through a callback. Iterative: a pair that was compared
 * is not compared again, so that recursive schemas end. `allOf` is composed; `oneOf` and `anyOf` are matched member by member.
 */
import type { OpenApiFile, PlainValue } from '../../../model/index.js';
import type { Finding } from '../classifier.js';
import { child, entries, isPlainObject, items, resolved, scalar, type Located } from './openapi-view.js';
import { boundFindings } from './openapi-bounds.js';

/** Who writes it: a client that must still be understood, or a server that must still understand. */
export type Direction = 'request' | 'response';

/** Where in an operation a schema stands; it makes the rule's name. */
export type Place = 'parameter' | 'body' | 'property';

/** A schema with its `allOf` composed. */
export interface Shape {
  readonly at: Located;
  /** Types it takes; empty = any. `null` among them = nullable. */
  readonly types: ReadonlySet<string>;
  readonly enum: readonly PlainValue[] | undefined;
  readonly properties: ReadonlyMap<string, Located>;
  readonly required: ReadonlySet<string>;
  readonly items: Located | undefined;
  readonly oneOf: readonly Located[];
  readonly anyOf: readonly Located[];
  readonly keyword: (name: string) => PlainValue | undefined;
}

const MAX_PARTS = 64;

/** The shape of a schema; `undefined` where it leads nowhere. */
export function shapeOf(api: OpenApiFile, schema: Located | undefined): Shape | undefined {
  const at = resolved(api, schema);
  if (at === undefined || !isPlainObject(at.value)) return undefined;
  const parts = composed(api, at);
  const own = (name: string): PlainValue | undefined =>
    parts.map((part) => scalar(api, part, name)).find((one) => one !== undefined);
  const properties = new Map<string, Located>();
  for (const part of parts.toReversed())
    for (const [name, property] of entries(api, child(api, part, 'properties'))) properties.set(name, property);
  const values = own('enum');
  return {
    at,
    types: typesOf(own('type'), own('nullable'), properties.size > 0),
    enum: Array.isArray(values) ? values : undefined,
    properties,
    required: new Set(parts.flatMap((part) => textsIn(scalar(api, part, 'required')))),
    items: parts.map((part) => child(api, part, 'items')).find((one) => one !== undefined),
    oneOf: parts.flatMap((part) => members(api, part, 'oneOf')),
    anyOf: parts.flatMap((part) => members(api, part, 'anyOf')),
    keyword: own,
  };
}

/** A schema and all that its `allOf` brings in, itself first. */
function composed(api: OpenApiFile, at: Located): Located[] {
  const parts: Located[] = [];
  const seen = new Set<string>();
  const pending = [at];
  while (pending.length > 0 && parts.length < MAX_PARTS) {
    const part = pending.shift()!;
    const key = `${part.file}#${part.pointer}`;
    if (seen.has(key)) continue;
    seen.add(key);
    parts.push(part);
    pending.push(...items(api, child(api, part, 'allOf')));
  }
  return parts;
}

/** Unresolved, since a reference is a member's name. */
function members(api: OpenApiFile, part: Located, list: 'oneOf' | 'anyOf'): Located[] {
  const holder = resolved(api, child(api, part, list));
  if (!Array.isArray(holder?.value)) return [];
  return holder.value.flatMap((_, index) => child(api, holder, String(index)) ?? []);
}

function textsIn(value: PlainValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function typesOf(type: PlainValue | undefined, nullable: PlainValue | undefined, object: boolean): ReadonlySet<string> {
  const written = typeof type === 'string' ? [type] : textsIn(type);
  const types = new Set(written.length === 0 && object ? ['object'] : written);
  if (nullable === true && types.size > 0) types.add('null');
  return types;
}

/** What a comparison finds. */
export interface SchemaFinding {
  /** Name of the rule, after `openapi/`. */
  readonly rule: string;
  /** Where in the head (the base for what only it has a place for). */
  readonly at: Located;
  readonly side: 'base' | 'head';
  /** Dotted way from the payload: `items.name`. */
  readonly way: string;
  readonly words: string;
  readonly before?: string;
  readonly after?: string;
}

/** Says a finding of one operation; `''` is the whole description. */
export type Report = (operation: string, finding: SchemaFinding, more?: Partial<Finding>) => void;

/** Both descriptions and what to do with a finding. */
export interface Comparison {
  readonly base: OpenApiFile;
  readonly head: OpenApiFile;
  /** Pairs that were compared, by direction and place. */
  readonly seen: Set<string>;
  readonly found: (finding: SchemaFinding) => void;
}

interface Pair {
  readonly base: Located | undefined;
  readonly head: Located | undefined;
  readonly place: Place;
  readonly way: string;
}

/** Compares two schemas and all below them. */
export function compareSchemas(comparison: Comparison, direction: Direction, start: Omit<Pair, 'way'>): void {
  const pending: Pair[] = [{ ...start, way: '' }];
  while (pending.length > 0) {
    const pair = pending.pop()!;
    const [base, head] = [shapeOf(comparison.base, pair.base), shapeOf(comparison.head, pair.head)];
    if (base === undefined || head === undefined) continue;
    const key = `${direction} ${pair.place} ${base.at.file}#${base.at.pointer} ${head.at.file}#${head.at.pointer}`;
    if (comparison.seen.has(key)) continue;
    comparison.seen.add(key);
    compareShapes(comparison, direction, pair, base, head);
    pending.push(...below(comparison, direction, pair, base, head));
  }
}

function below(comparison: Comparison, direction: Direction, pair: Pair, base: Shape, head: Shape): Pair[] {
  const found: Pair[] = [];
  const way = (step: string): string => (pair.way === '' ? step : `${pair.way}.${step}`);
  for (const [name, property] of base.properties) {
    const after = head.properties.get(name);
    if (after !== undefined) found.push({ base: property, head: after, place: 'property', way: way(name) });
  }
  if (base.items !== undefined && head.items !== undefined)
    found.push({
      base: base.items,
      head: head.items,
      place: pair.place === 'parameter' ? 'parameter' : 'property',
      way: way('[]'),
    });
  for (const list of ['oneOf', 'anyOf'] as const) {
    for (const member of base[list]) {
      const after = head[list].find((one) => memberName(one) === memberName(member));
      if (after !== undefined) found.push({ base: member, head: after, place: pair.place, way: pair.way });
    }
  }
  return found.filter((one) => !isOneWay(comparison, direction, one));
}

/** What is only read is not in requests, what is only written not in responses. */
function isOneWay({ base, head }: Comparison, direction: Direction, pair: Pair): boolean {
  const word = direction === 'request' ? 'readOnly' : 'writeOnly';
  return shapeOf(base, pair.base)?.keyword(word) === true && shapeOf(head, pair.head)?.keyword(word) === true;
}

/** A member is known by its reference, its title, or what it holds. */
function memberName({ value }: Located): string {
  if (isPlainObject(value) && typeof value['$ref'] === 'string') return value['$ref'].split('/').at(-1)!;
  const title = isPlainObject(value) ? value['title'] : undefined;
  return typeof title === 'string' ? title : JSON.stringify(value).slice(0, 2000);
}

function compareShapes(comparison: Comparison, direction: Direction, pair: Pair, base: Shape, head: Shape): void {
  const { place, way } = pair;
  const prefix = `${direction}-${place}`;
  const what = way === '' ? (place === 'parameter' ? 'the parameter' : 'the body') : way;
  const add = (rule: string, words: string, more: Partial<SchemaFinding> = {}): void =>
    comparison.found({ rule, at: head.at, side: 'head', way, words, ...more });
  typeFindings(direction, prefix, what, base, head, add);
  enumFindings(direction, prefix, what, base, head, add);
  if (
    base.keyword('pattern') !== head.keyword('pattern') &&
    head.keyword('pattern') !== undefined &&
    direction === 'request'
  ) {
    const step = base.keyword('pattern') === undefined ? 'added' : 'changed';
    add(`${prefix}-pattern-${step}`, `${what} must match ${String(head.keyword('pattern'))}`);
  }
  for (const { rule, words } of boundFindings(direction, prefix, what, base, head)) add(rule, words);
  memberFindings(direction, prefix, what, base, head, add);
  propertyFindings(comparison, direction, way, base, head);
}

type Add = (rule: string, words: string, more?: Partial<SchemaFinding>) => void;

function typeFindings(direction: Direction, prefix: string, what: string, base: Shape, head: Shape, add: Add): void {
  const [old, now] = [withoutNull(base.types), withoutNull(head.types)];
  const [inner, outer] = direction === 'request' ? [old, now] : [now, old];
  const fits = outer.length === 0 || (inner.length > 0 && inner.every((type) => outer.includes(type) || (type === 'integer' && outer.includes('number')))); // prettier-ignore
  // Text that was no type at all says nothing about what is sent.
  const said = direction === 'request' ? now.length > 0 && old.length > 0 : old.length > 0 && now.length > 0;
  if (!fits && said)
    add(`${prefix}-type-changed`, `${what} is ${now.join(' or ')}, was ${old.join(' or ')}`, {
      before: old.join('|'),
      after: now.join('|'),
    });
  const [was, is] = [base.types.has('null'), head.types.has('null')];
  if (direction === 'request' && was && !is && now.length > 0)
    add(`${prefix}-became-not-nullable`, `${what} may no longer be null`);
  if (direction === 'response' && !was && is && old.length > 0) add(`${prefix}-became-nullable`, `${what} may be null`);
}

function withoutNull(types: ReadonlySet<string>): string[] {
  return [...types].filter((type) => type !== 'null').sort();
}

function enumFindings(direction: Direction, prefix: string, what: string, base: Shape, head: Shape, add: Add): void {
  if (direction === 'request' && base.enum === undefined && head.enum !== undefined)
    return add(`${prefix}-became-enum`, `${what} takes only ${listed(head.enum)}`);
  if (base.enum === undefined || head.enum === undefined) return;
  const [old, now] = [base.enum.map((one) => JSON.stringify(one)), head.enum.map((one) => JSON.stringify(one))];
  for (const value of direction === 'request' ? old.filter((one) => !now.includes(one)) : [])
    add(`${prefix}-enum-value-removed`, `${what} no longer takes ${value}`);
  for (const value of direction === 'response' ? now.filter((one) => !old.includes(one)) : [])
    add(`${prefix}-enum-value-added`, `${what} may be ${value}`);
}

function listed(values: readonly PlainValue[]): string {
  return values
    .slice(0, 5)
    .map((one) => JSON.stringify(one))
    .join(', ');
}

function memberFindings(direction: Direction, prefix: string, what: string, base: Shape, head: Shape, add: Add): void {
  for (const [list, word] of [
    ['oneOf', 'one-of'],
    ['anyOf', 'any-of'],
  ] as const) {
    if (base[list].length === 0 || head[list].length === 0) continue;
    const [old, now] = [base[list].map((one) => memberName(one)), head[list].map((one) => memberName(one))];
    const gone = old.filter((one) => !now.includes(one));
    const added = now.filter((one) => !old.includes(one));
    if (direction === 'request' && gone.length > 0)
      add(`${prefix}-${word}-removed`, `${what} no longer takes ${shortNames(gone)}`);
    if (direction === 'response' && added.length > 0 && word === 'one-of')
      add(`${prefix}-${word}-added`, `${what} may be ${shortNames(added)}`);
  }
}

function shortNames(names: readonly string[]): string {
  return names.map((one) => (one.length > 40 ? 'another form' : one)).join(', ');
}

/** Properties that only one side has, or that must be there in one only. */
function propertyFindings(
  { base: baseApi, head: headApi, found }: Comparison,
  direction: Direction,
  way: string,
  base: Shape,
  head: Shape,
): void {
  const full = (name: string): string => (way === '' ? name : `${way}.${name}`);
  for (const [name, property] of head.properties) {
    if (base.properties.has(name)) requirednessFinding(name, property);
    else if (direction === 'request' && head.required.has(name) && scalar(headApi, property, 'readOnly') !== true) {
      const fallback = scalar(headApi, property, 'default') === undefined ? '' : '-with-default';
      found({
        rule: `new-required-request-property${fallback}`,
        at: property,
        side: 'head',
        way: full(name),
        words: `${full(name)} must be given`,
      });
    }
  }
  for (const [name, property] of base.properties) {
    if (head.properties.has(name)) continue;
    const oneWay = scalar(baseApi, property, direction === 'request' ? 'readOnly' : 'writeOnly') === true;
    if (oneWay) continue;
    const rule =
      direction === 'request'
        ? 'request-property-removed'
        : `response-${base.required.has(name) ? 'required' : 'optional'}-property-removed`;
    found({ rule, at: head.at, side: 'head', way: full(name), words: `${full(name)} is gone` });
  }

  function requirednessFinding(name: string, property: Located): void {
    const [was, is] = [base.required.has(name), head.required.has(name)];
    if (direction === 'request' && !was && is && scalar(headApi, property, 'readOnly') !== true) {
      const fallback = scalar(headApi, property, 'default') === undefined ? '' : '-with-default';
      found({
        rule: `request-property-became-required${fallback}`,
        at: property,
        side: 'head',
        way: full(name),
        words: `${full(name)} must be given`,
      });
    }
    if (direction === 'response' && was && !is)
      found({
        rule: 'response-property-became-optional',
        at: property,
        side: 'head',
        way: full(name),
        words: `${full(name)} may be missing`,
      });
  }
}
