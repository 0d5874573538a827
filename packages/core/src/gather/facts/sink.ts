/**
 * Where the walk pours what it finds about one symbol: three hashes and a list of references without repeats.
 */
import type { Reference, ReferenceKind } from '../../model/facts.js';
import { Fingerprint } from './fingerprint.js';

/** A reference that may still gain flags. */
interface GrowingReference {
  readonly binding: number;
  readonly path: readonly string[];
  readonly kind: ReferenceKind;
  flags: number;
  readonly line: number;
}

/** The growing content of one symbol. */
export class Sink {
  readonly content = new Fingerprint();
  readonly shape = new Fingerprint();
  readonly runtime = new Fingerprint();
  private seen: Map<string, GrowingReference> | undefined;

  /** Adds a reference; one that equals an earlier in binding, path and kind only adds its flags. */
  add(reference: Reference): void {
    const { binding, path, kind } = reference;
    const key = path.length === 0 ? `${binding}${kind}` : `${binding}${kind}\0${path.join('\0')}`;
    const seen = (this.seen ??= new Map());
    const known = seen.get(key);
    if (known !== undefined) known.flags |= reference.flags;
    else seen.set(key, { ...reference });
  }

  /** In order of first occurrence. */
  references(): Reference[] {
    return this.seen === undefined ? [] : [...this.seen.values()];
  }
}
