import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHANGE_KINDS, FLAG_SEVERITIES, RISK_KINDS } from '../../model/index.js';
import type { ChangeKind, Compatibility } from '../../model/index.js';
import { levelOf, score, severityOf } from './score.js';
import type { ByDistance, ScoreInput } from './score.js';

const COMPATIBILITIES: readonly Compatibility[] = ['neutral', 'additive', 'unknown', 'breaking'];
const count = fc.oneof(fc.nat(12), fc.nat(3000));
const ranks = fc.array(count, { minLength: 5, maxLength: 5 });
const change = fc.record({
  kind: fc.constantFrom(...CHANGE_KINDS),
  compatibility: fc.constantFrom(...COMPATIBILITIES),
  dependents: count,
  test: fc.boolean(),
});
const input: fc.Arbitrary<ScoreInput> = fc.record({
  changes: fc.array(change, { minLength: 1, maxLength: 4 }),
  files: fc.tuple(ranks, ranks, ranks),
  packages: fc.tuple(count, count, count),
  apps: fc.tuple(count, count, count),
  owners: fc.tuple(count, count, count),
  centrality: fc.double({ min: 0, max: 1, noNaN: true }),
  unsure: count,
  unknowns: count,
  uncovered: fc.tuple(count, count, count),
  flags: fc.array(fc.record({ kind: fc.constantFrom(...RISK_KINDS), severity: fc.constantFrom(...FLAG_SEVERITIES) }), {
    maxLength: 3,
  }),
});

/** `worse` never scores below `base`. */
function neverLowers(grow: (base: ScoreInput, pick: number) => ScoreInput): void {
  fc.assert(
    fc.property(input, fc.nat(1000), (base, pick) => {
      expect(score(grow(base, pick)).value).toBeGreaterThanOrEqual(score(base).value);
    }),
    { numRuns: 500 },
  );
}

function withChange(
  base: ScoreInput,
  pick: number,
  worsen: (one: ScoreInput['changes'][number]) => ScoreInput['changes'][number],
): ScoreInput {
  const at = pick % base.changes.length;
  return { ...base, changes: base.changes.map((one, index) => (index === at ? worsen(one) : one)) };
}

describe('never lowers the score', () => {
  test('one more impacted file, at any distance and confidence', () => {
    neverLowers((base, pick) => {
      const files = base.files.map((row) => [...row]) as [number[], number[], number[]];
      files[pick % 3]![pick % 5]!++;
      return { ...base, files };
    });
  });

  test('an impacted file that comes nearer, or is surer', () => {
    neverLowers((base, pick) => {
      const files = base.files.map((row) => [...row]) as [number[], number[], number[]];
      const [distance, rank] = [1 + (pick % 2), pick % 5];
      if (files[distance]![rank] === 0) return base;
      files[distance]![rank]!--;
      files[distance - 1]![Math.max(0, rank - (pick % 2))]!++;
      return { ...base, files };
    });
  });

  test('one more direct dependent of a change', () => {
    neverLowers((base, pick) => withChange(base, pick, (one) => ({ ...one, dependents: one.dependents + 1 })));
  });

  test('one more change', () => {
    neverLowers((base, pick) => ({
      ...base,
      changes: [
        ...base.changes,
        base.changes[pick % base.changes.length]!,
        { kind: 'body', compatibility: 'neutral', dependents: pick, test: false },
      ],
    }));
  });

  test('a worse kind or compatibility of a change', () => {
    const kinds = [...CHANGE_KINDS].sort((a, b) => severityOf(a, 'neutral') - severityOf(b, 'neutral'));
    const worseKind = (kind: ChangeKind): ChangeKind => kinds[Math.min(kinds.indexOf(kind) + 1, kinds.length - 1)]!;
    const worse = (one: Compatibility): Compatibility =>
      COMPATIBILITIES[Math.min(COMPATIBILITIES.indexOf(one) + 1, 3)]!;
    neverLowers((base, pick) => withChange(base, pick, (one) => ({ ...one, kind: worseKind(one.kind) })));
    neverLowers((base, pick) => withChange(base, pick, (one) => ({ ...one, compatibility: worse(one.compatibility) })));
  });

  test('one more flag, or a graver one', () => {
    neverLowers((base, pick) => ({
      ...base,
      flags: [...base.flags, { kind: RISK_KINDS[pick % RISK_KINDS.length]!, severity: FLAG_SEVERITIES[pick % 5]! }],
    }));
    neverLowers((base) => ({
      ...base,
      flags: base.flags.map(({ kind, severity }) => ({
        kind,
        severity: FLAG_SEVERITIES[Math.min(4, FLAG_SEVERITIES.indexOf(severity) + 1)]!,
      })),
    }));
  });

  test.each(['packages', 'apps', 'owners', 'uncovered'] as const)('one more of %s, or one of them nearer', (field) => {
    const moved = (counts: ByDistance<number>, from: number, to: number): ByDistance<number> =>
      [0, 1, 2].map((at) => counts[at]! - (at === from ? 1 : 0) + (at === to ? 1 : 0)) as unknown as ByDistance<number>;
    neverLowers((base, pick) => ({ ...base, [field]: moved(base[field], -1, pick % 3) }));
    neverLowers((base, pick) => {
      const from = 1 + (pick % 2);
      return base[field][from] === 0 ? base : { ...base, [field]: moved(base[field], from, from - 1) };
    });
  });

  test.each(['unsure', 'unknowns'] as const)('one more of %s', (field) => {
    neverLowers((base) => ({ ...base, [field]: base[field] + 1 }));
  });

  test('a more central package', () => {
    neverLowers((base) => ({ ...base, centrality: Math.min(1, base.centrality + 0.1) }));
  });
});

