/** Whose environment a reader has: that of its package and of those that use it, and the repository's; another's only where it has none. */
import { expect, test } from 'vitest';
import { joinEndpoints } from '../src/analyze/contracts/join.js';
import { placesIn } from '../src/analyze/contracts/places.js';
import { analyzeCase, type Files } from './case.js';

const FILES: Files = {
  'package.json': JSON.stringify({ name: 'root', private: true, workspaces: ['apps/*', 'libs/*'] }),
  'apps/web/package.json': JSON.stringify({ name: 'web', dependencies: { store: '*' } }),
  'apps/web/page.ts': 'export const key = process.env.SITE_KEY; export const only = process.env.ONLY_THERE;',
  'apps/web/.env.sample': 'SITE_KEY=\nSTORE_URL=\n',
  'apps/docs/package.json': JSON.stringify({ name: 'docs' }),
  'apps/docs/page.ts': 'export const key = process.env.SITE_KEY;',
  'apps/docs/.env.sample': 'SITE_KEY=\nSTORE_URL=\nONLY_THERE=\n',
  'libs/store/package.json': JSON.stringify({ name: 'store' }),
  'libs/store/url.ts': 'export const url = process.env.STORE_URL;',
  'docker-compose.yml': 'services:\n  web:\n    environment:\n      STORE_URL: x\n',
};

test('readers and the files that set their keys', async () => {
  const { linked, snapshot } = await analyzeCase(FILES, FILES);
  const ends = linked.endpoints.head;
  const packageOf = (path: string): string => linked.graph.files.find((file) => file.path === path)?.packageRoot ?? '';
  const contracts = joinEndpoints(
    ends.map((end, node) => ({ ...end, node })),
    placesIn(snapshot.head.workspace, packageOf),
  );
  const edges = contracts.flatMap(({ consumers, providers }) =>
    consumers.map(({ node }) => `${ends[node]!.file} ${ends[node]!.key} <- ${[...new Set(providers.map((one) => ends[one.node]!.file))].join(' ')}`),
  ); // prettier-ignore
  expect(edges.toSorted()).toEqual([
    'apps/docs/page.ts SITE_KEY <- apps/docs/.env.sample',
    'apps/web/page.ts ONLY_THERE <- apps/docs/.env.sample',
    'apps/web/page.ts SITE_KEY <- apps/web/.env.sample',
    'libs/store/url.ts STORE_URL <- apps/web/.env.sample docker-compose.yml',
  ]);
});
