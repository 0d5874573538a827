/** Configuration of compilers, bundlers, test runners and frameworks: what the pipeline asks of this folder. */
export { nuxtAutoImports } from './nuxt-imports.js';
export type { ExportsOf } from './nuxt-imports.js';
export { readRunnerConfigs } from './runner-configs.js';
export type { RunnerConfigs } from './runner-configs.js';
export type { TsconfigView } from './tsconfig-view.js';
export { readTsconfigs, tsconfigDependencies } from './tsconfigs.js';
export type { Governed, Tsconfigs } from './tsconfigs.js';
