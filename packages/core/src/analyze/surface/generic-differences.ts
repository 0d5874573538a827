/**
 * Two lists of type parameters: number, order, constraints, defaults; assignability sees none of these.
 * In: both lists. Out: findings, and a position where constraints have to be compared. Pure. Source: docs/types.md, "Compatibility".
 */
import type { DeclaredGeneric } from '../../model/declaration.js';
import { finding, type CompatibilityFinding, type Differences } from './difference.js';

/** See the file's head. Type parameters are told apart by place: their names are local. */
export function genericDifferences(before: readonly DeclaredGeneric[], after: readonly DeclaredGeneric[]): Differences {
  const names = [before, after].map((list) => list.map(({ name }) => name));
  if (names[0]!.join() !== names[1]!.join() && names[0]!.toSorted().join() === names[1]!.toSorted().join())
    return { findings: [finding('generic-param-reordered', names[1]!.join(', '))], positions: [], complete: true };
  const shared = Math.min(before.length, after.length);
  const findings = [
    ...after.slice(shared).map(gained),
    ...before.slice(shared).map(({ name }) => finding('generic-param-removed', name)),
  ];
  const pairs = Array.from({ length: shared }, (_, index) => pairDifferences(before[index]!, after[index]!));
  return {
    findings: [...findings, ...pairs.flatMap((one) => one.findings)],
    positions: pairs.flatMap((one) => one.positions),
    complete: true,
  };
}

function gained({ name, default: fallback }: DeclaredGeneric): CompatibilityFinding {
  return fallback === undefined ? finding('generic-param-added', name) : finding('generic-param-added-default', name);
}

const ANYTHING = new Set([undefined, 'unknown', 'any']);

function pairDifferences(before: DeclaredGeneric, after: DeclaredGeneric): Differences {
  const findings: CompatibilityFinding[] = [];
  const { name } = after;
  if (before.default !== undefined && before.default !== after.default)
    findings.push(finding('generic-default-changed', `${name}: ${before.default}, now ${after.default ?? 'none'}`));
  if (before.constraint === after.constraint) return { findings, positions: [], complete: true };
  if (ANYTHING.has(after.constraint)) findings.push(finding('generic-constraint-widened', `${name} extends anything`));
  else if (ANYTHING.has(before.constraint))
    findings.push(finding('generic-constraint-narrowed', `${name} extends ${after.constraint ?? ''}`));
  else {
    const detail = `${name} extends ${after.constraint ?? ''}`;
    const rules = { narrowed: 'generic-constraint-narrowed', widened: 'generic-constraint-widened' };
    return { findings, positions: [{ place: 'constraint', index: 0, detail, ...rules }], complete: true };
  }
  return { findings, positions: [], complete: true };
}
