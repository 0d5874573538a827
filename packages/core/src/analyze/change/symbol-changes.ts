/**
 * Changes of symbols: added, removed, renamed, moved, signature, type-only, body, initialiser, retargeted.
 * In: both revisions' facts, the pairs of symbols and what their references lead to. Out: one record per changed symbol.
 * Source: docs/impact-model.md, "Change kinds and how far they travel". Resources and packages: resource-changes.ts.
 */
import { SeedBit, type Change } from '../../model/change.js';
import { ReferenceFlag, SymbolFlag, type FileFacts, type SymbolFacts } from '../../model/facts.js';
import type { RepoPath } from '../../model/path.js';
import { filesWithFacts, hasFacts, sameFacts, type Snapshot, type SourceFile } from '../../model/snapshot.js';
import type { SymbolMatch } from '../link/identity.js';
import type { Linked } from '../link/link.js';
import { initialisersReordered } from './initialiser-order.js';
import { retargetedReferences, sameExternals } from './retargeted.js';

/** A symbol of one revision with its place. */
interface Placed {
  readonly path: RepoPath;
  readonly facts: SymbolFacts;
  readonly node: number;
}

/** What detection looks up. */
interface Detection {
  readonly linked: Linked;
  readonly head: ReadonlyMap<RepoPath, SourceFile>;
  readonly base: ReadonlyMap<RepoPath, SourceFile>;
  /** Nodes of the base that have no partner in the head. */
  readonly gone: ReadonlySet<number>;
  /** External nodes that stand for one export. */
  readonly same: ReadonlyMap<number, number>;
}

/** Every changed symbol, in the order of nodes. */
export function symbolChanges(snapshot: Snapshot, linked: Linked): Change[] {
  if (!snapshot.base) return [];
  const head = filesWithFacts(snapshot.head.files);
  const base = filesWithFacts(snapshot.base.files);
  const unmatched = unmatchedSymbols(linked, head, base);
  const detection: Detection = {
    linked,
    head,
    base,
    gone: goneNodes(unmatched.removed, linked.matches, base, head, linked),
    same: sameExternals(linked.externals),
  };
  const changes: Change[] = [];
  for (const match of linked.matches) changes.push(...matchChange(snapshot, detection, match));
  for (const one of unmatched.removed) changes.push(...removedChange(one, base.get(one.path)?.facts));
  for (const one of unmatched.added) changes.push(...addedChange(one));
  changes.push(...retargetedElsewhere(detection, snapshot));
  return onceEach(changes);
}

function unmatchedSymbols(
  linked: Linked,
  head: ReadonlyMap<RepoPath, SourceFile>,
  base: ReadonlyMap<RepoPath, SourceFile>,
): { removed: Placed[]; added: Placed[] } {
  const matchedBase = new Set(linked.matches.map((match) => `${match.base.path}\0${match.base.symbol}`));
  const matchedHead = new Set(linked.matches.map((match) => `${match.head.path}\0${match.head.symbol}`));
  const rest = (
    left: ReadonlyMap<RepoPath, SourceFile>,
    right: ReadonlyMap<RepoPath, SourceFile>,
    matched: ReadonlySet<string>,
    nodes: Linked['headNodes'],
  ): Placed[] => {
    const found: Placed[] = [];
    for (const [path, file] of left) {
      if (sameFacts(right.get(path), file)) continue;
      file.facts?.symbols.forEach((facts, symbol) => {
        const node = nodes.get(path)?.[symbol] ?? -1;
        if (!matched.has(`${path}\0${symbol}`) && node >= 0) found.push({ path, facts, node });
      });
    }
    return found;
  };
  return {
    removed: rest(base, head, matchedBase, linked.baseNodes),
    added: rest(head, base, matchedHead, linked.headNodes),
  };
}

/** Removed symbols, and old names of renamed ones: who still uses them is reached by an impact, not a change of his own. */
function goneNodes(
  removed: readonly Placed[],
  matches: readonly SymbolMatch[],
  base: ReadonlyMap<RepoPath, SourceFile>,
  head: ReadonlyMap<RepoPath, SourceFile>,
  linked: Linked,
): Set<number> {
  const gone = new Set(removed.map((one) => one.node));
  for (const match of matches) {
    const { how, base: place } = match;
    if (how !== 'renamed' && lostNames(match, base, head).length === 0) continue;
    const node = linked.baseNodes.get(place.path)?.[place.symbol];
    if (node !== undefined) gone.add(node);
  }
  return gone;
}

