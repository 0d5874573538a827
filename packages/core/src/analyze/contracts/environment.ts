/**
 * Environment keys that code reads: `process.env.X`, `import.meta.env.X`, `Bun.env.X`, `Deno.env.get('X')`, and by configuration objects.
 * In: the references and call records of files. Out: endpoints whose key is the variable's name.
 */
import type { Endpoint } from '../../model/endpoint.js';
import type { FileFacts } from '../../model/facts.js';
import type { LinkedFile } from '../link/module-table.js';
import { isTest } from './survey.js';

/** Every read of an environment key in a file, once a symbol. */
export function environmentReads(file: LinkedFile): Endpoint[] {
  return file.facts === undefined ? [] : readsOf(file, file.facts);
}

function readsOf(file: LinkedFile, facts: FileFacts): Endpoint[] {
  const roots = new Map<number, number>();
  for (const [index, binding] of facts.bindings.entries()) {
    if (binding.kind !== 'global') continue;
    if (binding.name === 'process' || binding.name === 'import.meta' || binding.name === 'Bun') roots.set(index, 1);
    if (binding.name === 'Deno') roots.set(index, 1);
  }
  if (roots.size === 0) return [];
  const elsewhere = new Set<string>();
  return facts.symbols.flatMap((_, index) => {
    // The initialiser last: what other symbols read while it runs is theirs.
    const at = (index + 1) % facts.symbols.length;
    const symbol = facts.symbols[at]!;
    const keys = new Map<string, number>();
    for (const { binding, path, line } of symbol.references) {
      const key = path[1];
      if (!roots.has(binding) || path[0] !== 'env' || key === undefined || !/^[A-Z][A-Z0-9_]+$/.test(key)) continue;
      if (at === 0 && elsewhere.has(key)) continue;
      elsewhere.add(key);
      if (!keys.has(key)) keys.set(key, line);
    }
    return [...keys].map(([key, line]): Endpoint => ({
      role: 'env.read',
      key,
      node: file.nodes[at] ?? -1,
      file: file.path,
      line,
      row: 'env.read',
      confidence: 'bound',
      values: { name: key },
      test: isTest(file),
    }));
  });
}
