/**
 * Changed OpenAPI descriptions, compared under oasdiff's rule ids.
 * In: both revisions of every description. Out: flags, one for each place in a description however many operations share it. Pure.
 * Not here: reading a description (openapi-view.ts), schemas (openapi-schema.ts).
 */
import { RULES } from '../../../catalogue/rules/index.js';
import type { OpenApiChange, OpenApiFile, RiskFlag } from '../../../model/index.js';
import { flagOf } from '../classifier.js';
import { compareSchemas, type Comparison, type Report, type SchemaFinding } from './openapi-schema.js';
import { securityFindings } from './openapi-security.js';
import { child, lineAt, operations, parameters, requestBody, responses, rootOf, scalar, type Located, type Operation, type Parameter, type Payload } from './openapi-view.js'; // prettier-ignore

const KNOWN = new Set(RULES.map(({ id }) => id));

/** The flags of every description. */
export function openApiFlags(changes: readonly OpenApiChange[]): RiskFlag[] {
  return changes.flatMap(({ file, base, head }) => {
    if (base === undefined) return [];
    if (head !== undefined) return compare(base, head);
    return [
      flagOf('openapi/description-removed', {
        file,
        line: 1,
        subject: file,
        message: `The API description ${file} is deleted.`,
      }),
    ];
  });
}

function compare(base: OpenApiFile, head: OpenApiFile): RiskFlag[] {
  const flags = new Map<string, RiskFlag>();
  const report: Report = (operation, finding, more = {}) => {
    const id = `openapi/${finding.rule}`;
    if (!KNOWN.has(id)) return;
    const { at, side, way, words, before, after } = finding;
    const line = lineAt(side === 'head' ? head : base, at);
    const key = `${id}\0${at.file}\0${at.pointer}\0${way.split('.').at(-1)!}\0${way === '' ? words : ''}`;
    if (flags.has(key)) return;
    const subject = way === '' || operation === '' ? operation || words : `${operation} ${way}`;
    const message = `${operation === '' ? '' : `${operation}: `}${words}.`;
    const evidence = [{ file: at.file, line, side, text: at.pointer.slice(0, 200) }];
    flags.set(key, flagOf(id, { file: at.file, line, subject, message, evidence, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }), ...more })); // prettier-ignore
  };
  const seen = new Set<string>();
  const known = new Map(operations(head, 'paths').map((one) => [one.key, one]));
  const paths = new Set(operations(head, 'paths').map(({ key }) => key.slice(key.indexOf(' ') + 1)));
  for (const before of operations(base, 'paths')) {
    const after = known.get(before.key);
    if (after === undefined) removedOperation(base, head, before, paths, report);
    else compareOperation({ base, head, seen, found: (finding) => report(after.name, finding) }, before, after, report);
  }
  const old = new Set(operations(base, 'paths').map(({ key }) => key));
  for (const { key, name, at } of known.values())
    if (!old.has(key))
      report(name, { rule: 'endpoint-added', at, side: 'head', way: '', words: 'the operation is added' });
  const hooks = new Set(operations(head, 'webhooks').map(({ key }) => key));
  for (const { key, name } of operations(base, 'webhooks'))
    if (!hooks.has(key))
      report(name, { rule: 'webhook-removed', at: rootOf(head), side: 'head', way: '', words: 'the webhook is gone' });
  securityFindings(base, head, known, report);
  return [...flags.values()];
}

function removedOperation(
  base: OpenApiFile,
  head: OpenApiFile,
  operation: Operation,
  paths: ReadonlySet<string>,
  report: Report,
): void {
  const at = child(head, rootOf(head), 'paths') ?? rootOf(head);
  const deprecated = scalar(base, operation.at, 'deprecated') === true;
  const whole = !paths.has(operation.key.slice(operation.key.indexOf(' ') + 1));
  const rule = deprecated
    ? 'api-removed-with-deprecation'
    : whole
      ? 'api-path-removed-without-deprecation'
      : 'api-removed-without-deprecation';
  report(operation.name, {
    rule,
    at,
    side: 'head',
    way: '',
    words: deprecated ? 'the deprecated operation is gone' : 'the operation is gone',
  });
}

function compareOperation(comparison: Comparison, before: Operation, after: Operation, report: Report): void {
  compareParameters(comparison, before, after);
  compareBody(comparison, requestBody(comparison.base, before), requestBody(comparison.head, after), after, report);
  const now = new Map(responses(comparison.head, after));
  for (const [status, payload] of responses(comparison.base, before)) {
    const then = now.get(status);
    const at = after.at;
    if (then !== undefined) compareResponse(comparison, status, payload, then);
    else if (/^2/.test(status))
      comparison.found({
        rule: 'response-success-status-removed',
        at,
        side: 'head',
        way: '',
        words: `status ${status} is no longer answered`,
      });
  }
}

