/**
 * Which files configure bundlers, test runners and frameworks, by name.
 * In: a path. Out: the tool. Not here: what is in them.
 */
import { baseNameOf } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';

/** The tools whose configs are read. */
export type ConfigTool =
  | 'vite'
  | 'vitest'
  | 'vitest-workspace'
  | 'jest'
  | 'webpack'
  | 'rollup'
  | 'babel'
  | 'metro'
  | 'next'
  | 'nuxt'
  | 'svelte'
  | 'astro'
  | 'bundler'
  | 'mocha'
  | 'playwright'
  | 'cypress'
  | 'ava'
  | 'wtr';

const SCRIPT = String.raw`\.(?:[cm]?[jt]s)$`;
const NAMES: readonly (readonly [RegExp, ConfigTool])[] = [
  [new RegExp(`^vitest[.-](?:workspace|projects)${SCRIPT}|^vitest\\.workspace\\.json$`), 'vitest-workspace'],
  [new RegExp(`^vitest(?:[.-][\\w-]+)*\\.config(?:\\.[\\w-]+)*${SCRIPT}`), 'vitest'],
  [new RegExp(`^(?:electron\\.)?vite(?:[.-][\\w-]+)*\\.config(?:\\.[\\w-]+)*${SCRIPT}`), 'vite'],
  [new RegExp(`^jest(?:[.-][\\w-]+)*\\.config(?:\\.[\\w-]+)*(?:${SCRIPT}|\\.json$)`), 'jest'],
  [new RegExp(`^jest\\.config(?:[.-][\\w-]+)*(?:${SCRIPT}|\\.json$)|^jest[.-][\\w-]*e2e[\\w-]*\\.json$`), 'jest'],
  [
    new RegExp(
      `^(?:webpack|rspack|rsbuild|craco|vue|quasar|farm)(?:[.-][\\w-]+)*\\.config(?:\\.[\\w-]+)*${SCRIPT}|^(?:vue|rsbuild)\\.config${SCRIPT}`,
    ),
    'webpack',
  ],
  [new RegExp(`^rollup(?:[.-][\\w-]+)*\\.config(?:\\.[\\w-]+)*${SCRIPT}`), 'rollup'],
  [new RegExp(`^babel\\.config(?:${SCRIPT}|\\.json$)|^\\.babelrc(?:\\.json|${SCRIPT})?$`), 'babel'],
  [new RegExp(`^metro\\.config${SCRIPT}`), 'metro'],
  [new RegExp(`^next\\.config${SCRIPT}`), 'next'],
  [new RegExp(`^nuxt\\.config${SCRIPT}`), 'nuxt'],
  [new RegExp(`^svelte\\.config${SCRIPT}`), 'svelte'],
  [new RegExp(`^astro\\.config${SCRIPT}`), 'astro'],
  [
    new RegExp(`^(?:tsup|tsdown|build|rslib|bunchee|unbuild|pkgroll)\\.config(?:\\.[\\w-]+)*(?:${SCRIPT}|\\.json$)`),
    'bundler',
  ],
  [/^\.mocharc(?:\.[\w-]+)*(?:\.(?:[cm]?js|jsonc?|ya?ml))?$/, 'mocha'],
  [new RegExp(`^playwright(?:[.-][\\w-]+)*\\.config(?:\\.[\\w-]+)*${SCRIPT}`), 'playwright'],
  [new RegExp(`^cypress(?:[.-][\\w-]+)*\\.config(?:\\.[\\w-]+)*${SCRIPT}|^cypress\\.json$`), 'cypress'],
  [new RegExp(`^ava\\.config${SCRIPT}`), 'ava'],
  [new RegExp(`^(?:web-test-runner|wtr)\\.config${SCRIPT}`), 'wtr'],
];

/** The tool that `path` configures; `undefined` for anything else. */
export function configToolOf(path: RepoPath): ConfigTool | undefined {
  const name = baseNameOf(path);
  if (!/config|rc|workspace|projects|jest|cypress/.test(name)) return undefined;
  return NAMES.find(([pattern]) => pattern.test(name))?.[1];
}
