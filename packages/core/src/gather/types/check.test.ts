/** The questions of one change, put to a checker that fails. */
import { describe, expect, it, vi } from 'vitest';
import type { TypeQuestions } from '../../model/index.js';
import { createFactsStore } from '../facts-store.js';
import { extractFacts } from '../facts/index.js';
import { readRevision } from '../read-revision.js';
import { memoryTree } from '../tree-memory.js';
import { checkTypes, type TypeComparison } from './check.js';
import { loadNativeEngine, NativeFailure } from './native/engine.js';

vi.mock('./native/engine.js', { spy: true });

const A = 'export const a = (): number => 1;\n';
const B = "import { a } from './a';\nexport const b: number = a();\n";

async function comparison(): Promise<TypeComparison> {
  const store = createFactsStore(async (inputs) => inputs.map((one) => extractFacts(one)));
  const read = async (a: string) => {
    const tree = memoryTree({ 'a.ts': a, 'b.ts': B }, { label: 'test' });
    const { revision, tsconfigs } = await readRevision(tree, store);
    return { revision, tsconfigs: await tsconfigs(), tree };
  };
  return { root: '/nowhere', base: await read(A), head: await read(A.replace('number', 'string')), basePath: (path) => path }; // prettier-ignore
}

const ASKED: TypeQuestions = {
  files: ['a.ts', 'b.ts'],
  affected: new Map([['a.ts', [[1, 1]]]]),
  inferring: new Map(),
  inferred: [],
  surface: [],
};

describe('checkTypes', () => {
  it('asks ts-morph where the native compiler fails, and says so', async () => {
    const close = vi.fn<() => void>();
    const open = (): never => {
      throw new NativeFailure('It is gone.');
    };
    vi.mocked(loadNativeEngine).mockResolvedValueOnce({
      kind: 'loaded',
      engine: { name: 'native', version: '7.0.2', open, close },
    });
    const check = await checkTypes('native', await comparison(), ASKED);
    expect(close).toHaveBeenCalledOnce();
    expect(check.failure).toBe('It is gone.');
    const findings = 'findings' in check ? check.findings : undefined;
    expect(findings?.engine).toBe('ts-morph');
    expect([...(findings?.errors.keys() ?? [])]).toEqual(['a.ts', 'b.ts']);
  });

  it('lets its own faults through', async () => {
    const open = (): never => {
      throw new TypeError('ours');
    };
    vi.mocked(loadNativeEngine).mockResolvedValueOnce({
      kind: 'loaded',
      engine: { name: 'native', version: '7.0.2', open, close: () => undefined },
    });
    await expect(checkTypes('auto', await comparison(), ASKED)).rejects.toThrow('ours');
  });
});
