/**
 * Linking: from two revisions' facts to one symbol graph over base ∪ head.
 * In: a snapshot. Out: the graph, and per symbol what its references lead to in each revision (for retargeted changes).
 * The head is linked whole; of the base only what can link otherwise: changed files, and files whose links were made from those.
 */
import { EdgeBit, type SymbolGraph } from '../../model/graph.js';
import type { KeptSurvey, LinkColumns } from '../../model/kept.js';
import { compareText, type RepoPath } from '../../model/path.js';
import type { ResourceEnd } from '../../model/resource-end.js';
import { filesWithFacts, hasFacts, sameFacts, type Revision, type Snapshot } from '../../model/snapshot.js';
import type { Endpoints } from '../../model/endpoint.js';
import { CATALOGUE } from '../../catalogue/frameworks/index.js';
import { linkContracts } from '../contracts/contract-edges.js';
import { ordered, surveyEndpoints } from '../contracts/endpoints.js';
import { joinEndpoints } from '../contracts/join.js';
import { indexRows } from '../contracts/match.js';
import { DecodedCalls } from '../contracts/decoded-calls.js';
import { placesIn } from '../contracts/places.js';
import { resourceEndpoints } from '../contracts/resource-endpoints.js';
import { travelling } from '../contracts/travelling.js';
import { reverseAdjacency } from '../reach/adjacency.js';
import { indexAmbient } from './ambient.js';
import type { ResolutionScope } from './binding-targets.js';
import { gateMembers } from './member-gates.js';
import { createMemberUses } from './member-uses.js';
import { createEdgeList, type EdgeList } from './edges.js';
import { addTargets, linkFileAlone, type FileLinks, type SharedOutput } from './file-links.js';
import { joinExternals } from './external-edges.js';
import { keepLinks } from './keep-links.js';
import { planKept, surveyBeside, type KeptPlan } from './kept-plan.js';
import { matchSymbols, type FactsPair, type SymbolMatch } from './identity.js';
import { linkDeclared, linkImplicit } from './implicit-edges.js';
import { createModuleTable, type LinkedFile } from './module-table.js';
import { createNodeTable, externalNode, type NodeTable } from './nodes.js';
import { differentlyLinked } from './relink.js';
import { linkStructure } from './structural-dispatch.js';

/** The graph and what change detection needs of linking. */
export interface Linked {
  readonly graph: SymbolGraph;
  /** Pairs of base and head symbols of changed files. */
  readonly matches: readonly SymbolMatch[];
  /** Node of each symbol, per revision and path. */
  readonly headNodes: ReadonlyMap<RepoPath, Int32Array>;
  readonly baseNodes: ReadonlyMap<RepoPath, Int32Array>;
  /** Per node, what its references lead to (−1 between references, −2 a missing name); only where the revisions may differ. */
  readonly headTargets: ReadonlyMap<number, readonly number[]>;
  readonly baseTargets: ReadonlyMap<number, readonly number[]>;
  /** External packages to the nodes of their exports. */
  readonly externals: ReadonlyMap<string, number>;
  /** The ends of contracts, per revision; `base` is empty where nothing is compared. */
  readonly endpoints: { readonly base: Endpoints; readonly head: Endpoints };
  /** The head's links as columns, for later runs. Of use until the graph's arrays are changed. */
  keep(): LinkColumns;
}

/** Links a snapshot. Pure and deterministic; time about linear in references. */
export function link(snapshot: Snapshot): Linked {
  const { head, base } = snapshot;
  const matches = matchSymbols(changedPairs(snapshot));
  const nodes = createNodeTable(head, base, matches, snapshot.kept);
  for (const delta of snapshot.lockfiles) {
    for (const one of delta.packages)
      for (const through of one.through) externalNode(nodes, through.dependency, '', '*');
  }
  const shared = { edges: createEdgeList(), members: createMemberUses() };
  const { edges, members } = shared;
  const baseScope = base && createScope(base, nodes.baseNodes, nodes, undefined);
  const headScope = createScope(head, nodes.headNodes, nodes, baseScope);
  const headPlan = planKept(snapshot.kept, head, nodes.headNodes, nodes);
  const headLinks = linkRevision(headScope, head, shared, () => true, headPlan);
  const different = baseScope ? differentlyLinked(headScope.table, baseScope.table, headLinks) : new Set<RepoPath>();
  const basePlan = base && planKept(snapshot.kept, base, nodes.baseNodes, nodes);
  const wanted = ({ path }: LinkedFile): boolean => different.has(path);
  const baseLinks = base && baseScope ? linkRevision(baseScope, base, shared, wanted, basePlan) : [];
  const words = edges.words.slice(0, edges.count); // What follows changes words; files are kept as they were linked.
  const survey = surveyBoth(snapshot, { head: headScope, base: baseScope }, { head: headPlan, base: basePlan });
  const keep = (): LinkColumns =>
    keepLinks({ files: head.files, links: headLinks, nodes, edges: { ...edges, words }, survey: survey.columns });
  const { endpoints } = survey;
  const packageOf = (file: RepoPath): string => nodes.files[nodes.fileIndex.get(file) ?? -1]?.packageRoot ?? '';
  linkContracts(
    nodes,
    edges,
    joinEndpoints(travelling(endpoints.base, endpoints.head, snapshot), placesIn(head.workspace, packageOf)),
  );
  joinExternals(nodes, edges);
  linkStructure(edges, members);
  gateMembers(nodes, edges, members);
  markTests(nodes, edges);
  return {
    graph: freeze(nodes, edges, headLinks),
    matches,
    headNodes: nodes.headNodes,
    baseNodes: nodes.baseNodes,
    headTargets: targetsOf(headLinks, different),
    baseTargets: targetsOf(baseLinks, different),
    externals: nodes.externals,
    endpoints,
    keep,
  };
}

