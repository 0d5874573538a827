/** The report, and questions asked of a finished one. */
export { assembleReport, placesOfSnapshot } from './assemble.js';
export type { ReportSource } from './assemble.js';
export { specifiersOf } from './stats.js';
export { why } from './why.js';
export type { WhyPath, WhyStep } from './why.js';
export { affectedPackages } from './affected.js';
export type { AffectedPackage } from './affected.js';
