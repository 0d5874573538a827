import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { EdgeBit, edgeWord } from '../../model/index.js';
import { reverseAdjacency } from '../../analyze/reach/index.js';
import type { ExtractInput } from '../facts-store.js';
import { createPool, workerFile } from './pool.js';

const texts = Array.from({ length: 200 }, (_, i): ExtractInput => ({
  language: 'ts',
  text: `import { a } from './m${i}';\nexport const v${i} = () => a(${i});\n`,
}));
const count = 400;
const nodes = Array.from({ length: count - 1 }, (_, i) => i);
const graph = {
  count,
  reverse: reverseAdjacency(
    count,
    Uint32Array.from(nodes, (i) => i + 1),
    Uint32Array.from(nodes, (i) => (i * 7) % (i + 1)),
    new Uint32Array(count - 1).fill(edgeWord('call', 0, EdgeBit.runtime | EdgeBit.compile | EdgeBit.surface)),
    count - 1,
  ),
};
const places = {
  fileOf: Int32Array.from({ length: count }, (_, i) => i % 40),
  packageOf: Int32Array.from({ length: 40 }, (_, i) => i % 5),
  testFiles: Uint8Array.from({ length: 40 }, (_, i) => (i % 9 === 0 ? 1 : 0)),
  apps: Uint8Array.of(1, 0, 0, 0, 0),
};
const changes = Array.from({ length: 100 }, (_, i) => ({ node: i, seeds: 1 + (i % 3) }));

async function results(options: Parameters<typeof createPool>[0]) {
  const pool = createPool(options);
  try {
    const facts = await pool.extract(texts);
    const sizes = await pool.sizes(graph, changes, places);
    return { facts, sizes, diagnostics: pool.diagnostics() };
  } finally {
    await pool.close();
  }
}

describe('a pool', () => {
  test.runIf(workerFile() !== undefined)('gives the same answers inline and threaded', async () => {
    const inline = await results({ threads: 0 });
    const threaded = await results({ threads: 2 });
    expect(threaded).toEqual(inline);
    expect(inline.facts[3]?.symbols.map(({ name }) => name)).toEqual(['<module>', 'v3']);
    expect(inline.sizes).toHaveLength(100);
  });

  test('works on inline, and says so, where a worker cannot start', async () => {
    const inline = await results({ threads: 0 });
    const script = fileURLToPath(new URL('./broken-worker.fixture.mjs', import.meta.url));
    const broken = await results({ threads: 2, script });
    expect(broken.facts).toEqual(inline.facts);
    expect(broken.sizes).toEqual(inline.sizes);
    expect(broken.diagnostics).toMatchObject([{ kind: 'worker-fallback', level: 'note' }]);
  });
});
