/**
 * What a classifier is: it takes plain values out of the analysis and turns them into flags.
 * Flags in SQL, schemas, contract and settings files read `snapshot.sensitive`, which gathering made of the changed texts;
 * flags in code (routes, access, queries) read facts and the linked graph. Not here: suppression, reach, the score.
 */
import { ruleOf } from '../../catalogue/rules/index.js';
import type {
  Change,
  Endpoints,
  PackageSurface,
  ReachSize,
  RiskFlag,
  RiskKind,
  SensitiveChanges,
  Snapshot,
  SymbolGraph,
} from '../../model/index.js';

/** All that a classifier may look at. */
export interface RiskSource {
  readonly snapshot: Snapshot;
  readonly sensitive: SensitiveChanges;
  readonly graph: SymbolGraph;
  readonly changes: readonly Change[];
  /** What code says to other systems, per revision: routes, queries, options. */
  readonly endpoints: { readonly base: Endpoints; readonly head: Endpoints };
  /** One for each change, same order. */
  readonly sizes: readonly ReachSize[];
  /** Published packages that the change concerns. */
  readonly surfaces: readonly PackageSurface[];
  /** Changes that break a dependent in the repository, by the checker's word. */
  readonly broken: ReadonlySet<number>;
}

/** One classifier. `inputs` picks plain values, `run` is pure over them and total: it never throws for what they hold. */
export interface Classifier<Inputs> {
  readonly kind: RiskKind;
  /** A few words: what it reads. */
  readonly name: string;
  readonly inputs: (source: RiskSource) => Inputs;
  readonly run: (inputs: Inputs) => readonly RiskFlag[];
}

/** A classifier without the type of its inputs, so that a list can hold different ones. */
export interface AnyClassifier {
  readonly kind: RiskKind;
  readonly name: string;
  readonly classify: (source: RiskSource) => readonly RiskFlag[];
}

/** Hides the inputs' type. */
export function classifier<Inputs>({ kind, name, inputs, run }: Classifier<Inputs>): AnyClassifier {
  return { kind, name, classify: (source) => run(inputs(source)) };
}

/** What a finding adds to its rule; severity and verdict only where they differ from the rule's. */
export type Finding = Pick<RiskFlag, 'file' | 'line' | 'message'> &
  Partial<Omit<RiskFlag, 'rule' | 'kind' | 'file' | 'line' | 'message'>>;

/** A flag of the rule `id`. */
export function flagOf(id: string, finding: Finding): RiskFlag {
  const { kind, severity, verdict } = ruleOf(id);
  return { rule: id, kind, severity, verdict, evidence: [], ...finding };
}

/** Evidence is shown in one line. */
const EVIDENCE_LENGTH = 200;

/** A text as evidence: blanks folded, cut with an ellipsis. */
export function evidenceText(text: string): string {
  const folded = text
    .slice(0, EVIDENCE_LENGTH * 4)
    .replace(/\s+/g, ' ')
    .trim();
  return folded.length <= EVIDENCE_LENGTH ? folded : `${folded.slice(0, EVIDENCE_LENGTH - 1)}…`;
}
