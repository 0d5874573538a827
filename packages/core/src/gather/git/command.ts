/**
 * How git is run: as a reader that can't be made to run anything else, whatever the analysed repository configures.
 * In: arguments, maybe a standard input. Out: bytes and an exit code. Not here: what is asked of git.
 *
 * Closed doors: hooks, fsmonitor, external diff and textconv, filter drivers (each one named in any config is emptied),
 * lazy fetching and every transport, submodule recursion, pagers, inherited GIT_* variables, replace refs, index writes.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { devNull, homedir } from 'node:os';
import { dirname } from 'node:path';

/** What a finished git process left. */
export interface GitResult {
  /** Exit code; −1 where git could not be started. */
  readonly code: number;
  readonly stdout: Buffer;
  /** Trimmed, in English. */
  readonly stderr: string;
}

/** Variables that choose the *user's* own configuration (with `safe.directory`) or git's installation. */
const KEPT_VARIABLES: ReadonlySet<string> = new Set([
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_EXEC_PATH',
]);

const OVERRIDES: readonly (readonly [string, string])[] = [
  ['core.hooksPath', devNull],
  ['core.fsmonitor', 'false'],
  ['core.pager', ''],
  ['diff.external', ''],
  ['status.submoduleSummary', 'false'],
  ['submodule.recurse', 'false'],
  ['safe.bareRepository', 'explicit'],
  ['protocol.allow', 'never'],
];

/** Runs git for one repository. */
export class Git {
  private readonly environment: NodeJS.ProcessEnv;

  /**
   * @param top absolute folder that holds `.git`; git looks nowhere above it and takes no other work tree.
   * @param configured names of configuration entries found in the repository, to be made harmless.
   */
  constructor(
    readonly top: string,
    configured: readonly string[] = [],
  ) {
    this.environment = hardenedEnvironment(top, [...OVERRIDES, ...disarm(configured)]);
  }

  /** Runs to the end. Never rejects; see `GitResult.code`. */
  run(args: readonly string[], input?: string): Promise<GitResult> {
    return new Promise((resolve) => {
      const child = this.start(args);
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      const finish = (code: number): void =>
        resolve({ code, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString('utf8').trim() });
      child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
      child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
      child.stdin?.on('error', () => undefined); // git may end before it has read everything
      child.on('error', () => finish(-1));
      child.on('close', (code) => finish(code ?? -1));
      child.stdin?.end(input ?? '');
    });
  }

  /** Starts git and leaves the streams to the caller. */
  start(args: readonly string[]): ChildProcess {
    // Started outside the repository: where the working directory is searched for programs, a `git.exe` there must not win.
    return spawn('git', ['--no-pager', '--literal-pathspecs', '-C', this.top, ...args], {
      cwd: dirname(process.execPath),
      env: this.environment,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
  }
}

function hardenedEnvironment(top: string, settings: readonly (readonly [string, string])[]): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { HOME: homedir() };
  for (const [name, value] of Object.entries(process.env)) {
    if (!name.toUpperCase().startsWith('GIT_') || KEPT_VARIABLES.has(name)) environment[name] = value;
  }
  Object.assign(environment, {
    LC_ALL: 'C',
    GIT_WORK_TREE: top,
    GIT_CEILING_DIRECTORIES: dirname(top),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none', // stronger than any protocol.*.allow of the repository
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_CONFIG_COUNT: String(settings.length),
    NoDefaultCurrentDirectoryInExePath: '1',
  });
  settings.forEach(([key, value], at) => {
    environment[`GIT_CONFIG_KEY_${at}`] = key;
    environment[`GIT_CONFIG_VALUE_${at}`] = value;
  });
  return environment;
}

/** For every filter driver and partial-clone remote that is configured anywhere: settings that switch it off. */
function disarm(configured: readonly string[]): (readonly [string, string])[] {
  const settings: (readonly [string, string])[] = [];
  for (const name of configured) {
    if (/^filter\..*\.(?:clean|smudge|process)$/s.test(name)) settings.push([name, '']);
    else if (/^filter\..*\.required$/s.test(name)) settings.push([name, 'false']);
    else if (/^remote\..*\.promisor$/s.test(name)) settings.push([name, 'false']);
  }
  return settings;
}
