/**
 * Which type checker answers, and whether one is asked at all.
 * In: `--types`, how much would have to be checked. Out: an engine, or the reason why there is none. Equal inputs choose equally:
 * counts decide, never the clock. Not here: what is asked (check.ts), how the native compiler is found (native/api.ts).
 */
import type { TypeEngine, TypeEngineName, TypesMode } from '../../model/types.js';
import { loadNativeEngine, NATIVE_PACKAGE } from './native/engine.js';
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

/**
 * Picks and loads the engine. `auto` takes the native one where it is installed, and asks it about more files; `native` without it is
 * no reason to take the other one silently. `failed`: the native compiler crashed on this work.
 */
export async function chooseEngine(mode: TypesMode, work: TypeWork, failed = false): Promise<ChosenEngine> {
  if (mode === 'off') return { reason: 'Types are switched off.' };
  const fits = (name: TypeEngineName): boolean =>
    mode !== 'auto' || (work.asked <= AUTO_LIMITS[name].asked && work.held <= AUTO_LIMITS[name].held);
  if (mode !== 'ts-morph' && !failed && fits('native')) {
    const load = await loadNativeEngine();
    if (load.kind === 'loaded') return { engine: load.engine };
    if (mode === 'native') return { reason: `${load.reason} ${HOW_TO_INSTALL}` };
  }
  if (fits('ts-morph')) return { engine: await loadTsMorphEngine() };
  return { reason: `${work.asked} files would have to be checked; \`--types ts-morph\` checks them all the same.` };
}

const HOW_TO_INSTALL = `It is installed beside Blast Radius, never taken from the analysed repository: \`pnpm add -D ${NATIVE_PACKAGE}@npm:typescript@7.0.2\` (or \`npm install -D\`).`;
