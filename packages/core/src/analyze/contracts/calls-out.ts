/**
 * Calls that go to another system by a name: HTTP requests, messages, events. The name may come through wrappers.
 * In: the survey's matches. Out: endpoints with keys; a name of which nothing is known gives none.
 */
import { HOLE, type Endpoint } from '../../model/endpoint.js';
import type { EndpointRole } from '../../model/catalogue-row.js';
import { ANY, calledUrl, methodName, routeKey } from './http-path.js';
import type { Match } from './match.js';
import { select } from './select.js';
import type { Survey, Variant } from './survey.js';

/** HTTP requests: `GET /orders/{}`. */
export function httpClients(survey: Survey): Endpoint[] {
  return survey.ends('http.client', (match) => {
    const { bind } = match.row;
    return survey
      .variants(match, [bind?.['path'], bind?.['method']], saysPath)
      .flatMap((variant) => requests(survey, match, variant));
  });
}

/** Segments that many paths begin with: they do not tell one from another. */
const COMMON = /^(?:api|rest|rpc|trpc|v\d+(?:\.\d+)?|internal|public)$/i;

/** The text is a path of its own, not only the beginning of what a caller passes. */
function saysPath(text: string): boolean {
  if (/[^/]\$\{\}$/.test(text)) return false;
  const segments = calledUrl(text)?.segments ?? [];
  return segments.some((segment) => segment !== ANY && !COMMON.test(segment));
}

function requests(survey: Survey, match: Match, { site, bound, depth }: Variant): Endpoint[] {
  const { bind } = match.row;
  const bases = survey.texts(match, bind?.['base'], bound);
  const written = isMethodHidden(survey, match, bound) ? [''] : survey.texts(match, bind?.['method'], bound);
  const methods = written.length === 0 ? [''] : written.map(methodName);
  return survey.texts(match, bind?.['path'], bound).flatMap((path) => {
    if (match.row.id === 'hono.client') path = `/${path.replaceAll('.', '/')}`;
    const whole = (bases.length === 0 ? [''] : bases).map((base) => joined(base, path));
    return whole.flatMap((url) => {
      const read = calledUrl(url);
      if (read === undefined || (read.segments.length === 0 && read.open)) return [];
      return [...new Set(methods)].map((method) =>
        survey.endpoint(match, site, {
          key: routeKey(method === '' ? 'ALL' : method, read.segments),
          ...(depth > 0 ? { confidence: 'pattern' as const } : {}),
          values: {
            method,
            path: `/${read.segments.join('/')}`,
            host: read.host,
            open: read.open,
            url: url.slice(0, 300),
          },
        }),
      );
    });
  });
}

/** The options are made by a call, and nothing is known of a method in them: it may be any. */
function isMethodHidden(survey: Survey, match: Match, bound: Variant['bound']): boolean {
  const [first = ''] = match.row.bind?.['method']?.split('|') ?? [];
  if (first !== 'A1.method' || survey.texts(match, first, bound).length > 0) return false;
  return select(survey.resolver, match, 'A1', bound).some(({ value }) => Array.isArray(value) && value[0] === 'c');
}

/** A base and a path; a whole URL stands for itself, an unknown base is a hole. */
function joined(base: string, path: string): string {
  if (base === '' || /^(?:https?:)?\/\//.test(path)) return path;
  return `${base.replace(/\/$/, '')}/${path.replace(/^\//, '')}`;
}

const NAMED_ROLES: readonly EndpointRole[] = ['mq.publish', 'mq.subscribe', 'event.emit', 'event.on', 'cache.key'];

/** Messages and events: their topic. */
export function namedCalls(survey: Survey): Endpoint[] {
  return NAMED_ROLES.flatMap((role) => survey.ends(role, (match) => namedCall(survey, match)));
}

function namedCall(survey: Survey, match: Match): Endpoint[] {
  const selector = match.row.bind?.['topic'] ?? match.row.bind?.['name'];
  return survey
    .variants(match, [selector], (text) => topicName(text) !== '')
    .flatMap(({ site, bound, depth }) =>
      survey.texts(match, selector, bound).flatMap((written) => {
        const topic = topicName(written);
        if (topic === '') return [];
        const handlers = survey.handlers(select(survey.resolver, match, match.row.bind?.['handlers'], bound));
        return [
          survey.endpoint(match, site, {
            key: topic,
            ...(depth > 0 ? { confidence: 'pattern' as const } : {}),
            ...(handlers.length > 0 ? { handlers } : {}),
            values: { topic: written },
          }),
        ];
      }),
    );
}

/** The last part of an ARN or a queue's URL; '' where nothing is known. */
function topicName(written: string): string {
  const name = /^(?:arn:|https?:\/\/)/.test(written) ? (written.split(/[:/]/).at(-1) ?? '') : written;
  return name.replaceAll(HOLE, '').replaceAll(/[.:/_-]/g, '').length < 2 ? '' : name;
}
