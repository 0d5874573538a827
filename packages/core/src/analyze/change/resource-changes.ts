/**
 * Changes of files that are no source code (rule 12): resources, manifests, tsconfigs, lockfiles.
 * In: the diffs, the texts of changed resources, lockfile deltas. Out: one record per changed resource or external package.
 * A contract, schema or infrastructure file is `unknown`, never nothing. Formatting and comments of JSON and YAML are no change.
 */
import { parse as parseJsonc } from 'jsonc-parser';
import { parseAllDocuments, type Document } from 'yaml';
import { SeedBit, type Change, type ChangeKind, type Compatibility } from '../../model/change.js';
import { NODE_KINDS } from '../../model/graph.js';
import type { ExternalPackageDelta } from '../../model/lockfile.js';
import type { RepoPath } from '../../model/path.js';
import type { FileDiff } from '../../model/revision.js';
import type { Snapshot } from '../../model/snapshot.js';
import type { Linked } from '../link/link.js';
import { knownEffect } from './known-resources.js';
import { manifestDifference } from './manifest-difference.js';
import { hasUnknownEffect, resourceKind } from './resource-kinds.js';

const ALL = SeedBit.runtime | SeedBit.compile;

/** Every changed resource and external package, ordered by node. */
export function resourceChanges(snapshot: Snapshot, linked: Linked): Change[] {
  const changes: Change[] = [];
  for (const diff of snapshot.diffs) {
    const path = diff.status === 'removed' ? (diff.basePath ?? diff.path) : diff.path;
    const node = resourceNode(linked, path);
    if (node === undefined) continue;
    const found = resourceChange(snapshot, linked, diff, path, node);
    if (found) changes.push(found);
  }
  changes.push(...dependencyChanges(snapshot, linked));
  return changes.sort((left, right) => left.node - right.node);
}

/** The node of a file without facts; files with facts are compared symbol by symbol. */
function resourceNode(linked: Linked, path: RepoPath): number | undefined {
  const node = (linked.headNodes.get(path) ?? linked.baseNodes.get(path))?.[0];
  return node !== undefined && linked.graph.kinds[node] === RESOURCE ? node : undefined;
}

const RESOURCE = NODE_KINDS.indexOf('resource');

function resourceChange(
  snapshot: Snapshot,
  linked: Linked,
  diff: FileDiff,
  path: RepoPath,
  node: number,
): Change | undefined {
  const kind = resourceKind(path);
  const record = (
    change: ChangeKind,
    compatibility: Compatibility,
    rule: string,
    seeds: number,
    detail?: string,
  ): Change => ({
    node,
    kind: change,
    compatibility,
    rule,
    file: path,
    line: 0,
    seeds,
    ...(detail === undefined ? {} : { detail }),
  });
  if (diff.status === 'mode') return record('resource', 'neutral', 'file mode differs', 0);
  if (sameMeaning(snapshot, path, diff)) return record('comment', 'neutral', 'only comments or formatting differ', 0);
  if (kind === 'documentation' && !hasDependents(linked, node))
    return record('comment', 'neutral', 'documentation that no code loads', 0);
  if (diff.status === 'removed')
    return record(
      'removed',
      hasUnknownEffect(path) ? 'unknown' : kind === 'documentation' ? 'neutral' : 'breaking',
      `${kind} file removed`,
      ALL | SeedBit.gone,
    );
  if (kind === 'lockfile') return record('dependency', 'neutral', 'see the packages whose versions differ', 0);
  if (kind === 'manifest') {
    const { detail, runtime } = manifestDifference(
      snapshot.texts.base[diff.basePath ?? path],
      snapshot.texts.head[path],
    );
    return record('manifest', 'neutral', 'manifest differs', runtime ? SeedBit.runtime : 0, detail);
  }
  if (kind === 'tsconfig' || kind === 'workspace') return record('configuration', 'unknown', `${kind} differs`, ALL);
  const effect = hasDependents(linked, node) ? knownEffect(snapshot, path, diff.basePath ?? path) : undefined;
  if (effect !== undefined) return record('resource', effect.compatibility, effect.rule, ALL);
  if (hasUnknownEffect(path)) return record('resource', 'unknown', `${kind} file ${diff.status}`, ALL);
  return record('resource', 'neutral', `${kind === 'other' ? 'resource' : kind} file ${diff.status}`, ALL);
}

