/** Worker threads, or the same work inline. */
export { createPool, type Pool } from './pool.js';