interface Surveyed {
  readonly endpoints: Linked['endpoints'];
  /** See `SurveyedRevision`; the head's. */
  readonly columns: (node: (node: number) => number) => KeptSurvey;
}

/** The ends of contracts in both revisions: what an earlier run, or the other revision, has said already is not looked for again. */
function surveyBoth(
  { head, base, resources, catalogue }: Snapshot,
  scopes: { readonly head: ResolutionScope; readonly base: ResolutionScope | undefined },
  plans: { readonly head: KeptPlan | undefined; readonly base: KeptPlan | undefined },
): Surveyed {
  const { headNodes, baseNodes } = scopes.head.nodes;
  const common = { rows: indexRows([...CATALOGUE, ...catalogue]), ownRows: catalogue, decoded: new DecodedCalls() };
  const after = surveyEndpoints(scopes.head, head, { ...common, earlier: plans.head?.survey });
  const whole = (found: Endpoints, ends: readonly ResourceEnd[], nodes: typeof headNodes): Endpoints =>
    ordered([...found, ...resourceEndpoints(ends, nodes)]);
  const ends = whole(after.ends, resources.head, headNodes);
  if (base === undefined || scopes.base === undefined)
    return { endpoints: { base: [], head: ends }, columns: after.columns };
  const earlier = plans.base?.survey ?? surveyBeside(head, base, () => after.columns((node) => node));
  const before = surveyEndpoints(scopes.base, base, { ...common, earlier });
  const baseEnds = whole(before.ends, resources.base, baseNodes.size > 0 ? baseNodes : headNodes);
  return { endpoints: { base: baseEnds, head: ends }, columns: after.columns };
}

function createScope(
  revision: Revision,
  ids: ReadonlyMap<RepoPath, Int32Array>,
  nodes: NodeTable,
  fallback: ResolutionScope | undefined,
): ResolutionScope {
  const table = createModuleTable(revision, ids);
  return { table, ambient: indexAmbient(table, revision.implicit), nodes, fallback };
}

/** Links the files of a revision that are wanted, and what its configuration says. */
function linkRevision(
  scope: ResolutionScope,
  revision: Revision,
  shared: SharedOutput,
  wanted: (file: LinkedFile) => boolean,
  plan: KeptPlan | undefined,
): FileLinks[] {
  const links: FileLinks[] = [];
  for (const file of scope.table.files)
    if (hasFacts(file.source) && wanted(file))
      links.push(plan?.take(file, shared) ?? linkFileAlone(scope, file, shared));
  linkImplicit(scope, revision.implicit, shared.edges);
  linkDeclared(scope.table, revision, shared.edges);
  return links;
}

function targetsOf(links: readonly FileLinks[], different: ReadonlySet<RepoPath>): Map<number, number[]> {
  const targets = new Map<number, number[]>();
  for (const { file, targets: own } of links) if (different.has(file.path)) addTargets(targets, own);
  return targets;
}

/** Files with facts that differ between the revisions, paired by path, or by git where it saw a rename. */
function changedPairs({ head, base, diffs }: Snapshot): FactsPair[] {
  if (!base) return [];
  const before = filesWithFacts(base.files);
  const after = filesWithFacts(head.files);
  const pairs: FactsPair[] = [];
  const done = new Set<RepoPath>();
  for (const { basePath, path } of diffs) {
    if (basePath === undefined || before.has(path) || after.has(basePath)) continue;
    pairs.push({ basePath, path, base: before.get(basePath)?.facts, head: after.get(path)?.facts });
    done.add(basePath).add(path);
  }
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    if (!done.has(path) && !sameFacts(before.get(path), after.get(path)))
      pairs.push({ basePath: path, path, base: before.get(path)?.facts, head: after.get(path)?.facts });
  }
  return pairs;
}

/** Edges whose dependent stands in a test file say so. */
function markTests(nodes: NodeTable, edges: EdgeList): void {
  for (let i = 0; i < edges.count; i++) {
    const file = nodes.files[nodes.fileOf[edges.from[i] as number] as number];
    if (file?.role === 'test') edges.words[i] = (edges.words[i] as number) | EdgeBit.intoTest;
  }
}

/** Columns to typed arrays, edges to rows; what is uncertain once each, in order. */
function freeze(nodes: NodeTable, edges: EdgeList, links: readonly FileLinks[]): SymbolGraph {
  const count = nodes.names.length;
  const seen = new Set<string>();
  const uncertain = links
    .flatMap((one) => one.uncertain)
    .filter((one) => {
      const key = `${one.node} ${one.line} ${one.what}`;
      return !seen.has(key) && seen.add(key);
    })
    .sort((left, right) => left.node - right.node || left.line - right.line || compareText(left.what, right.what));
  return {
    count,
    names: nodes.names,
    kinds: nodes.kinds.slice(0, count),
    fileOf: nodes.fileOf.slice(0, count),
    parents: nodes.parents.slice(0, count),
    flags: nodes.flags.slice(0, count),
    presence: nodes.presence.slice(0, count),
    lines: nodes.lines.slice(0, count),
    endLines: nodes.endLines.slice(0, count),
    files: nodes.files,
    reverse: reverseAdjacency(count, edges.from, edges.to, edges.words, edges.count, true),
    uncertain,
  };
}
