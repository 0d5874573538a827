/**
 * Which symbol of the base is which symbol of the head: by name, by move, by rename.
 * In: the facts of the files that differ. Out: pairs; what is left over was removed or added.
 * A move or a rename must be proven by equal normalised content, and be the only such pair: what can't be
 * told apart stays removed and added. Not here: what the change means (analyze/change).
 */
import type { FileFacts, SymbolFacts } from '../../model/facts.js';
import { directoryOf, type RepoPath } from '../../model/path.js';

/** One changed file's facts, either side absent where the file is. */
export interface FactsPair {
  readonly basePath: RepoPath;
  readonly path: RepoPath;
  readonly base: FileFacts | undefined;
  readonly head: FileFacts | undefined;
}

/** A symbol of one revision, by place. */
export interface SymbolPlace {
  readonly path: RepoPath;
  readonly symbol: number;
}

/** How a base symbol became a head symbol. */
export interface SymbolMatch {
  readonly base: SymbolPlace;
  readonly head: SymbolPlace;
  readonly how: 'same' | 'renamed' | 'moved';
}

/**
 * Pairs the symbols of changed files. Every base and every head symbol occurs at most once.
 * Linear in the number of symbols.
 */
export function matchSymbols(pairs: readonly FactsPair[]): SymbolMatch[] {
  const matches: SymbolMatch[] = [];
  const gone: Loose[] = [];
  const come: Loose[] = [];
  for (const pair of pairs) {
    if (pair.path === pair.basePath && pair.base && pair.head)
      matchByName(pair, pair.base, pair.head, matches, gone, come);
    else {
      if (pair.base) gone.push(...loose(pair.basePath, pair.base, () => true));
      if (pair.head) come.push(...loose(pair.path, pair.head, () => true));
    }
  }
  matchRenamedFiles(pairs, matches, gone, come);
  matchLoose(gone, come, (one) => `${one.path}\0${one.facts.kind}\0${one.deep}`, 'renamed', matches);
  const content = (one: Loose): string => `${leaf(one.facts.name)}\0${one.facts.kind}\0${one.deep}`;
  // Copies of one text in several folders: what moved beside where it was comes first.
  matchLoose(gone, come, (one) => `${directoryOf(one.path)}\0${content(one)}`, 'moved', matches);
  matchLoose(gone, come, content, 'moved', matches);
  return matches;
}

/** A symbol that has no partner of its name in its file. */
interface Loose {
  readonly path: RepoPath;
  readonly index: number;
  readonly facts: SymbolFacts;
  readonly file: FileFacts;
  /** Content of the symbol and of all its members. */
  readonly deep: string;
  taken: boolean;
}

function matchByName(
  pair: FactsPair,
  base: FileFacts,
  head: FileFacts,
  matches: SymbolMatch[],
  gone: Loose[],
  come: Loose[],
): void {
  const headByName = new Map(head.symbols.map((symbol, index) => [symbol.name, index]));
  const paired = new Set<number>();
  const unpaired = new Set<number>();
  base.symbols.forEach((symbol, index) => {
    const partner = headByName.get(symbol.name);
    if (partner === undefined) unpaired.add(index);
    else {
      paired.add(partner);
      matches.push({
        base: { path: pair.basePath, symbol: index },
        head: { path: pair.path, symbol: partner },
        how: 'same',
      });
    }
  });
  if (unpaired.size > 0) gone.push(...loose(pair.basePath, base, (index) => unpaired.has(index)));
  if (paired.size < head.symbols.length) come.push(...loose(pair.path, head, (index) => !paired.has(index)));
}

/** A renamed file keeps its symbols: they moved with it, whether or not they were edited too. */
function matchRenamedFiles(pairs: readonly FactsPair[], matches: SymbolMatch[], gone: Loose[], come: Loose[]): void {
  const byPlace = new Map(come.map((one) => [`${one.path}\0${one.facts.name}`, one]));
  const renamed = new Map(
    pairs
      .filter((pair) => pair.path !== pair.basePath && pair.base && pair.head)
      .map((pair) => [pair.basePath, pair.path]),
  );
  if (renamed.size === 0) return;
  for (const one of gone) {
    const target = renamed.get(one.path);
    const partner = target === undefined ? undefined : byPlace.get(`${target}\0${one.facts.name}`);
    if (!partner || partner.taken) continue;
    take(one, partner, 'moved', matches);
  }
}

function matchLoose(
  gone: readonly Loose[],
  come: readonly Loose[],
  keyOf: (one: Loose) => string,
  how: 'renamed' | 'moved',
  matches: SymbolMatch[],
): void {
  const candidates = (list: readonly Loose[]): Map<string, Loose[]> => {
    const groups = new Map<string, Loose[]>();
    for (const one of list) {
      if (one.taken || one.facts.parent >= 0 || !movable(one)) continue;
      const key = keyOf(one);
      const group = groups.get(key);
      if (group) group.push(one);
      else groups.set(key, [one]);
    }
    return groups;
  };
  const comeByKey = candidates(come);
  const membersOfCome = placesOf(come);
  for (const [key, group] of candidates(gone)) {
    const partners = comeByKey.get(key);
    if (group.length !== 1 || partners?.length !== 1) continue;
    const [left, right] = [group[0] as Loose, partners[0] as Loose];
    take(left, right, how, matches);
    takeMembers(left, right, gone, membersOfCome, how, matches);
  }
}

/** The initialiser and mutations stay with their file; they never move by content. */
function movable(one: Loose): boolean {
  return one.facts.kind !== 'module' && one.facts.kind !== 'mutation';
}

function takeMembers(
  left: Loose,
  right: Loose,
  gone: readonly Loose[],
  come: ReadonlyMap<string, Loose>,
  how: 'renamed' | 'moved',
  matches: SymbolMatch[],
): void {
  const prefix = `${left.facts.name}.`;
  for (let index = 0; index < gone.length; index++) {
    const member = gone[index] as Loose;
    if (member.path !== left.path || !member.facts.name.startsWith(prefix) || member.taken) continue;
    const partner = come.get(`${right.path}\0${right.facts.name}.${member.facts.name.slice(prefix.length)}`);
    if (partner && !partner.taken) take(member, partner, how, matches);
  }
}

function placesOf(list: readonly Loose[]): Map<string, Loose> {
  return new Map(list.map((one) => [`${one.path}\0${one.facts.name}`, one]));
}

function take(left: Loose, right: Loose, how: 'renamed' | 'moved', matches: SymbolMatch[]): void {
  left.taken = right.taken = true;
  matches.push({ base: { path: left.path, symbol: left.index }, head: { path: right.path, symbol: right.index }, how });
}

function loose(path: RepoPath, file: FileFacts, wanted: (index: number) => boolean): Loose[] {
  const deep = deepContents(file);
  const result: Loose[] = [];
  file.symbols.forEach((facts, index) => {
    if (wanted(index)) result.push({ path, index, facts, file, deep: deep[index] as string, taken: false });
  });
  return result;
}

/** Content of each symbol with that of its members, which come after it in the list. */
function deepContents(file: FileFacts): string[] {
  const deep = file.symbols.map((symbol) => symbol.content);
  for (let index = file.symbols.length - 1; index > 0; index--) {
    const { parent, name } = file.symbols[index] as SymbolFacts;
    if (parent >= 0) deep[parent] += `,${leaf(name)}:${deep[index]}`;
  }
  return deep;
}

function leaf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
