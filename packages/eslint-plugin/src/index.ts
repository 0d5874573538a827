/**
 * The ESLint plugin: rules that look a text up in the prepared index, and presets made of what each rule says of itself.
 * `blast-radius index` makes the index; `configs.recommended` and `configs.strict` are flat configs.
 */
import { readFileSync } from 'node:fs';
import type { ESLint, Linter, Rule } from 'eslint';
import { presetRules } from './lint-rule.js';
import { RULES } from './rules/index.js';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  name: string;
  version: string;
};

/** The plugin's shape. */
export type BlastRadiusPlugin = ESLint.Plugin & {
  readonly rules: Record<string, Rule.RuleModule>;
  readonly configs: Record<'recommended' | 'strict', Linter.Config>;
};

const plugin: BlastRadiusPlugin = {
  meta: { name: manifest.name, version: manifest.version, namespace: 'blast-radius' },
  rules: Object.fromEntries(Object.entries(RULES).map(([name, { module }]) => [name, module])),
  configs: { recommended: {}, strict: {} },
};

for (const name of ['recommended', 'strict'] as const) {
  const rules = presetRules(RULES, name);
  plugin.configs[name] = { name: `blast-radius/${name}`, plugins: { 'blast-radius': plugin }, rules };
}

export default plugin;
