/**
 * The component that a single-file component's scripts and template make: its `default` export, which uses every binding.
 * In: the walk after the scripts were read. Out: symbol, export, requests of `src`, references.
 */
import type { Language } from '../../model/facts.js';
import { ReferenceFlag, SymbolFlag } from '../../model/facts.js';
import type { Container } from './container.js';
import { declareSymbol } from './container.js';
import { Space } from './scope.js';
import type { Target } from './scope.js';
import type { ScriptBlocks } from './sfc.js';
import type { Node } from './syntax.js';
import type { Walk } from './walk.js';

/** Adds the component and makes it and the module use whatever the scripts bind. */
export function addComponent(walk: Walk, file: Container, blocks: ScriptBlocks, language: Language): void {
  const place = { type: 'Template', range: [0, blocks.text.length] } as unknown as Node;
  const component = defaultSymbol(walk, file, place, language);
  for (const { specifier, offset } of blocks.sources) addSource(walk, specifier, offset, component);
  for (const symbol of [component, 0]) {
    walk.into(symbol, () => {
      walk.eager = symbol === 0;
      walk.surface = symbol !== 0;
      for (const variable of file.scope.variables()) {
        const own = variable.target?.kind === 'symbol' && variable.target.symbol === symbol;
        if (variable.target === undefined || own) continue;
        walk.erased = isTypeOnly(walk, variable.target);
        walk.refer(variable, [], walk.erased ? 'type' : 'read', ReferenceFlag.escapes, place);
      }
      walk.erased = false;
      walk.surface = false;
      if (symbol !== 0) {
        walk.write(blocks.template);
        for (const name of templateNames(blocks.template)) {
          if (walk.scope.lookup(name, Space.value) === undefined) walk.referGlobal(name, [], 'render', 0, place);
        }
      }
      walk.eager = false;
    });
  }
}

/**
 * Names that a template may use without a binding in its scripts (auto-imports): components by their tags, `<base-button>` as
 * `BaseButton` too, and functions that it calls.
 */
function templateNames(template: string): string[] {
  const names = new Set<string>();
  for (const [, tag = ''] of template.matchAll(/<([A-Za-z][\w-]*)/g)) {
    if (/[A-Z-]/.test(tag)) names.add(tag.replace(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase()));
  }
  for (const [, called = ''] of template.matchAll(/(?<![\w.$])([A-Za-z_$][\w$]*)\(/g)) names.add(called);
  return [...names];
}

function isTypeOnly(walk: Walk, target: Target): boolean {
  if (target.kind === 'import') return walk.draft.imports[target.import]?.typeOnly ?? false;
  return target.kind === 'symbol' && (walk.draft.symbol(target.symbol).flags & SymbolFlag.value) === 0;
}

/** The existing default export, or one made up for the template. */
function defaultSymbol(walk: Walk, file: Container, place: Node, language: Language): number {
  const known = walk.draft.exports.find((entry) => entry.kind === 'local' && entry.name === 'default');
  if (known?.kind === 'local') return known.symbol;
  const name = walk.draft.find('default') === undefined ? 'default' : walk.draft.freeName('default');
  const flags = SymbolFlag.value | SymbolFlag.type | SymbolFlag.exported | SymbolFlag.inferred;
  const { symbol } = declareSymbol(walk, file, { name, kind: 'export', flags, node: place });
  walk.draft.exports.push({ kind: 'local', name: 'default', symbol, typeOnly: false, line: 1 });
  walk.draft.esm = true;
  exportProps(walk, language);
  return symbol;
}

/** In Svelte `export let x` is a property of the component; what else is exported stays an export. */
function exportProps(walk: Walk, language: Language): void {
  if (language !== 'svelte') return;
  const kept = walk.draft.exports.filter(
    (entry) =>
      entry.kind !== 'local' ||
      entry.name === 'default' ||
      (walk.draft.symbol(entry.symbol).flags & SymbolFlag.mutable) === 0,
  );
  walk.draft.exports.splice(0, walk.draft.exports.length, ...kept);
}

function addSource(walk: Walk, specifier: string, offset: number, component: number): void {
  const place = { type: 'Template', start: offset } as Node;
  const request = walk.draft.request({
    specifier,
    kind: 'import',
    typeOnly: false,
    eager: true,
    pattern: false,
    line: walk.line(place),
    start: offset,
  });
  const variable = walk.draft.requests[request]?.variable;
  if (variable === undefined) return;
  walk.into(component, () => walk.refer(variable, [], 'read', ReferenceFlag.escapes, place));
}
