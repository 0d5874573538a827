/**
 * The fast type engine: TypeScript's native compiler, where it is installed beside this package.
 * In: nothing. Out: an engine, or why there is none. Not here: its programs (program.ts), its API (api.ts).
 */
import type { TypeEngine } from '../../../model/index.js';
import { loadNativeApi } from './api.js';
import { NativeProgram } from './program.js';

export { NATIVE_PACKAGE } from './api.js';
export { NativeFailure } from './program.js';

/** The engine, or why there is none. */
export type NativeLoad =
  { readonly kind: 'loaded'; readonly engine: TypeEngine } | { readonly kind: 'missing'; readonly reason: string };

/**
 * Loads the native compiler's API; processes are started by `open`, one a program, and ended by `close`.
 * Never throws. Its programs throw a `NativeFailure` where the compiler crashes: then ts-morph has to be asked.
 */
export async function loadNativeEngine(): Promise<NativeLoad> {
  const native = await loadNativeApi();
  if ('reason' in native) return { kind: 'missing', reason: native.reason };
  const programs: NativeProgram[] = [];
  const engine: TypeEngine = {
    name: 'native',
    version: native.version,
    open: (input) => {
      const program = new NativeProgram(native, input);
      programs.push(program);
      return program;
    },
    close: () => {
      for (const program of programs.splice(0)) program.close();
    },
  };
  return { kind: 'loaded', engine };
}
