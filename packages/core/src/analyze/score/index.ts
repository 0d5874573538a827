/** Score v1: its input, its formula, its levels. */
export { scoreInput } from './evidence.js';
export type { ScoreEvidence } from './evidence.js';
export { levelOf, score, severityOf } from './score.js';
export type { ByDistance, ScoredChange, ScoreInput } from './score.js';
