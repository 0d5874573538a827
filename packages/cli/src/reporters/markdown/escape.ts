/**
 * Repository text made harmless in Markdown, as GitHub and GitLab render it.
 * In: any text. Out: Markdown that shows it and does nothing: no markup, no HTML, no mention, no reference, no link of its own.
 * Sources: GitHub Flavored Markdown 0.29 (code spans, tables), both hosts' pages on mentions and references.
 */
import { visible } from '../../visible.js';

/** A name longer than this is cut: one line of a minified file must not fill the comment. */
const LONGEST_NAME = 160;
const LONGEST_PROSE = 400;

/** Names, paths and owners: a code span, in which nothing is read. Fit for table cells too. */
export function code(text: string): string {
  // Before a pipe a backslash would escape the escape of the pipe.
  const clean = visible(clipped(text, LONGEST_NAME))
    .replace(/\\(?=\\*\|)/g, '\\x5c')
    .replaceAll('|', '\\|');
  if (clean === '') return '';
  const longest = Math.max(0, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || /^ .* $/.test(clean) ? ' ' : '';
  return `${fence}${pad}${clean}${pad}${fence}`;
}

/** Signs that Markdown or HTML read anywhere in a line. */
const SIGNS = /[&<>\\`*_{}[\]#+!|~^@%]/g;

/** Sentences that hold names of the repository: signs as entities, and nothing that a host would make a link or a mention of. */
export function prose(text: string): string {
  return visible(clipped(text, LONGEST_PROSE))
    .replace(SIGNS, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/(&#(?:35|33|37|38|64|94|126);)(?=[\w"'])/g, `$1${NOTHING}`)
    .replace(/(:)(?=\/\/|[\w-]+:)/g, `$1${NOTHING}`)
    .replace(/\b(www|GH-)(?=[.\d])/gi, `$1${NOTHING}`)
    .replaceAll('$', '<span>$</span>')
    .replace(/^(\d*)([-=.)])/, (_, digits: string, sign: string) => `${digits}&#${sign.charCodeAt(0)};`);
}

/** A space of no width: what stands on its two sides is no mention, reference or address. */
const NOTHING = '&#8203;';

function clipped(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

/** A link whose text is already Markdown and whose URL is percent-encoded. */
export function link(text: string, url: string): string {
  return `[${text}](<${url}>)`;
}
