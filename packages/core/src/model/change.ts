/**
 * What a diff did to symbols and resources.
 * In: two revisions' facts. Out: one record per changed node. Source: docs/impact-model.md, "Change kinds".
 */
import type { Compatibility, CompatibilityFinding } from './compatibility.js';
import type { RepoPath } from './path.js';

export type { Compatibility } from './compatibility.js';

/** The kinds of change; how far each travels is `analyze/change`'s table. */
export const CHANGE_KINDS = [
  'added',
  'removed',
  'renamed',
  'moved',
  'signature',
  'body',
  'type-only',
  'initialiser',
  'retargeted',
  'resource',
  'manifest',
  'configuration',
  'dependency',
  'comment',
] as const;

/** See {@link CHANGE_KINDS}. */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One changed node. */
export interface Change {
  /** Node id in the symbol graph. */
  readonly node: number;
  readonly kind: ChangeKind;
  readonly compatibility: Compatibility;
  /** The rule that fired, in a few words: `export removed`, `signature text differs`. */
  readonly rule: string;
  readonly file: RepoPath;
  /** 1-based line in the head (base for removed); 0 where there is none. */
  readonly line: number;
  /** Which worlds it travels in from here: {@link SeedBit} bits. 0: it travels nowhere. */
  readonly seeds: number;
  /** Rules of compatibility that fired, gravest first; absent where none did. `rule` names the first. */
  readonly findings?: readonly CompatibilityFinding[];
  /** For renamed and moved: the name or place before. */
  readonly before?: string;
  /** For dependency changes and resources: what differs, in words. */
  readonly detail?: string;
}

/** Bits that say how a changed node starts to travel. */
export const SeedBit = {
  /** Follow `EdgeBit.runtime`. */
  runtime: 1,
  /** Follow `EdgeBit.compile`. */
  compile: 2,
  /** Follow `EdgeBit.gone` too: the name is no longer there. */
  gone: 4,
  /** Follow `EdgeBit.system`. */
  system: 8,
} as const;
