/**
 * The native compiler's JavaScript API: the one file that knows where it lies and what it is called between versions.
 * In: nothing, or what a program needs. Out: the loaded modules, a spawned compiler. Nothing is ever taken from the analysed repository.
 * Not here: what the compiler may read (virtual-files.ts), what it is asked (program.ts).
 */
import { accessSync, constants, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as AstModule from '@typescript/native/unstable/ast';
import type * as SyncModule from '@typescript/native/unstable/sync';

export type { Expression, Node, SourceFile, TemplateSpan, ClassLikeDeclaration } from '@typescript/native/unstable/ast';
export type {
  API,
  Checker,
  Diagnostic,
  NodeHandle,
  Project,
  Signature,
  Snapshot,
  Symbol,
  Type,
  InterfaceType,
  TypeReference,
} from '@typescript/native/unstable/sync';

/** The modules of the API, and where its binary is. */
export interface NativeApi {
  readonly sync: typeof SyncModule;
  readonly ast: typeof AstModule;
  readonly version: string;
  /** Absolute POSIX folder of the binary and of the language's own declarations. */
  readonly folder: string;
}

/** What the compiler asks of the file system. `null` and `false`: there is none; `undefined`: the compiler's own files. */
export interface NativeFiles {
  readFile(path: string): string | null | undefined;
  fileExists(path: string): boolean | undefined;
  directoryExists(path: string): boolean | undefined;
  getAccessibleEntries(path: string): { files: string[]; directories: string[] } | undefined;
  realpath(path: string): string | undefined;
}

/** The name under which it is installed: an alias of `typescript` 7. */
export const NATIVE_PACKAGE = '@typescript/native';

/** Loads the API: 50 ms, once; the reason where the package, its binary for this machine or a part of its API is missing. */
export async function loadNativeApi(): Promise<NativeApi | { readonly reason: string }> {
  try {
    const manifest = createRequire(import.meta.url).resolve(`${NATIVE_PACKAGE}/package.json`);
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    const folder = binaryFolder(manifest);
    const [sync, ast] = await Promise.all([
      import('@typescript/native/unstable/sync'),
      import('@typescript/native/unstable/ast'),
    ]);
    return { sync, ast, version, folder };
  } catch (error) {
    const [message] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { reason: `TypeScript's native compiler is not installed: ${message}.` };
  }
}

/** The compiler's own package for this platform lies beside it. Throws where it cannot be run. */
function binaryFolder(manifest: string): string {
  const platform = `@typescript/typescript-${process.platform}-${process.arch}/package.json`;
  const folder = join(dirname(realpathSync(createRequire(realpathSync(manifest)).resolve(platform))), 'lib');
  accessSync(join(folder, process.platform === 'win32' ? 'tsc.exe' : 'tsc'), constants.X_OK);
  return folder.replaceAll('\\', '/');
}

/** Starts a compiler that sees `files` and nothing else; it ends with `close()` or with this process. */
export function startCompiler({ sync }: NativeApi, root: string, files: NativeFiles): SyncModule.API {
  return new sync.API({ cwd: root, fs: files });
}

/** Ends the compiler's process at once: asked politely it would complain on our standard error. */
export function stopCompiler(compiler: SyncModule.API): void {
  const { client } = compiler as unknown as { client?: { channel?: { child?: { kill(signal: string): boolean } } } };
  client?.channel?.child?.kill('SIGKILL');
  try {
    compiler.close();
  } catch {
    // It talks to a process that is gone.
  }
}

/**
 * Version 7.0 cannot hand out the type of an array literal that is an empty tuple (microsoft/TypeScript#63869, mended in 7.1): it
 * answers with an error, and goes on. Any other error is for the caller.
 * @returns what `ask` does, or `instead` where such a type is in the answer.
 */
export function unlessEmptyTuple<T, I>(ask: () => T, instead: I): T | I {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Error && error.message.includes('not *checker.TupleType')) return instead;
    throw error;
  }
}

/** `ask` for many at once, in smaller lots where an empty tuple is among the answers; `undefined` stands for that. */
export function inLots<T, A>(
  items: readonly T[],
  ask: (items: readonly T[]) => readonly A[],
): readonly (A | undefined)[] {
  if (items.length === 0) return [];
  const answers = unlessEmptyTuple(() => ask(items), undefined);
  if (answers !== undefined) return answers;
  if (items.length === 1) return [undefined];
  const middle = items.length >> 1;
  return [...inLots(items.slice(0, middle), ask), ...inLots(items.slice(middle), ask)];
}