function hasDependents({ graph }: Linked, node: number): boolean {
  return graph.reverse.offsets[node + 1] !== graph.reverse.offsets[node];
}

/** Both texts parse to the same value. */
function sameMeaning(snapshot: Snapshot, path: RepoPath, diff: FileDiff): boolean {
  const before = snapshot.texts.base[diff.basePath ?? path];
  const after = snapshot.texts.head[path];
  if (before === undefined || after === undefined) return false;
  if (before === after) return diff.status === 'modified';
  try {
    if (/\.jsonc?$/.test(path)) return JSON.stringify(parseJsonc(before)) === JSON.stringify(parseJsonc(after));
    if (/\.ya?ml$/.test(path)) return yamlMeaning(before) === yamlMeaning(after);
  } catch {
    return false; // Not parsable as one document: then the texts differ, and that is all that is known.
  }
  return false;
}

/** What every document of a text means. @throws Error where one is broken, or its aliases stand for too much. */
function yamlMeaning(text: string): string {
  const documents = parseAllDocuments(text, { prettyErrors: false, logLevel: 'silent' }) as readonly Document[];
  const broken = documents.flatMap(({ errors }) => errors)[0];
  if (broken !== undefined) throw broken;
  return JSON.stringify(documents.map((document): unknown => document.toJS({ maxAliasCount: MAX_ALIASES })));
}

/** An alias bomb in an untrusted file must cost nothing. */
const MAX_ALIASES = 100;

function dependencyChanges(snapshot: Snapshot, linked: Linked): Change[] {
  const byNode = new Map<number, Change>();
  for (const { path, packages } of snapshot.lockfiles) {
    for (const one of packages) {
      for (const through of one.through) {
        const node = linked.externals.get(`${through.dependency}#*`);
        if (node === undefined) continue;
        const detail = versionDetail(one, through.dependency);
        const found = dependencyChange(node, path, one, detail);
        const known = byNode.get(node);
        byNode.set(node, known ? joined(known, found) : found);
      }
    }
  }
  return [...byNode.values()];
}

/** One record for all that differs behind one dependency: it travels as far as the worst of it. */
function joined(known: Change, found: Change): Change {
  const worst =
    COMPATIBILITY_ORDER.indexOf(found.compatibility) > COMPATIBILITY_ORDER.indexOf(known.compatibility) ? found : known;
  return { ...worst, seeds: known.seeds | found.seeds, detail: appended(known.detail, found.detail ?? '') };
}

const COMPATIBILITY_ORDER: readonly Compatibility[] = ['neutral', 'additive', 'unknown', 'breaking'];

/** Details past this many are counted, not listed. */
const DETAIL_LIMIT = 400;

function appended(all: string | undefined, one: string): string {
  if (!all) return one;
  if (all.length > DETAIL_LIMIT) return all.endsWith(' …') ? all : `${all} …`;
  return `${all}; ${one}`;
}

function dependencyChange(node: number, file: RepoPath, one: ExternalPackageDelta, detail: string): Change {
  const compatibility: Compatibility =
    one.cause === 'removed' ? 'breaking' : one.cause === 'added' ? 'additive' : 'unknown';
  const seeds = one.cause === 'added' ? 0 : ALL;
  return {
    node,
    kind: 'dependency',
    compatibility,
    rule: `resolved ${one.cause} differs`,
    file,
    line: 0,
    seeds,
    detail,
  };
}

function versionDetail(one: ExternalPackageDelta, through: string): string {
  const versions = `${one.name} ${one.base.join(', ') || '(none)'} → ${one.head.join(', ') || '(none)'}`;
  return through === one.name ? versions : `${versions} through ${through}`;
}
