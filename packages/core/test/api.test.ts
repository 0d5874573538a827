/** The README's library example, run on the bundled shop. */
import { fileURLToPath } from 'node:url';
import { materialise } from '@blast-radius/testkit';
import {
  affectedPackages,
  analyze,
  dependentsOf,
  fileGraph,
  impactGraph,
  openRepository,
  packageGraph,
  UsageError,
  why,
} from '@blast-radius/core';
import { afterAll, expect, it } from 'vitest';

const shop = fileURLToPath(new URL('../../../fixtures/shop', import.meta.url));
const made = materialise(`${shop}/base`, `${shop}/head`);
afterAll(() => made.dispose());

it('analyses a change and answers questions about the report', async () => {
  const report = await analyze({ root: made.root, base: 'main', env: {}, threads: 0 });
  expect(report.score.addends.reduce((sum, addend) => sum + addend.points, 0)).toBeCloseTo(report.score.value, 0);
  const impact = report.impacts.find((one) => one.distance > 1 && one.path.length > 2);
  const [path] = why(report, impact?.id ?? '');
  expect(path?.steps.at(-1)?.id).toBe(impact?.id);
  expect(affectedPackages(report).length).toBe(report.packages.length);
  expect(impactGraph(report).order).toBeGreaterThan(report.changes.length);
});

it('asks an open repository what would be reached', async () => {
  const repository = await openRepository({ root: made.root, env: {}, threads: 0 });
  const [first] = repository.rank({ by: 'symbols', limit: 5 }).rows;
  const found = repository.find(first?.id ?? '');
  expect(found.nodes.length).toBeGreaterThan(0);
  const report = repository.impact([first?.id ?? ''], 'signature');
  expect(report.impacts.length).toBeGreaterThan(0);
  expect(dependentsOf(repository.graph, found.nodes).dependents.length).toBeGreaterThan(0);
  expect(packageGraph(repository.graph).order).toBeGreaterThan(7);
  expect(fileGraph(repository.graph).size).toBeGreaterThan(10);
  expect(() => repository.impact(['no/such/file.ts'])).toThrow(UsageError);
});