function compareParameters(comparison: Comparison, before: Operation, after: Operation): void {
  const [old, now] = [parameters(comparison.base, before), parameters(comparison.head, after)];
  const [oldPath, newPath] = [pathNames(before.path), pathNames(after.path)];
  const same = (left: Parameter, right: Parameter): boolean =>
    left.in === right.in &&
    (left.name === right.name ||
      (left.in === 'path' &&
        oldPath.indexOf(left.name) === newPath.indexOf(right.name) &&
        oldPath.includes(left.name)));
  for (const parameter of now) {
    const words = `the ${parameter.in} parameter ${parameter.name}`;
    const known = old.find((one) => same(one, parameter));
    const at = parameter.at;
    if (known === undefined && parameter.required)
      comparison.found({
        rule: parameter.in === 'path' ? 'new-request-path-parameter' : 'new-required-request-parameter',
        at,
        side: 'head',
        way: parameter.name,
        words: `${words} must be given`,
      });
    if (known === undefined) continue;
    if (!known.required && parameter.required)
      comparison.found({
        rule: 'request-parameter-became-required',
        at,
        side: 'head',
        way: parameter.name,
        words: `${words} must be given`,
      });
    compareDefault(comparison, known, parameter, words);
    const found = (finding: SchemaFinding): void =>
      comparison.found({ ...finding, way: parameter.name, words: finding.words.replace('the parameter', words) });
    compareSchemas({ ...comparison, found }, 'request', {
      base: known.schema,
      head: parameter.schema,
      place: 'parameter',
    });
  }
  for (const parameter of old) {
    if (now.some((one) => same(parameter, one))) continue;
    comparison.found({
      rule: 'request-parameter-removed',
      at: after.at,
      side: 'head',
      way: parameter.name,
      words: `the ${parameter.in} parameter ${parameter.name} is gone`,
    });
  }
}

function pathNames(path: string): string[] {
  return [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1]!);
}

function compareDefault(
  { base, head, found }: Comparison,
  known: Parameter,
  parameter: Parameter,
  words: string,
): void {
  const [old, now] = [scalar(base, known.schema, 'default'), scalar(head, parameter.schema, 'default')];
  if (JSON.stringify(old) === JSON.stringify(now)) return;
  const step = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
  const said = (value: typeof old): string => (value === undefined ? 'none' : JSON.stringify(value));
  found({
    rule: `request-parameter-default-value-${step}`,
    at: parameter.at,
    side: 'head',
    way: parameter.name,
    words: `the default of ${words} is ${said(now)}, was ${said(old)}`,
    before: said(old),
    after: said(now),
  });
}

function compareBody(
  comparison: Comparison,
  before: Payload | undefined,
  after: Payload | undefined,
  operation: Operation,
  report: Report,
): void {
  const add = (rule: string, at: Located, words: string): void =>
    report(operation.name, { rule, at, side: 'head', way: '', words });
  if (before === undefined)
    return after?.required === true ? add('request-body-added-required', after.at, 'a body must be given') : undefined;
  if (after === undefined) return add('request-body-removed', operation.at, 'no body is taken any more');
  if (!before.required && after.required) add('request-body-became-required', after.at, 'a body must be given');
  for (const [type, schema] of before.media) {
    const now = after.media.find(([other]) => other === type);
    if (now === undefined)
      add('request-body-media-type-removed', after.at, `a body of type ${type} is no longer taken`);
    else compareSchemas(comparison, 'request', { base: schema, head: now[1], place: 'body' });
  }
}

function compareResponse(comparison: Comparison, status: string, before: Payload, after: Payload): void {
  const told = {
    ...comparison,
    found: (finding: SchemaFinding) =>
      comparison.found({ ...finding, words: `${finding.words} in response ${status}` }),
  };
  for (const [type, schema] of before.media) {
    const now = after.media.find(([other]) => other === type);
    if (now === undefined)
      told.found({
        rule: 'response-media-type-removed',
        at: after.at,
        side: 'head',
        way: '',
        words: `${type} is no longer answered`,
      });
    else compareSchemas(told, 'response', { base: schema, head: now[1], place: 'body' });
  }
  for (const [name, header] of headers(comparison.base, before)) {
    const now = headers(comparison.head, after).find(([other]) => other.toLowerCase() === name.toLowerCase());
    const required = scalar(comparison.base, header, 'required') === true;
    if (now === undefined)
      told.found({
        rule: `${required ? 'required' : 'optional'}-response-header-removed`,
        at: after.at,
        side: 'head',
        way: name,
        words: `the header ${name} is gone`,
      });
    else if (required && scalar(comparison.head, now[1], 'required') !== true)
      told.found({
        rule: 'response-header-became-optional',
        at: now[1],
        side: 'head',
        way: name,
        words: `the header ${name} may be missing`,
      });
  }
}

function headers(api: OpenApiFile, { at }: Payload): (readonly [string, Located])[] {
  const holder = child(api, at, 'headers');
  const value = holder?.value;
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((name) => {
    const header = child(api, holder, name);
    return header === undefined ? [] : [[name, header] as const];
  });
}
