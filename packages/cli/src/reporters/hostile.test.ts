/** Whatever a repository's names say, every format shows it and none obeys it. */
import { marked, type Token, type Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { terminalFor } from '../terminal.js';
import { annotationsText } from './github.js';
import { codeQualityText } from './gitlab.js';
import { ATTACKS, hostileReport } from './hostile.fixture.js';
import { linksFor } from './links.js';
import { COMMENT_BYTES, markdownText } from './markdown/index.js';
import { jsonText } from './json.js';
import { sarifText } from './sarif/index.js';
import { reportText } from './text/index.js';

const PAGE = 'https://github.com/shop/shop';

function markdown(evil: string): string {
  const found = hostileReport(evil);
  const links = linksFor({}, PAGE, { base: 'a'.repeat(40), head: 'b'.repeat(40), chosenBy: '' });
  return markdownText(found, { limit: 10, most: COMMENT_BYTES, links, gate: [evil], again: '' });
}

/** Every token of a Markdown text, nested ones too. */
function tokensOf(text: string): Token[] {
  const found: Token[] = [];
  marked.walkTokens(marked.lexer(text, { gfm: true }), (token) => void found.push(token));
  return found;
}

/** Tags that the report itself writes. */
const OWN_HTML =
  /^(?:\s*<\/?(?:details|summary|b|sub|br|span)>\s*|\s*<!-- blast-radius:report -->\s*|\s*<summary>.*<\/summary>\s*)+$/;

describe.each(ATTACKS.map((evil) => [JSON.stringify(evil).slice(0, 40), evil] as const))('%s', (_, evil) => {
  it('in Markdown is text: no tag, no image, no link but ours, no mention, no reference', () => {
    const text = markdown(evil);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMMENT_BYTES);
    const tokens = tokensOf(text);
    for (const token of tokens) {
      if (token.type === 'html') for (const line of token.raw.split('\n')) if (line.trim() !== '') expect(line).toMatch(OWN_HTML); // prettier-ignore
      expect(token.type).not.toBe('image');
      if (token.type === 'link') expect((token as Tokens.Link).href).toMatch(/^https:\/\/github\.com\/shop\/shop\/blob\/[ab]{40}\/[\w.%~-]*(?:\/[\w.%~-]*)*(?:#L\d+)?$/); // prettier-ignore
      const plain = token.type === 'text' && !('tokens' in token && token.tokens !== undefined);
      if (plain) expect(decoded(token.raw)).not.toMatch(/@\w|#\d|!\d|~\w|GH-\d|:\/\/|www\./);
      // A `$` alone is the one in a span of its own, in which GitHub reads no formula.
      if (plain && token.raw !== '$') expect(token.raw).not.toMatch(/(?!\n)\p{Cc}|[\u202e\u2066$]/u);
    }
    expect(tokens.filter(({ type }) => type === 'heading').length).toBeLessThanOrEqual(4);
    const tags = tokens.flatMap((token) => (token.type === 'html' ? (token.raw.match(/<\/?details>/g) ?? []) : []));
    expect(tags.filter((tag) => tag === '<details>')).toHaveLength(tags.length / 2);
  });

  it('keeps every row of a table as wide as its head', () => {
    for (const token of tokensOf(markdown(evil))) {
      if (token.type !== 'table') continue;
      const lines = token.raw.trim().split('\n');
      const cells = lines.map((line) => line.replace(/\\\\/g, '').replace(/\\\|/g, '').split('|').length);
      expect(new Set(cells).size).toBe(1);
    }
  });

  it('in the picture is a label', () => {
    const [, picture = ''] = /```mermaid\n([\s\S]*?)\n```/.exec(markdown(evil)) ?? [];
    expect(picture).not.toBe('');
    for (const line of picture.split('\n')) {
      expect(line).toMatch(/^(?:flowchart LR| {2}p\d\(?\["[^"<>`]*(?:<br\/>[^"<>`]*)*"\]\)?| {2}p\d --> p\d| {2}classDef .*| {2}class p\d(?:,p\d)* changed)$/); // prettier-ignore
    }
  });

  it('in a workflow log starts no command', () => {
    const lines = annotationsText(hostileReport(evil)).split('\n').slice(0, -1);
    for (const line of lines) {
      expect(line).toMatch(/^(?:::(?:error|warning|notice) (?:file=[^:,]*,line=\d+,)?title=[^:,]*::|Blast Radius: )/);
      expect(line).not.toMatch(/\p{Cc}|##\[/u);
    }
    const stream = { write: () => true };
    const io = { stdin: (async function* () {})(), stdout: stream, stderr: stream, env: {}, cwd: '/', platform: 'linux', now: () => 0 }; // prettier-ignore
    const text = reportText(hostileReport(evil), terminalFor(io, false, true), { limit: 10, gate: [evil], again: '' });
    for (const line of text.split('\n')) {
      expect(line.trimStart()).not.toMatch(/^::/);
      expect(line).not.toMatch(/##\w*\[|[\p{Cc}\u202e]/u);
    }
  });

  it('in JSON parses back, and carries nothing that a terminal obeys', () => {
    const found = hostileReport(evil);
    for (const text of [jsonText(found), sarifText(found, '1.0.0'), codeQualityText(found)]) {
      expect(() => JSON.parse(text)).not.toThrow();
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e\u2066\u200b\ufeff]/u);
    }
  });
});

/** What a browser would show of a text token. */
function decoded(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
