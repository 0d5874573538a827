/**
 * What queries find, lock or change otherwise than before, by the rules `q/…`.
 * In: query ends of both revisions in changed files. Out: flags. Pure. Filters are compared by the columns that they name.
 */
import { HOLE, type Endpoint, type RiskFlag } from '../../../model/index.js';
import { evidenceText, flagOf, type Finding } from '../classifier.js';
import { wordsOfName } from './access-names.js';
import { pairEnds, type CodeEnds, type EndPair } from './end-pairs.js';

/** The flags of all queries. A query that is new or gone as a whole is what its symbol's change says already. */
export function queryFlags({ base, head }: CodeEnds): RiskFlag[] {
  const { pairs, added, gone } = pairEnds(base, head, ({ node, key, query }) => `${node} ${key} ${kindOf(query?.operation)}`); // prettier-ignore
  return onePerQuery([
    ...pairs.flatMap(pairFlags),
    ...added.flatMap((end) => (isBuilt(end) && !gone.some((one) => one.node === end.node && isBuilt(one)) ? [builtText(end)] : [])), // prettier-ignore
  ]);
}

/** A query of several tables is one query: what is said of each in the same words is said once. */
function onePerQuery(flags: readonly RiskFlag[]): RiskFlag[] {
  const groups = new Map<string, [RiskFlag, ...RiskFlag[]]>();
  for (const flag of flags) {
    const key = [flag.rule, flag.file, flag.line, flag.message.replace(` ${flag.subject} `, ' ')].join('\0');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [flag]);
    else group.push(flag);
  }
  return [...groups.values()].map(([first, ...others]) => {
    if (others.length === 0) return first;
    const tables = [...new Set([first, ...others].map(({ subject }) => subject))].sort().join(', ');
    const nodes = [...new Set([first, ...others].flatMap((one) => one.nodes ?? []))];
    return { ...first, nodes, subject: tables, message: first.message.replace(` ${first.subject} `, ` ${tables} `) };
  });
}

/** Reads are one kind, so that `findFirst` and `findMany` pair. */
function kindOf(operation = ''): string {
  if (/^(?:delete|destroy|remove|truncate)/i.test(operation)) return 'delete';
  if (/^(?:update|upsert|save|increment|decrement)/i.test(operation)) return 'update';
  return /^(?:insert|create|bulkCreate|add)/i.test(operation) ? 'insert' : 'read';
}

function pairFlags(pair: EndPair): RiskFlag[] {
  const { before, after } = pair;
  const [old, now] = [before.query, after.query];
  if (old === undefined || now === undefined) return [];
  return [
    ...filterFlags(pair),
    ...(!old.inLoop && now.inLoop ? [queryFlag(after, 'q/n-plus-one-introduced', 'runs once for each turn of a loop now')] : []),
    ...(old.inTransaction && !now.inTransaction ? [queryFlag(after, 'q/transaction-boundary-removed', 'no longer runs in a transaction')] : []),
    ...(locks(after) && !locks(before) ? [queryFlag(after, 'q/lock-added', 'locks the rows that it finds now')] : []),
    ...(isBuilt(after) && !isBuilt(before) ? [builtText(after)] : []),
    ...joinFlags(pair),
  ]; // prettier-ignore
}

function filterFlags({ before, after }: EndPair): RiskFlag[] {
  const [old, now] = [filterOf(before), filterOf(after)];
  const lost = old.filter((name) => !now.includes(name));
  const limit = isLimited(before) && !isLimited(after) && kindOf(after.query?.operation) === 'read';
  const values = { before: old.join(', '), after: now.join(', ') };
  if (lost.length === 0 && old.length > 0 && !hasFilter(after)) return [];
  if (hasFilter(before) && !hasFilter(after)) {
    const writes = kindOf(after.query?.operation) !== 'read';
    const rule = writes ? 'q/where-removed' : 'q/unbounded-result';
    if (kindOf(after.query?.operation) === 'insert' || (!writes && isLimited(after))) return [];
    return [queryFlag(after, rule, writes ? 'has no filter any more: it changes every row' : 'has no filter any more', values)]; // prettier-ignore
  }
  const tenant = lost.find(isTenant);
  const deletion = lost.find(isDeletion);
  return [
    ...(tenant === undefined || now.some(isTenant) ? [] : [queryFlag(after, 'q/tenant-predicate-removed', `no longer filters by ${tenant}`, values)]),
    ...(deletion === undefined || now.some(isDeletion) ? [] : [queryFlag(after, 'q/soft-delete-predicate-removed', `no longer filters by ${deletion}`, values)]),
    ...(limit ? [queryFlag(after, 'q/order-or-limit-removed', 'has no limit any more')] : []),
    ...(old.join() !== now.join() && ![...lost].some((name) => isTenant(name) || isDeletion(name)) && hasFilter(before) ? [queryFlag(after, 'q/filter-changed', `filters by ${now.join(', ') || 'nothing that is named'}, was by ${old.join(', ') || 'nothing that is named'}`, values)] : []),
  ]; // prettier-ignore
}

