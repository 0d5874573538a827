/** Resolution: the functions that the pipeline calls. */
export { createResolver, isModuleRequest } from './resolver.js';
export type { Resolver } from './resolver.js';
export type { ResolverHints } from './rule-context.js';
