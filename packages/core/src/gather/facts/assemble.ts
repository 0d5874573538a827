/**
 * From the draft to FileFacts: requests in source order, hashes closed, what is elidable decided.
 */
import type {
  Binding,
  ExportEntry,
  FileFacts,
  ImportEntry,
  Language,
  ModuleRequest,
  Reference,
  SymbolFacts,
} from '../../model/facts.js';
import { SymbolFlag } from '../../model/facts.js';
import type { Draft, RequestDraft, SymbolDraft } from './draft.js';
import type { TextCode } from './fingerprint.js';
import { Fingerprint, freshTextCode, textCode } from './fingerprint.js';

/** What the file as a whole has, beside its tables. */
export interface FileSummary {
  readonly language: Language;
  readonly pragmas: readonly string[];
  readonly executable: boolean;
  readonly lines: number;
  /** The compiler drops imports that only types use. */
  readonly elides: boolean;
  /** See `FileFacts.calls`. */
  readonly calls: string;
}

/** Closes a draft. */
export function assemble(draft: Draft, summary: FileSummary): FileFacts {
  const order = draft.requests
    .map((_, index) => index)
    .toSorted((left, right) => startOf(draft, left) - startOf(draft, right) || left - right);
  const place: number[] = [];
  for (const [at, index] of order.entries()) place[index] = at;
  const moved = (request: number): number => (request < 0 ? request : (place[request] as number));
  const elided = elidable(draft, summary.elides);
  const requests = order.map((index) => closeRequest(draft.requests[index] as RequestDraft, elided.has(index)));
  const imports = draft.imports.map(({ request, name, local, typeOnly, line }): ImportEntry => ({
    request: moved(request),
    name,
    local,
    typeOnly,
    line,
  }));
  const exports = draft.exports.map((entry): ExportEntry =>
    entry.kind === 'local' ? entry : { ...entry, request: moved(entry.request) },
  );
  const bindings = draft.bindings.map((binding): Binding =>
    binding.kind === 'request' ? { kind: 'request', request: moved(binding.request) } : binding,
  );
  const ambient = draft.ambient.map((entry) => ({ ...entry, request: moved(entry.request) }));
  closeModule(draft, summary.pragmas);
  const symbols = draft.symbols.map(closeSymbol);
  const { esm, cjs, callsTestApi } = draft;
  const { language, pragmas, executable, lines } = summary;
  const tables = { language, symbols, requests, imports, exports, bindings, ambient };
  const content = contentOf(tables, pragmas);
  const traits = { esm, cjs, callsTestApi, content, pragmas, executable, lines };
  return { ...tables, dynamic: draft.dynamic, problems: draft.problems, calls: summary.calls, traits };
}

function startOf(draft: Draft, index: number): number {
  return (draft.requests[index] as RequestDraft).start;
}

/** Imports whose every name is used in types only. */
function elidable(draft: Draft, elides: boolean): ReadonlySet<number> {
  const candidates = new Set<number>();
  if (!elides) return candidates;
  for (const [index, request] of draft.requests.entries()) {
    if (request.kind === 'import' && request.binds && !request.typeOnly) candidates.add(index);
  }
  for (const entry of draft.imports) if (entry.used) candidates.delete(entry.request);
  return candidates;
}

function closeRequest(
  { specifier, kind, typeOnly, eager, pattern, line }: RequestDraft,
  elided: boolean,
): ModuleRequest {
  return { specifier, kind, typeOnly, elidable: elided, eager, pattern, line };
}

/**
 * The initialiser's content: pragmas, and which modules it runs for their effect alone, in which order. Imports that bind names
 * count for the symbols that use them; whether initialisers run in another order is told from the linked modules.
 */
function closeModule(draft: Draft, pragmas: readonly string[]): void {
  const { sink } = draft.symbol(0);
  for (const pragma of pragmas) write(sink.content, pragma);
  const bare = draft.requests.filter(
    ({ kind, eager, typeOnly, binds }) => kind === 'import' && eager && !typeOnly && !binds,
  );
  for (const { specifier } of bare.sort((left, right) => left.start - right.start)) {
    write(sink.content, specifier);
    write(sink.runtime, specifier);
  }
}