test('the value is the sum of the printed addends, clipped; each stays within its most', () => {
  fc.assert(
    fc.property(input, (base) => {
      const { value, level, addends } = score(base);
      const sum = addends.reduce((total, { points }) => total + points, 0);
      expect(value).toBeCloseTo(Math.min(100, sum), 6);
      expect(level).toBe(levelOf(value));
      for (const { points, max } of addends) expect(points >= 0 && points <= max).toBe(true);
    }),
  );
});

const quiet: ScoreInput = {
  changes: [],
  files: [[], [], []],
  packages: [0, 0, 0],
  apps: [0, 0, 0],
  owners: [0, 0, 0],
  centrality: 0,
  unsure: 0,
  unknowns: 0,
  uncovered: [0, 0, 0],
  flags: [],
};

describe('levels', () => {
  test('only comments and format: exactly 0, whatever lies around', () => {
    fc.assert(
      fc.property(input, (base) => {
        const changes = base.changes.map((one) => ({ ...one, kind: 'comment' as const }));
        expect(score({ ...base, changes })).toMatchObject({ value: 0, level: 'none' });
      }),
    );
  });

  test('the full closure alone stays low, however large', () => {
    const changes = [{ kind: 'body', compatibility: 'neutral', dependents: 1, test: false }] as const;
    const far: Partial<ScoreInput> = {
      packages: [0, 0, 60],
      apps: [0, 0, 8],
      owners: [0, 0, 9],
      uncovered: [1, 0, 10_000],
    };
    expect(score({ ...quiet, ...far, changes, files: [[1], [0], [100_000]], centrality: 1 }).level).toBe('low');
  });

  test('a removed export that 40 files in five packages use is high; an unused one is low', () => {
    const removed = { kind: 'removed', compatibility: 'breaking', test: false } as const;
    const used: ScoreInput = {
      ...quiet,
      changes: [{ ...removed, dependents: 60 }],
      files: [[40], [30], [100]],
      packages: [5, 0, 0],
      apps: [1, 0, 0],
      centrality: 0.8,
    };
    expect(score(used).level).toBe('high');
    expect(score({ ...quiet, changes: [{ ...removed, dependents: 0 }] }).level).toBe('low');
  });
});
