/**
 * Changed `.proto` files, compared under buf's rule names.
 * In: both revisions of every changed file; what moved from one to another is not gone. Out: flags. Pure.
 */
import type {
  ProtoChange,
  ProtoEnum,
  ProtoField,
  ProtoFile,
  ProtoMessage,
  ProtoService,
  RiskFlag,
} from '../../../model/index.js';
import { flagOf, type Finding } from '../classifier.js';

/** The flags of all changed files. */
export function protobufFlags(changes: readonly ProtoChange[]): RiskFlag[] {
  const heads = changes.flatMap(({ file, head }) => (head === undefined ? [] : [{ file, head }]));
  return changes.flatMap((change) =>
    change.base === undefined ? [] : fileFlags(change.file, change.base, change.head, heads),
  );
}

type Heads = readonly { readonly file: string; readonly head: ProtoFile }[];
type MakeFlag = (rule: string, line: number, subject: string, message: string, more?: Partial<Finding>) => RiskFlag;

function fileFlags(file: string, base: ProtoFile, head: ProtoFile | undefined, heads: Heads): RiskFlag[] {
  const flag: MakeFlag = (rule, line, subject, message, more = {}) =>
    flagOf(`proto/${rule}`, { file, line, subject, message, ...more });
  if (head !== undefined && head.package !== base.package)
    return [flag('FILE_SAME_PACKAGE', 1, file, `The package is ${head.package}, was ${base.package}.`)];
  const messages = pairedBy(base.messages, heads, (one) => one.messages);
  const enums = pairedBy(base.enums, heads, (one) => one.enums);
  const services = pairedBy(base.services, heads, (one) => one.services);
  const gone = [...messages.gone, ...enums.gone, ...services.gone];
  if (head === undefined && gone.length > 0)
    return [flag('FILE_NO_DELETE', 1, file, `The file is deleted, and with it ${gone.map(({ name }) => name).slice(0, 5).join(', ')}.`)]; // prettier-ignore
  return [
    ...messages.gone.map(({ name }) => flag('MESSAGE_NO_DELETE', 1, name, `Message ${name} is deleted.`)),
    ...enums.gone.map(({ name }) => flag('ENUM_NO_DELETE', 1, name, `Enum ${name} is deleted.`)),
    ...services.gone.map(({ name }) => flag('SERVICE_NO_DELETE', 1, name, `Service ${name} is deleted.`)),
    ...messages.pairs.flatMap(([before, after]) => messageFlags(before, after, flag)),
    ...enums.pairs.flatMap(([before, after]) => enumFlags(before, after, flag)),
    ...services.pairs.flatMap(([before, after]) => serviceFlags(before, after, flag)),
  ];
}

function pairedBy<T extends { readonly name: string }>(
  base: readonly T[],
  heads: Heads,
  pick: (file: ProtoFile) => readonly T[],
): { readonly pairs: readonly (readonly [T, T])[]; readonly gone: readonly T[] } {
  const known = new Map(heads.flatMap(({ head }) => pick(head)).map((one) => [one.name, one]));
  const pairs = base.flatMap((one) => {
    const after = known.get(one.name);
    return after === undefined ? [] : [[one, after] as const];
  });
  // What was nested in something that is gone goes with it.
  const gone = base.filter(({ name }) => !known.has(name) && !base.some((outer) => name.startsWith(`${outer.name}.`) && !known.has(outer.name))); // prettier-ignore
  return { pairs, gone };
}

function messageFlags(before: ProtoMessage, after: ProtoMessage, flag: MakeFlag): RiskFlag[] {
  const byNumber = new Map(after.fields.map((field) => [field.number, field]));
  const old = new Set(before.fields.map(({ number }) => number));
  return [
    ...before.fields.flatMap((field) => {
      const now = byNumber.get(field.number);
      return now === undefined ? [deletedField(after, field, flag)] : fieldFlags(after.name, field, now, flag);
    }),
    ...after.fields.flatMap((field) => (old.has(field.number) ? [] : [addedField(after, field, flag)])),
    ...lostReservations(before, after, flag),
    ...before.oneofs
      .filter((name) => !after.oneofs.includes(name))
      .map((name) =>
        flag('ONEOF_NO_DELETE', after.line, `${after.name}.${name}`, `Oneof ${name} of ${after.name} is deleted.`),
      ),
  ];
}

function deletedField(message: ProtoMessage, field: ProtoField, flag: MakeFlag): RiskFlag {
  const subject = `${message.name}.${field.name}`;
  const reserved = message.reserved.some(
    (one) => typeof one !== 'string' && one[0] <= field.number && field.number <= one[1],
  );
  if (reserved)
    return flag('FIELD_NO_DELETE', message.line, subject, `Field ${subject} = ${field.number} is deleted; its number is reserved.`, { severity: 'medium' }); // prettier-ignore
  return flag('FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED', message.line, subject, `Field ${subject} = ${field.number} is deleted, and its number is free to be taken.`); // prettier-ignore
}

function addedField(message: ProtoMessage, field: ProtoField, flag: MakeFlag): RiskFlag {
  const subject = `${message.name}.${field.name}`;
  if (field.label === 'required')
    return flag('REQUIRED_FIELD', field.line, subject, `Required field ${subject} is added.`);
  return flag('FIELD_ADDED', field.line, subject, `Field ${subject} = ${field.number} is added.`);
}

