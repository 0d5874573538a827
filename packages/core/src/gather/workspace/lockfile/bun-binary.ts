/**
 * `bun.lockb`: Bun's binary lockfile, format 2 (Bun 0.x to 1.1; later Buns write `bun.lock`).
 * In: the bytes. Out: a lock graph, with the edges as Bun resolved them.
 * A column store: package columns of fixed width, then buffers; every offset is checked before it is followed.
 * Other formats and damaged files are told apart from empty ones; nothing is guessed.
 */
import { joinPath } from '../../../model/path.js';
import { buildLockGraph, present } from './lock-graph.js';
import type { LockContext, LockGraph, LockGraphBuilder, LockNodeFields, UnreadableLock } from './lock-graph.js';

const HEADER = '#!/usr/bin/env bun\nbun-lockfile-format-v0\n';
const FORMAT = 2;
/** Bytes per package in each column, in file order. */
const COLUMNS = {
  name: 8,
  nameHash: 8,
  resolution: 64,
  dependencies: 8,
  resolutions: 8,
  meta: 88,
  bin: 20,
  scripts: 48,
};
const ROW = 252;
const BUFFERS = ['trees', 'hoisted', 'resolutions', 'dependencies', 'externalStrings', 'strings'] as const;
/** Bytes of one entry of the `dependencies` buffer: name, name hash, behaviour, tag, literal. */
const DEPENDENCY = 26;
/** How a package was found; the first byte of its resolution. */
const TAG = { root: 1, npm: 2, symlink: 64, workspace: 72 };

type Column = keyof typeof COLUMNS;

/** The file's parts, cut but not interpreted. */
interface LockbParts {
  readonly count: number;
  readonly field: (column: Column, index: number) => Uint8Array;
  readonly buffers: Readonly<Record<(typeof BUFFERS)[number], Uint8Array>>;
}

/** Reads one. */
export function readBunBinaryLock(bytes: Uint8Array, context: LockContext): LockGraph | UnreadableLock {
  if (new TextDecoder().decode(bytes.subarray(0, HEADER.length)) !== HEADER)
    return { unreadable: 'it has no header of Bun' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER.length + 84) return { unreadable: 'it is cut short' };
  const format = view.getUint32(HEADER.length, true);
  if (format !== FORMAT) {
    return {
      unreadable: `it is of format ${format}; run bun install --save-text-lockfile to get a readable one`,
      unsupported: true,
    };
  }
  try {
    return toGraph(cut(bytes, view), context);
  } catch (error) {
    if (error instanceof RangeError) return { unreadable: 'it is damaged' };
    throw error;
  }
}

/** Cuts the file; a RangeError where an offset leads out of it. */
function cut(bytes: Uint8Array, view: DataView): LockbParts {
  const u64 = (at: number): number => Number(view.getBigUint64(at, true));
  const slice = (from: number, to: number): Uint8Array => {
    if (from < 0 || to < from || to > bytes.length) throw new RangeError('offset outside the file');
    return bytes.subarray(from, to);
  };
  // Header, u32 format, 32 bytes of hash, then u64: end, count, alignment, columns, begin and end of the columns.
  const start = HEADER.length + 36;
  const [count, columns, begin, end] = [u64(start + 8), u64(start + 24), u64(start + 32), u64(start + 40)] as const;
  if (columns !== Object.keys(COLUMNS).length) throw new RangeError('other columns');
  slice(begin, begin + count * ROW);
  const offsets = new Map<Column, number>();
  let at = begin;
  for (const [column, width] of Object.entries(COLUMNS)) {
    offsets.set(column as Column, at);
    at += width * count;
  }
  const buffers = {} as Record<(typeof BUFFERS)[number], Uint8Array>;
  let position = end;
  for (const name of BUFFERS) {
    buffers[name] = slice(u64(position), u64(position + 8));
    position = u64(position + 8);
  }
  const field = (column: Column, index: number): Uint8Array => {
    const from = (offsets.get(column) as number) + index * COLUMNS[column];
    return bytes.subarray(from, from + COLUMNS[column]);
  };
  return { count, field, buffers };
}

function toGraph(parts: LockbParts, { folder }: LockContext): LockGraph {
  const builder = buildLockGraph('bun');
  const ids: number[] = [];
  for (let index = 0; index < parts.count; index++) {
    const node = nodeOf(parts, index);
    ids.push(node === undefined ? -1 : builder.add(node));
  }
  for (let index = 0; index < parts.count; index++) {
    const targets = targetsOf(parts, index, ids);
    if ((ids[index] as number) >= 0)
      builder.link(
        ids[index] as number,
        targets.map(([, id]) => id),
      );
    else addImporter(parts, index, targets, folder, builder);
  }
  return builder.build();
}

