/**
 * Where the walk pours what it finds about one symbol: three hashes and a list of references without repeats.
 */
import type { HandedValue, Reference, ReferenceKind, ValuePlace } from '../../model/facts.js';
import { Fingerprint } from './fingerprint.js';

const KINDS: readonly ReferenceKind[] = [
  'call',
  'read',
  'type',
  'construct',
  'write',
  'render',
  'typeof',
  'extends',
  'implements',
  'decorate',
  'mocks',
];

/** The path of the many references that have none. */
const NO_PATH: readonly string[] = [];

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
  /** By what makes a use another one: a number where binding and kind say it all, as for most. */
  private seen: Map<number | string, GrowingReference> | undefined;
  private names: Set<string> | undefined;
  private passed: Map<string, HandedValue> | undefined;

  /**
   * Adds a reference; one that equals an earlier in binding, path, kind and `deferred` only adds its flags.
   * What is kept is written out field by field: a spread copy takes half as much memory again.
   */
  add(reference: Reference): void {
    const { binding, path, kind, flags, line, deferred } = reference;
    const use = binding * KINDS.length + KINDS.indexOf(kind);
    const key =
      path.length === 0 && deferred === undefined
        ? use
        : `${use}\0${path.join('\0')}${deferred === undefined ? '' : `\0\0${JSON.stringify(deferred)}`}`;
    const seen = (this.seen ??= new Map());
    const known = seen.get(key);
    if (known !== undefined) known.flags |= flags;
    else {
      const kept = { binding, path: path.length === 0 ? NO_PATH : path, kind, flags, line };
      seen.set(key, deferred === undefined ? kept : { ...kept, deferred });
    }
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
