/** Cases of `openapi/…`: one small description, one step that fires the rule and one that does not. */
import type { RuleCase, Step } from './rule-case.js';

type Json = Readonly<Record<string, unknown>>;

const api = (operation: Json, more: Json = {}): string =>
  JSON.stringify({ openapi: '3.0.3', info: {}, paths: { '/a': { post: operation } }, ...more }, undefined, 1);
const raw = (document: Json): string => JSON.stringify({ openapi: '3.1.0', info: {}, ...document }, undefined, 1);
const step = (base: string, head: string): Step => [{ 'openapi.json': base }, { 'openapi.json': head }];
const rule = (base: string, fires: string, silent: string): RuleCase => ({ fires: step(base, fires), silent: step(base, silent) }); // prettier-ignore

const ok = { responses: { 200: { description: 'x' } } };
const sent = (schema: Json, more: Json = {}): string => api({ ...ok, requestBody: { content: { 'application/json': { schema } }, ...more } }); // prettier-ignore
const answered = (schema: Json): string => api({ responses: { 200: { content: { 'application/json': { schema } } } } });
const parameter = (schema: Json, more: Json = {}): string => api({ ...ok, parameters: [{ name: 'p', in: 'query', schema, ...more }] }); // prettier-ignore
const object = (properties: Json, required: readonly string[] = []): Json => ({ type: 'object', properties, required });
const header = (more: Json): string => api({ responses: { 200: { headers: { 'X-A': { schema: { type: 'string' }, ...more } } } } }); // prettier-ignore
const refs = (...names: readonly string[]): Json => ({ oneOf: names.map((name) => ({ $ref: `#/components/schemas/${name}` })) }); // prettier-ignore
const anyRefs = (...names: readonly string[]): Json => ({ anyOf: refs(...names)['oneOf'] });

