/**
 * Structural typing, as far as member names tell: whether instances of a class can stand where a type is asked for.
 * In: shapes. Out: yes or no; a yes may be too much (types of members are not compared), a no is sure where the code type-checks.
 */
import { SymbolFlag } from '../../model/facts.js';
import type { Shape } from './member-uses.js';

/** The class, its bases included, has every member that the type demands; private members admit only the class itself. */
export function satisfies(shapes: ReadonlyMap<number, Shape>, candidate: number, type: Shape): boolean {
  const has = lineageOf(shapes, candidate);
  for (const shape of lineageOf(shapes, type.node)) {
    for (const [name, { kind, flags }] of shape.members) {
      if (kind === 'constructor' || (flags & SymbolFlag.static) !== 0) continue;
      if ((flags & SymbolFlag.hidden) !== 0) return false;
      if ((flags & SymbolFlag.optional) === 0 && !has.some(({ members }) => members.has(name))) return false;
    }
  }
  return true;
}

/** A shape and all shapes above it, itself first. */
export function lineageOf(shapes: ReadonlyMap<number, Shape>, node: number): Shape[] {
  const seen = new Set([node]);
  for (const each of seen) for (const base of shapes.get(each)?.bases ?? []) seen.add(base);
  return [...seen].flatMap((each) => shapes.get(each) ?? []);
}
