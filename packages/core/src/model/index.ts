/** All records of the model; nothing here imports anything outside this folder. */
export * from './change.js';
export * from './confidence.js';
export * from './diagnostic.js';
export * from './facts.js';
export * from './graph.js';
export * from './impact.js';
export * from './lockfile.js';
export * from './options.js';
export * from './path.js';
export * from './report.js';
export * from './resolution.js';
export * from './revision.js';
export * from './snapshot.js';
export * from './tree.js';
export * from './types.js';
export * from './workspace.js';
