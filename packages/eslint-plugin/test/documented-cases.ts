/**
 * The cases that the rules' pages tell, to be run: a heading, options, the base's files, the text in hand, what is said of it.
 * In: Markdown of docs/eslint. Out: records. Not here: running them (rules.test.ts).
 */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inlineWorkspace } from '@blast-radius/testkit';

/** One case of a page. */
export interface DocumentedCase {
  readonly title: string;
  readonly fires: boolean;
  readonly options: object | undefined;
  readonly base: Readonly<Record<string, string>>;
  /** The one file that is edited. */
  readonly file: string;
  readonly text: string;
  /** One message a line. */
  readonly says: readonly string[];
}

/** A rule's page. */
export interface RulePage {
  readonly rule: string;
  readonly text: string;
  readonly cases: readonly DocumentedCase[];
}

const FOLDER = fileURLToPath(new URL('../../../docs/eslint/', import.meta.url));

/** The text of a page below docs/eslint. */
export function pageText(name: string): string {
  return readFileSync(`${FOLDER}${name}`, 'utf8');
}

/** Every page but the overview. */
export function rulePages(): RulePage[] {
  const names = readdirSync(FOLDER).filter((name) => name !== 'README.md');
  return names.map((name) => ({
    rule: name.replace(/\.md$/, ''),
    text: pageText(name),
    cases: casesOf(pageText(name)),
  }));
}

function casesOf(page: string): DocumentedCase[] {
  return page.split(/^## /m).flatMap((section) => {
    const fires = section.startsWith('Fires');
    return fires || section.startsWith('Silent')
      ? section
          .split(/^### /m)
          .slice(1)
          .map((text) => caseOf(text, fires))
      : [];
  });
}

function caseOf(section: string, fires: boolean): DocumentedCase {
  const blocks = [...section.matchAll(/```(\w+)\n([^]*?)```/g)].map(([, language, text]) => ({
    language,
    text: text ?? '',
  }));
  const code = blocks.filter(({ language }) => language === 'ts' || language === 'js');
  const [base = '', hand = ''] = code.map(({ text }) => text);
  const [file = '', text = ''] = Object.entries(inlineWorkspace(hand).files)[0] ?? [];
  const options = blocks.find(({ language }) => language === 'json')?.text;
  const says =
    blocks
      .find(({ language }) => language === 'text')
      ?.text.trimEnd()
      .split('\n') ?? [];
  return {
    title: section.slice(0, section.indexOf('\n')),
    fires,
    options: options === undefined ? undefined : (JSON.parse(options) as object),
    base: inlineWorkspace(base).files,
    file,
    text,
    says,
  };
}
