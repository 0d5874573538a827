/**
 * Reading an OpenAPI description (2.0, 3.0, 3.1) as plain values: references, operations, parameters, bodies, responses.
 * In: parsed documents. Out: located values, the same shape for all versions. References lead into the given documents only;
 * a cycle ends where it began. Pure.
 */
import { directoryOf, joinPath } from '../../../model/index.js';
import type { OpenApiFile, PlainObject, PlainValue, RepoPath } from '../../../model/index.js';

/** A value and where it stands. */
export interface Located {
  readonly value: PlainValue;
  readonly file: RepoPath;
  /** JSON pointer in that file. */
  readonly pointer: string;
}

/** True for what `{…}` makes. */
export function isPlainObject(value: PlainValue | undefined): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The root of a description. */
export function rootOf({ root, documents }: OpenApiFile): Located {
  return { value: documents[root]!.value, file: root, pointer: '' };
}

/** 1-based line of a value: its own, else that of what holds it. */
export function lineAt({ documents }: OpenApiFile, { file, pointer }: Located): number {
  const lines = documents[file]?.lines ?? {};
  let at = pointer;
  while (at !== '' && lines[at] === undefined) at = at.slice(0, at.lastIndexOf('/'));
  return lines[at] ?? 1;
}

/** References that follow one another are one; longer chains are cycles. */
const MAX_REFERENCES = 32;

/** What a value means: references followed. `undefined` where they lead nowhere or in a circle. */
export function resolved(api: OpenApiFile, located: Located | undefined): Located | undefined {
  let current = located;
  for (let step = 0; step < MAX_REFERENCES; step++) {
    const reference = current !== undefined && isPlainObject(current.value) ? current.value['$ref'] : undefined;
    if (typeof reference !== 'string') return current;
    current = targetOf(api, current!.file, reference);
  }
  return undefined;
}

function targetOf({ documents }: OpenApiFile, from: RepoPath, reference: string): Located | undefined {
  const [file = '', pointer = ''] = reference.split('#');
  const path = file === '' ? from : joinPath(directoryOf(from), file);
  const document = path === undefined ? undefined : documents[path];
  if (path === undefined || document === undefined) return undefined;
  let current: Located = { value: document.value, file: path, pointer: '' };
  for (const segment of pointer.split('/').filter((one) => one !== '')) {
    const next = child({ documents, root: path }, current, unescaped(segment));
    if (next === undefined) return undefined;
    current = next;
  }
  return current;
}

function unescaped(segment: string): string {
  return segment.replaceAll('%7B', '{').replaceAll('%7D', '}').replaceAll('~1', '/').replaceAll('~0', '~');
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The value behind a key, references on the way followed; itself not yet. */
export function child(api: OpenApiFile, located: Located | undefined, key: string): Located | undefined {
  const holder = resolved(api, located);
  if (holder === undefined || typeof holder.value !== 'object' || holder.value === null) return undefined;
  const value = (holder.value as Readonly<Record<string, PlainValue>>)[key];
  if (value === undefined || !Object.hasOwn(holder.value, key)) return undefined;
  return { value, file: holder.file, pointer: `${holder.pointer}/${escaped(key)}` };
}

/** The resolved entries of an object, in written order. */
export function entries(api: OpenApiFile, located: Located | undefined): (readonly [string, Located])[] {
  const holder = resolved(api, located);
  if (!isPlainObject(holder?.value)) return [];
  return Object.keys(holder.value).flatMap((key) => {
    const found = resolved(api, child(api, holder, key));
    return found === undefined ? [] : [[key, found] as const];
  });
}

/** The resolved items of an array. */
export function items(api: OpenApiFile, located: Located | undefined): Located[] {
  const holder = resolved(api, located);
  if (!Array.isArray(holder?.value)) return [];
  return holder.value.flatMap((_, index) => resolved(api, child(api, holder, String(index))) ?? []);
}

/** The scalar behind a key. */
export function scalar(api: OpenApiFile, located: Located | undefined, key: string): PlainValue | undefined {
  return child(api, located, key)?.value;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** One operation. */
export interface Operation {
  /** `GET /users/{id}`. */
  readonly name: string;
  /** The same with parameters' names left out: `GET /users/{}`. */
  readonly key: string;
  readonly path: string;
  readonly at: Located;
  readonly pathItem: Located;
}

/** Every operation; `paths` or `webhooks`. */
export function operations(api: OpenApiFile, list: 'paths' | 'webhooks'): Operation[] {
  return entries(api, child(api, rootOf(api), list)).flatMap(([path, pathItem]) =>
    METHODS.flatMap((method) => {
      const at = resolved(api, child(api, pathItem, method));
      if (at === undefined || !isPlainObject(at.value)) return [];
      const name = `${method.toUpperCase()} ${path}`;
      return [{ name, key: name.replace(/\{[^}]*\}/g, '{}'), path, at, pathItem }];
    }),
  );
}

/** One parameter. */
export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Located;
  readonly at: Located;
}

/** An operation's parameters with those of its path; bodies and form fields of 2.0 are not among them. */
export function parameters(api: OpenApiFile, { at, pathItem }: Operation): Parameter[] {
  const all = [...items(api, child(api, at, 'parameters')), ...items(api, child(api, pathItem, 'parameters'))];
  const seen = new Set<string>();
  return all.flatMap((parameter) => {
    const [name, place] = [scalar(api, parameter, 'name'), scalar(api, parameter, 'in')];
    const key = `${String(place)} ${String(name)}`;
    if (typeof name !== 'string' || typeof place !== 'string' || seen.has(key)) return [];
    seen.add(key);
    if (place === 'body' || place === 'formData') return [];
    const content = entries(api, child(api, parameter, 'content'))[0]?.[1];
    const schema = child(api, parameter, 'schema') ?? child(api, content, 'schema') ?? parameter;
    return [
      {
        name,
        in: place,
        required: place === 'path' || scalar(api, parameter, 'required') === true,
        schema,
        at: parameter,
      },
    ];
  });
}

/** A body or a response with its schemas by media type. */
export interface Payload {
  readonly required: boolean;
  readonly media: readonly (readonly [type: string, schema: Located | undefined])[];
  readonly at: Located;
}

/** The request's body, of 3.x or 2.0. */
export function requestBody(api: OpenApiFile, operation: Operation): Payload | undefined {
  const body = resolved(api, child(api, operation.at, 'requestBody'));
  if (body !== undefined)
    return { required: scalar(api, body, 'required') === true, media: mediaOf(api, body), at: body };
  const old = items(api, child(api, operation.at, 'parameters')).find((one) => scalar(api, one, 'in') === 'body');
  if (old === undefined) return undefined;
  return { required: scalar(api, old, 'required') === true, media: [['*/*', child(api, old, 'schema')]], at: old };
}

function mediaOf(api: OpenApiFile, holder: Located): (readonly [string, Located | undefined])[] {
  return entries(api, child(api, holder, 'content')).map(
    ([type, media]) => [type, child(api, media, 'schema')] as const,
  );
}

/** The responses by status. */
export function responses(api: OpenApiFile, { at }: Operation): (readonly [string, Payload])[] {
  return entries(api, child(api, at, 'responses')).map(([status, response]) => {
    const old = child(api, response, 'schema');
    const media = old === undefined ? mediaOf(api, response) : [['*/*', old] as const];
    return [status, { required: true, media, at: response }] as const;
  });
}