/** Scalars that are written alike. */
const WIRES: readonly (readonly string[])[] = [
  ['int32', 'uint32', 'int64', 'uint64', 'bool'],
  ['sint32', 'sint64'],
  ['string', 'bytes'],
  ['fixed32', 'sfixed32'],
  ['fixed64', 'sfixed64'],
];

function fieldFlags(message: string, before: ProtoField, after: ProtoField, flag: MakeFlag): RiskFlag[] {
  const subject = `${message}.${before.name}`;
  const found: RiskFlag[] = [];
  const add = (rule: string, words: string, old: string, now: string): void => {
    found.push(flag(rule, after.line, subject, words, { before: old, after: now }));
  };
  const type = (name: string): string => name.split('.').at(-1)!;
  if (type(before.type) !== type(after.type)) {
    const alike = WIRES.some((wire) => wire.includes(before.type) && wire.includes(after.type));
    add(alike ? 'FIELD_WIRE_COMPATIBLE_TYPE' : 'FIELD_SAME_TYPE', `Field ${subject} = ${before.number} is ${after.type}, was ${before.type}.`, before.type, after.type); // prettier-ignore
  }
  if (before.name !== after.name)
    add('FIELD_SAME_NAME', `Field ${subject} = ${before.number} is named ${after.name}.`, before.name, after.name);
  else if (before.jsonName !== after.jsonName)
    add('FIELD_SAME_JSON_NAME', `Field ${subject} is ${after.jsonName} in JSON, was ${before.jsonName}.`, before.jsonName, after.jsonName); // prettier-ignore
  if ((before.label === 'repeated') !== (after.label === 'repeated'))
    add(
      'FIELD_SAME_CARDINALITY',
      `Field ${subject} is ${after.label}, was ${before.label}.`,
      before.label,
      after.label,
    );
  else if ((before.label === 'required') !== (after.label === 'required'))
    add('REQUIRED_FIELD', `Field ${subject} is ${after.label}, was ${before.label}.`, before.label, after.label);
  if (before.oneof !== after.oneof)
    add('FIELD_SAME_ONEOF', `Field ${subject} is in ${after.oneof ?? 'no oneof'}, was in ${before.oneof ?? 'none'}.`, before.oneof ?? '', after.oneof ?? ''); // prettier-ignore
  if (before.default !== after.default)
    add('FIELD_SAME_DEFAULT', `The default of ${subject} is ${after.default ?? 'none'}, was ${before.default ?? 'none'}.`, before.default ?? '', after.default ?? ''); // prettier-ignore
  return found;
}

function lostReservations(before: Reserving, after: Reserving, flag: MakeFlag): RiskFlag[] {
  const kept = new Set(after.reserved.map(String));
  const covered = (one: readonly [number, number] | string): boolean =>
    kept.has(String(one)) ||
    (typeof one !== 'string' && after.reserved.some((range) => typeof range !== 'string' && range[0] <= one[0] && one[1] <= range[1])); // prettier-ignore
  return before.reserved
    .filter((one) => !covered(one))
    .map((one) => flag('RESERVED_NO_DELETE', after.line, after.name, `${after.name} no longer reserves ${typeof one === 'string' ? one : one.join(' to ')}.`)); // prettier-ignore
}

type Reserving = Pick<ProtoMessage, 'name' | 'reserved' | 'line'>;

function enumFlags(before: ProtoEnum, after: ProtoEnum, flag: MakeFlag): RiskFlag[] {
  const byNumber = new Map(after.values.map((value) => [value.number, value]));
  const names = new Set(after.values.map(({ name }) => name));
  const values = before.values.flatMap(({ name, number }) => {
    const now = byNumber.get(number);
    const subject = `${after.name}.${name}`;
    if (now === undefined)
      return [flag('ENUM_VALUE_NO_DELETE', after.line, subject, `Value ${subject} = ${number} is deleted.`)];
    if (now.name === name || names.has(name)) return [];
    return [flag('ENUM_VALUE_SAME_NAME', now.line, subject, `Value ${subject} = ${number} is named ${now.name}.`, { before: name, after: now.name })]; // prettier-ignore
  });
  return [...values, ...lostReservations(before, after, flag)];
}

function serviceFlags(before: ProtoService, after: ProtoService, flag: MakeFlag): RiskFlag[] {
  return before.methods.flatMap((old) => {
    const now = after.methods.find(({ name }) => name === old.name);
    const subject = `${after.name}/${old.name}`;
    if (now === undefined) return [flag('RPC_NO_DELETE', after.line, subject, `Method ${subject} is deleted.`)];
    const changed = (rule: string, words: string): RiskFlag =>
      flag(rule, now.line, subject, `Method ${subject} ${words}.`);
    return [
      ...(old.request === now.request
        ? []
        : [changed('RPC_SAME_REQUEST_TYPE', `takes ${now.request}, was ${old.request}`)]),
      ...(old.response === now.response ? [] : [changed('RPC_SAME_RESPONSE_TYPE', `answers ${now.response}, was ${old.response}`)]), // prettier-ignore
      ...(old.requestStream === now.requestStream ? [] : [changed('RPC_SAME_CLIENT_STREAMING', now.requestStream ? 'takes a stream' : 'no longer takes a stream')]), // prettier-ignore
      ...(old.responseStream === now.responseStream ? [] : [changed('RPC_SAME_SERVER_STREAMING', now.responseStream ? 'answers with a stream' : 'no longer answers with a stream')]), // prettier-ignore
    ];
  });
}
