/**
 * What a command gets and leaves behind: the streams, and the exit code it decided on.
 */
import type { CliIo } from './io.js';

/** One run of the program. */
export interface Session {
  readonly io: CliIo;
  /** 0 until a command says otherwise. */
  exitCode: number;
}
