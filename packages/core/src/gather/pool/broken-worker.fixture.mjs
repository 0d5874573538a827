// A worker that cannot start, for pool.test.ts.
throw new Error('this thread does not start');