function write(print: Fingerprint, text: string): void {
  const { a, b } = textCode(text);
  print.pair(a, b);
}

/** Which members there are is part of what others see, in whatever order they are written. */
function closeSymbol(draft: SymbolDraft): SymbolFacts {
  const { name, kind, flags, parent, line, endLine, sink, heritage, members, value, returns, parameters } = draft;
  if (members.length > 0) {
    for (const member of new Set(members.toSorted())) {
      write(sink.content, member);
      write(sink.shape, member);
    }
  }
  const runtime = flags & SymbolFlag.value && !(flags & SymbolFlag.ambient) ? sink.runtime.hex() : '';
  const facts: Growing = {
    name,
    kind,
    flags,
    parent,
    line,
    endLine,
    content: sink.content.hex(),
    shape: sink.shape.hex(),
    runtime,
    references: sink.references(),
  };
  if (heritage) facts.heritage = heritage;
  const used = sink.members();
  if (used) facts.members = used;
  if (value) facts.value = value;
  if (returns) facts.returns = returns;
  const handed = sink.handed();
  if (handed) facts.handed = handed;
  if (typeof parameters === 'string') facts.parameters = parameters;
  return facts;
}

type Growing = { -readonly [Field in keyof SymbolFacts]: SymbolFacts[Field] };

/** One hash of all that matters: contents, and what each name in them is bound to. */
function contentOf(
  tables: Omit<FileFacts, 'dynamic' | 'problems' | 'calls' | 'traits'>,
  pragmas: readonly string[],
): string {
  const print = new Fingerprint();
  const names = tables.bindings.map((binding) => freshTextCode(bindingText(tables, binding)));
  for (const symbol of tables.symbols) {
    for (const text of [symbol.name, symbol.content]) writeFresh(print, text);
    write(print, symbol.kind);
    print.pair(symbol.flags, symbol.references.length);
    for (const reference of symbol.references) writeReference(print, reference, names);
  }
  for (const { specifier, kind, typeOnly } of tables.requests) write(print, `${kind} ${specifier} ${String(typeOnly)}`);
  for (const entry of tables.exports) writeFresh(print, `${entry.kind} ${JSON.stringify(entry, withoutLine)}`);
  for (const entry of tables.ambient)
    writeFresh(print, `${entry.name} ${entry.symbol} ${entry.request} ${entry.path?.join('.') ?? ''}`);
  for (const pragma of pragmas) write(print, pragma);
  return print.hex();
}

function writeReference(print: Fingerprint, reference: Reference, names: readonly TextCode[]): void {
  const { binding, path, kind, flags } = reference;
  const { a, b } = names[binding] as TextCode;
  print.pair(a, b);
  write(print, kind);
  print.pair(path.length, flags);
  for (const name of path) write(print, name);
  for (const callee of reference.deferred ?? []) write(print, `${callee.path.length} ${callee.path.join('.')}`);
}

function writeFresh(print: Fingerprint, text: string): void {
  const { a, b } = freshTextCode(text);
  print.pair(a, b);
}

function withoutLine(key: string, value: unknown): unknown {
  return key === 'line' ? undefined : value;
}

function bindingText(tables: Pick<FileFacts, 'symbols' | 'imports' | 'requests'>, binding: Binding): string {
  if (binding.kind === 'symbol') return `symbol ${tables.symbols[binding.symbol]?.name ?? ''}`;
  if (binding.kind === 'global') return `global ${binding.name}`;
  if (binding.kind === 'request') return `request ${tables.requests[binding.request]?.specifier ?? ''}`;
  const entry = tables.imports[binding.import];
  return `import ${entry?.name ?? ''} ${tables.requests[entry?.request ?? 0]?.specifier ?? ''}`;
}
