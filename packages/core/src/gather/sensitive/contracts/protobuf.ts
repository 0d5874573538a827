/**
 * Changed `.proto` files as plain records, by protobufjs (loaded at the first one).
 * In: text pairs. Out: messages, enums and services of both revisions with lines, and a diagnostic where a text does not parse.
 * Imports are not followed: a type of another file is its name.
 */
import type {
  ProtoChange,
  ProtoEnum,
  ProtoField,
  ProtoFile,
  ProtoMessage,
  ProtoService,
} from '../../../model/contract-file.js';
import type { Diagnostic } from '../../../model/diagnostic.js';
import type { RepoPath } from '../../../model/path.js';
import { brokenFile, type TextPair } from '../changed-texts.js';

/** Reads every changed file. Never throws for what is in them. */
export async function readProtobuf(pairs: readonly TextPair[]) {
  const changed = pairs.filter(({ file }) => file.endsWith('.proto'));
  const diagnostics: Diagnostic[] = [];
  if (changed.length === 0) return { changes: [], diagnostics };
  const { default: library } = await import('protobufjs');
  const read = (file: RepoPath, text: string): ProtoFile | undefined => {
    try {
      const parsed = library.parse(text, { keepCase: true });
      return protoFile(text, parsed.package ?? '', parsed.root.toJSON() as Nested);
    } catch (error) {
      const line = /line (\d+)/.exec(String(error))?.[1];
      diagnostics.push(brokenFile(file, Number(line ?? 1), 'Protobuf'));
      return undefined;
    }
  };
  const changes = changed.flatMap(({ file, basePath, base, head }): ProtoChange[] => {
    const before = base === undefined ? undefined : read(basePath, base);
    const after = head === undefined ? undefined : read(file, head);
    const blind = (base !== undefined && before === undefined) || (head !== undefined && after === undefined);
    return blind ? [] : [{ file, ...(before ? { base: before } : {}), ...(after ? { head: after } : {}) }];
  });
  return { changes, diagnostics };
}

/** As protobufjs prints a namespace, read loosely. */
interface Nested {
  readonly nested?: Readonly<Record<string, Nested>>;
  readonly fields?: Readonly<Record<string, RawField>>;
  readonly oneofs?: Readonly<Record<string, { readonly oneof: readonly string[] }>>;
  readonly values?: Readonly<Record<string, number>>;
  readonly methods?: Readonly<Record<string, RawMethod>>;
  readonly reserved?: readonly (readonly [number, number] | string)[];
}

interface RawField {
  readonly type: string;
  readonly id: number;
  readonly rule?: string;
  readonly keyType?: string;
  readonly jsonName?: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

interface RawMethod {
  readonly requestType: string;
  readonly responseType: string;
  readonly requestStream?: boolean;
  readonly responseStream?: boolean;
}

function protoFile(text: string, name: string, root: Nested): ProtoFile {
  const lines = declarationLines(text);
  const [messages, enums, services]: [ProtoMessage[], ProtoEnum[], ProtoService[]] = [[], [], []];
  const pending: (readonly [string, Nested])[] = [['', root]];
  while (pending.length > 0) {
    const [prefix, node] = pending.shift()!;
    for (const [own, child] of Object.entries(node.nested ?? {})) {
      const full = prefix === '' ? own : `${prefix}.${own}`;
      if (child.fields !== undefined) messages.push(messageOf(full, child, lines));
      if (child.values !== undefined) enums.push(enumOf(full, child, lines));
      if (child.methods !== undefined) services.push(serviceOf(full, child, lines));
      pending.push([full, child]);
    }
  }
  const syntax = /^\s*(?:syntax|edition)\s*=\s*["']([^"']+)/m.exec(text)?.[1] ?? 'proto2';
  return { package: name, syntax, messages, enums, services };
}

/** Line of each name inside each block: `User.email` by its last two words. */
type Lines = (block: string, name?: string) => number;

/** Where blocks open and what is named in them; a look at the text, since the parser keeps no places. */
function declarationLines(text: string): Lines {
  const found = new Map<string, number>();
  const open: string[] = [];
  text.split('\n').forEach((raw, index) => {
    const line = raw.replace(/\/\/.*$/, '').replace(/"[^"]*"/g, '""');
    const block = /^\s*(?:message|enum|service|oneof|extend)\s+([\w.]+)\s*\{/.exec(line)?.[1];
    const member = /(\w+)\s*=\s*-?\d/.exec(line)?.[1] ?? /\brpc\s+(\w+)/.exec(line)?.[1];
    const key = (name: string): string => `${open.findLast((one) => one !== '') ?? ''}.${name}`;
    if (block !== undefined) found.set(block, found.get(block) ?? index + 1);
    else if (member !== undefined) found.set(key(member), found.get(key(member)) ?? index + 1);
    for (const brace of line.match(/[{}]/g) ?? []) {
      if (brace === '}') open.pop();
      else open.push(block !== undefined && !/^\s*oneof/.test(line) ? block : '');
    }
  });
  return (block, name) => {
    const own = block.split('.').at(-1)!;
    return (name === undefined ? undefined : found.get(`${own}.${name}`)) ?? found.get(own) ?? 1;
  };
}

function messageOf(name: string, { fields = {}, oneofs = {}, reserved = [] }: Nested, lines: Lines): ProtoMessage {
  const groups = Object.entries(oneofs).filter(([group]) => !group.startsWith('_'));
  return {
    name,
    fields: Object.entries(fields).map(([own, field]): ProtoField => {
      const oneof = groups.find(([, { oneof: members }]) => members.includes(own))?.[0];
      const fallback = field.options?.['default'];
      return {
        name: own,
        number: field.id,
        type: field.keyType === undefined ? field.type : `map<${field.keyType},${field.type}>`,
        label: labelOf(field),
        ...(oneof === undefined ? {} : { oneof }),
        jsonName: field.jsonName ?? own.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
        ...(fallback === undefined ? {} : { default: String(fallback) }),
        line: lines(name, own),
      };
    }),
    reserved,
    oneofs: groups.map(([group]) => group),
    line: lines(name),
  };
}

function labelOf({ rule, keyType, options }: RawField): ProtoField['label'] {
  if (keyType !== undefined) return 'map';
  if (rule === 'repeated' || rule === 'required' || rule === 'optional') return rule;
  return options?.['proto3_optional'] === true ? 'optional' : 'singular';
}

function enumOf(name: string, { values = {}, reserved = [] }: Nested, lines: Lines): ProtoEnum {
  const listed = Object.entries(values).map(([own, number]) => ({ name: own, number, line: lines(name, own) }));
  return { name, values: listed, reserved, line: lines(name) };
}

function serviceOf(name: string, { methods = {} }: Nested, lines: Lines): ProtoService {
  const listed = Object.entries(methods).map(([own, method]) => ({
    name: own,
    request: method.requestType,
    response: method.responseType,
    requestStream: method.requestStream === true,
    responseStream: method.responseStream === true,
    line: lines(name, own),
  }));
  return { name, methods: listed, line: lines(name) };
}
