import { expect, test } from 'vitest';
import { memoryTree } from '../tree-memory.js';
import { readWorkspace } from '../workspace/read-workspace.js';
import { nuxtAutoImports } from './nuxt-imports.js';

async function names(
  files: Readonly<Record<string, string>>,
  exports: Readonly<Record<string, readonly string[]>> = {},
): Promise<string[]> {
  const tree = memoryTree({ 'package.json': '{}', ...files });
  const found = await nuxtAutoImports(tree, (await readWorkspace(tree)).workspace, (path) => exports[path] ?? []);
  return found.map(({ name, to, exportName }) => `${name} = ${to}#${exportName}`);
}

test('components by their path, composables and utilities by their exports', async () => {
  const found = await names(
    {
      'nuxt.config.ts': `export default defineNuxtConfig({ extends: ['./layers/base'], imports: { dirs: ['stores'] } })`,
      'components/base/BaseButton.vue': '',
      'components/user-card/index.vue': '',
      'composables/useCart.ts': '',
      'composables/deep/hidden.ts': '',
      'server/utils/db.ts': '',
      'stores/cart.ts': '',
      'layers/base/components/Logo.vue': '',
      'pages/index.vue': '',
    },
    {
      'composables/useCart.ts': ['useCart', 'default'],
      'composables/deep/hidden.ts': ['hidden'],
      'server/utils/db.ts': ['db'],
      'stores/cart.ts': ['cart'],
    },
  );
  expect(found).toEqual([
    'BaseButton = components/base/BaseButton.vue#default',
    'LazyBaseButton = components/base/BaseButton.vue#default',
    'LazyUserCard = components/user-card/index.vue#default',
    'UserCard = components/user-card/index.vue#default',
    'useCart = composables/useCart.ts#useCart',
    'useCart = composables/useCart.ts#default',
    'LazyLogo = layers/base/components/Logo.vue#default',
    'Logo = layers/base/components/Logo.vue#default',
    'db = server/utils/db.ts#db',
    'cart = stores/cart.ts#cart',
  ]);
});

test('Nuxt 4 keeps its sources in app/; the dependents are all sources of the app', async () => {
  const tree = memoryTree({
    'package.json': '{}',
    'web/nuxt.config.ts': 'export default {}',
    'web/app/components/A.vue': '',
    'web/server/x.ts': '',
    'other.ts': '',
  });
  const [first] = await nuxtAutoImports(tree, (await readWorkspace(tree)).workspace, () => []);
  expect(first).toMatchObject({
    kind: 'auto-import',
    name: 'A',
    to: 'web/app/components/A.vue',
    from: ['web/app/components/A.vue', 'web/nuxt.config.ts', 'web/server/x.ts'],
  });
});

test('declaration files of unplugin-auto-import and unplugin-vue-components', async () => {
  const found = await names({
    'auto-imports.d.ts': `declare global {\n  const useFoo: typeof import('./src/foo')['useFoo']\n  const ref: typeof import('vue')['ref']\n}`,
    'components.d.ts': `declare module 'vue' {\n  export interface GlobalComponents {\n    MyCard: typeof import('./src/MyCard.vue')['default']\n  }\n}`,
    'src/foo.ts': '',
    'src/MyCard.vue': '',
  });
  expect(found).toEqual(['MyCard = src/MyCard.vue#default', 'useFoo = src/foo.ts#useFoo']);
});
