/** Which checker answers: by mode, by the amount of work, with and without the native compiler. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { TypeEngine } from '../../model/index.js';
import { AUTO_LIMITS, chooseEngine, type ChosenEngine } from './choose-engine.js';
import { loadNativeEngine, type NativeLoad } from './native/engine.js';

vi.mock('./native/engine.js', { spy: true });

const NATIVE = { name: 'native', version: '7.0.2' } as TypeEngine;
const SMALL = { asked: 3, held: 10 };
const LARGE = { asked: AUTO_LIMITS['ts-morph'].asked + 1, held: 10 };
const HUGE = { asked: 3, held: AUTO_LIMITS.native.held + 1 };

function answer(load: NativeLoad): void {
  vi.mocked(loadNativeEngine).mockResolvedValue(load);
}

function name(chosen: ChosenEngine): string {
  return 'engine' in chosen ? chosen.engine.name : chosen.reason;
}

describe('chooseEngine', () => {
  beforeEach(() => vi.mocked(loadNativeEngine).mockReset());

  it('takes the native compiler where it is installed, for more files', async () => {
    answer({ kind: 'loaded', engine: NATIVE });
    expect(name(await chooseEngine('auto', SMALL))).toBe('native');
    expect(name(await chooseEngine('auto', LARGE))).toBe('native');
    expect(name(await chooseEngine('auto', HUGE))).toContain('3 files would have to be checked');
    expect(name(await chooseEngine('native', HUGE))).toBe('native');
  });

  it('takes ts-morph in its place under auto, and says how to install it under native', async () => {
    answer({ kind: 'missing', reason: 'It is not there.' });
    expect(name(await chooseEngine('auto', SMALL))).toBe('ts-morph');
    expect(name(await chooseEngine('auto', LARGE))).toContain('`--types ts-morph` checks them');
    expect(name(await chooseEngine('native', SMALL))).toMatch(
      /^It is not there\. .*`pnpm add -D @typescript\/native@npm:typescript@7/,
    );
  });

  it('does not start it when it failed, or when another mode is asked for', async () => {
    answer({ kind: 'loaded', engine: NATIVE });
    expect(name(await chooseEngine('native', HUGE, true))).toBe('ts-morph');
    expect(name(await chooseEngine('auto', SMALL, true))).toBe('ts-morph');
    expect(name(await chooseEngine('auto', LARGE, true))).toContain('would have to be checked');
    expect(name(await chooseEngine('ts-morph', HUGE))).toBe('ts-morph');
    expect(name(await chooseEngine('off', SMALL))).toBe('Types are switched off.');
    expect(loadNativeEngine).not.toHaveBeenCalled();
  });
});
