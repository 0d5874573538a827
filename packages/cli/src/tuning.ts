/**
 * V8's settings for this process: a cold run is a few seconds of much code, each piece of it run some thousand times.
 * V8's defaults optimise too early and inline too much for that: a third of the CPU went into compiling (docs/performance.md).
 * In: V8's version. Out: flags. Only for the executable: a library has no business with its host's settings.
 */
import { setFlagsFromString } from 'node:v8';

/** Since V8 12 (Node 22) the first is gone: there is a middle tier that does as much. An unknown flag would be printed. */
export function tuneEngine(version = process.versions.v8): void {
  if (Number.parseInt(version, 10) < 12) setFlagsFromString('--interrupt-budget=300000');
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=200');
}
