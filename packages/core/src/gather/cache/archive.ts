/**
 * A cache as one file, for machines that keep files and not folders.
 * In: the cache folder, a file. Out: the other. Names and checksums are looked at before anything is written: an archive is
 * somebody else's. Layout, gzipped: for each file a line of JSON `{"name","bytes","crc"}`, then its bytes.
 */
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32, createGzip, gunzipSync } from 'node:zlib';
import { UsageError } from '../../model/diagnostic.js';
import { engineStamp } from './engine-stamp.js';
import { isCacheFile, listCache, type CacheFile } from './contents.js';

/** Larger archives are not read: no repository's cache is that large. */
const LARGEST = 2 ** 31 - 1;

/**
 * Writes what this engine keeps in `path` into `archive`, whole or not at all.
 * @returns what was written; nothing where the cache is empty (no file is made then).
 */
export async function exportCache(path: string, archive: string): Promise<CacheFile[]> {
  const files = listCache(path).filter(({ name, current }) => current && isCacheFile(name) && !name.endsWith('.draft'));
  if (files.length === 0) return files;
  const draft = `${archive}.draft`;
  const target = openSync(draft, 'w', 0o600);
  try {
    const gzip = createGzip({ level: 1 });
    gzip.on('data', (chunk: Buffer) => writeSync(target, chunk));
    const ended = new Promise((done, fail) => gzip.on('end', done).on('error', fail));
    for (const { name } of files) {
      const bytes = readFileSync(join(path, name));
      gzip.write(`${JSON.stringify({ name, bytes: bytes.length, crc: crc32(bytes) })}\n`);
      if (!gzip.write(bytes)) await new Promise((drained) => gzip.once('drain', drained));
    }
    gzip.end();
    await ended;
  } finally {
    closeSync(target);
  }
  renameSync(draft, archive);
  return files;
}

/**
 * Puts the files of `archive` into `path`, beside what is there.
 * @returns the files of this engine that were put there; those of others are left out.
 * @throws UsageError where the archive is no archive, or damaged. Nothing is written then.
 */
export function importCache(path: string, archive: string): CacheFile[] {
  const usable = readArchive(archive).filter(({ name }) => name.startsWith(`${engineStamp()}/`));
  for (const { name, content } of usable) {
    mkdirSync(dirname(join(path, name)), { recursive: true, mode: 0o700 });
    const draft = join(path, `${name}.draft`);
    writeFileSync(draft, content, { mode: 0o600 });
    renameSync(draft, join(path, name));
  }
  const imported = new Set(usable.map(({ name }) => name));
  return listCache(path).filter(({ name }) => imported.has(name));
}

interface Archived {
  readonly name: string;
  readonly content: Buffer;
}

function readArchive(archive: string): Archived[] {
  const broken = new UsageError(`${archive} is no whole cache archive; make one with: blast-radius cache export FILE`);
  const bytes = unpacked(archive, broken);
  const files: Archived[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(10, at);
    const entry = end < 0 ? undefined : entryIn(bytes.toString('utf8', at, end));
    const content = entry && bytes.subarray(end + 1, end + 1 + entry.bytes);
    if (!entry || !isCacheFile(entry.name) || content?.length !== entry.bytes || crc32(content) !== entry.crc)
      throw broken;
    files.push({ name: entry.name, content });
    at = end + 1 + entry.bytes;
  }
  return files;
}

function unpacked(archive: string, broken: UsageError): Buffer {
  const packed = readFileSync(archive);
  try {
    return gunzipSync(packed, { maxOutputLength: LARGEST });
  } catch {
    throw broken;
  }
}

function entryIn(line: string): { name: string; bytes: number; crc: number } | undefined {
  try {
    const { name, bytes, crc } = JSON.parse(line) as Record<string, unknown>;
    return typeof name === 'string' && typeof bytes === 'number' && typeof crc === 'number'
      ? { name, bytes, crc }
      : undefined;
  } catch {
    return undefined;
  }
}
