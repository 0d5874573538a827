/**
 * What a text in hand changes of what the base has, and who depends on that.
 * In: the base's rows of the file, the text's facts. Out: changed symbols, exports that are gone, places that can't be followed.
 * Not here: reading the index (index-file.ts), what is worth a report (the rules).
 */
import { referenceDigests } from '../analyze/lint-index/reference-digests.js';
import { matchSymbols } from '../analyze/link/identity.js';
import { SymbolFlag, type FileFacts, type SymbolFacts } from '../model/facts.js';
import type { NodeKind } from '../model/graph.js';
import { UNSEEN_KINDS, type SensitiveKind } from '../model/lint-index.js';
import { provenBreaks } from './compatibility.js';
import type { Dependents, FileRows, IndexedExport, IndexedSymbol, UnseenPlace } from './file-rows.js';
import { retargetedExports, type RetargetedExport } from './retargeted-exports.js';
import { lostContracts, type ContractBase, type LostContract } from './lost-contracts.js';

/** A symbol that differs from the base's. */
export interface ChangedSymbol {
  /** Qualified name in the text, or in the base where it is gone. */
  readonly name: string;
  readonly kind: NodeKind;
  /** 1-based line in the text: of the symbol, or of what it was part of. */
  readonly line: number;
  /** `surface`: what others see of it differs. `body`: only what it does. `removed`: it is no longer part of a symbol that stays. */
  readonly how: 'surface' | 'body' | 'removed';
  /** What the text itself proves to break, in words that go on after the name. Empty with `surface`: not proven either way. */
  readonly breaks: readonly string[];
  /** Why a change of it wants care, as the base has it. */
  readonly sensitive: readonly SensitiveKind[];
  readonly dependents: Dependents;
}

/** An exported name that the base has and the text has not. */
export interface LostExport {
  readonly name: string;
  /** It came through an `export *` that is gone. */
  readonly throughStar: boolean;
  /** The declaration, where the text still has it. */
  readonly declared?: { readonly name: string; readonly line: number; readonly typeOnly: boolean };
  readonly dependents: Dependents;
}

/** All that the rules ask about one text. */
export interface Judgement {
  readonly changed: readonly ChangedSymbol[];
  readonly lost: readonly LostExport[];
  readonly retargeted: readonly RetargetedExport[];
  readonly gone: readonly LostContract[];
  readonly unseen: readonly UnseenPlace[];
}

/** The judgement of a text that is the base's, byte for byte. */
export function unchangedJudgement(rows: FileRows): Judgement {
  return { changed: [], lost: [], retargeted: [], gone: [], unseen: rows.unseen() };
}

/** The judgement of a text by its facts; without a base (a new file), nothing of it had dependents. Linear. */
export function judgeFacts(facts: FileFacts, base: ContractBase | undefined): Judgement {
  const unseen = unseenPlaces(facts, base?.rows);
  if (base === undefined || !base.rows.whole || facts.problems.length > 0)
    return { changed: [], lost: [], retargeted: [], gone: [], unseen };
  const { rows } = base;
  const pairs = pairSymbols(facts, rows.symbols());
  const exports = rows.exports();
  return {
    changed: changedSymbols(facts, pairs),
    lost: lostExports(facts, exports, pairs),
    retargeted: retargetedExports(facts, exports, pairs.partner),
    gone: lostContracts(facts, base),
    unseen,
  };
}

/** Computed constructs of the text; specifiers that led nowhere when the index was made, and are still there. */
function unseenPlaces(facts: FileFacts, rows: FileRows | undefined): UnseenPlace[] {
  const dead = new Set((rows?.unseen() ?? []).filter(({ kind }) => kind === 'unresolved').map(({ what }) => what));
  const computed = facts.dynamic.flatMap(({ kind, line }): UnseenPlace[] => {
    const unseen = UNSEEN_KINDS.find((one) => one === kind);
    return unseen === undefined ? [] : [{ kind: unseen, line, what: '' }];
  });
  const unresolved = facts.requests
    .filter(({ specifier, typeOnly }) => !typeOnly && dead.has(specifier))
    .map(({ specifier, line }): UnseenPlace => ({ kind: 'unresolved', line, what: specifier }));
  return [...computed, ...unresolved];
}

