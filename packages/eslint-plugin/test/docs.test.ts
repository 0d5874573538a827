/** Rules, pages and presets say the same. */
import { describe, expect, test } from 'vitest';
import plugin from '../src/index.js';
import { RULES } from '../src/rules/index.js';
import { pageText, rulePages } from './documented-cases.js';

const pages = rulePages();

test('every rule has a page, and every page a rule', () => {
  expect(pages.map(({ rule }) => rule).sort()).toEqual(Object.keys(RULES).sort());
});

interface OptionsSchema {
  readonly properties: Readonly<Record<string, { readonly description: string }>>;
}

describe.each(pages.map((page) => [page.rule, page] as const))('%s', (name, { text, cases }) => {
  const { meta } = RULES[name]!.module;

  test('begins with its name and what the rule says of itself', () => {
    expect(text.startsWith(`# ${name}\n\n${meta?.docs?.description}.\n`)).toBe(true);
  });

  test('lists the options with their defaults', () => {
    const schema = (meta?.schema as readonly OptionsSchema[] | undefined)?.[0];
    const defaults = (meta?.defaultOptions?.[0] ?? {}) as Record<string, unknown>;
    const lines = Object.entries(schema?.properties ?? {}).map(
      ([option, { description }]) =>
        `- \`${option}\` (default \`${JSON.stringify(defaults[option])}\`): ${description}.`,
    );
    const listed = /^## Options\n\n((?:- .*\n)+)/m.exec(text)?.[1]?.trimEnd().split('\n') ?? [];
    expect(listed).toEqual(lines);
  });

  test('has cases of fire and of silence, and fire says something', () => {
    expect(cases.filter(({ fires }) => fires).every(({ says }) => says.length > 0)).toBe(true);
    expect(new Set(cases.map(({ fires }) => fires))).toEqual(new Set([true, false]));
  });
});

test('the overview lists the rules and their presets', () => {
  const rows = Object.entries(RULES).map(([name, { module, presets }]) => {
    const preset = ([severity, ...options]: readonly unknown[]): string =>
      [severity, ...options.map((option) => `\`${JSON.stringify(option)}\``)].join(' ');
    return `| [${name}](${name}.md) | ${module.meta?.docs?.description} | ${preset(presets.recommended)} | ${preset(presets.strict)} |`;
  });
  const table = ['| rule | what it does | recommended | strict |', '| --- | --- | --- | --- |', ...rows];
  expect(pageText('README.md').replaceAll(/ +\|/g, ' |').replaceAll(/\| -+/g, '| ---')).toContain(table.join('\n'));
});

test('the presets are made of what the rules say', () => {
  for (const name of ['recommended', 'strict'] as const) {
    const { rules, plugins } = plugin.configs[name];
    expect(plugins?.['blast-radius']).toBe(plugin);
    expect(rules).toEqual(
      Object.fromEntries(Object.entries(RULES).map(([rule, { presets }]) => [`blast-radius/${rule}`, presets[name]])),
    );
  }
});

test('strict is never milder', () => {
  for (const { presets } of Object.values(RULES))
    expect(presets.strict[0] === 'error' || presets.recommended[0] === 'warn').toBe(true);
});