const OPERATIONS: Readonly<Record<string, RuleCase>> = {
  'description-removed': {
    fires: [{ 'openapi.json': api(ok) }, {}],
    silent: step(api(ok), api({ ...ok, summary: 'x' })),
  },
  'endpoint-added': rule(raw({ paths: {} }), raw({ paths: { '/a': { get: ok } } }), raw({ paths: {}, tags: [] })),
  'api-path-removed-without-deprecation': rule(
    api(ok),
    raw({ paths: {} }),
    raw({ paths: { '/a': { post: ok, get: ok } } }),
  ),
  'api-removed-without-deprecation': rule(raw({ paths: { '/a': { post: ok, get: ok } } }), raw({ paths: { '/a': { get: ok } } }), raw({ paths: { '/a': { get: ok, post: ok } } })), // prettier-ignore
  'api-removed-with-deprecation': rule(api({ ...ok, deprecated: true }), raw({ paths: {} }), api({ ...ok, deprecated: true, summary: 'x' })), // prettier-ignore
  'webhook-removed': rule(raw({ paths: {}, webhooks: { a: { post: ok } } }), raw({ paths: {} }), raw({ paths: {}, webhooks: { b: { post: ok }, a: { post: ok } } })), // prettier-ignore
  'new-required-request-parameter': rule(api(ok), parameter({ type: 'string' }, { required: true }), parameter({ type: 'string' })), // prettier-ignore
  'new-request-path-parameter': rule(
    raw({ paths: { '/a/{x}': { get: ok } } }),
    raw({
      paths: { '/a/{x}': { get: { ...ok, parameters: [{ name: 'x', in: 'path', required: true, schema: {} }] } } },
    }),
    raw({ paths: { '/a/{y}': { get: ok } } }),
  ),
  'request-parameter-removed': rule(parameter({ type: 'string' }), api(ok), parameter({ type: 'string' }, { description: 'x' })), // prettier-ignore
  'request-parameter-became-required': rule(parameter({ type: 'string' }), parameter({ type: 'string' }, { required: true }), parameter({ type: 'string' }, { required: false })), // prettier-ignore
  'request-parameter-default-value-changed': rule(parameter({ default: 1 }), parameter({ default: 2 }), parameter({ default: 1, title: 'x' })), // prettier-ignore
  'request-parameter-default-value-added': rule(parameter({}), parameter({ default: 2 }), parameter({ title: 'x' })),
  'request-parameter-default-value-removed': rule(parameter({ default: 1 }), parameter({}), parameter({ default: 1, title: 'x' })), // prettier-ignore
  'request-body-added-required': rule(api(ok), sent({}, { required: true }), sent({})),
  'request-body-became-required': rule(sent({}), sent({}, { required: true }), sent({ title: 'x' })),
  'request-body-removed': rule(sent({}), api(ok), sent({ title: 'x' })),
  'request-body-media-type-removed': rule(sent({}), api({ ...ok, requestBody: { content: { 'text/plain': {} } } }), sent({ title: 'x' })), // prettier-ignore
  'new-required-request-property': rule(sent(object({})), sent(object({ a: { type: 'string' } }, ['a'])), sent(object({ a: { type: 'string', readOnly: true } }, ['a']))), // prettier-ignore
  'new-required-request-property-with-default': rule(sent(object({})), sent(object({ a: { default: 'x' } }, ['a'])), sent(object({ a: { default: 'x' } }))), // prettier-ignore
  'request-property-removed': rule(sent(object({ a: {} })), sent(object({})), sent(object({ b: {}, a: {} }))),
  'request-property-became-required': rule(sent(object({ a: {} })), sent(object({ a: {} }, ['a'])), sent(object({ a: {}, b: {} }))), // prettier-ignore
  'request-property-became-required-with-default': rule(sent(object({ a: { default: 1 } })), sent(object({ a: { default: 1 } }, ['a'])), sent(object({ a: { default: 1 }, b: {} }))), // prettier-ignore
  'response-success-status-removed': rule(api({ responses: { 200: {}, 201: {} } }), api({ responses: { 200: {} } }), api({ responses: { 200: {}, 201: {}, 404: {} } })), // prettier-ignore
  'response-media-type-removed': rule(answered({}), api({ responses: { 200: { content: { 'text/plain': {} } } } }), answered({ title: 'x' })), // prettier-ignore
  'response-required-property-removed': rule(answered(object({ a: {} }, ['a'])), answered(object({})), answered(object({ a: {}, b: {} }, ['a']))), // prettier-ignore
  'response-optional-property-removed': rule(answered(object({ a: {} })), answered(object({})), answered({ allOf: [object({ a: {} })] })), // prettier-ignore
  'response-property-became-optional': rule(answered(object({ a: {} }, ['a'])), answered(object({ a: {} })), answered(object({ a: {}, b: {} }, ['b', 'a']))), // prettier-ignore
  'response-property-enum-value-added': rule(answered(object({ a: { enum: [1] } })), answered(object({ a: { enum: [1, 2] } })), answered(object({ a: { enum: [1], title: 'x' } }))), // prettier-ignore
  'required-response-header-removed': rule(header({ required: true }), api(ok), header({ required: true, description: 'x' })), // prettier-ignore
  'optional-response-header-removed': rule(header({}), api(ok), header({ description: 'x' })),
  'response-header-became-optional': rule(header({ required: true }), header({}), header({ required: true, description: 'x' })), // prettier-ignore
};

/** Schemas before and after for what each place may lose. */
const REQUEST_STEPS: Readonly<Record<string, readonly [base: Json, fires: Json, silent: Json]>> = {
  'type-changed': [{ type: 'integer' }, { type: 'string' }, { type: 'number' }],
  'became-not-nullable': [{ type: 'string', nullable: true }, { type: 'string' }, { type: ['string', 'null'] }],
  'became-enum': [{ type: 'string' }, { type: 'string', enum: ['a'] }, { type: 'string', title: 'x' }],
  'enum-value-removed': [{ enum: ['a', 'b'] }, { enum: ['a'] }, { enum: ['b', 'a', 'c'] }],
  'pattern-added': [{ type: 'string' }, { type: 'string', pattern: 'a' }, { type: 'string', title: 'x' }],
  'pattern-changed': [{ pattern: 'a' }, { pattern: 'b' }, { pattern: 'a', title: 'x' }],
  'max-length-decreased': [{ maxLength: 3 }, { maxLength: 2 }, { maxLength: 4 }],
  'min-length-increased': [{ minLength: 3 }, { minLength: 4 }, { minLength: 2 }],
  'max-decreased': [{ maximum: 3 }, { maximum: 2 }, { maximum: 4 }],
  'min-increased': [{ minimum: 3 }, { minimum: 4 }, { minimum: 2 }],
  'max-length-set': [{ title: 'x' }, { maxLength: 2 }, { title: 'y' }],
  'max-set': [{ title: 'x' }, { maximum: 2 }, { title: 'y' }],
  'min-set': [{ title: 'x' }, { minimum: 2 }, { title: 'y' }],
};