interface Pairs {
  readonly base: readonly IndexedSymbol[];
  /** Index in the text's symbols, per symbol of the base; −1 = gone. */
  readonly partner: readonly number[];
  /** Names of the base by names of the text, where a symbol was renamed. */
  readonly renamed: ReadonlyMap<string, string>;
}

function pairSymbols(facts: FileFacts, base: readonly IndexedSymbol[]): Pairs {
  const before = { symbols: base as readonly Pick<IndexedSymbol, 'name' | 'kind' | 'content' | 'parent'>[] };
  const pair = { basePath: '', path: '', base: before as unknown as FileFacts, head: facts };
  const partner = base.map(() => -1);
  const renamed = new Map<string, string>();
  for (const match of matchSymbols([pair])) {
    partner[match.base.symbol] = match.head.symbol;
    if (match.how !== 'same')
      renamed.set(facts.symbols[match.head.symbol]?.name ?? '', base[match.base.symbol]?.name ?? '');
  }
  return { base, partner, renamed };
}

function changedSymbols(facts: FileFacts, { base, partner, renamed }: Pairs): ChangedSymbol[] {
  const digests = referenceDigests(facts, renamed);
  const typed = facts.language !== 'js' && facts.language !== 'jsx';
  const changed: ChangedSymbol[] = [];
  base.forEach((before, index) => {
    const at = partner[index] as number;
    const after = facts.symbols[at];
    if (after === undefined) {
      const owner = facts.symbols[partner[before.parent] ?? -1];
      if (owner && isMissed(before, owner)) changed.push(removedMember(before, owner));
      return;
    }
    const surface = before.shape !== after.shape || before.surface !== digests.surface[at];
    const body = before.content !== after.content || before.uses !== digests.uses[at];
    const breaks = surface || before.flags !== after.flags ? provenBreaks(before, after, typed) : [];
    if (!surface && !body && breaks.length === 0) return;
    const { name, kind, line } = after;
    const how = surface || breaks.length > 0 ? 'surface' : 'body';
    changed.push({ name, kind, line, how, breaks, sensitive: before.sensitive, dependents: before.dependents });
  });
  return changed;
}

/** A member that others can see: no private one, no local of a namespace, no constructor (without one, there is still one). */
function isMissed(before: IndexedSymbol, owner: SymbolFacts): boolean {
  if ((before.flags & SymbolFlag.hidden) !== 0 || before.kind === 'constructor') return false;
  return owner.kind !== 'namespace' || (before.flags & SymbolFlag.exported) !== 0;
}

function removedMember(before: IndexedSymbol, owner: SymbolFacts): ChangedSymbol {
  const { name, kind, sensitive, dependents } = before;
  return { name, kind, line: owner.line, how: 'removed', breaks: ['is no longer there'], sensitive, dependents };
}

function lostExports(facts: FileFacts, base: readonly IndexedExport[], pairs: Pairs): LostExport[] {
  const names = new Set(facts.exports.flatMap((entry) => (entry.kind === 'star' ? [] : [entry.name])));
  const stars = new Set(
    facts.exports.flatMap((entry) => (entry.kind === 'star' ? [facts.requests[entry.request]?.specifier ?? ''] : [])),
  );
  const oldStars = new Set(base.flatMap(({ kind, name }) => (kind === 'star' ? [name] : [])));
  const lostStar = [...oldStars].some((specifier) => !stars.has(specifier));
  // What a new star brings is not known from this file alone.
  const newStar = [...stars].some((specifier) => !oldStars.has(specifier));
  return base.flatMap(({ kind, name, symbol, dependents }): LostExport[] => {
    if (kind === 'star' || names.has(name) || newStar) return [];
    if (kind === 'through-star' && !lostStar) return [];
    const declared = declarationOf(facts, pairs.partner[symbol] ?? -1);
    return [
      { name, throughStar: kind === 'through-star', ...(declared === undefined ? {} : { declared }), dependents },
    ];
  });
}

function declarationOf({ symbols, traits }: FileFacts, index: number): LostExport['declared'] {
  const symbol = symbols[index];
  if (symbol === undefined || traits.cjs || !/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(symbol.name))
    return undefined;
  const { name, line, flags } = symbol;
  return name === 'default' ? undefined : { name, line, typeOnly: (flags & SymbolFlag.value) === 0 };
}
