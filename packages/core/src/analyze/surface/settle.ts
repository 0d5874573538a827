/**
 * Compatibility of changes, rule by rule: what is written decides where it can, a checker where it was asked.
 * In: changes, differences, a checker's verdicts. Out: the same changes with compatibility, findings and the gravest rule. Pure.
 * Source: docs/types.md, "Compatibility". Not here: how far a change travels.
 */
import type {
  Change,
  Compatibility,
  CompatibilityFinding,
  SurfaceVerdict,
  TypeFit,
  TypePosition,
} from '../../model/index.js';
import { EFFECTS, finding, worstEffect, type Differences } from './difference.js';

const SAME = 'nothing differs that others can see';

/** What is written, for all changes: what breaks by it breaks; what adds counts where nothing else differs. */
export function writtenCompatibility(
  changes: readonly Change[],
  differences: ReadonlyMap<number, Differences>,
): Change[] {
  return changes.map((change) => {
    if (change.kind === 'removed' || change.kind === 'renamed') return goneChange(change, differences.get(change.node));
    const found = differences.get(change.node);
    if (found === undefined || !isCompared(change)) return change;
    if (change.kind === 'added' && found.exhaustive === true && found.findings.length === 0)
      return { ...change, compatibility: 'neutral', rule: SAME };
    const isWhole = found.complete && (found.findings.length > 0 || found.exhaustive === true);
    return decidedChange(change, found.findings, isWhole);
  });
}

/** What a checker said of one change; `type`: whether it declares a type, that values are made of too. */
export function typedCompatibility(
  change: Change,
  found: Differences | undefined,
  verdict: SurfaceVerdict,
  isType: boolean,
): Change {
  if (change.kind === 'removed' || change.kind === 'renamed') return change;
  const positions = found?.positions ?? [];
  const placed = positions.flatMap((one, index) =>
    one.place === 'constraint' ? constraintFinding(one, verdict) : positionFinding(one, verdict.positions[index]),
  );
  const findings = [...(found?.findings ?? []), ...placed];
  const whole = wholeEffect(verdict, isType);
  const isExplained = findings.some(({ effect }) => effect === 'breaking');
  if (verdict.refused && !isExplained) findings.push(finding('generic-constraint-narrowed', verdict.why));
  else if (whole === 'breaking' && !isExplained) findings.push(wholeFinding(positions, verdict.why));
  if (verdict.open && !findings.some(({ effect }) => effect === 'breaking')) return change;
  if (change.kind === 'added') return isExplained ? decidedChange(change, findings, true) : change;
  const effect = worstEffect([whole === 'breaking' ? 'neutral' : whole, ...findings.map((one) => one.effect)]);
  if (findings.length > 0) return { ...decidedChange(change, findings, true), compatibility: effect };
  return {
    ...change,
    compatibility: effect,
    rule: effect === 'neutral' ? 'assignable both ways' : 'fits wherever it stood before',
  };
}

/** Type parameters are erased where a position is compared by itself: where there is one position only, it is that. */
function wholeFinding(positions: readonly TypePosition[], why: string): CompatibilityFinding {
  const [only] = positions;
  if (only === undefined || positions.length > 1) return finding('type-changed', why);
  return finding(
    only.place === 'return' || only.place === 'whole' ? only.widened : only.narrowed,
    `${only.detail}: ${why}`,
  );
}

function isCompared({ kind }: Change): boolean {
  return /^(?:signature|type-only|added|body|retargeted)$/.test(kind);
}

function goneChange(change: Change, found: Differences | undefined): Change {
  if (change.compatibility !== 'breaking') return change;
  if (found?.exhaustive === true && found.findings.length === 0)
    return { ...change, compatibility: 'neutral', rule: 'was private to its class' };
  const rule = change.kind === 'renamed' ? 'export-renamed' : 'export-removed';
  const findings = found?.findings ?? [];
  const own = findings.find(({ effect }) => effect === 'breaking') ?? finding(rule, change.rule);
  return { ...change, findings: [own, ...findings.filter((one) => one !== own)] };
}

function decidedChange(change: Change, findings: readonly CompatibilityFinding[], isWhole: boolean): Change {
  if (findings.length === 0)
    return isWhole && change.compatibility === 'unknown' ? { ...change, compatibility: 'neutral', rule: SAME } : change;
  const sorted = [...findings].sort((left, right) => EFFECTS.indexOf(right.effect) - EFFECTS.indexOf(left.effect));
  const worst = sorted[0]!;
  const known = { ...change, findings: sorted };
  if (change.compatibility === 'breaking' || (worst.effect !== 'breaking' && !isWhole)) return known;
  const rule = `${worst.rule}: ${worst.detail}`;
  if (change.kind === 'added' && worst.effect !== 'breaking') return known;
  return { ...known, compatibility: worst.effect, rule };
}

function wholeEffect({ reads, writes }: TypeFit, isType: boolean): Compatibility {
  if (reads && writes) return 'neutral';
  return reads && !isType ? 'additive' : 'breaking';
}

function constraintFinding(
  { narrowed, widened, detail }: TypePosition,
  verdict: SurfaceVerdict,
): CompatibilityFinding[] {
  if (verdict.refused || !verdict.reads) return [finding(narrowed, detail)];
  return verdict.writes ? [] : [finding(widened, detail)];
}

/** Contravariant where values go in, covariant where they come out. What fits neither way breaks. */
function positionFinding(
  { place, narrowed, widened, detail }: TypePosition,
  fit: TypeFit | undefined,
): CompatibilityFinding[] {
  if (fit === undefined || (fit.reads && fit.writes)) return [];
  const goesIn = place === 'parameter' || place === 'receiver';
  const isNarrowed = goesIn ? !fit.writes : fit.reads;
  return [finding(isNarrowed ? narrowed : widened, fit.reads || fit.writes ? detail : `${detail}: another type`)];
}
