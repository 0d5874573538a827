/** Compatibility on a corpus of pairs: decided and right, with each checker; by what is written alone never wrong about what it decides. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { TypesMode } from '../../src/model/index.js';
import { PAIRS } from './corpus.js';
import { judged, type Judged } from './judged.js';

describe.each(['ts-morph', 'native'] as const satisfies readonly TypesMode[])('by %s', (mode) => {
  let answers: ReadonlyMap<string, Judged>;
  beforeAll(async () => {
    answers = await judged(PAIRS, mode);
  }, 300_000);

  test.each(PAIRS.map((pair) => [pair[0], pair] as const))('%s', (name, [, effect, rule]) => {
    expect(answers.get(name)).toMatchObject({ effect, rules: rule === '' ? [] : expect.arrayContaining([rule]) });
  });
});

test('by what is written alone: most is decided, and what is decided is right', async () => {
  const answers = await judged(PAIRS, 'off');
  const wrong = PAIRS.filter(
    ([name, effect]) => answers.get(name)!.effect !== 'unknown' && answers.get(name)!.effect !== effect,
  );
  const decided = PAIRS.filter(([name]) => answers.get(name)!.effect !== 'unknown').length;
  expect(wrong.map(([name, effect]) => `${name}: ${effect}, not ${answers.get(name)!.effect}`)).toEqual([]);
  expect(decided / PAIRS.length).toBeGreaterThan(0.4);
});
