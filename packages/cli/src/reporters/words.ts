/**
 * The words that every format for people shares: kinds of edges, places, names, numbers.
 * In: records or kinds. Out: words; a table that the compiler proves complete. Not here: escapes, colours, sentences about one report.
 */
import type { EdgeKind, Report } from '@blast-radius/core';

/** From a dependency to its dependent: "format, called by priceLabel". */
export const EDGE_WORDS = {
  call: 'called by',
  construct: 'constructed by',
  read: 'read by',
  write: 'written by',
  extends: 'extended by',
  implements: 'implemented by',
  decorate: 'decorates',
  render: 'rendered by',
  type: 'a type in',
  typeof: 'typeof in',
  initialises: 'run on load by',
  contains: 'part of',
  dispatches: 'answers for',
  're-exports': 're-exported by',
  imports: 'imported by',
  mutates: 'mutates',
  mocks: 'mocked by',
  tests: 'tested by',
  configures: 'configures',
  loads: 'loaded by',
  merges: 'merges with',
  declares: 'declared dependency of',
  contract: 'in a contract with',
} as const satisfies Record<EdgeKind, string>;

/** `file:line`; the file alone where there is no line. */
export function place({ file, line }: { readonly file: string; readonly line: number }): string {
  return line > 0 ? `${file}:${line}` : file;
}

/** How a symbol is called beside its file: a module initialiser has no name of its own, statements that set `app` up that of `app`. */
export function symbolOf({ symbol }: { readonly symbol: string }): string {
  return symbol === '<module>' ? '(module)' : spoken(symbol);
}

/** The graph's `app~` is one node for all top-level statements of a file that mutate `app`. */
function spoken(symbol: string): string {
  return symbol.endsWith('~') ? `${symbol.slice(0, -1)} (set-up)` : symbol;
}

/** Names for the ids of paths: every step is a change or an impact of the same report; another id stands for itself. */
export function namesOf(report: Report): (id: string) => string {
  const names = new Map<string, string>();
  for (const { id, symbol, file } of [...report.changes, ...report.impacts]) {
    names.set(id, symbol === '<module>' ? file : spoken(symbol));
  }
  return (id) => names.get(id) ?? id;
}

/** `1 file`, `3 files`, `12,345 files`. */
export function plural(count: number, noun: string, several = `${noun}s`): string {
  return `${digits(count)} ${count === 1 ? noun : several}`;
}

/** A whole number with commas, the same in every locale. */
export function digits(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
