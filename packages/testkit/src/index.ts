/** Everything the project's tests share; it imports no product package. */
export * from './git.js';
export * from './materialise.js';