/** Exported names that the base has for the symbol and the head has not. */
function lostNames(
  match: SymbolMatch,
  base: ReadonlyMap<RepoPath, SourceFile>,
  head: ReadonlyMap<RepoPath, SourceFile>,
): string[] {
  const after = new Set(localNames(head.get(match.head.path)?.facts, match.head.symbol));
  return localNames(base.get(match.base.path)?.facts, match.base.symbol).filter((name) => !after.has(name));
}

function localNames(file: FileFacts | undefined, symbol: number): string[] {
  return (
    file?.exports.flatMap((entry) => (entry.kind === 'local' && entry.symbol === symbol ? [entry.name] : [])) ?? []
  );
}

function matchChange(snapshot: Snapshot, detection: Detection, match: SymbolMatch): Change[] {
  const before = detection.base.get(match.base.path)?.facts?.symbols[match.base.symbol] as SymbolFacts;
  const after = detection.head.get(match.head.path)?.facts?.symbols[match.head.symbol] as SymbolFacts;
  const node = detection.linked.headNodes.get(match.head.path)?.[match.head.symbol] as number;
  const placed: Placed = { path: match.head.path, facts: after, node };
  if (match.how === 'same' && after.kind === 'module' && before.content === after.content) {
    const reordered = initialisersReordered(snapshot, match.base.path, match.head.path);
    if (reordered)
      return [
        change(
          placed,
          'initialiser',
          'unknown',
          'imports whose initialisers run are in another order',
          SeedBit.runtime,
        ),
      ];
  }
  const lost = match.how === 'renamed' ? [] : lostNames(match, detection.base, detection.head);
  const edited =
    lost.length > 0
      ? unexportedChange(placed, lost)
      : (editedChange(placed, before, after) ?? retargetedChange(detection, placed));
  if (match.how === 'same') return edited ? [edited] : [];
  const relation = match.how === 'renamed' ? renamedChange(placed, before) : movedChange(placed, match);
  if (after.kind === 'module' || after.parent >= 0) return edited ? [edited] : [];
  return [edited ? { ...relation, ...strongest(relation, edited) } : relation];
}

/** A symbol that moved and was edited is reported once, as the edit, with the place before. */
function strongest(relation: Change, edited: Change): Partial<Change> {
  return {
    kind: edited.kind,
    compatibility: edited.compatibility,
    rule: `${relation.rule}; ${edited.rule}`,
    seeds: relation.seeds | edited.seeds,
  };
}

function editedChange(placed: Placed, before: SymbolFacts, after: SymbolFacts): Change | undefined {
  if (before.content === after.content && before.shape === after.shape) return undefined;
  if (after.kind === 'module')
    return change(placed, 'initialiser', 'unknown', 'top-level statements differ', SeedBit.runtime);
  if (after.kind === 'mutation')
    return change(placed, 'body', 'unknown', 'statements that mutate it differ', SeedBit.runtime);
  const runs = before.runtime !== after.runtime;
  const isValue = ((before.flags | after.flags) & SymbolFlag.value) !== 0;
  if (before.shape !== after.shape) {
    const seeds = SeedBit.compile | (runs && isValue ? SeedBit.runtime : 0);
    return runs && isValue
      ? change(placed, 'signature', 'unknown', 'signature differs', seeds)
      : change(placed, 'type-only', 'unknown', 'type differs, code does not', seeds);
  }
  if (runs && isValue) return change(placed, 'body', 'neutral', 'body differs, signature does not', SeedBit.runtime);
  return before.content === after.content
    ? undefined
    : change(placed, 'type-only', 'neutral', 'types inside differ, signature and code do not', 0);
}

/** It is still there, but no longer under that name: to its dependents it is removed. */
function unexportedChange(placed: Placed, lost: readonly string[]): Change {
  return change(
    placed,
    'removed',
    'breaking',
    `export ${lost.join(', ')} removed`,
    SeedBit.runtime | SeedBit.compile | SeedBit.gone,
  );
}

