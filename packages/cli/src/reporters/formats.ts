/**
 * A report in any of its formats. In: a report, and what of the world a format needs. Out: text.
 * A new format is one file and one line here (and its name in ../format.ts). Each is loaded only when it is asked for.
 */
import type { Report } from '@blast-radius/core';
import type { ReportFormat } from '../format.js';
import type { CliIo } from '../io.js';
import type { MarkdownOptions } from './markdown/drawing.js';

/** What formats draw with. */
export interface RenderOptions {
  readonly io: CliIo;
  /** Absolute folder of the repository, for its remote's address. */
  readonly root: string;
  readonly color: boolean | undefined;
  readonly toFile: boolean;
  /** Entries of each list. */
  readonly limit: number;
  /** The gate's sentences. */
  readonly gate: readonly string[];
  /** The flags of this run, as a shell takes them. */
  readonly again: string;
}

/** Draws `report`. */
export async function renderReport(format: ReportFormat, report: Report, options: RenderOptions): Promise<string> {
  return FORMATS[format](report, options);
}

/** A job's summary has a page of its own: its lists are this much longer. */
const SUMMARY_SCALE = 10;

const FORMATS = {
  text: async (report, { io, color, toFile, ...options }) => {
    const { terminalFor } = await import('../terminal.js');
    const { reportText } = await import('./text/index.js');
    return reportText(report, terminalFor(io, color, toFile), options);
  },
  json: async (report) => (await import('./json.js')).jsonText(report),
  markdown: async (report, options) => {
    const { COMMENT_BYTES, markdownText } = await import('./markdown/index.js');
    return markdownText(report, await markdownOptions(report, options, COMMENT_BYTES));
  },
  summary: async (report, options) => {
    const { SUMMARY_BYTES, markdownText } = await import('./markdown/index.js');
    const drawn = await markdownOptions(report, { ...options, limit: options.limit * SUMMARY_SCALE }, SUMMARY_BYTES);
    return markdownText(report, drawn);
  },
  sarif: async (report) =>
    (await import('./sarif/index.js')).sarifText(report, (await import('../version.js')).ownVersion()),
  github: async (report) => (await import('./github.js')).annotationsText(report),
  gitlab: async (report) => (await import('./gitlab.js')).codeQualityText(report),
} as const satisfies Record<ReportFormat, (report: Report, options: RenderOptions) => Promise<string>>;

async function markdownOptions(report: Report, options: RenderOptions, most: number): Promise<MarkdownOptions> {
  const { io, root, limit, gate, again } = options;
  const { linksFor } = await import('./links.js');
  const { remotePage } = await (await import('../analysis.js')).loadLibrary();
  return { limit, most, gate, again, links: linksFor(io.env, await remotePage(root), report.comparison) };
}
