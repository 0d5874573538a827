/**
 * One whole process, measured from outside: CPU, wall time, peak memory.
 * In: a command line. Out: figures; the child's standard output is counted, not kept.
 * The kernel's accounting is read through GNU time where it is installed, else through bash's `time` (without memory).
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const GNU_TIME = '/usr/bin/time';
const hasGnuTime = spawnSync(GNU_TIME, ['-f', '%M', 'true']).status === 0;

/**
 * Runs a command to its end or for `limit` seconds.
 * @returns `{ user, system, cpu, wall }` in seconds, `rss` in megabytes (the largest process; absent without GNU time),
 * `status` (exit code; null = killed at the limit), `bytes` of standard output, `stderr`'s last line.
 */
export async function runMeasured([command, ...args], { cwd, limit = 300 }) {
  const folder = mkdtempSync(join(tmpdir(), 'blast-radius-bench-'));
  const figures = join(folder, 'time');
  const argv = hasGnuTime
    ? [GNU_TIME, '-q', '-f', '%U %S %e %M', '-o', figures, command, ...args]
    : ['bash', '-c', `TIMEFORMAT='%U %S %R'; { time "$@" 2>&3; } 3>&2 2>"$0"`, figures, command, ...args];
  const { status, bytes, stderr } = await ended(argv, cwd, limit);
  const text = status === null ? '' : readFileSync(figures, 'utf8').trim().split('\n').at(-1);
  rmSync(folder, { recursive: true });
  const [user, system, wall, kilobytes] = text.split(' ').map(Number);
  return {
    user,
    system,
    cpu: user + system,
    wall,
    ...(kilobytes ? { rss: kilobytes / 1024 } : {}),
    status,
    bytes,
    stderr,
  };
}

/** The child leads a process group of its own, so that the limit ends it and whatever it started. */
function ended([command, ...args], cwd, limit) {
  const child = spawn(command, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let bytes = 0;
  let stderr = '';
  let killed = false;
  child.stdout.on('data', (chunk) => (bytes += chunk.length));
  child.stderr.on('data', (chunk) => (stderr = (stderr + chunk).slice(-2000)));
  const timer = setTimeout(() => {
    killed = true;
    process.kill(-child.pid, 'SIGKILL');
  }, limit * 1000);
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => {
      clearTimeout(timer);
      done({ status: killed ? null : code, bytes, stderr: stderr.trim().split('\n').at(-1) });
    });
  });
}
