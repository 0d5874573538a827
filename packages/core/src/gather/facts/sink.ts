/**
 * Where the walk pours what it finds about one symbol: three hashes and a list of references without repeats.
 */
import type { HandedValue, Reference, ReferenceKind, ValuePlace } from '../../model/facts.js';
import { Fingerprint } from './fingerprint.js';

/** A reference that may still gain flags. */
interface GrowingReference {
  readonly binding: number;
  readonly path: readonly string[];
  readonly kind: ReferenceKind;
  flags: number;
  readonly line: number;
  readonly deferred?: readonly ValuePlace[];
}

/** The growing content of one symbol. */
export class Sink {
  readonly content = new Fingerprint();
  readonly shape = new Fingerprint();
  readonly runtime = new Fingerprint();
  private seen: Map<string, GrowingReference> | undefined;
  private names: Set<string> | undefined;
  private passed: Map<string, HandedValue> | undefined;

  /** Adds a reference; one that equals an earlier in binding, path, kind and `deferred` only adds its flags. */
  add(reference: Reference): void {
    const { binding, path, kind, deferred } = reference;
    const use = path.length === 0 ? `${binding}${kind}` : `${binding}${kind}\0${path.join('\0')}`;
    const key = deferred === undefined ? use : `${use}\0\0${JSON.stringify(deferred)}`;
    const seen = (this.seen ??= new Map());
    const known = seen.get(key);
    if (known !== undefined) known.flags |= reference.flags;
    else seen.set(key, { ...reference });
  }

  /** Adds the name of a member that is used on something unknown. */
  addMember(name: string): void {
    (this.names ??= new Set()).add(name);
  }

  /** Adds an object that is passed to a call. */
  addHanded(handed: HandedValue): void {
    const { binding, path, to } = handed;
    const key = `${binding}\0${path.join('\0')}\n${to ? `${to.binding}\0${to.path.join('\0')}` : ''}`;
    const passed = (this.passed ??= new Map());
    if (!passed.has(key)) passed.set(key, handed);
  }

  /** In order of first occurrence; `undefined` where there are none. */
  members(): string[] | undefined {
    return this.names && [...this.names];
  }

  /** In order of first occurrence; `undefined` where there are none. */
  handed(): HandedValue[] | undefined {
    return this.passed && [...this.passed.values()];
  }

  /** In order of first occurrence. */
  references(): Reference[] {
    return this.seen === undefined ? [] : [...this.seen.values()];
  }
}
