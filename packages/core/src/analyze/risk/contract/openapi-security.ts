/**
 * What an OpenAPI description demands of callers: security of the whole and of single operations.
 * In: two descriptions. Out: findings under oasdiff's ids, with the way that they went. Pure.
 */
import type { OpenApiFile, PlainValue } from '../../../model/index.js';
import type { Report } from './openapi-schema.js';
import { child, entries, isPlainObject, operations, rootOf, type Located, type Operation } from './openapi-view.js';

/** Compares the demands of the whole, of each operation that both have, and of the schemes. */
export function securityFindings(
  base: OpenApiFile,
  head: OpenApiFile,
  known: ReadonlyMap<string, Operation>,
  report: Report,
): void {
  const [old, now] = [demands(child(base, rootOf(base), 'security')), demands(child(head, rootOf(head), 'security'))];
  compareDemands('api-global-security', '', child(head, rootOf(head), 'security') ?? rootOf(head), old, now, report);
  for (const before of operations(base, 'paths')) {
    const after = known.get(before.key);
    const [own, next] = [child(base, before.at, 'security'), after && child(head, after.at, 'security')];
    if (after === undefined || (own === undefined && next === undefined)) continue;
    compareDemands(
      'api-security',
      after.name,
      next ?? after.at,
      own === undefined ? old : demands(own),
      next === undefined ? now : demands(next),
      report,
    );
  }
  compareSchemes(base, head, report);
}

/** Scheme → scopes; an empty requirement means that nobody has to prove anything. */
type Demands = ReadonlyMap<string, ReadonlySet<string>>;

function demands(located: Located | undefined): Demands {
  const found = new Map<string, Set<string>>();
  const list: readonly PlainValue[] = Array.isArray(located?.value) ? located.value : [];
  for (const requirement of list) {
    if (!isPlainObject(requirement)) continue;
    if (Object.keys(requirement).length === 0) found.set('(nothing)', new Set());
    for (const [scheme, scopes] of Object.entries(requirement)) {
      const known = found.get(scheme) ?? new Set<string>();
      for (const scope of Array.isArray(scopes) ? (scopes as readonly PlainValue[]) : []) known.add(String(scope));
      found.set(scheme, known);
    }
  }
  return found;
}

function compareDemands(
  prefix: string,
  operation: string,
  at: Located,
  old: Demands,
  now: Demands,
  report: Report,
): void {
  const add = (rule: string, words: string, security: 'weakened' | 'strengthened'): void =>
    report(operation, { rule, at, side: 'head', way: '', words }, { security });
  const whole = operation === '' ? 'every operation without its own' : 'it';
  for (const scheme of old.keys()) {
    if (now.has(scheme) || scheme === '(nothing)') continue;
    add(
      `${prefix}-removed`,
      `${scheme} is no longer demanded of ${whole}`,
      now.size === 0 || now.has('(nothing)') ? 'weakened' : 'strengthened',
    );
  }
  for (const [scheme, scopes] of now) {
    const before = old.get(scheme);
    if (scheme === '(nothing)') {
      if (before === undefined && old.size > 0)
        add(`${prefix}-removed`, `nothing has to be proven for ${whole}`, 'weakened');
      continue;
    }
    // Beside others, one more way in; alone, a new demand.
    if (before === undefined)
      add(
        `${prefix}-added`,
        `${scheme} is demanded of ${whole}`,
        old.size === 0 || old.has('(nothing)') ? 'strengthened' : 'weakened',
      );
    else scopeFindings(prefix, scheme, before, scopes, add);
  }
}

function scopeFindings(
  prefix: string,
  scheme: string,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
  add: (rule: string, words: string, security: 'weakened' | 'strengthened') => void,
): void {
  for (const scope of after)
    if (!before.has(scope)) add(`${prefix}-scope-added`, `${scheme} needs the scope ${scope}`, 'strengthened');
  for (const scope of before)
    if (!after.has(scope)) add(`${prefix}-scope-removed`, `${scheme} no longer needs the scope ${scope}`, 'weakened');
}

function compareSchemes(base: OpenApiFile, head: OpenApiFile, report: Report): void {
  const schemes = (api: OpenApiFile): (readonly [string, Located])[] => {
    const root = rootOf(api);
    return [
      ...entries(api, child(api, child(api, root, 'components'), 'securitySchemes')),
      ...entries(api, child(api, root, 'securityDefinitions')),
    ];
  };
  const now = new Map(schemes(head));
  for (const [name, scheme] of schemes(base)) {
    const after = now.get(name);
    const type = (located: Located): string => ['type', 'scheme', 'in', 'name'].map((key) => (isPlainObject(located.value) ? String(located.value[key] ?? '') : '')).join(' '); // prettier-ignore
    if (after === undefined)
      report(
        '',
        {
          rule: 'api-security-component-removed',
          at: rootOf(head),
          side: 'head',
          way: '',
          words: `the security scheme ${name} is gone`,
        },
        { security: 'unknown' },
      );
    else if (type(scheme) !== type(after))
      report(
        '',
        {
          rule: 'api-security-component-type-changed',
          at: after,
          side: 'head',
          way: '',
          words: `the security scheme ${name} is ${type(after).trim()}, was ${type(scheme).trim()}`,
        },
        { security: 'unknown' },
      );
  }
}