function addImporter(
  parts: LockbParts,
  index: number,
  targets: readonly (readonly [string, number])[],
  folder: string,
  builder: LockGraphBuilder,
): void {
  const resolution = parts.field('resolution', index);
  const path = index === 0 ? '' : resolution[0] === TAG.workspace ? text(parts, resolution.subarray(8, 16)) : undefined;
  const importer = path === undefined ? undefined : joinPath(folder, path);
  if (importer === undefined) return;
  builder.importer(importer);
  for (const [name, id] of targets) builder.direct(importer, name, [id]);
}

function nodeOf(parts: LockbParts, index: number): LockNodeFields | undefined {
  const resolution = parts.field('resolution', index);
  const tag = resolution[0];
  if (index === 0 || tag === TAG.root || tag === TAG.workspace || tag === TAG.symlink) return undefined;
  const name = text(parts, parts.field('name', index));
  const fromRegistry = tag === TAG.npm;
  const version = fromRegistry ? versionOf(parts, resolution) : sourceText(parts, resolution);
  return {
    key: `${name}@${version}`,
    name,
    version,
    ...present('integrity', integrityOf(parts.field('meta', index))),
    ...present('source', fromRegistry ? undefined : version),
  };
}

/** Major, minor, patch behind the registry URL, then pre-release and build as strings. */
function versionOf(parts: LockbParts, resolution: Uint8Array): string {
  const view = viewOf(resolution);
  const numbers = [16, 20, 24].map((at) => view.getUint32(at, true)).join('.');
  const before = text(parts, resolution.subarray(32, 40));
  const build = text(parts, resolution.subarray(48, 56));
  return `${numbers}${before === '' ? '' : `-${before}`}${build === '' ? '' : `+${build}`}`;
}

/** A folder, tarball or repository: its strings, joined. */
function sourceText(parts: LockbParts, resolution: Uint8Array): string {
  const tag = resolution[0] as number;
  const repository = tag === 16 || tag === 24 || tag === 32;
  const strings = (repository ? [8, 16, 24, 32] : [8]).map((at) => text(parts, resolution.subarray(at, at + 8)));
  return strings.filter((part) => part !== '').join('#');
}

const HASHES = ['', 'sha1', 'sha256', 'sha384', 'sha512'];

function integrityOf(meta: Uint8Array): string | undefined {
  const algorithm = HASHES[meta[20] ?? 0];
  return algorithm === undefined || algorithm === ''
    ? undefined
    : `${algorithm}-${Buffer.from(meta.subarray(21, 85)).toString('base64')}`;
}

/** `[name, node id]` of what a package asks for; workspace packages among them are left out. */
function targetsOf(parts: LockbParts, index: number, ids: readonly number[]): (readonly [string, number])[] {
  const [asked, length] = pair(parts.field('dependencies', index));
  const [resolved] = pair(parts.field('resolutions', index));
  const { dependencies, resolutions } = parts.buffers;
  if ((asked + length) * DEPENDENCY > dependencies.length || (resolved + length) * 4 > resolutions.length) {
    throw new RangeError('slice outside its buffer');
  }
  const view = viewOf(resolutions);
  const targets: (readonly [string, number])[] = [];
  for (let offset = 0; offset < length; offset++) {
    const at = (asked + offset) * DEPENDENCY;
    // An optional dependency that was not installed has a number past the last package.
    const id = ids[view.getUint32((resolved + offset) * 4, true)] ?? -1;
    if (id >= 0) targets.push([text(parts, dependencies.subarray(at, at + 8)), id]);
  }
  return targets;
}

/** Up to eight bytes stand in place; longer strings are an offset and a length, marked by the top bit. */
function text({ buffers }: LockbParts, field: Uint8Array): string {
  const decoder = new TextDecoder();
  if (((field[7] ?? 0) & 0x80) === 0) {
    const end = field.indexOf(0);
    return decoder.decode(end < 0 ? field : field.subarray(0, end));
  }
  const [offset, length] = pair(field);
  return decoder.decode(buffers.strings.subarray(offset, offset + (length & 0x7fffffff)));
}

function pair(field: Uint8Array): readonly [number, number] {
  const view = viewOf(field);
  return [view.getUint32(0, true), view.getUint32(4, true)];
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
