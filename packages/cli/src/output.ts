/**
 * Where a command's result goes: standard output, or a file that is whole or not there.
 * In: text and the flags. Out: bytes. Not here: progress and messages, which go to standard error.
 */
import { randomBytes } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CliIo } from './io.js';
import { fileError } from './usage.js';
import { visible } from './visible.js';

/** Delivers `text`; `output` is the value of `--output`. Throws a usage error where the file can't be written. */
export async function deliver(io: CliIo, output: string | undefined, text: string): Promise<void> {
  if (output === undefined) {
    if (text !== '') io.stdout.write(text);
    return;
  }
  try {
    await writeWhole(resolve(io.cwd, output), text);
  } catch (error) {
    throw fileError(error, 'write', visible(output));
  }
}

/** Through a temporary file beside it; a device or a pipe is written to directly, since renaming would replace it. */
async function writeWhole(file: string, text: string): Promise<void> {
  const former = await stat(file).catch(() => undefined);
  if (former !== undefined && !former.isFile()) return writeFile(file, text);
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(temporary, text, { flag: 'wx' });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
