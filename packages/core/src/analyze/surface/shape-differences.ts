/**
 * Two declarations of one name, compared by all that is written in them.
 * In: shapes of both revisions. Out: differences by qualified name (`Job`, `Job.run`). Pure; linear in members.
 * Not here: what types mean (gather/types), which names are public (public-names.ts).
 */
import type { DeclaredShape } from '../../model/declaration.js';
import {
  finding,
  joinedDifferences,
  NO_DIFFERENCE,
  type CompatibilityFinding,
  type Differences,
  type TypePosition,
} from './difference.js';
import { genericDifferences } from './generic-differences.js';
import { memberDifferences } from './member-differences.js';
import { signatureDifferences } from './signature-differences.js';

/** Members that have no symbol of their own: their positions are the whole's. */
const NAMELESS = /^(?:\(\)|new|\[.*\])$/;

/** The declarations of one name in one revision; several where an interface and a value share it. */
export type Declared = readonly DeclaredShape[];

/** See the file's head. */
export function shapeDifferences(name: string, before: Declared, after: Declared): ReadonlyMap<string, Differences> {
  const found = new Map<string, Differences>();
  const add = (at: string, one: Differences): void => {
    const known = found.get(at);
    found.set(at, known === undefined ? one : joinedDifferences(known, one));
  };
  for (const old of before) {
    const now =
      after.find(({ kind }) => kind === old.kind) ?? (before.length === 1 && after.length === 1 ? after[0] : undefined);
    if (now === undefined) continue;
    add(name, ownDifferences(old, now));
    for (const [member, one] of memberDifferences(old, now)) {
      if (!NAMELESS.test(member)) add(`${name}.${member}`, one);
      const isDecided = one.complete && one.positions.length === 0;
      add(name, NAMELESS.test(member) ? one : { findings: one.findings, positions: [], complete: isDecided });
    }
    if (old.kind === 'enum') found.set(name, { ...found.get(name)!, exhaustive: true });
  }
  return found;
}

function ownDifferences(old: DeclaredShape, now: DeclaredShape): Differences {
  const kind = kindFinding(old, now);
  const header = headerFindings(old, now);
  if (kind !== undefined && kind.effect === 'breaking')
    return { findings: [kind, ...header], positions: [], complete: true };
  const parts = [
    genericDifferences(old.generics, now.generics),
    signatureDifferences(old.signatures, now.signatures, 'function'),
    heritageDifferences(old, now),
    typeDifferences(old, now),
  ];
  return {
    findings: [...(kind === undefined ? [] : [kind]), ...header, ...parts.flatMap(({ findings }) => findings)],
    positions: parts.flatMap(({ positions }) => positions),
    complete: parts.every(({ complete, positions }) => complete && positions.length === 0),
  };
}

function kindFinding(old: DeclaredShape, now: DeclaredShape): CompatibilityFinding | undefined {
  if (old.kind === now.kind) return !old.arrow && now.arrow ? finding('function-to-arrow', now.name) : undefined;
  if (old.kind === 'interface' && now.kind === 'alias') return finding('interface-to-alias', now.name);
  const isCallable = old.kind === 'function' && now.kind === 'variable';
  return isCallable
    ? finding('function-to-arrow', now.name)
    : finding('export-kind-changed', `${old.kind}, now ${now.kind}`);
}

function headerFindings(old: DeclaredShape, now: DeclaredShape): CompatibilityFinding[] {
  return [
    ...(!old.abstract && now.abstract ? [finding('class-now-abstract', now.name)] : []),
    ...(old.constant !== now.constant
      ? [finding('const-enum-changed', now.constant ? 'now const' : 'no longer const')]
      : []),
    ...(!old.deprecated && now.deprecated ? [finding('deprecated-added', now.name)] : []),
  ];
}

function heritageDifferences(old: DeclaredShape, now: DeclaredShape): Differences {
  const lost = old.heritage.filter((one) => !now.heritage.includes(one));
  if (lost.length === 0 && old.heritage.length === now.heritage.length) return NO_DIFFERENCE;
  const detail = lost.length === 0 ? 'more bases' : `no longer ${lost.join(', ')}`;
  const rule = lost.length === 0 ? 'type-changed' : 'heritage-removed';
  return { ...NO_DIFFERENCE, positions: [{ place: 'whole', index: 0, detail, narrowed: rule, widened: rule }] };
}

function typeDifferences(old: DeclaredShape, now: DeclaredShape): Differences {
  if (old.parts.length > 0 || now.parts.length > 0) return unionDifferences(old, now);
  if (old.signatures.length > 0 || old.members.length > 0 || now.members.length > 0) return NO_DIFFERENCE;
  if (old.kind !== 'variable' && old.kind !== 'alias') return NO_DIFFERENCE;
  if (old.type === now.type && old.type !== undefined) return NO_DIFFERENCE;
  const rules = old.kind === 'variable' ? VALUE : TYPE;
  return { ...NO_DIFFERENCE, positions: [{ place: 'whole', index: 0, detail: now.name, ...rules }] };
}

const VALUE = { narrowed: 'value-narrowed', widened: 'value-widened' };
const TYPE = { narrowed: 'type-changed', widened: 'type-changed' };
const UNION = { narrowed: 'union-member-removed', widened: 'union-member-added' };

/** Literals and keywords mean themselves; of other parts only a checker knows whether they say the same. */
const MEANS_ITSELF = /^(?:'[^']*'|"[^"]*"|-?\d+|true|false|null|undefined|string|number|boolean|bigint|symbol)$/;

function unionDifferences(old: DeclaredShape, now: DeclaredShape): Differences {
  const [before, after] = [partsOf(old), partsOf(now)];
  const lost = before.filter((one) => !after.includes(one));
  const gained = after.filter((one) => !before.includes(one));
  if (lost.length + gained.length === 0) return NO_DIFFERENCE;
  const detail = [...lost.map((one) => `− ${one}`), ...gained.map((one) => `+ ${one}`)].join(', ').slice(0, 120);
  const position: TypePosition = { place: 'whole', index: 0, detail, ...UNION };
  if (![...before, ...after].every((one) => MEANS_ITSELF.test(one))) return { ...NO_DIFFERENCE, positions: [position] };
  return {
    ...NO_DIFFERENCE,
    findings: [
      ...(lost.length > 0 ? [finding('union-member-removed', lost.join(' | '))] : []),
      ...(gained.length > 0 ? [finding('union-member-added', gained.join(' | '))] : []),
    ],
  };
}

function partsOf({ parts, type }: DeclaredShape): readonly string[] {
  return parts.length > 0 ? parts : type === undefined ? [] : [type];
}
