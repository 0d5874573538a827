/**
 * Whether what an initialiser passes on is only kept: every call that it passes into is of a function that runs nothing
 * it is given, in the repository or in a package that documents it.
 * In: a reference with `deferred`. Out: yes only where that is proven. Not here: which references are deferred (gather/facts).
 */
import { ReferenceFlag, SymbolFlag, type Reference, type ValuePlace } from '../../model/facts.js';
import type { ResolvedNode } from './binding-resolution.js';
import { bindingTargets, type ResolutionScope } from './binding-targets.js';
import { memberTargets } from './member-resolution.js';
import type { ExportTarget, LinkedFile } from './module-table.js';
import { kindOf } from './nodes.js';

/**
 * Functions of packages that wrap or return what they are given and call it only when the result is used: a component is
 * rendered, a lazy module is needed. Configuration (`defineConfig`) is not among them: its tool runs it through the module.
 */
const KEEPING: ReadonlySet<string> = new Set([
  'react#memo',
  'react#forwardRef',
  'react#lazy',
  'preact/compat#memo',
  'preact/compat#forwardRef',
  'preact/compat#lazy',
  'solid-js#lazy',
  'vue#defineComponent',
  'vue#defineAsyncComponent',
]);

/** True where nothing of the reference runs while the module is evaluated. */
export function isKept(
  scope: ResolutionScope,
  file: LinkedFile,
  reference: Reference,
  targets: readonly ResolvedNode[],
): boolean {
  if ((reference.flags & ReferenceFlag.passed) !== 0 && !targets.every(({ node }) => isFunction(scope, node)))
    return false;
  return (reference.deferred ?? []).every((callee) => keeps(scope, file, callee));
}

function isFunction({ nodes }: ResolutionScope, node: number): boolean {
  const value = (nodes.flags[node] as number) & (SymbolFlag.lazy | SymbolFlag.mutable);
  return kindOf(nodes, node) === 'function' || value === SymbolFlag.lazy;
}

function keeps(scope: ResolutionScope, file: LinkedFile, { binding, path }: ValuePlace): boolean {
  const { targets } = bindingTargets(scope, file, binding, path);
  return targets.length > 0 && targets.every((target) => targetKeeps(scope, target, path));
}

function targetKeeps(scope: ResolutionScope, target: ExportTarget, path: readonly string[]): boolean {
  if (target.kind === 'external') {
    const whole = target.name === 'default' || target.name === '*';
    const name = whole && path.length === 1 ? path[0] : target.name;
    return path.length <= 1 && KEEPING.has(`${target.package}${target.subpath}#${name}`);
  }
  if (target.kind === 'namespace') return false;
  return memberTargets(scope, target).every(({ file, symbol, whole, instance, typed }) => {
    const flags = file.facts?.symbols[symbol]?.flags ?? 0;
    return whole && !instance && !typed && (flags & (SymbolFlag.passive | SymbolFlag.mutable)) === SymbolFlag.passive;
  });
}