function renamedChange(placed: Placed, before: SymbolFacts): Change {
  const exported = ((before.flags | placed.facts.flags) & (SymbolFlag.exported | SymbolFlag.ambient)) !== 0;
  const seeds = exported ? SeedBit.runtime | SeedBit.compile | SeedBit.gone : 0;
  const rule = exported ? 'exported name differs' : 'local to its file';
  return { ...change(placed, 'renamed', exported ? 'breaking' : 'neutral', rule, seeds), before: before.name };
}

function movedChange(placed: Placed, match: SymbolMatch): Change {
  return { ...change(placed, 'moved', 'neutral', 'content equal', 0), before: match.base.path };
}

function removedChange(one: Placed, file: FileFacts | undefined): Change[] {
  if (isIdle(one)) return [];
  const exported = isVisible(rootOf(one.facts, file));
  const seeds =
    one.facts.kind === 'module' ? SeedBit.runtime | SeedBit.gone : SeedBit.runtime | SeedBit.compile | SeedBit.gone;
  return [
    change(
      one,
      'removed',
      exported ? 'breaking' : 'neutral',
      exported ? 'no longer there' : 'was local to its file',
      seeds,
    ),
  ];
}

/** The declaration that a member is part of. */
function rootOf(facts: SymbolFacts, file: FileFacts | undefined): SymbolFacts {
  let root = facts;
  while (root.parent >= 0 && file?.symbols[root.parent] !== undefined) root = file.symbols[root.parent]!;
  return root;
}

function isVisible({ flags, kind }: SymbolFacts): boolean {
  return kind === 'module' || (flags & (SymbolFlag.exported | SymbolFlag.ambient)) !== 0;
}

/** An initialiser that evaluates nothing: whether it is there makes no difference. */
function isIdle({ facts }: Placed): boolean {
  return facts.kind === 'module' && facts.references.length === 0;
}

/** An added symbol reaches what it shadows or overrides (its dispatch edges); an added module, whoever loads it. */
function addedChange(one: Placed): Change[] {
  if (isIdle(one)) return [];
  const seeds =
    one.facts.parent >= 0 || one.facts.kind === 'module' || one.facts.kind === 'mutation'
      ? SeedBit.runtime
      : SeedBit.runtime | SeedBit.compile;
  return [change(one, 'added', 'additive', 'new', seeds)];
}

function retargetedChange(detection: Detection, placed: Placed): Change | undefined {
  const { linked, gone, same } = detection;
  const found = retargetedReferences(
    placed.facts,
    linked.baseTargets.get(placed.node),
    linked.headTargets.get(placed.node),
    gone,
    same,
  );
  if (found.length === 0) return undefined;
  const bits = found.reduce(
    (all, index) => all | (placed.facts.references[index]?.flags ?? ReferenceFlag.runtime | ReferenceFlag.surface),
    0,
  );
  const seeds =
    (bits & ReferenceFlag.runtime ? SeedBit.runtime : 0) | (bits & ReferenceFlag.surface ? SeedBit.compile : 0);
  const lines = [...new Set(found.flatMap((index) => placed.facts.references[index]?.line ?? []))];
  const rule = `same text, now refers to something else${lines.length > 0 ? ` (line ${lines.join(', ')})` : ''}`;
  return change(placed, 'retargeted', 'unknown', rule, seeds);
}

/** Files whose own text is the same, but whose specifiers or imported names now lead elsewhere. */
function retargetedElsewhere(detection: Detection, snapshot: Snapshot): Change[] {
  const changes: Change[] = [];
  for (const file of snapshot.head.files) {
    const { path } = file;
    const nodes = detection.linked.headNodes.get(path);
    if (!nodes || !detection.linked.headTargets.has(nodes[0] as number)) continue;
    if (!hasFacts(file) || !sameFacts(detection.base.get(path), file)) continue;
    file.facts?.symbols.forEach((symbol, index) => {
      const found = retargetedChange(detection, { path, facts: symbol, node: nodes[index] as number });
      if (found) changes.push(found);
    });
  }
  return changes;
}

function change(
  one: Placed,
  kind: Change['kind'],
  compatibility: Change['compatibility'],
  rule: string,
  seeds: number,
): Change {
  return { node: one.node, kind, compatibility, rule, file: one.path, line: one.facts.line, seeds };
}

function onceEach(changes: readonly Change[]): Change[] {
  const byNode = new Map<number, Change>();
  for (const one of changes) if (!byNode.has(one.node)) byNode.set(one.node, one);
  return [...byNode.values()].sort((left, right) => left.node - right.node);
}
