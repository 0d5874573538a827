/**
 * What the base's text offered to other systems and the text in hand does not.
 * In: the base's rows of the file, the text's facts with its calls. Out: what is gone, who takes it, what may stand in its place.
 * Both texts are surveyed the same way, each by itself (analyze/contracts/own-ends.ts); a file of whose base nothing is taken is not.
 */
import { readImported } from '../analyze/contracts/imported-origins.js';
import { indexRows, type RowIndex } from '../analyze/contracts/match.js';
import { ownEnds, type OwnEnd } from '../analyze/contracts/own-ends.js';
import { CATALOGUE } from '../catalogue/frameworks/index.js';
import type { FileFacts } from '../model/facts.js';
import type { LintIndexMeta, OfferingRole } from '../model/lint-index.js';
import type { RepoPath } from '../model/path.js';
import type { Dependents, FileRows, IndexedContract } from './file-rows.js';

/** Something that others take and this file no longer offers. */
export interface LostContract {
  readonly role: OfferingRole;
  /** As others know it: `GET /orders/{}`, `invoices.list`, `users.name`. */
  readonly name: string;
  /** What the text offers and the base did not, where that is one thing of the same kind: perhaps its new name. */
  readonly now?: { readonly key: string; readonly line: number };
  /** 1-based line of what it was part of, where that is still there. */
  readonly line?: number;
  readonly dependents: Dependents;
}

/** The base's side of a comparison. */
export interface ContractBase {
  readonly path: RepoPath;
  readonly rows: FileRows;
  readonly meta: LintIndexMeta;
}

/** Compares; about linear in the text's calls. */
export function lostContracts(facts: FileFacts, { path, rows, meta }: ContractBase): LostContract[] {
  const offered = rows.contracts();
  if (offered.length === 0) return [];
  const own = ownEnds({ path, facts, imported: readImported(rows.imported()) }, rowsOf(meta));
  const exported = new Set(facts.exports.map((entry) => (entry.kind === 'star' ? '*' : entry.name)));
  const all = offered.filter((one) => !isThere(one, own, exported));
  const gone = all.filter((one) => !all.some((table) => isColumnOf(one, table)));
  return gone
    .filter(({ dependents }) => dependents.directFiles + dependents.tests > 0)
    .map((one) => {
      const now = replacement(one, gone, offered, own);
      const whole = own.find((table) => isColumnOf(one, table));
      const { role, name, dependents } = one;
      return {
        role,
        name,
        dependents,
        ...(now === undefined ? {} : { now: { key: now.key, line: now.line } }),
        ...(whole === undefined ? {} : { line: whole.line }),
      };
    });
}

/** A table that is gone says it for its columns. */
function isColumnOf({ role, key }: Pick<OwnEnd, 'role' | 'key'>, table: Pick<OwnEnd, 'role' | 'key'>): boolean {
  return role === 'orm.model' && table.role === role && key.startsWith(`${table.key}.`);
}

const EXPORT = 'export ';

function isThere({ role, key }: IndexedContract, own: readonly OwnEnd[], exported: ReadonlySet<string>): boolean {
  if (key.startsWith(EXPORT)) return exported.has(key.slice(EXPORT.length)) || exported.has('*');
  return own.some((one) => one.role === role && (one.key === key || answersAll(one, key)));
}

/** A route for all methods answers what one for a single method did. */
function answersAll({ role, key }: OwnEnd, base: string): boolean {
  return role === 'http.route' && key.startsWith('ALL ') && key.slice(4) === base.slice(base.indexOf(' ') + 1);
}

/** Only where it is plain: one of a kind is gone, one of that kind is new. */
function replacement(
  { role, key }: IndexedContract,
  gone: readonly IndexedContract[],
  offered: readonly IndexedContract[],
  own: readonly OwnEnd[],
): OwnEnd | undefined {
  const depth = key.split('.').length;
  if (gone.filter((one) => one.role === role).length > 1) return undefined;
  const fresh = own.filter(
    (one) =>
      one.role === role &&
      (role !== 'orm.model' || one.key.split('.').length === depth) &&
      !offered.some((base) => base.role === role && base.key === one.key),
  );
  return fresh.length === 1 ? fresh[0] : undefined;
}

const compiled = new WeakMap<LintIndexMeta, RowIndex>();

function rowsOf(meta: LintIndexMeta): RowIndex {
  const known = compiled.get(meta);
  if (known !== undefined) return known;
  const rows = indexRows([...CATALOGUE, ...meta.rows]);
  compiled.set(meta, rows);
  return rows;
}
