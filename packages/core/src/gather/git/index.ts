/**
 * From a folder and options to the two states that are compared and what differs between them.
 * Git is only read, hardened (command.ts); without git the folder itself is the head.
 */
export { openComparison, type ComparisonRequest, type OpenedComparison } from './openComparison.js';
export { openRepository, type Repository as GitRepository } from './repository.js';
export { remotePage } from './remotePage.js';
