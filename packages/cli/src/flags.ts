/**
 * The flags that several commands share, and how they become the library's options.
 * In: commander's parsed values. Out: `AnalyzeOptions`, with patches and lists read.
 * Not here: a command's own flags; whether options fit together (the library decides).
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { AnalyzeOptions } from '@blast-radius/core';
import { readStdin, type CliIo } from './io.js';
import { CommandLineError, fileError } from './usage.js';
import { shellWord, visible } from './visible.js';

/** Values of {@link addRepositoryFlags} and {@link addComparisonFlags}. */
export interface AnalysisFlags {
  readonly root?: string;
  readonly base?: string;
  readonly exactBase?: boolean;
  readonly head?: string;
  readonly patch?: string;
  readonly files?: readonly string[];
  readonly symbol?: readonly string[];
  readonly assume?: 'body' | 'signature' | 'removed';
  readonly threads?: number | 'auto';
  readonly parser?: 'auto' | 'oxc' | 'typescript-estree';
  readonly cacheDir?: string;
  /** False with `--no-cache`. */
  readonly cache?: boolean;
  readonly types?: 'auto' | 'off' | 'ts-morph' | 'native';
  readonly scope?: readonly string[];
  readonly timing?: boolean;
  readonly timingOutput?: string;
}

/** Values of {@link addOutputFlags}. */
export interface OutputFlags {
  readonly json?: boolean;
  readonly output?: string;
  readonly color?: boolean;
}

/** Flags of every command that reads a repository. */
export function addRepositoryFlags(command: Command): Command {
  return addWorkingTreeFlags(command)
    .option('--head <ref>', 'commit to look at (default: the working tree, untracked files too)')
    .option('--scope <package>', 'read only this package and what it depends on (repeatable)', collect);
}

/** Flags of a command that reads the working tree and nothing else. */
export function addWorkingTreeFlags(command: Command): Command {
  return command
    .optionsGroup('Repository:')
    .option('--root <dir>', 'a folder in the repository (default: the current one)')
    .addOption(threadsOption())
    .addOption(parserOption())
    .option(
      '--cache-dir <dir>',
      "where what is kept between runs lies (default: one per repository in the user's cache)",
    )
    .option('--no-cache', 'keep nothing, and use nothing that was kept')
    .option('--timing', 'say on standard error what each phase has cost')
    .option('--timing-output <file>', 'write that as JSON to a file');
}

function threadsOption(): Option {
  return new Option('--threads <n>', 'worker threads; 0 runs in the main one (default: as many as pay off)').argParser(
    parseThreads,
  );
}

function parserOption(): Option {
  return new Option('--parser <name>', 'which parser reads the sources (default: auto)').choices([
    'auto',
    'oxc',
    'typescript-estree',
  ]);
}

/** Flags of every command that compares two states. */
export function addComparisonFlags(command: Command): Command {
  return command
    .optionsGroup('Which change:')
    .option('--base <ref>', "compare with this commit's merge base (default: the CI's target, or the default branch)")
    .option('--exact-base', 'compare with --base itself, not the merge base')
    .option('--patch <file>', 'a unified diff to put on the head, which is then the base; - reads standard input')
    .option('--files <path...>', 'take these files as wholly changed; - reads a list, NUL or newline separated')
    .option('--symbol <name>', 'take this symbol as changed: file#Class.member, file:line or a name', collect)
    .addOption(assumeOption())
    .addOption(typesOption());
}

function typesOption(): Option {
  return new Option(
    '--types <mode>',
    'ask a type checker who really breaks: auto asks where that can change the answer and is cheap (default: auto)',
  ).choices(['auto', 'off', 'ts-morph', 'native']);
}

/** `--assume`, for what is said to be changed and not seen to be. */
export function assumeOption(): Option {
  return new Option('--assume <kind>', 'the change that --files and --symbol stand for (default: signature)').choices([
    'body',
    'signature',
    'removed',
  ]);
}

