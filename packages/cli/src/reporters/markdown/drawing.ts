/**
 * What the Markdown sections are drawn with. Not here: any section.
 */
import type { Links } from '../links.js';

/** What is drawn, and how much. */
export interface MarkdownOptions {
  /** Entries of each list; `Infinity` for all that fits. */
  readonly limit: number;
  /** Bytes of UTF-8 that the text must not exceed. */
  readonly most: number;
  readonly links: Links;
  /** The gate's sentences; empty without a gate. */
  readonly gate: readonly string[];
  /** The flags of this run, as a shell takes them, to be repeated in advice. */
  readonly again: string;
}

/** What sections are drawn with. */
export interface Drawing extends MarkdownOptions {
  /** True where the text would have been too long with the asked limit. */
  readonly shortened: boolean;
}
