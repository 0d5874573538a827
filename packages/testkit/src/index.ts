/** Everything the project's tests share; it imports no product package. */
export * from './fixtures.js';
export * from './git.js';
export * from './inline.js';
export * from './materialise.js';
