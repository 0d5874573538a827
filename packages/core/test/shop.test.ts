/** The bundled shop, by the claims that its README story makes: what each of its changes must reach, and must not. */
import { fileURLToPath } from 'node:url';
import { analyze, type Report } from '@blast-radius/core';
import { materialise, type MadeRepository } from '@blast-radius/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const SHOP = fileURLToPath(new URL('../../../fixtures/shop', import.meta.url));
let made: MadeRepository;
let report: Report;

beforeAll(async () => {
  made = materialise(`${SHOP}/base`, `${SHOP}/head`);
  report = await analyze({ root: made.root, base: 'main', threads: 0, env: {} });
});
afterAll(() => made.dispose());

const change = (symbol: string) => report.changes.find((it) => `${it.file}#${it.symbol}` === symbol);
const worlds = (file: string) => new Set(report.impacts.filter((it) => it.file === file).map((it) => it.world));

test('resolves every specifier of a monorepo in which nothing is installed or built', () => {
  expect(report.stats.resolved).toBe(report.stats.specifiers);
  expect(
    report.packages
      .filter((it) => it.app)
      .map((it) => it.name)
      .toSorted(),
  ).toEqual(['@shop/api', '@shop/web']);
});

test('tells the changes apart', () => {
  expect(change('packages/utils/src/money.ts#formatMoney')?.kind).toBe('signature');
  expect(change('packages/auth/src/permissions.ts#canCancel')?.kind).toBe('body');
  expect(change('packages/utils/src/slug.ts#slugify')?.kind).toBe('moved');
  expect(report.changes.some((it) => it.file === 'packages/db/migrations/0002_cancelled_at.sql')).toBe(true);
  expect(report.changes.some((it) => it.kind === 'dependency' && it.detail?.includes('zod'))).toBe(true);
});

test('comments and formatting are no change', () => {
  expect(report.changes.filter((it) => /logger|apps\/web\/src\/cart\.ts/.test(it.file))).toEqual([]);
  expect(worlds('packages/logger/src/index.ts')).toEqual(new Set());
});

test('follows a money helper through the barrel into React and Vue', () => {
  expect(worlds('packages/ui/src/card.tsx')).toContain('runtime');
  expect(worlds('packages/widgets/src/PriceBadge.vue')).toContain('runtime');
  expect(worlds('apps/web/src/pages/cart.tsx')).toContain('runtime');
});

test('an access check reaches the API, its tests and, over its routes, the web application; it changes no type', () => {
  const check = change('packages/auth/src/permissions.ts#canCancel');
  expect(check?.compatibility).toBe('neutral');
  expect(check?.reach).toMatchObject({ apps: 2, tests: 1 });
  expect(check?.reach.files).toBeGreaterThanOrEqual(2);
});

test('selects the tests that run what changed, and no other', () => {
  expect(report.tests).toContain('packages/auth/src/permissions.test.ts');
  expect(report.tests).toContain('packages/utils/src/money.test.ts');
  expect(report.tests).toContain('packages/ui/src/price.test.tsx');
  expect(report.tests).not.toContain('packages/db/src/query.test.ts');
});

test('a renamed route reaches the client that still asks for the old path', () => {
  const client = report.impacts.find((it) => it.symbol === 'ApiClient.cancelOrder');
  expect(client?.world).toBe('system');
  expect(report.impacts.map((it) => it.symbol)).toContain('http POST /orders/{}/cancel');
  expect(worlds('apps/web/src/pages/order.tsx')).toContain('system');
});

test('a migration reaches the query that names its column, and what it does is known', () => {
  const migration = change('packages/db/migrations/0002_cancelled_at.sql#0002_cancelled_at.sql');
  expect(migration?.compatibility).toBe('additive');
  expect(report.impacts.some((it) => it.symbol === 'column orders.cancelled_at' && it.world === 'system')).toBe(true);
  expect(report.unknowns.map((it) => it.file)).not.toContain('packages/db/migrations/0002_cancelled_at.sql');
});
