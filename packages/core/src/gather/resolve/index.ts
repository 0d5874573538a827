/** Resolution: the functions that the pipeline calls. */
export { probesOf } from './probes.js';
export { createResolutionLog } from './resolution-log.js';
export { createResolver, isModuleRequest, requestKey } from './resolver.js';
export type { Resolver } from './resolver.js';
export type { ResolverHints } from './rule-context.js';
