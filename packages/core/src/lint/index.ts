/**
 * The library's part that lint rules use: `@blast-radius/core/lint`. It loads no git, no parser and no graph library.
 * Start with {@link lookUp}.
 */
export { lookUp, type IndexProblem, type Looked, type TextInHand } from './look-up.js';
export type { ChangedSymbol, Judgement, LostExport } from './judge.js';
export type { RetargetedExport } from './retargeted-exports.js';
export type { LostContract } from './lost-contracts.js';
export type { Dependents, UnseenPlace } from './file-rows.js';
export { SENSITIVE_KINDS } from '../model/lint-index.js';
export { visible } from '../model/visible.js';
export type { DependentCounts, OfferingRole, SensitiveKind, UnseenKind } from '../model/lint-index.js';
