/**
 * Links that an earlier run kept, put into another run's graph, give the graph that linking everything gives.
 * Every story under fixtures/, with links kept of its base, of its head, and of either with some files taken away: whatever a new
 * rule of linking looks at without noting it (analyze/link/trace.ts) comes to light here.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fixtureCases } from '@blast-radius/testkit';
import { describe, expect, test } from 'vitest';
import { link, type Linked } from '../src/analyze/link/index.js';
import { extractFacts } from '../src/gather/facts/index.js';
import { createFactsStore, type FactsStore } from '../src/gather/facts-store.js';
import { readRevision } from '../src/gather/read-revision.js';
import { shareFiles } from '../src/gather/shared-files.js';
import { memoryTree } from '../src/gather/tree-memory.js';
import type { Revision, Snapshot } from '../src/model/index.js';

const FIXTURES = fileURLToPath(new URL('../../../fixtures', import.meta.url));

describe.each(fixtureCases(FIXTURES))('$name', (story) => {
  test('kept links are the links', async () => {
    const store = createFactsStore(async (inputs) => inputs.map((input) => extractFacts(input)));
    const [before, after] = [filesIn(story.base), filesIn(story.head)];
    const head = await revisionOf(after, store);
    const base = shareFiles(await revisionOf(before, store), head);
    const whole = plain(link(snapshotOf(base, head)));
    for (const former of formerStates(before, after)) {
      const kept = await revisionOf(former, store);
      const columns = JSON.parse(JSON.stringify(link({ ...snapshotOf(kept, kept), base: undefined } as never).keep(), typed), untyped); // prettier-ignore
      const now = shareFiles(head, kept);
      const then = shareFiles(shareFiles(base, kept), now);
      const snapshot = { ...snapshotOf(then, now), kept: { files: kept.files, columns } };
      expect(plain(link(snapshot))).toEqual(whole);
    }
  });
});

type Files = Readonly<Record<string, string>>;

/** States that a former run may have seen: the base, the head, and each without every third file. */
function formerStates(before: Files, after: Files): Files[] {
  const thinned = (files: Files, by: number): Files =>
    Object.fromEntries(Object.entries(files).filter(([path], at) => path.endsWith('package.json') || at % 3 !== by));
  return [before, after, thinned(before, 0), thinned(after, 1), thinned(after, 2)];
}

function filesIn(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = names.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')])); // prettier-ignore
}

async function revisionOf(files: Files, store: FactsStore): Promise<Revision> {
  return (await readRevision(memoryTree(files), store)).revision;
}

function snapshotOf(base: Revision, head: Revision): Snapshot {
  return {
    comparison: { base: 'base', head: 'head', chosenBy: 'test' },
    base,
    head,
    diffs: [],
    lockfiles: [],
    texts: { base: {}, head: {} },
    catalogue: [],
    resources: { base: [], head: [] },
    diagnostics: [],
  };
}

/** What of linking can be compared. */
function plain({ graph, matches, headTargets, baseTargets, externals, endpoints }: Linked): unknown {
  const targets = (map: ReadonlyMap<number, readonly number[]>): unknown =>
    [...map].filter(([, list]) => list.length > 0).sort(([left], [right]) => left - right);
  return {
    graph,
    matches,
    head: targets(headTargets),
    base: targets(baseTargets),
    externals: [...externals],
    endpoints,
  };
}

/** Typed arrays as they would be read from a file. */
function typed(_: string, value: unknown): unknown {
  if (!ArrayBuffer.isView(value)) return value;
  return { array: value.constructor.name, values: [...(value as Uint8Array)] };
}

const ARRAYS = { Uint8Array, Int32Array, Uint32Array } as const;

function untyped(_: string, value: unknown): unknown {
  const { array, values } = (value ?? {}) as { array?: keyof typeof ARRAYS; values?: number[] };
  return array === undefined || values === undefined ? value : ARRAYS[array].from(values);
}
