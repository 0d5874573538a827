/**
 * Members of one declaration in both revisions: gone, new, hidden, optional, readonly, static, their types.
 * In: both declarations. Out: differences by the member's name. Pure. Source: docs/types.md, "Compatibility"; semver-ts, "Objects".
 */
import type { DeclaredMember, DeclaredShape } from '../../model/declaration.js';
import {
  finding,
  joinedDifferences,
  type CompatibilityFinding,
  type Differences,
  type TypePosition,
} from './difference.js';
import { signatureDifferences } from './signature-differences.js';

/** By member name, in order of the base, then what is new. Members that are private in both are nobody's concern. */
export function memberDifferences(before: DeclaredShape, after: DeclaredShape): ReadonlyMap<string, Differences> {
  const found = new Map<string, Differences>();
  // What is inherited in one revision may be written out in the other.
  const isElsewhere = before.heritage.join('\0') !== after.heritage.join('\0');
  const add = (name: string, one: Differences): void => {
    const known = found.get(name);
    found.set(name, known === undefined ? one : joinedDifferences(known, one));
  };
  for (const old of before.members) {
    const now = after.members.find((one) => one.name === old.name && one.static === old.static);
    if (now === undefined) add(old.name, isElsewhere && old.access !== 'private' ? UNDECIDED : lostMember(old, after));
    else if (old.access !== 'private' || old.kind === 'constructor') add(old.name, pairDifferences(old, now, after));
  }
  for (const now of after.members) {
    const isHidden = now.access === 'private' && now.kind !== 'constructor';
    if (isHidden) add(now.name, { ...decided(), exhaustive: true });
    else if (!before.members.some((one) => one.name === now.name))
      add(now.name, isElsewhere ? UNDECIDED : gainedMember(now, after));
  }
  return found;
}

const UNDECIDED: Differences = { findings: [], positions: [], complete: false };

function decided(...findings: CompatibilityFinding[]): Differences {
  return { findings, positions: [], complete: true };
}

function lostMember(old: DeclaredMember, after: DeclaredShape): Differences {
  if (old.access === 'private') return { ...decided(), exhaustive: true };
  if (after.members.some((one) => one.name === old.name)) return decided(finding('static-instance-swapped', old.name));
  if (old.kind === 'index') return decided(finding('index-signature-removed', old.name));
  if (old.kind === 'call' || old.kind === 'construct') return decided(finding('call-signature-removed', old.name));
  if (old.kind === 'enum-member') return decided(finding('enum-member-removed', old.name));
  if (old.kind === 'constructor') return UNDECIDED;
  return decided(finding('member-removed', old.name));
}

function gainedMember(now: DeclaredMember, { kind }: DeclaredShape): Differences {
  if (now.kind === 'enum-member') return decided(finding('enum-member-added', now.name));
  if (now.kind === 'constructor') return { ...constructorAccess(undefined, now), complete: false };
  if (now.abstract) return decided(finding('abstract-member-added', now.name));
  const isAsked = (kind === 'interface' || kind === 'alias') && !now.optional && now.kind !== 'index';
  return decided(finding(isAsked ? 'member-added-required' : 'member-added-optional', now.name));
}

function pairDifferences(old: DeclaredMember, now: DeclaredMember, shape: DeclaredShape): Differences {
  const { name } = now;
  if (now.kind === 'enum-member')
    return {
      ...decided(
        ...(old.type === now.type ? [] : [finding('enum-member-value-changed', `${name} = ${now.type ?? ''}`)]),
      ),
      exhaustive: true,
    };
  if (now.kind === 'constructor')
    return joinedDifferences(
      constructorAccess(old, now),
      signatureDifferences(old.signatures, now.signatures, 'constructor'),
    );
  const types = typeDifferences(old, now, shape);
  return { ...types, findings: [...modifierFindings(old, now, shape), ...types.findings] };
}

function constructorAccess(old: DeclaredMember | undefined, now: DeclaredMember): Differences {
  const isHidden = now.access !== 'public' && (old?.access ?? 'public') === 'public';
  return decided(...(isHidden ? [finding('constructor-nonpublic', `now ${now.access}`)] : []));
}

function modifierFindings(old: DeclaredMember, now: DeclaredMember, { kind }: DeclaredShape): CompatibilityFinding[] {
  const { name } = now;
  const isType = kind === 'interface' || kind === 'alias';
  return [
    ...(now.access === 'private' ? [finding('member-now-private', name)] : []),
    ...(now.access === 'protected' && old.access === 'public' ? [finding('member-now-protected', name)] : []),
    ...(now.abstract && !old.abstract ? [finding('abstract-member-added', name)] : []),
    ...(old.optional && !now.optional && isType ? [finding('member-optional-to-required', name)] : []),
    ...(!old.optional && now.optional ? [finding('member-required-to-optional', name)] : []),
    ...(now.readonly && !old.readonly ? [finding('member-readonly-added', name)] : []),
    ...(old.readonly && !now.readonly ? [finding('member-readonly-removed', name)] : []),
    ...(now.deprecated && !old.deprecated ? [finding('deprecated-added', name)] : []),
  ];
}

function typeDifferences(old: DeclaredMember, now: DeclaredMember, { kind }: DeclaredShape): Differences {
  if (old.signatures.length > 0 && now.signatures.length > 0)
    return signatureDifferences(old.signatures, now.signatures, 'function');
  const isSame = old.type === now.type && old.type !== undefined;
  if (isSame && old.signatures.length === now.signatures.length) return decided();
  const isCovariant = now.kind === 'entry' || (kind === 'class' && now.readonly && old.readonly);
  const rules = isCovariant ? COVARIANT : INVARIANT;
  const position: TypePosition = { place: 'whole', index: 0, detail: now.name, ...rules };
  return { findings: [], positions: [position], complete: true };
}

const COVARIANT = { narrowed: 'value-narrowed', widened: 'value-widened' };
const INVARIANT = { narrowed: 'member-type-narrowed', widened: 'member-type-widened' };
