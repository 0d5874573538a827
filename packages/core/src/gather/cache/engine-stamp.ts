/**
 * What the content of a cache depends on beside its keys: the engine that made it.
 * In: this build. Out: the name of a folder; another engine finds another one. Not here: what is in it.
 * A released engine is told by its versions. A build in a working copy of the engine itself is also told by when it was made:
 * nobody raises a version while working.
 */
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FACTS_VERSION } from '../../model/facts.js';

/** Names the engine: letters, digits, dots and dashes. Told once: a build that replaces this one while it runs is another engine. */
export function engineStamp(): string {
  return STAMP;
}

const STAMP = stampOf();

function stampOf(): string {
  const here = fileURLToPath(import.meta.url);
  const released = /[\\/]node_modules[\\/]/.test(here);
  // The build's record, which a bundle of it shares; sources that run as they are have none.
  const record = fileURLToPath(new URL('../../.tsbuildinfo', import.meta.url));
  const times = released ? [] : [modified(record) || modified(here)];
  return [`f${FACTS_VERSION}`, packageVersion(), ...times.map((time) => Math.round(time).toString(36))].join('-');
}

function packageVersion(): string {
  try {
    const manifest = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
    return String((JSON.parse(manifest) as { version?: unknown }).version).replaceAll(/[^\w.]/g, '_');
  } catch {
    return '0';
  }
}

function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
