/** Rows: how servers declare routes, mounts and what runs before them. */
import type { CatalogueRow } from '../../model/catalogue-row.js';

const ROUTE = { method: '$member', path: 'A0', handlers: 'A1..' } as const;

const EXPRESS = [
  'R',
  'M[Router].R',
  'M[Router].I',
  'M[Express,Application,IRouter,IRoute].I',
  'M[core].M[Express,Router].I',
];
const EXPRESS_FLUENT = ['M[use].R', 'M[#verbs].R', 'M[param].R', 'M[set].R', 'M[disable,enable].R'];

const FASTIFY = ['R', 'M[fastify,Fastify].R', 'M[FastifyInstance].I'];
const FASTIFY_FLUENT = [
  'M[register].R',
  'M[register].P[0]',
  'M[after].P[0]',
  'M[withTypeProvider].R',
  'M[#verbs].R',
  'M[addHook].R',
  'M[decorate].R',
];

const HONO = ['I', 'M[Hono,OpenAPIHono].I', 'M[createFactory].R.M[createApp].R'];
const HONO_FLUENT = [
  'M[#verbs].R',
  'M[use].R',
  'M[route].R',
  'M[openapi].R',
  'M[basePath].R',
  'M[on].R',
  'M[onError].R',
  'M[notFound].R',
];

const KOA = ['I', 'R', 'M[Router].I'];
const KOA_FLUENT = ['M[#verbs].R', 'M[use].R', 'M[prefix].R'];
const HAPI = ['M[server,Server].R', 'M[server,Server].I', 'I', 'M[compose].R', 'M[compose].I'];
const HAPI_PACKAGES = ['@hapi/hapi', 'hapi', '@hapi/glue', 'glue'];
const KOA_PACKAGES = ['koa-router', '@koa/router', 'koa-tree-router'];