/** The same for what an answer may gain. */
const RESPONSE_STEPS: Readonly<Record<string, readonly [base: Json, fires: Json, silent: Json]>> = {
  'one-of-added': [refs('A'), refs('A', 'B'), { ...refs('A'), title: 'x' }],
  'type-changed': [{ type: 'number' }, { type: 'string' }, { type: 'integer' }],
  'became-nullable': [{ type: 'string' }, { type: 'string', nullable: true }, { type: 'string', title: 'x' }],
  'max-length-increased': [{ maxLength: 3 }, { maxLength: 4 }, { maxLength: 2 }],
  'max-length-unset': [{ maxLength: 3 }, {}, { maxLength: 2 }],
  'max-increased': [{ maximum: 3 }, { maximum: 4 }, { maximum: 2 }],
  'min-decreased': [{ minimum: 3 }, { minimum: 2 }, { minimum: 4 }],
};

const within = {
  parameter,
  body: sent,
  property: (schema: Json) => sent(object({ a: schema })),
  answer: answered,
  part: (schema: Json) => answered(object({ a: schema })),
};
const stepsOf = (
  prefix: string,
  make: (schema: Json) => string,
  steps: Readonly<Record<string, readonly [Json, Json, Json]>>,
): [string, RuleCase][] =>
  Object.entries(steps).map(([name, [base, fires, silent]]) => [`${prefix}-${name}`, rule(make(base), make(fires), make(silent))]); // prettier-ignore
const memberSteps = { 'one-of-removed': [refs('A', 'B'), refs('A'), refs('B', 'A')], 'any-of-removed': [anyRefs('A', 'B'), anyRefs('A'), anyRefs('B', 'A')] } as const; // prettier-ignore

const secured = (security: unknown, own?: unknown, schemes: Json = {}): string =>
  api(
    { ...ok, ...(own === undefined ? {} : { security: own }) },
    { security, components: { securitySchemes: schemes } },
  );
const KEY = [{ key: [] }];
const SECURITY: Readonly<Record<string, RuleCase>> = {
  'api-security-removed': rule(secured(KEY, KEY), secured(KEY, []), secured(KEY)),
  'api-security-added': rule(secured([], []), secured([], KEY), secured([])),
  'api-security-scope-added': rule(
    secured([], [{ o: ['a'] }]),
    secured([], [{ o: ['a', 'b'] }]),
    secured([], [{ o: [] }]),
  ),
  'api-security-scope-removed': rule(secured([], [{ o: ['a'] }]), secured([], [{ o: [] }]), secured([], [{ o: ['a', 'b'] }])), // prettier-ignore
  'api-global-security-removed': rule(secured(KEY), secured([]), secured(KEY, KEY)),
  'api-global-security-added': rule(secured([]), secured(KEY), secured([], KEY)),
  'api-global-security-scope-added': rule(secured([{ o: ['a'] }]), secured([{ o: ['a', 'b'] }]), secured([{ o: [] }])),
  'api-global-security-scope-removed': rule(
    secured([{ o: ['a'] }]),
    secured([{ o: [] }]),
    secured([{ o: ['a', 'b'] }]),
  ),
  'api-security-component-removed': rule(secured([], [], { k: { type: 'http', scheme: 'basic' } }), secured([], []), secured([], [], { k: { type: 'http', scheme: 'basic' }, l: {} })), // prettier-ignore
  'api-security-component-type-changed': rule(secured([], [], { k: { type: 'http', scheme: 'basic' } }), secured([], [], { k: { type: 'http', scheme: 'bearer' } }), secured([], [], { k: { type: 'http', scheme: 'basic', description: 'x' } })), // prettier-ignore
};

const all: readonly (readonly [string, RuleCase])[] = [
  ...Object.entries(OPERATIONS),
  ...stepsOf('request-parameter', within.parameter, REQUEST_STEPS),
  ...stepsOf('request-body', within.body, REQUEST_STEPS),
  ...stepsOf('request-property', within.property, REQUEST_STEPS),
  ...stepsOf('request-body', within.body, memberSteps),
  ...stepsOf('request-property', within.property, memberSteps),
  ...stepsOf('response-body', within.answer, RESPONSE_STEPS),
  ...stepsOf('response-property', within.part, RESPONSE_STEPS),
  ...Object.entries(SECURITY),
];

export const OPENAPI_CASES: Readonly<Record<string, RuleCase>> = Object.fromEntries(
  all.map(([id, one]) => [`openapi/${id}`, one]),
);
