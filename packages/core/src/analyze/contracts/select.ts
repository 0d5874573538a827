/**
 * What a row's selector gives at a matched call: `A0.url`, `recv.A0`, `$member`, `A1..`, `const:GET`, alternatives by `|`.
 * In: a match and what is bound. Out: places of values, to be read as text (partial-text.ts), as handlers or as objects.
 */
import type { PartialValue } from '../../model/calls.js';
import type { LinkedFile } from '../link/module-table.js';
import type { Match } from './match.js';
import type { Bound, CallPlace, Origin } from './origin.js';
import type { Resolver } from './resolver.js';

/** A value where it stands. */
export interface Placed {
  readonly file: LinkedFile;
  readonly value: PartialValue;
  readonly bound: Bound;
}

/** The values of the first alternative that gives any. */
export function select(
  resolver: Resolver,
  match: Match,
  selector: string | undefined,
  bound: Bound,
): readonly Placed[] {
  if (selector === undefined) return [];
  for (const one of deepestFirst(selector)) {
    const found = selectOne(resolver, match, one, bound);
    if (found.length > 0) return found;
  }
  return [];
}

const alternatives = new Map<string, readonly string[]>();

/** Of `A0|A0.path` the entry counts before the object that has it. */
function deepestFirst(selector: string): readonly string[] {
  let found = alternatives.get(selector);
  if (found !== undefined) return found;
  const written = selector.split('|');
  const deeper = (of: string): string[] => written.filter((one) => one.startsWith(`${of}.`) && !of.includes('.'));
  found = [...new Set(written.flatMap((one) => [...deeper(one), one]))];
  alternatives.set(selector, found);
  return found;
}

function selectOne(resolver: Resolver, match: Match, selector: string, bound: Bound): readonly Placed[] {
  const { file } = match.place;
  if (selector.startsWith('const:')) return [{ file, value: selector.slice(6), bound }];
  if (selector === '$member') return match.member === '' ? [] : [{ file, value: match.member, bound }];
  if (selector === '$path') return [{ file, value: match.path.join('.'), bound }];
  if (selector === '$symbol') return symbolName(match);
  if (selector === '$class')
    return match.of === undefined ? [] : [{ file: match.of.file, value: ['h', match.of.symbol], bound }];
  const [first = '', ...rest] = selector.split('.').filter((token) => token !== '');
  if (first === 'recv') return fromReceiver(resolver, match, rest, bound);
  const args = match.record[4];
  const index = Number(first.slice(1));
  if (first.startsWith('T')) return placed(file, match.record[5][index], bound);
  if (selector.endsWith('..')) return args.slice(index).map((value) => ({ file, value, bound }));
  return walk(resolver, placed(file, args[index], bound), rest);
}

/** The name of the symbol that the call stands in; none for a file's own code. */
function symbolName({ place: { file }, record: [, symbol] }: Match): Placed[] {
  const name = symbol === 0 ? '' : (file.facts?.symbols[symbol]?.name.split('.').at(-1) ?? '');
  return placed(file, name === '' ? undefined : name.replace(/~$/, ''), new Map());
}

function placed(file: LinkedFile, value: PartialValue | undefined, bound: Bound): Placed[] {
  return value === undefined || value === null ? [] : [{ file, value, bound }];
}

/** Arguments of the nearest earlier call on the way to the receiver that has them. */
function fromReceiver(
  resolver: Resolver,
  { receiver }: Match,
  [first = '', ...rest]: readonly string[],
  bound: Bound,
): readonly Placed[] {
  const index = Number(first.slice(1));
  for (const step of receiver.toReversed()) {
    if (first.startsWith('T')) {
      if (step.types !== undefined) return placed(step.types.file, step.types.args[index], bound);
    } else if (step.call !== undefined) {
      const found = argumentsOf(resolver, step.call, index, rest, bound);
      if (found.length > 0) return found;
    }
  }
  return [];
}

function argumentsOf(
  resolver: Resolver,
  call: CallPlace,
  index: number,
  rest: readonly string[],
  bound: Bound,
): readonly Placed[] {
  const record = resolver.calls(call.file).calls[call.index];
  return walk(resolver, placed(call.file, record?.[4][index], bound), rest);
}

/** Follows names, `made` (the call that made it, whose argument comes next), `result` (of a function) and positions. */
function walk(resolver: Resolver, from: readonly Placed[], tokens: readonly string[]): readonly Placed[] {
  let found = from;
  for (let at = 0; at < tokens.length && found.length > 0; at += 1) {
    const token = tokens[at] as string;
    if (token === 'made') {
      at += 1;
      const index = Number((tokens[at] ?? 'A0').slice(1));
      found = found.flatMap((one) =>
        makers(resolver, one).flatMap((call) => argumentsOf(resolver, call, index, [], one.bound)),
      );
    } else found = found.flatMap((one) => step(resolver, one, token));
  }
  return found;
}

function makers(resolver: Resolver, one: Placed): CallPlace[] {
  return resolver.origins(one.file, one.value, one.bound).flatMap((origin) => {
    const call = origin.kind === 'path' ? origin.steps.findLast((step) => step.call !== undefined)?.call : undefined;
    return call === undefined ? [] : [call];
  });
}

function step(resolver: Resolver, { file, value, bound }: Placed, token: string): Placed[] {
  if (token !== 'result' && Array.isArray(value) && value[0] === 'o') {
    const entries = value[1] as Readonly<Record<string, PartialValue>>;
    if (Object.hasOwn(entries, token)) return placed(file, entries[token], bound);
  }
  return resolver.origins(file, value, bound).flatMap((origin) => stepOf(resolver, origin, token, bound));
}

function stepOf(resolver: Resolver, origin: Origin, token: string, bound: Bound): Placed[] {
  if (token === 'result') {
    if (origin.kind !== 'function') return [];
    const returns = resolver.calls(origin.file).functions[origin.fn]?.[4] ?? [];
    return returns.flatMap((value) => placed(origin.file, value, bound));
  }
  if (origin.kind === 'path') return [];
  return resolver
    .membersOf(origin, token, bound)
    .flatMap((one): Placed[] =>
      one.kind === 'value' ? [{ file: one.file, value: one.value, bound }] : originPlaced(one, bound),
    );
}

/** Code as a value. */
function originPlaced(origin: Origin, bound: Bound): Placed[] {
  if (origin.kind === 'function') return [{ file: origin.file, value: ['f', origin.fn], bound }];
  return origin.kind === 'instance' || origin.kind === 'class'
    ? [{ file: origin.file, value: ['h', origin.symbol], bound }]
    : [];
}
