/**
 * What tokens, hashes, cookies, CORS and limits allow otherwise than before, by the rules `auth/…`.
 * In: ends of access rows of both revisions, in changed files. Out: flags with `security`. Pure. Secrets are never printed.
 */
import { ACCESS_OPTIONS, type AccessJudgement } from '../../../catalogue/access-options.js';
import type { Endpoint, Endpoints, RiskFlag } from '../../../model/index.js';
import { flagOf } from '../classifier.js';
import { secondsOf } from './durations.js';
import { pairEnds, type CodeEnds, type EndPair } from './end-pairs.js';
import { wordsOfName } from './access-names.js';
import { calledName, isUnread, optionDifferences, writtenValue, type OptionDifference, type OptionValue } from './option-differences.js'; // prettier-ignore

/** What a judgement says of a difference. */
type Judged = readonly [rule: string, security: 'weakened' | 'strengthened' | 'unknown'] | undefined;

/** The flags; `nameOf` gives the name of the symbol that a call stands in. */
export function accessOptionFlags(ends: CodeEnds, nameOf: (node: number) => string): RiskFlag[] {
  const { pairs, gone, added } = pairEnds(ends.base, ends.head, (end) => `${end.node} ${end.row} ${boundName(end)}`); // prettier-ignore
  return [
    ...pairs.flatMap((pair) => pairFlags(pair, nameOf(pair.after.node))),
    ...protectionFlags(gone, added, ends),
    ...tokenFlags(gone, added),
    ...permissionFlags(gone, added, ends),
  ];
}

/** What tells two calls of one row apart: the name that it is given, where that is no option. */
function boundName({ values, units }: Endpoint): string {
  return String((units?.['name'] === undefined ? values['name'] : undefined) ?? values['operation'] ?? '');
}

function pairFlags(pair: EndPair, symbol: string): RiskFlag[] {
  return optionDifferences(pair).flatMap((difference) => {
    const row = ACCESS_OPTIONS.find(({ rows, options }) => rows.test(pair.after.row) && options.test(difference.option) && !(difference.option === 'name' && pair.after.role === 'auth.guard')); // prettier-ignore
    const judged = row && JUDGEMENTS[row.judgement](difference, symbol);
    return judged === undefined ? [] : [optionFlag(pair.after, difference, judged, row?.judgement === 'secret')];
  });
}

function optionFlag(
  { file, line, node, ...end }: Endpoint,
  { option, before, after }: OptionDifference,
  [rule, security]: NonNullable<Judged>,
  secret: boolean,
): RiskFlag {
  const [old, now] = secret ? ['…', '…'] : [writtenValue(before), writtenValue(after)];
  const what = `\`${option}\` of ${calledName({ file, line, node, ...end })}`;
  const message = secret ? `${what} comes from elsewhere.` : `${what} is ${now}, was ${old}.`;
  const values = secret ? {} : { before: old, after: now };
  return flagOf(rule, { file, line, nodes: [node], subject: `${end.row}.${option}`, message, security, ...values });
}

const unclear = (value: OptionValue): boolean => isUnread(value) || /^env /.test(String(value));

