/**
 * ResolveExport and GetExportedNames over one revision: re-export chains, `export *` with cycles and ambiguity, CommonJS.
 * In: a module and a name. Out: every symbol that the name can mean. A visited set of (module, name) pairs, never of paths alone.
 * Source: ECMA-262 16.2.1.7 (ResolveExport); ambiguous names, which the standard leaves out, keep all their targets here (the recall rule).
 */
import { confidenceRank } from '../../model/confidence.js';
import type { ExportEntry } from '../../model/facts.js';
import {
  exportsOf,
  requestTargets,
  starsOf,
  symbolNamed,
  type ExportTarget,
  type LinkedFile,
  type ModuleTable,
} from './module-table.js';
import { addTrace, traced } from './trace.js';

interface Step {
  readonly file: LinkedFile;
  readonly name: string;
  readonly path: readonly string[];
  readonly rank: number;
}

const NOTHING: readonly ExportTarget[] = [];

/**
 * All that `name` of `file` can mean; empty where the module has no such name.
 * Memoised. Iterative: time linear in the modules on the way.
 */
export function resolveExport(table: ModuleTable, file: LinkedFile, name: string): readonly ExportTarget[] {
  const known = file.resolved?.get(name);
  if (known) {
    if (table.trace) addTrace(table.trace, known.trace);
    return known.result;
  }
  const found = traced(table, () => search(table, { file, name, path: [], rank: 0 }));
  (file.resolved ??= new Map()).set(name, found.result.length === 0 ? { ...found, result: NOTHING } : found);
  return found.result;
}

function search(table: ModuleTable, start: Step): ExportTarget[] {
  const targets: ExportTarget[] = [];
  const visited = new Map<LinkedFile, Set<string>>();
  const stack: Step[] = [start];
  const outside: ExportTarget[] = [];
  for (let step = stack.pop(); step; step = stack.pop()) {
    const names = visited.get(step.file) ?? new Set<string>();
    visited.set(step.file, names);
    const key = step.path.length === 0 ? step.name : `${step.name}\0${step.path.join('\0')}`;
    if (names.has(key)) continue;
    names.add(key);
    visit(table, step, stack, targets, outside);
  }
  return targets.length > 0 ? distinct(targets) : outside;
}

function visit(table: ModuleTable, step: Step, stack: Step[], targets: ExportTarget[], outside: ExportTarget[]): void {
  const { file, name } = step;
  const byName = exportsOf(file);
  const added = file.augmented?.get(name);
  for (const one of added ?? []) {
    targets.push({ ...one, path: step.path });
    table.trace?.files.add(one.file);
  }
  const entries = byName.get(name);
  if (entries) {
    for (const entry of entries) follow(table, step, entry, stack, targets);
    return;
  }
  if (followWhole(table, step, byName, stack, targets)) return;
  if (name === 'default' || name === 'export=') return;
  for (const request of starsOf(file)) {
    for (const target of requestTargets(table, file, request)) {
      if (target.kind === 'file')
        stack.push({ file: target.file, name, path: step.path, rank: Math.max(step.rank, target.rank) });
      else
        outside.push({
          kind: 'external',
          package: target.package,
          subpath: target.subpath,
          name,
          rank: Math.max(step.rank, confidenceRank('named')),
        });
    }
  }
}

function follow(table: ModuleTable, step: Step, entry: ExportEntry, stack: Step[], targets: ExportTarget[]): void {
  if (entry.kind === 'local') {
    targets.push({ kind: 'symbol', file: step.file, symbol: entry.symbol, path: step.path, rank: step.rank });
    return;
  }
  if (entry.kind === 'star') return;
  for (const target of requestTargets(table, step.file, entry.request)) {
    if (target.kind === 'external') targets.push({ ...target, name: entry.importName, rank: step.rank });
    else if (entry.importName === '*')
      targets.push({ kind: 'namespace', file: target.file, path: step.path, rank: Math.max(step.rank, target.rank) });
    else
      stack.push({
        file: target.file,
        name: entry.importName,
        path: step.path,
        rank: Math.max(step.rank, target.rank),
      });
  }
}

/**
 * Names that a module has by way of the whole of it: `default` of a module with `export =`, a property of
 * `module.exports`, an entry of a JSON file, `export=` of an ES module (its namespace).
 */
function followWhole(
  table: ModuleTable,
  step: Step,
  byName: ReadonlyMap<string, ExportEntry[]>,
  stack: Step[],
  targets: ExportTarget[],
): boolean {
  const { file, name } = step;
  if (!file.facts) {
    targets.push({ kind: 'namespace', file, path: [], rank: step.rank });
    return true;
  }
  const whole = byName.get('export=');
  if (whole && name !== 'export=') {
    const member = name === 'default' ? step.path : [name, ...step.path];
    for (const entry of whole) follow(table, { ...step, path: member }, entry, stack, targets);
    return true;
  }
  if (name === 'export=' || (name === 'default' && file.facts.traits.cjs)) {
    targets.push({ kind: 'namespace', file, path: step.path, rank: step.rank });
    return true;
  }
  const entry = file.facts.language === 'json' ? symbolNamed(file, name) : undefined;
  if (entry === undefined) return false;
  targets.push({ kind: 'symbol', file, symbol: entry, path: step.path, rank: step.rank });
  return true;
}

function distinct(targets: ExportTarget[]): ExportTarget[] {
  if (targets.length < 2) return targets;
  const seen = new Set<string>();
  return targets.filter((target) => {
    const key =
      target.kind === 'external'
        ? `${target.package}${target.subpath}#${target.name}`
        : `${target.kind}\0${target.file.path}\0${target.kind === 'symbol' ? target.symbol : ''}\0${target.path.join('\0')}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Every name that the module exports, through its stars; a cycle of stars is walked once. Unordered. */
export function exportedNames(table: ModuleTable, file: LinkedFile): Set<string> {
  const names = new Set<string>();
  const seen = new Set<LinkedFile>([file]);
  const stack: LinkedFile[] = [file];
  for (let current = stack.pop(); current; current = stack.pop()) {
    for (const name of exportsOf(current).keys()) if (current === file || name !== 'default') names.add(name);
    for (const [name, targets] of current.augmented ?? []) {
      names.add(name);
      for (const { file: from } of targets) table.trace?.files.add(from);
    }
    for (const request of starsOf(current)) {
      for (const target of requestTargets(table, current, request)) {
        if (target.kind !== 'file' || seen.has(target.file)) continue;
        seen.add(target.file);
        stack.push(target.file);
      }
    }
  }
  return names;
}
