/**
 * A corpus of pairs asked of the product in one go: one file a pair, each an entry of one package, one program for all.
 * In: pairs, an engine. Out: by pair, the gravest effect, the rules that fired, the flags.
 */
import type { Change, Compatibility, TypesMode } from '../../src/model/index.js';
import { analyzed } from './analyzed.js';
import type { Pair } from './corpus.js';

export interface Judged {
  readonly effect: Compatibility;
  readonly rules: readonly string[];
  readonly flags: readonly string[];
}

const ORDER: readonly Compatibility[] = ['neutral', 'additive', 'unknown', 'breaking'];
const MANIFEST = JSON.stringify({ name: 'corpus', type: 'module', exports: { './*': './src/*.ts' } });
const TSCONFIG = JSON.stringify({ compilerOptions: { strict: true, target: 'es2022' } });

/** `off`: by what is written alone. */
export async function judged(pairs: readonly Pair[], mode: TypesMode): Promise<ReadonlyMap<string, Judged>> {
  const files = (side: 3 | 4): Record<string, string> => ({
    'package.json': MANIFEST,
    'tsconfig.json': TSCONFIG,
    ...Object.fromEntries(pairs.map((pair) => [`src/${pair[0]}.ts`, `${pair[side]}\n`])),
  });
  const { changes, linked, flags } = await analyzed(files(3), files(4), mode);
  const { parents, names } = linked.graph;
  // What a file declares anew is no difference of what it had.
  const own = changes.filter(
    ({ kind, node }) => (kind !== 'added' || parents[node]! >= 0) && names[node] !== '<module>',
  );
  return new Map(
    pairs.map(([name]) => {
      const ofFile = ({ file }: { readonly file: string }): boolean => file === `src/${name}.ts`;
      return [name, { ...judgement(own.filter(ofFile)), flags: flags.filter(ofFile).map(({ rule }) => rule) }];
    }),
  );
}

function judgement(changes: readonly Change[]): Pick<Judged, 'effect' | 'rules'> {
  const effect = changes.reduce<Compatibility>((worst, one) => graver(worst, one.compatibility), 'neutral');
  const rules = changes.flatMap((one) => one.findings?.map(({ rule }) => rule.slice('ts/'.length)) ?? []);
  return { effect, rules: [...new Set(rules)].sort() };
}

function graver(left: Compatibility, right: Compatibility): Compatibility {
  return ORDER[Math.max(ORDER.indexOf(left), ORDER.indexOf(right))]!;
}