/** How each kind of option is judged. */
const JUDGEMENTS: Readonly<Record<AccessJudgement, (difference: OptionDifference, symbol: string) => Judged>> = {
  protects: ({ before, after }) => switched(before, after),
  exposes: ({ before, after }) => switched(negated(before), negated(after)),
  'same-site': ({ before, after }) => {
    const [old, now] = [sameSiteRank(before), sameSiteRank(after)];
    if (old === undefined || now === undefined || old === now) return ['auth/setting-changed', 'unknown'];
    return now < old ? ['auth/protection-switched-off', 'weakened'] : ['auth/protection-switched-on', 'strengthened'];
  },
  algorithm: ({ after }) =>
    String(after).toLowerCase().split(',').includes('none')
      ? ['auth/jwt-none-allowed', 'weakened']
      : ['auth/jwt-algorithm-changed', 'unknown'],
  claim: ({ before, after }) =>
    after === undefined
      ? ['auth/jwt-claim-check-removed', 'weakened']
      : before === undefined
        ? ['auth/jwt-claim-check-added', 'strengthened']
        : ['auth/jwt-claim-changed', 'unknown'],
  lifetime: ({ before, after, unit }) => {
    const [old, now] = [secondsOf(before, unit), secondsOf(after, unit)];
    if (old === undefined || now === undefined)
      return after === undefined ? ['auth/lifetime-lengthened', 'weakened'] : ['auth/setting-changed', 'unknown'];
    return now > old ? ['auth/lifetime-lengthened', 'weakened'] : ['auth/lifetime-shortened', 'strengthened'];
  },
  secret: () => ['auth/secret-source-changed', 'unknown'],
  origin: ({ before, after }) => {
    const [old, now] = [originWidth(before), originWidth(after)];
    if (old === undefined || now === undefined) return ['auth/setting-changed', 'unknown'];
    if (now === 'all' || (old !== 'all' && old.every((one) => now.includes(one))))
      return ['auth/cors-origin-widened', 'weakened'];
    return old === 'all' || now.every((one) => old.includes(one))
      ? ['auth/cors-origin-narrowed', 'strengthened']
      : ['auth/cors-origin-widened', 'weakened'];
  },
  looser: (difference) => limitJudged(difference, (old, now) => now > old),
  tighter: (difference) => limitJudged(difference, (old, now) => now < old),
  cost: ({ before, after }) =>
    typeof before === 'number' && typeof after === 'number'
      ? after < before
        ? ['auth/hash-cost-lowered', 'weakened']
        : ['auth/hash-cost-raised', 'strengthened']
      : ['auth/setting-changed', 'unknown'],
  'public-routes': ({ before, after }, symbol) => {
    const [old, now] = [listOf(before), listOf(after)];
    if (old === undefined || now === undefined) return ['auth/setting-changed', 'unknown'];
    const wider = now.some((one) => !old.includes(one));
    const open = wordsOfName(symbol).some((word) => /^(?:public|open|anonymous|ignored?)$/.test(word));
    return wider === open ? ['auth/public-routes-widened', 'weakened'] : ['auth/public-routes-narrowed', 'strengthened'];
  },
  other: () => ['auth/setting-changed', 'unknown'],
}; // prettier-ignore

/** A protection that is set to `true`, or no longer is. What a library does where it is not set, is not known here. */
function switched(before: OptionValue, after: OptionValue): Judged {
  if (after === true) return ['auth/protection-switched-on', 'strengthened'];
  return before === true && (after === false || after === undefined)
    ? ['auth/protection-switched-off', 'weakened']
    : ['auth/setting-changed', 'unknown'];
}

/** Of an option that weakens where it is `true`; not set is `false`. */
function negated(value: OptionValue): OptionValue {
  return typeof value === 'boolean' || value === undefined ? value !== true : value;
}

function limitJudged({ before, after }: OptionDifference, isLooser: (old: number, now: number) => boolean): Judged {
  if (typeof before !== 'number' || typeof after !== 'number') return ['auth/setting-changed', 'unknown'];
  return isLooser(before, after)
    ? ['auth/rate-limit-loosened', 'weakened']
    : ['auth/rate-limit-tightened', 'strengthened'];
}

/** Unset is `lax` in today's browsers. */
function sameSiteRank(value: OptionValue): number | undefined {
  if (value === undefined) return 1;
  const at = ['none', 'lax', 'strict'].indexOf(String(value === true ? 'strict' : value).toLowerCase());
  return at < 0 ? undefined : at;
}

/** Origins that are let in; unset and `*` are all of them. */
function originWidth(value: OptionValue): 'all' | readonly string[] | undefined {
  if (value === undefined || value === true || value === '*') return 'all';
  if (value === false) return [];
  return unclear(value) ? undefined : String(value).split(',');
}

function listOf(value: OptionValue): readonly string[] | undefined {
  if (value === undefined) return [];
  return unclear(value)
    ? undefined
    : String(value)
        .split(',')
        .filter((one) => one !== '');
}