function filterOf({ query }: Endpoint): string[] {
  return [...new Set(query?.where)].sort();
}

function hasFilter({ query }: Endpoint): boolean {
  return (
    (query?.where.length ?? 0) > 0 ||
    query?.steps.some((step) => /^(?:where|andWhere|filter|eq|match|having)/i.test(step)) === true
  );
}

function isLimited({ query }: Endpoint): boolean {
  return (
    query?.steps.some((step) => /^(?:limit|take|first|top|range|single|maybeSingle|executeTakeFirst)/i.test(step)) === true ||
    /\blimit\s+\S/i.test(query?.sql ?? '') ||
    /^(?:findFirst|findUnique|findOne|findById|findByPk|count)/.test(query?.operation ?? '')
  ); // prettier-ignore
}

const TENANT = /^(?:tenant|org|organi[sz]ation|workspace|account|team|company|customer|project|shop|store|merchant)$/;

/** `tenantId`, `organization_id`, `workspace`. */
function isTenant(column: string): boolean {
  const words = wordsOfName(column);
  return words.length <= 2 && TENANT.test(words[0] ?? '') && (words.length === 1 || /^(?:id|uuid|key|slug)$/.test(words[1]!)); // prettier-ignore
}

/** `deletedAt`, `is_deleted`, `archivedAt`. */
function isDeletion(column: string): boolean {
  return wordsOfName(column).some((word) => /^(?:deleted|archived|removed|trashed)$/.test(word));
}

function locks({ query }: Endpoint): boolean {
  return (
    /\bfor\s+(?:no\s+key\s+)?(?:update|share)\b/i.test(query?.sql ?? '') ||
    query?.steps.some((step) => /^(?:forUpdate|forShare|setLock|lock)$/.test(step)) === true
  );
}

/** SQL that is put together from values outside of a tagged template: nothing escapes them. */
function isBuilt({ row, query }: Endpoint): boolean {
  return query?.sql?.includes(HOLE) === true && !/template$|\.tpl$|\.sql$/.test(row);
}

function builtText(end: Endpoint): RiskFlag {
  return queryFlag(end, 'q/raw-sql-introduced', 'is put together from text and values', { security: 'weakened' });
}

function joinFlags({ before, after }: EndPair): RiskFlag[] {
  const [old, now] = [before.query?.tables ?? [], after.query?.tables ?? []];
  if (old.toSorted().join() === now.toSorted().join() || (before.query?.sql ?? after.query?.sql) === undefined) return [];
  const values = { before: old.join(', '), after: now.join(', ') };
  return [queryFlag(after, 'q/join-changed', `reads ${now.join(', ')}, was ${old.join(', ')}`, values)];
} // prettier-ignore

function queryFlag(end: Endpoint, rule: string, what: string, more: Partial<Finding> = {}): RiskFlag {
  const { file, line, node, query, values, row, confidence } = end;
  const table = String(values['table'] ?? query?.tables[0] ?? '');
  const verb = { delete: 'The delete from', update: 'The update of', insert: 'The insert into', read: 'The query of' }[kindOf(query?.operation)]; // prettier-ignore
  const text = evidenceText(query?.sql ?? `${row} ${table}`);
  return flagOf(rule, {
    file,
    line,
    nodes: [node],
    subject: table,
    message: `${verb} ${table} ${what}.`,
    confidence,
    evidence: [{ file, line, side: 'head', text }],
    ...more,
  });
}