/** Flags of every command that prints a result. */
export function addOutputFlags(command: Command): Command {
  return command
    .optionsGroup('Output:')
    .option('--json', 'JSON instead of text')
    .option('--output <file>', 'write to a file, whole or not at all');
}

/** Flags of every command whose text is for eyes; after {@link addOutputFlags}. */
export function addColorFlags(command: Command): Command {
  return command
    .option('--color', 'colours even where the terminal has none')
    .option('--no-color', 'no colours (also NO_COLOR)');
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function parseThreads(value: string): number | 'auto' {
  return value === 'auto' ? value : parseCount(value);
}

/** Parses a whole number ≥ 0. */
export function parseCount(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  return Number(value);
}

/** Parses a score, 0–100. */
export function parseScore(value: string): number {
  const score = /^\d{1,3}(\.\d+)?$/.test(value) ? Number(value) : NaN;
  if (!(score <= 100)) throw new InvalidArgumentError('It must be a number from 0 to 100.');
  return score;
}

/** The library's options. Reads `--patch` and `--files -`; throws a usage error where they can't be read. */
export async function toAnalyzeOptions(
  flags: AnalysisFlags,
  io: CliIo,
  listeners: Pick<AnalyzeOptions, 'onPhase' | 'onTiming'>,
): Promise<AnalyzeOptions> {
  if (flags.patch === '-' && flags.files?.includes('-')) {
    throw new CommandLineError('Standard input can be the patch or the list of files, not both.');
  }
  const patch = flags.patch === undefined ? undefined : await readPatch(flags.patch, io);
  const files = flags.files === undefined ? undefined : await readFiles(flags.files, io);
  const { base, exactBase, head, symbol, assume, scope, threads, parser, types } = flags;
  const cacheDir = flags.cache === false ? false : flags.cacheDir && resolve(io.cwd, flags.cacheDir);
  return {
    root: resolve(io.cwd, flags.root ?? '.'),
    env: io.env,
    ...listeners,
    ...present({
      base,
      exactBase,
      head,
      patch,
      files,
      symbols: symbol,
      assume,
      scope,
      threads,
      parser,
      types,
      cacheDir,
    }),
  };
}

/** `record` without its undefined fields. */
function present<T extends object>(record: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

async function readPatch(file: string, io: CliIo): Promise<string> {
  if (file === '-') return readStdin(io);
  try {
    return await readFile(resolve(io.cwd, file), 'utf8');
  } catch (error) {
    throw fileError(error, 'read the patch', visible(file));
  }
}

/** Repository paths; `-` stands for a list on standard input. */
async function readFiles(written: readonly string[], io: CliIo): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const path of written) {
    if (path === '-') paths.push(...splitList(await readStdin(io)));
    else paths.push(path);
  }
  return paths.map((path) => (io.platform === 'win32' ? path.replaceAll('\\', '/') : path).replace(/^(\.\/)+/, ''));
}

/** The entries of a list: NUL separated where there is a NUL, else one a line. */
export function splitList(text: string): readonly string[] {
  const parts = text.includes('\0') ? text.split('\0') : text.split(/\r?\n/);
  return parts.filter((part) => part !== '');
}

/** The comparison flags as a shell would take them again, with a space before each; for advice on what to run next. */
export function repeatFlags(flags: AnalysisFlags): string {
  const words: string[] = [];
  const add = (flag: string, value: string | undefined): void => {
    if (value !== undefined) words.push(flag, shellWord(value));
  };
  add('--root', flags.root);
  add('--base', flags.base);
  if (flags.exactBase === true) words.push('--exact-base');
  add('--head', flags.head);
  add('--patch', flags.patch);
  for (const symbol of flags.symbol ?? []) add('--symbol', symbol);
  for (const name of flags.scope ?? []) add('--scope', name);
  add('--assume', flags.assume);
  add('--types', flags.types);
  if (flags.files !== undefined) words.push('--files', ...flags.files.map(shellWord));
  return words.map((word) => ` ${word}`).join('');
}