/** Rows whose mere call protects, by the name that the rules give it. */
const PROTECTIONS: readonly (readonly [row: RegExp, name: RegExp, rule: string])[] = [
  [/^helmet$/, /./, 'helmet'],
  [/^csrf$/, /./, 'csrf'],
  [/^hono\.cors$/, /^csrf$/, 'csrf'],
  [/^hono\.cors$/, /^secureHeaders$/, 'helmet'],
  [/^rate-limit$/, /./, 'rate-limit'],
];

/** Protection that no code of the same symbol, or of the head at all, sets up any more; or newly does. */
function protectionFlags(gone: Endpoints, added: Endpoints, { base, head, fileStays }: CodeEnds): RiskFlag[] {
  const kindOf = ({ row, values }: Endpoint): string | undefined =>
    PROTECTIONS.find(([rows, names]) => rows.test(row) && names.test(String(values['name'] ?? row)))?.[2];
  const lost = gone.filter((end) => kindOf(end) !== undefined && fileStays(end.node) && !head.some((one) => kindOf(one) === kindOf(end))); // prettier-ignore
  const won = added.filter((end) => kindOf(end) !== undefined && !base.some((one) => kindOf(one) === kindOf(end)));
  return [
    ...lost.map((end) => flagOf(`auth/${kindOf(end)}-removed`, { ...placeOf(end, 'base'), message: `${calledName(end)} is no longer set up here.`, security: 'weakened' })), // prettier-ignore
    ...won.map((end) => flagOf(`auth/${kindOf(end)}-added`, { ...placeOf(end, 'head'), message: `${calledName(end)} is set up now.`, security: 'strengthened' })), // prettier-ignore
  ];
}

/** A token that is only read where it was verified; a password that is hashed otherwise. */
function tokenFlags(gone: Endpoints, added: Endpoints): RiskFlag[] {
  const operation = ({ values }: Endpoint): string => String(values['operation'] ?? '');
  return gone.flatMap((before) => {
    const beside = added.filter(({ node, role }) => node === before.node && role === before.role);
    const decoded = before.role === 'auth.token' && /^verify/.test(operation(before)) ? beside.find((one) => operation(one) === 'decode') : undefined; // prettier-ignore
    if (decoded !== undefined)
      return [flagOf('auth/jwt-verify-to-decode', { ...placeOf(decoded, 'head'), message: `The token is decoded (${decoded.row}) where it was verified (${before.row}).`, security: 'weakened' })]; // prettier-ignore
    const hashed = before.role === 'auth.hash' ? beside.find(({ row }) => row !== before.row) : undefined;
    if (hashed === undefined) return [];
    const message = `Passwords are hashed by ${hashed.row}, were by ${before.row}.`;
    return [flagOf('auth/hash-algorithm-changed', { ...placeOf(hashed, 'head'), before: before.row, after: hashed.row, message, security: 'unknown' })]; // prettier-ignore
  });
}

/** `can('update', 'Post')` that is gone or new. */
function permissionFlags(gone: Endpoints, added: Endpoints, { isInHead }: CodeEnds): RiskFlag[] {
  const isAbility = ({ row, node }: Endpoint): boolean => row === 'casl.ability' && isInHead(node);
  const said = ({ values: { operation, action, subject } }: Endpoint): string => `${String(operation)} ${String(action ?? '…')} ${String(subject ?? '…')}`; // prettier-ignore
  const flag = (end: Endpoint, rule: string, side: 'base' | 'head', message: string, weakened: boolean): RiskFlag =>
    flagOf(rule, { ...placeOf(end, side), message, security: weakened ? 'weakened' : 'strengthened' });
  const grants = ({ values }: Endpoint): boolean => values['operation'] === 'can';
  return [
    ...gone.filter(isAbility).map((end) => flag(end, 'auth/permission-removed', 'base', `The rule "${said(end)}" is gone.`, !grants(end))), // prettier-ignore
    ...added.filter(isAbility).map((end) => flag(end, 'auth/permission-added', 'head', `The rule "${said(end)}" is new.`, grants(end))), // prettier-ignore
  ];
}

function placeOf(
  { file, line, node, row }: Endpoint,
  side: 'base' | 'head',
): Pick<RiskFlag, 'file' | 'line' | 'nodes' | 'evidence'> {
  // prettier-ignore
  return { file, line, nodes: [node], evidence: [{ file, line, side, text: row }] };
}
