/**
 * The name that git gives to bytes, so that a file on the disk and a blob in the object store can be compared.
 * In: bytes as they are. Out: git's blob id of exactly these bytes. Not here: filters and line-end conversion,
 * which would run or imitate what the analysed repository configures.
 */
import { createHash } from 'node:crypto';

/** The two hashes that git repositories use. */
export type ObjectFormat = 'sha1' | 'sha256';

/** Git's blob id of `bytes`: hex, 40 digits for sha1, 64 for sha256. Linear in the bytes. */
export function blobId(bytes: Uint8Array, format: ObjectFormat = 'sha1'): string {
  return createHash(format).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** The ids of the empty blob: equal ids of empty files say nothing about a rename. */
export const EMPTY_BLOBS: ReadonlySet<string> = new Set([blobId(new Uint8Array()), blobId(new Uint8Array(), 'sha256')]);