/** See the file's head. */
export const HTTP_SERVER_ROWS: readonly CatalogueRow[] = [
  { id: 'express.route', role: 'http.route', pkg: ['express', 'express-promise-router', 'router'], recv: EXPRESS, fluent: EXPRESS_FLUENT, call: 'M[#verbs]', when: { minArgs: 2, route: 'A0' }, bind: ROUTE },
  { id: 'express.route-chain', role: 'http.route', pkg: ['express', 'router'], recv: EXPRESS, fluent: [...EXPRESS_FLUENT, 'M[route].R'], call: 'M[#verbs]', when: { minArgs: 1 }, bind: { method: '$member', path: 'recv.A0', handlers: 'A0..' } },
  { id: 'express.mount', role: 'http.mount', pkg: ['express', 'express-promise-router', 'router'], recv: EXPRESS, fluent: EXPRESS_FLUENT, call: 'M[use]', when: { minArgs: 1 }, bind: { path: 'A0', handlers: 'A0..' } },
  { id: 'express.param', role: 'http.middleware', pkg: ['express', 'express-promise-router', 'router'], recv: EXPRESS, fluent: EXPRESS_FLUENT, call: 'M[param]', when: { minArgs: 2 }, bind: { parameter: 'A0', handlers: 'A1..' } },
  { id: 'connect.use', role: 'http.mount', pkg: ['connect'], recv: ['R'], fluent: ['M[use].R'], call: 'M[use]', when: { minArgs: 1 }, bind: { path: 'A0', handlers: 'A0..' } },
  { id: 'node.server', role: 'http.mount', pkg: ['http', 'https', 'http2', 'node:http', 'node:https', 'node:http2'], call: 'M[createServer,createSecureServer]', when: { minArgs: 1 }, bind: { path: 'const:', handlers: 'A0..' } },
  { id: 'micro.serve', role: 'http.mount', pkg: ['micro'], recv: ['', 'M[serve]'], call: '', when: { minArgs: 1 }, bind: { path: 'const:', handlers: 'A0..' } },
  { id: 'firebase.function', role: 'http.route', pkg: ['firebase-functions'], recv: ['M[https]', 'M[runWith,region].R.M[https]', ''], call: 'M[onRequest,onCall]', when: { minArgs: 1 }, bind: { path: '$symbol', handlers: 'A0..' } },
  { id: 'fastify.route', role: 'http.route', pkg: ['fastify'], recv: FASTIFY, fluent: FASTIFY_FLUENT, call: 'M[#verbs]', when: { minArgs: 2, route: 'A0' }, bind: { ...ROUTE, guards: 'A1.preHandler|A1.onRequest|A1.preValidation' } },
  { id: 'fastify.route-object', role: 'http.route', pkg: ['fastify'], recv: FASTIFY, fluent: FASTIFY_FLUENT, call: 'M[route]', bind: { method: 'A0.method', path: 'A0.url|A0.path', handlers: 'A0.handler', guards: 'A0.preHandler|A0.onRequest|A0.preValidation' } },
  { id: 'fastify.register', role: 'http.mount', pkg: ['fastify'], recv: FASTIFY, fluent: FASTIFY_FLUENT, call: 'M[register]', bind: { path: 'A1.prefix|const:', handlers: 'A0' } },
  { id: 'fastify.hook', role: 'http.middleware', pkg: ['fastify'], recv: FASTIFY, fluent: FASTIFY_FLUENT, call: 'M[addHook]', when: { minArgs: 2 }, bind: { handlers: 'A1' } },
  { id: 'hono.route', role: 'http.route', pkg: ['hono', '@hono/zod-openapi'], recv: HONO, fluent: HONO_FLUENT, call: 'M[#verbs]', when: { minArgs: 2, route: 'A0' }, bind: ROUTE },
  { id: 'hono.on', role: 'http.route', pkg: ['hono', '@hono/zod-openapi'], recv: HONO, fluent: HONO_FLUENT, call: 'M[on]', when: { minArgs: 3 }, bind: { method: 'A0', path: 'A1', handlers: 'A2..' } },
  { id: 'hono.openapi', role: 'http.route', pkg: ['@hono/zod-openapi'], recv: HONO, fluent: HONO_FLUENT, call: 'M[openapi]', when: { minArgs: 2 }, bind: { method: 'A0.made.A0.method', path: 'A0.made.A0.path', handlers: 'A1..', guards: 'A0.made.A0.middleware' } },
  { id: 'hono.mount', role: 'http.mount', pkg: ['hono', '@hono/zod-openapi'], recv: HONO, fluent: HONO_FLUENT, call: 'M[route,mount]', when: { minArgs: 2 }, bind: { path: 'A0', router: 'A1' } },
  { id: 'hono.use', role: 'http.middleware', pkg: ['hono', '@hono/zod-openapi'], recv: HONO, fluent: HONO_FLUENT, call: 'M[use]', when: { minArgs: 1 }, bind: { path: 'A0', handlers: 'A0..' } },
  { id: 'hono.base-path', role: 'http.prefix', pkg: ['hono', '@hono/zod-openapi'], recv: HONO, fluent: HONO_FLUENT, call: 'M[basePath]', bind: { path: 'A0' } },
  { id: 'koa-router.route', role: 'http.route', pkg: KOA_PACKAGES, recv: KOA, fluent: KOA_FLUENT, call: 'M[#verbs,del]', when: { minArgs: 2, route: 'A0' }, bind: ROUTE },
  { id: 'koa-router.named-route', role: 'http.route', pkg: KOA_PACKAGES, recv: KOA, fluent: KOA_FLUENT, call: 'M[#verbs,del]', when: { minArgs: 3, route: 'A1' }, bind: { method: '$member', path: 'A1', handlers: 'A2..' } },
  { id: 'koa-router.mount', role: 'http.mount', pkg: KOA_PACKAGES, recv: KOA, fluent: KOA_FLUENT, call: 'M[use]', bind: { path: 'A0', handlers: 'A0..' } },
  { id: 'koa-router.prefix', role: 'http.prefix', pkg: KOA_PACKAGES, call: 'new', bind: { path: 'A0.prefix' } },
  { id: 'koa.use', role: 'http.mount', pkg: ['koa'], recv: ['I', 'R'], fluent: ['M[use].R'], call: 'M[use]', bind: { handlers: 'A0..' } },
  { id: 'restify.use', role: 'http.middleware', pkg: ['restify'], recv: ['M[createServer].R'], call: 'M[use,pre]', when: { minArgs: 1 }, bind: { handlers: 'A0..' } },
  { id: 'restify.route', role: 'http.route', pkg: ['restify'], recv: ['M[createServer].R'], call: 'M[#verbs,del,opts]', when: { minArgs: 2 }, bind: { method: '$member', path: 'A0|A0.path', handlers: 'A1..' } },
  { id: 'hapi.route', role: 'http.route', pkg: HAPI_PACKAGES, recv: HAPI, call: 'M[route]', bind: { method: 'A0.method', path: 'A0.path', handlers: 'A0.handler|A0.options.handler|A0.config.handler', guards: 'A0.options.auth|A0.config.auth' } },
  { id: 'hapi.extension', role: 'http.middleware', pkg: HAPI_PACKAGES, recv: HAPI, call: 'M[ext]', when: { minArgs: 1 }, bind: { handlers: 'A1|A0.method' } },
  { id: 'elysia.route', role: 'http.route', pkg: ['elysia'], recv: ['M[Elysia].I'], fluent: ['M[*].R'], call: 'M[#verbs]', when: { minArgs: 2, route: 'A0' }, bind: ROUTE },
  { id: 'polka.route', role: 'http.route', pkg: ['polka', 'find-my-way', 'itty-router'], recv: ['R', 'M[Router,AutoRouter].R'], fluent: ['M[*].R'], call: 'M[#verbs]', when: { minArgs: 2, route: 'A0' }, bind: ROUTE },
  { id: 'h3.route', role: 'http.route', pkg: ['h3', 'nitropack', 'nitro'], recv: ['M[createRouter,createApp].R', 'M[H3].I'], fluent: ['M[*].R'], call: 'M[#verbs]', when: { minArgs: 2, route: 'A0' }, bind: ROUTE },
  { id: 'nestjs.route', role: 'http.route', kind: 'decorator', pkg: ['@nestjs/common'], call: 'M[#nestVerbs]', bind: { method: '$member', path: 'A0|A0.path|const:' } },
  { id: 'nestjs.controller', role: 'http.prefix', kind: 'decorator', pkg: ['@nestjs/common'], call: 'M[Controller]', bind: { path: 'A0|A0.path|const:' } },
  { id: 'nestjs.guards', role: 'http.middleware', kind: 'decorator', pkg: ['@nestjs/common'], call: 'M[UseGuards,UseInterceptors,UsePipes]', bind: { handlers: 'A0..' } },
  { id: 'nestjs.global-prefix', role: 'http.prefix', pkg: ['@nestjs/core'], recv: ['M[NestFactory].M[create].R', 'M[INestApplication].I'], call: 'M[setGlobalPrefix]', bind: { path: 'A0', global: 'const:yes' } },
  { id: 'nestjs.global-prefix-typed', role: 'http.prefix', pkg: ['@nestjs/common', '@nestjs/platform-express'], recv: ['M[INestApplication,NestExpressApplication].I'], call: 'M[setGlobalPrefix]', bind: { path: 'A0', global: 'const:yes' } },
  { id: 'routing-controllers.route', role: 'http.route', kind: 'decorator', pkg: ['routing-controllers', 'tsoa', '@tsed/schema'], call: 'M[#nestVerbs]', bind: { method: '$member', path: 'A0|const:' } },
  { id: 'routing-controllers.controller', role: 'http.prefix', kind: 'decorator', pkg: ['routing-controllers', '@tsed/common', '@tsed/di', 'tsoa'], call: 'M[Controller,JsonController,Route]', bind: { path: 'A0|const:' } },
  { id: 'next.app-route', role: 'http.route', kind: 'file', pkg: ['next'], style: 'next-app', files: '(?:^|/)app/(?:.*/)?route\\.[jt]sx?$', exports: ['#exportedVerbs'] },
  { id: 'next.pages-api', role: 'http.route', kind: 'file', pkg: ['next'], style: 'next-pages', files: '(?:^|/)pages/api/.*\\.[jt]sx?$', exports: ['default'] },
  { id: 'remix.route', role: 'http.route', kind: 'file', pkg: ['@remix-run/react', '@remix-run/node', '@remix-run/server-runtime', 'react-router', '@react-router/node', '@react-router/dev'], style: 'remix', files: '(?:^|/)app/routes/.*\\.[jt]sx?$', exports: ['loader', 'action'] },
  { id: 'sveltekit.endpoint', role: 'http.route', kind: 'file', pkg: ['@sveltejs/kit'], style: 'sveltekit', files: '(?:^|/)routes/(?:.*/)?\\+server\\.[jt]s$', exports: ['#exportedVerbs'] },
  { id: 'nitro.handler', role: 'http.route', kind: 'file', pkg: ['nuxt', 'nitropack', 'nitro'], style: 'nitro', files: '(?:^|/)server/(?:api|routes)/.*\\.[jt]s$', exports: ['default'] },
  { id: 'astro.endpoint', role: 'http.route', kind: 'file', pkg: ['astro'], style: 'astro', files: '(?:^|/)src/pages/.*\\.[jt]s$', exports: ['#exportedVerbs'] },
  { id: 'medusa.route', role: 'http.route', kind: 'file', pkg: ['@medusajs/framework', '@medusajs/medusa', '@medusajs/utils'], style: 'next-app', files: '(?:^|/)src/api/(?:.*/)?route\\.[jt]s$', exports: ['#exportedVerbs'] },
]; // prettier-ignore
