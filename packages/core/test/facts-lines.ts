/**
 * Facts as short lines that a test can compare: names instead of indexes.
 * In: a text. Out: the uses of one symbol, or the whole tables. Only tests import this.
 */
import { extractFacts } from '../src/gather/facts/index.js';
import type { FileFacts, Language, SymbolFacts } from '../src/model/facts.js';
import { ReferenceFlag } from '../src/model/facts.js';

/** Facts of a text; TypeScript unless said otherwise. */
export function factsOf(text: string, language: Language = 'ts'): FileFacts {
  return extractFacts({ text, language });
}

/** The symbol of that name; fails the test where there is none. */
export function symbolOf(facts: FileFacts, name: string): SymbolFacts {
  const symbol = facts.symbols.find((each) => each.name === name);
  if (symbol === undefined) throw new Error(`no symbol ${name}: ${facts.symbols.map((each) => each.name).join(' ')}`);
  return symbol;
}

/** What a symbol refers to: `call ./a#x.path` with marks `t` (types only), `s`urface, `e`ager, `i`nstance, `*` escapes. */
export function uses(facts: FileFacts, name: string): string[] {
  return symbolOf(facts, name).references.map(({ binding, path, kind, flags }) => {
    const marks =
      (flags & ReferenceFlag.runtime ? '' : 't') +
      (flags & ReferenceFlag.surface ? 's' : '') +
      (flags & ReferenceFlag.eager ? 'e' : '') +
      (flags & ReferenceFlag.instance ? 'i' : '') +
      (flags & ReferenceFlag.escapes ? '*' : '');
    return `${kind} ${[bindingName(facts, binding), ...path].join('.')}${marks === '' ? '' : ` ${marks}`}`;
  });
}

/** Like {@link uses}, without marks. */
export function plainUses(facts: FileFacts, name: string): string[] {
  return uses(facts, name).map((use) => use.split(' ').slice(0, 2).join(' '));
}

function bindingName(facts: FileFacts, index: number): string {
  const binding = facts.bindings[index];
  if (binding === undefined) throw new Error(`no binding ${index}`);
  if (binding.kind === 'symbol') return facts.symbols[binding.symbol]?.name ?? '?';
  if (binding.kind === 'global') return `global:${binding.name}`;
  if (binding.kind === 'request') return `${facts.requests[binding.request]?.specifier ?? '?'}#`;
  const entry = facts.imports[binding.import];
  return `${facts.requests[entry?.request ?? -1]?.specifier ?? '?'}#${entry?.name ?? '?'}`;
}

/** Requests as `kind specifier`, with what is special about each. */
export function requestLines(facts: FileFacts): string[] {
  return facts.requests.map((request) => {
    const marks = (['typeOnly', 'elidable', 'eager', 'pattern'] as const).filter((mark) => request[mark]);
    return [request.kind, request.specifier, ...marks].join(' ');
  });
}

/** Exports as `name = what`. */
export function exportLines(facts: FileFacts): string[] {
  return facts.exports.map((entry) => {
    const typed = entry.typeOnly ? ' (type)' : '';
    if (entry.kind === 'local') return `${entry.name} = ${facts.symbols[entry.symbol]?.name ?? '?'}${typed}`;
    const specifier = facts.requests[entry.request]?.specifier ?? '?';
    return entry.kind === 'star'
      ? `* = ${specifier}${typed}`
      : `${entry.name} = ${specifier}#${entry.importName}${typed}`;
  });
}
