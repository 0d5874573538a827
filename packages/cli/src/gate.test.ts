import { describe, expect, it } from 'vitest';
import { gate } from './gate.js';
import { countsOf } from './reporters/counts.js';
import { change, impact, report } from './reporters/report.fixture.js';

const unknown = { file: 'a.ts', line: 4, reason: 'computed import' };
const unsure = report({ unknowns: [unknown], verdict: { known: false, level: 'moderate', summary: '' } });

it('counts a remainder for all that it stands for', () => {
  const many = report({ ...unsure, unknowns: [unknown, { file: '', line: 0, reason: '12 more places', count: 12 }] });
  expect(gate(many, { failOver: 40 }).sentences.join()).toContain('13 things near the change');
  expect(gate(many, { baseline: unsure }).unknowns).toEqual({ fresh: 12, inherited: 1 });
  expect(countsOf(many).unknowns).toBe(13);
});

describe('the exit code (score 31.5)', () => {
  it.each([
    ['no limit', report(), {}, 0],
    ['no limit, unknowns', unsure, {}, 0],
    ['under the limit', report(), { failOver: 40 }, 0],
    ['on the limit', report(), { failOver: 31.5 }, 0],
    ['over the limit', report(), { failOver: 31.4 }, 1],
    ['unknown', unsure, { failOver: 40 }, 3],
    ['unknown, allowed', unsure, { failOver: 40, allowUnknown: true }, 0],
    ['over wins over unknown', unsure, { failOver: 10 }, 1],
    ['over, unknowns allowed', unsure, { failOver: 10, allowUnknown: true }, 1],
    ['an unknown verdict without a list', report({ verdict: { ...unsure.verdict } }), { failOver: 40 }, 3],
    ['all inherited', report(), { failOver: 10, baseline: report() }, 0],
    ['unknown inherited', unsure, { failOver: 40, baseline: unsure }, 0],
    ['unknown is new', unsure, { failOver: 40, baseline: report() }, 3],
    ['over but inherited, unknown is new', unsure, { failOver: 10, baseline: report() }, 3],
    [
      'over, one new impact',
      report({ impacts: [impact(), impact({ id: 'x' })] }),
      { failOver: 10, baseline: report() },
      1,
    ],
    ['under, one new impact', report({ impacts: [impact({ id: 'x' })] }), { failOver: 40, baseline: report() }, 0],
    [
      'the same symbol in another world',
      report({ impacts: [impact({ world: 'compile' })] }),
      { failOver: 10, baseline: report() },
      1,
    ],
    [
      'one goes, one comes: counts are equal',
      report({ changes: [change({ id: 'y' })] }),
      { failOver: 10, baseline: report() },
      1,
    ],
    [
      'the same change turns breaking',
      report(),
      { failOver: 10, baseline: report({ changes: [change({ compatibility: 'additive' })] }) },
      1,
    ],
    ['an empty baseline', report(), { failOver: 10, baseline: report({ changes: [], impacts: [] }) }, 1],
  ] as const)('%s', (_name, found, options, code) => {
    expect(gate(found, options).exitCode).toBe(code);
  });
});

it('counts what is inherited, and says so', () => {
  const found = report({ impacts: [impact({ line: 99 }), impact({ id: 'x' })], unknowns: [{ ...unknown, line: 77 }] });
  const result = gate(found, { failOver: 10, baseline: { ...unsure, changes: [] } });
  expect(result).toMatchObject({
    changes: { fresh: 1, inherited: 0 },
    impacts: { fresh: 1, inherited: 1 },
    unknowns: { fresh: 0, inherited: 1 },
  });
  expect(result.sentences[0]).toContain('1 of 1 change, 1 of 2 impacts and 0 of 1 unknown are new');
  expect(result.sentences[1]).toContain('over the limit of 10 (exit 1)');
});
