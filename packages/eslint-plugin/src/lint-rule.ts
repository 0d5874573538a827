/**
 * What a rule of this plugin is: ESLint's module, and how the presets use it.
 * In: words and a check over a judgement. Out: a rule. Not here: the rules.
 */
import type { Linter, Rule, SourceCode } from 'eslint';
import { visible, type Judgement } from '@blast-radius/core/lint';
import { judgementOf, problemText, type Judged } from './text-in-hand.js';

/** Severity and options of a rule in one preset. */
export type PresetEntry = readonly [severity: 'warn' | 'error', ...options: unknown[]];

/** A rule and its place in the presets. */
export interface LintRule {
  readonly module: Rule.RuleModule;
  readonly presets: { readonly recommended: PresetEntry; readonly strict: PresetEntry };
}

/** What a check works with. */
export interface CheckInput<Options> {
  readonly judgement: Judgement;
  readonly sourceCode: SourceCode;
  readonly options: Options;
  readonly report: (finding: Rule.ReportDescriptor) => void;
}

/** A rule before it is one. */
export interface RuleDefinition<Options extends object> {
  readonly name: string;
  readonly type: 'problem' | 'suggestion';
  /** One sentence without a full stop; the rule's page begins with it. */
  readonly description: string;
  /** Templates by id, ESLint's placeholders in double braces. */
  readonly messages: Readonly<Record<string, string>>;
  readonly hasSuggestions?: true;
  /** JSON schema of the options' properties, each with a `description`. */
  readonly properties: Readonly<Record<string, object>>;
  readonly defaults: Options;
  readonly presets: LintRule['presets'];
  readonly check: (input: CheckInput<Options>) => void;
}

/** Where no index can be used, one of the rules says so, once. */
const NO_INDEX = 'noIndex';

/** Makes a rule of a definition: the check runs once a file, on the text as the editor has it. */
export function lintRule<Options extends object>(definition: RuleDefinition<Options>): LintRule {
  const { name, type, description, messages, hasSuggestions, properties, defaults, presets, check } = definition;
  return {
    presets,
    module: {
      meta: {
        type,
        docs: { description },
        messages: { ...messages, [NO_INDEX]: '{{problem}}' },
        ...(hasSuggestions === true ? { hasSuggestions } : {}),
        schema: [
          { type: 'object', properties: { ...properties }, additionalProperties: false },
        ] as Rule.RuleMetaData['schema'] & object,
        defaultOptions: [defaults],
      },
      create: (context) => ({
        Program: (program) => {
          const judged: Judged = judgementOf(context, name);
          if ('problem' in judged) {
            const problem = problemText(judged);
            return context.report({ loc: startOf(program.loc), messageId: NO_INDEX, data: { problem } });
          }
          if (!('judgement' in judged)) return;
          const options = { ...defaults, ...(context.options[0] as Partial<Options> | undefined) };
          const report = (finding: Rule.ReportDescriptor): void => context.report(harmless(finding));
          check({ judgement: judged.judgement, sourceCode: context.sourceCode, options, report });
        },
      }),
    },
  };
}

/** Names and paths are other people's bytes, and a log obeys some of them: here they become words, whatever the rule. */
function harmless(finding: Rule.ReportDescriptor): Rule.ReportDescriptor {
  const suggest = finding.suggest?.map((one) => ({ ...one, ...wordsOf(one) }));
  return { ...finding, ...wordsOf(finding), ...(suggest === undefined ? {} : { suggest }) };
}

function wordsOf({ data }: Pick<Rule.ReportDescriptor, 'data'>): Pick<Rule.ReportDescriptor, 'data'> {
  if (data === undefined) return {};
  const words = Object.entries(data).map(([name, value]) => [name, typeof value === 'string' ? visible(value) : value]);
  return { data: Object.fromEntries(words) as NonNullable<typeof data> };
}

/** The first character of the program: its whole text would be underlined otherwise. */
function startOf(loc: { readonly start: { readonly line: number; readonly column: number } } | null | undefined) {
  const { line, column } = loc?.start ?? { line: 1, column: 0 };
  return { start: { line, column }, end: { line, column: column + 1 } };
}

/** A preset's rules, under the plugin's prefix. */
export function presetRules(
  rules: Readonly<Record<string, LintRule>>,
  preset: keyof LintRule['presets'],
): Linter.RulesRecord {
  return Object.fromEntries(
    Object.entries(rules).map(([name, { presets }]) => [
      `blast-radius/${name}`,
      [...presets[preset]] as Linter.RuleEntry,
    ]),
  );
}
