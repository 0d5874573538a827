/**
 * Single-file components: everything but the scripts turned into spaces, so that offsets and lines hold.
 * In: the text of a `.vue`, `.svelte` or `.astro` file. Out: a script text of the same length and what stood around it.
 * Not here: what a template uses (all of it: sfc-component.ts).
 */
import type { Dialect } from './parser.js';

/** The scripts of a component. */
export interface ScriptBlocks {
  /** As long as the file; only script code is left. */
  readonly text: string;
  readonly dialect: Dialect;
  /** Files that `src` attributes name. */
  readonly sources: readonly { readonly specifier: string; readonly offset: number }[];
  /** The file without its scripts: template and styles, comments left out. */
  readonly template: string;
}

interface Block {
  readonly start: number;
  readonly end: number;
}

const TAG = /<(script|template|style)\b((?:"[^"]*"|'[^']*'|[^>"'])*)>/gi;

/** Finds the script blocks. Linear. */
export function scriptBlocks(text: string, language: 'vue' | 'svelte' | 'astro'): ScriptBlocks {
  const blocks: Block[] = [];
  const sources: { specifier: string; offset: number }[] = [];
  const languages = new Set<string>();
  if (language === 'astro') {
    const frontmatter = /^\s*---\r?\n([\s\S]*?)\r?\n?---/.exec(text);
    if (frontmatter) {
      const start = frontmatter.index + frontmatter[0].indexOf('---') + 3;
      blocks.push({ start, end: frontmatter[0].length - 3 });
    }
    languages.add('tsx');
  }
  TAG.lastIndex = blocks[0]?.end ?? 0;
  for (let match = TAG.exec(text); match !== null; match = TAG.exec(text)) {
    const [whole, tag, attributes] = match as unknown as [string, string, string];
    const source = /\bsrc\s*=\s*["']([^"']+)["']/.exec(attributes)?.[1];
    if (source !== undefined && (tag === 'script' || language === 'vue') && !/^(https?:)?\/\//.test(source)) {
      sources.push({ specifier: source, offset: match.index });
    }
    if (tag.toLowerCase() === 'template' || attributes.endsWith('/')) continue;
    const start = match.index + whole.length;
    const end = closing(text, start, tag);
    TAG.lastIndex = end;
    if (tag.toLowerCase() === 'script' && !/\btype\s*=\s*["'](?!module|text\/(java|type)script|ts)/.test(attributes)) {
      blocks.push({ start, end });
      languages.add(/\blang\s*=\s*["']?(\w+)/.exec(attributes)?.[1] ?? 'js');
    }
  }
  return { text: keep(text, blocks), dialect: dialectOf(languages), sources, template: templateOf(text, blocks) };
}

function closing(text: string, from: number, tag: string): number {
  const end = new RegExp(`</${tag}\\s*>`, 'gi');
  end.lastIndex = from;
  return end.exec(text)?.index ?? text.length;
}

function dialectOf(languages: ReadonlySet<string>): Dialect {
  if (languages.has('tsx')) return 'tsx';
  return languages.has('ts') || languages.has('typescript') ? 'ts' : 'js';
}

/** Blanks what is between the blocks; each block ends with a line break or `;` of its own. */
function keep(text: string, blocks: readonly Block[]): string {
  let kept = '';
  let at = 0;
  for (const { start, end } of blocks) {
    kept += blanked(text.slice(at, start));
    if (at > 0 && start > at && !/\n/.test(text.slice(at, start))) kept = `${kept.slice(0, -1)};`;
    kept += text.slice(start, end);
    at = end;
  }
  return kept + blanked(text.slice(at));
}

function blanked(text: string): string {
  return text.replaceAll(/[^\r\n]/g, ' ');
}

function templateOf(text: string, blocks: readonly Block[]): string {
  let rest = '';
  let at = 0;
  for (const { start, end } of blocks) {
    rest += text.slice(at, start);
    at = end;
  }
  return (rest + text.slice(at))
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
