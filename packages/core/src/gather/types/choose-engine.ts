/**
 * Which type checker answers, and whether one is asked at all.
 * In: `--types`, how much would have to be checked. Out: an engine, or the reason why there is none.
 */
import type { TypeEngine, TypeEngineName, TypesMode } from '../../model/types.js';
import { loadTsMorphEngine } from './ts-morph/engine.js';

/** Files asked about, and files that the programs hold. */
export interface TypeWork {
  readonly asked: number;
  readonly held: number;
}

/** Up to here `auto` asks, by engine: about a second of work for each hundred asked files of ts-morph. */
export const AUTO_LIMITS: Readonly<Record<TypeEngineName, TypeWork>> = {
  'ts-morph': { asked: 300, held: 1500 },
  native: { asked: 1500, held: 8000 },
};

/** An engine; or why types are not asked. */
export type ChosenEngine = { readonly engine: TypeEngine } | { readonly reason: string };

/** Picks and loads the engine; counts decide, never the clock, so that equal inputs give equal answers. */
export async function chooseEngine(mode: TypesMode, work: TypeWork): Promise<ChosenEngine> {
  if (mode === 'off') return { reason: 'Types are switched off.' };
  const fits = (name: TypeEngineName): boolean =>
    mode !== 'auto' || (work.asked <= AUTO_LIMITS[name].asked && work.held <= AUTO_LIMITS[name].held);
  if (!fits('ts-morph')) {
    return { reason: `${work.asked} files would have to be checked; \`--types ts-morph\` checks them all the same.` };
  }
  return { engine: await loadTsMorphEngine() };
}
