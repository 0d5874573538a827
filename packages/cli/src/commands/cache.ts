/**
 * `cache`: how much is kept between runs, throwing it away, taking it to another machine.
 */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CacheFile, RepositoryCache } from '@blast-radius/core';
import { loadLibrary } from '../analysis.js';
import type { CliIo } from '../io.js';
import type { Session } from '../session.js';
import { plural } from '../reporters/words.js';
import { fileError } from '../usage.js';
import { visible } from '../visible.js';

const HELP = `
Examples:
  $ blast-radius cache stats                  where it is, and how large
  $ blast-radius cache prune                  what other versions left; --all: everything
  $ blast-radius cache export cache.gz        one file, for a CI that keeps files
  $ blast-radius cache import cache.gz        and back, before the analysis

Losing the cache costs time, never an answer.

Exit codes: 0 done; 2 could not run.`;

interface CacheFlags {
  readonly root?: string;
  readonly cacheDir?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

/** Declares `cache` and its four verbs. */
export function addCacheCommand(program: Command, { io }: Session): void {
  const cache = program
    .command('cache')
    .description('What is kept between runs: its size, pruning, export and import.')
    .addHelpText('after', HELP);
  verb(cache, 'stats', 'Where the cache is, and how large.')
    .option('--json', 'JSON instead of text')
    .action((flags: CacheFlags) => stats(io, flags));
  verb(cache, 'prune', 'Removes what other versions and ended runs left.')
    .option('--all', 'removes everything')
    .action(async (flags: CacheFlags) => {
      const removed = (await open(io, flags)).prune(flags.all === true);
      io.stdout.write(`removed ${amount(removed)}\n`);
    });
  verb(cache, 'export', 'Writes what this version can use into one file.')
    .argument('<file>')
    .action((file: string, flags: CacheFlags) => move(io, flags, 'export', file));
  verb(cache, 'import', 'Adds what such a file holds.')
    .argument('<file>')
    .action((file: string, flags: CacheFlags) => move(io, flags, 'import', file));
}

function verb(cache: Command, name: string, description: string): Command {
  return cache
    .command(name)
    .description(description)
    .option('--root <dir>', 'a folder in the repository (default: the current one)')
    .option('--cache-dir <dir>', "the cache's folder (default: the repository's in the user's cache)");
}

async function open(io: CliIo, flags: CacheFlags): Promise<RepositoryCache> {
  const { openRepositoryCache } = await loadLibrary();
  return openRepositoryCache({
    root: resolve(io.cwd, flags.root ?? '.'),
    ...(flags.cacheDir === undefined ? {} : { cacheDir: resolve(io.cwd, flags.cacheDir) }),
  });
}

async function stats(io: CliIo, flags: CacheFlags): Promise<void> {
  const cache = await open(io, flags);
  const files = cache.files();
  if (flags.json === true) {
    io.stdout.write(`${JSON.stringify({ path: cache.path, files }, undefined, 2)}\n`);
    return;
  }
  const usable = files.filter(({ current }) => current);
  const others = files.filter(({ current }) => !current);
  io.stdout.write(`${visible(cache.path)}\nof this version: ${amount(usable)}\nof others: ${amount(others)}\n`);
}

async function move(io: CliIo, flags: CacheFlags, way: 'export' | 'import', file: string): Promise<void> {
  const cache = await open(io, flags);
  try {
    const files = await cache[way](resolve(io.cwd, file));
    io.stdout.write(files.length === 0 ? `nothing to ${way}\n` : `${way}ed ${amount(files)}\n`);
  } catch (error) {
    throw fileError(error, `${way} the cache, file`, visible(file));
  }
}

function amount(files: readonly CacheFile[]): string {
  const bytes = files.reduce((sum, one) => sum + one.bytes, 0);
  return `${plural(files.length, 'file')}, ${(bytes / 1e6).toFixed(1)} MB`;
}
