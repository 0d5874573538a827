/** The ends of contracts that rows find in code: for each way to write one, what is read; and what is none. */
import { describe, expect, test } from 'vitest';
import type { Endpoint } from '../src/model/index.js';
import { analyzeCase, type Files } from './case.js';

const manifest = (...names: string[]): string =>
  JSON.stringify({ name: 'app', dependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])) });

async function endsOf(files: Files): Promise<readonly Endpoint[]> {
  return (await analyzeCase(files, files)).linked.endpoints.head;
}

const keysOf = (ends: readonly Endpoint[], role: string): string[] =>
  ends.filter((end) => end.role === role).map(({ key }) => key);

describe('routes', () => {
  test.each<[string, Files, string[]]>([
    [
      'express, mounted, chained',
      {
        'app.ts':
          "import express from 'express'; import { users } from './users'; const app = express(); app.use('/api', users); app.get('/ping', (q, s) => s.end());",
        'users.ts':
          "import { Router } from 'express'; export const users = Router(); users.get('/users/:id', show).post('/users', make); users.route('/books').get(show); function show() {} function make() {}",
      },
      ['GET /ping', 'GET /api/users/{}', 'POST /api/users', 'GET /api/books'],
    ],
    [
      'express, from a function that returns the router',
      {
        'app.ts':
          "import express from 'express'; import { routes } from './routes'; export function create() { const app = express(); app.use('/v1', routes(1)); return app; }",
        'routes.ts':
          "import { Router } from 'express'; export function routes(db: number) { const router = Router(); router.delete('/x/:id', () => db); return router; }",
      },
      ['DELETE /v1/x/{}'],
    ],
    [
      'express by require',
      { 'app.js': "const express = require('express'); const app = express(); app.put('/a', (q, s) => s.end());" },
      ['PUT /a'],
    ],
    [
      'fastify, plugins and objects',
      {
        'app.ts':
          "import fastify from 'fastify'; import plugin from './plugin'; const app = fastify(); app.register(plugin, { prefix: '/p' }); app.route({ method: ['GET', 'POST'], url: '/r', handler() {} });",
        'plugin.ts':
          "import type { FastifyInstance } from 'fastify'; export default async function plugin(app: FastifyInstance) { app.get('/in', async () => 1); }",
      },
      ['GET /r', 'POST /r', 'GET /p/in'],
    ],
    [
      'hono, chained, mounted',
      {
        'app.ts':
          "import { Hono } from 'hono'; const sub = new Hono().get('/list', (c) => c.text('')).post('/', (c) => c.text('')); const app = new Hono().basePath('/api'); app.route('/posts', sub); export default app;",
      },
      ['GET /api/posts/list', 'POST /api/posts'],
    ],
    [
      'koa',
      {
        'app.ts':
          "import Router from '@koa/router'; const router = new Router({ prefix: '/k' }); router.get('/a/:b', async (ctx) => { ctx.body = 1; }); export default router.routes();",
      },
      ['GET /k/a/{}'],
    ],
    [
      'nest, global prefix and guards',
      {
        'c.ts':
          "import { Controller, Get, Post, UseGuards } from '@nestjs/common'; class G {} @Controller('cats') @UseGuards(G) export class Cats { @Get(':id') one() {} @Post() add() {} }",
        'main.ts':
          "import { NestFactory } from '@nestjs/core'; async function main() { const app = await NestFactory.create({}); app.setGlobalPrefix('v2'); } main();",
      },
      ['GET /v2/cats/{}', 'POST /v2/cats'],
    ],
    [
      'next, both routers',
      {
        'package.json': manifest('next'),
        'app/(shop)/orders/[id]/route.ts': 'export async function GET() {} export const POST = async () => {};',
        'pages/api/old/[...all].ts': 'export default function handler() {}',
        'app/page.tsx': 'export default function Page() {}',
      },
      ['GET /orders/{}', 'POST /orders/{}', 'ALL /api/old/**'],
    ],
    [
      'remix',
      {
        'package.json': manifest('@remix-run/node'),
        'app/routes/users.$id.tsx': 'export const loader = () => 1; export const action = () => 2;',
      },
      ['GET /users/{}', 'ALL /users/{}'],
    ],
    [
      'sveltekit',
      { 'package.json': manifest('@sveltejs/kit'), 'src/routes/api/[slug]/+server.ts': 'export function GET() {}' },
      ['GET /api/{}'],
    ],
    [
      'nuxt',
      {
        'package.json': manifest('nuxt'),
        'server/api/users/[id].get.ts': 'export default defineEventHandler(() => 1);',
      },
      ['GET /api/users/{}'],
    ],
    [
      'not a router: maps, caches, unknown receivers',
      {
        'a.ts':
          "const map = new Map(); map.get('/x'); declare const any: any; any.get('/y', () => 1); import got from 'other'; got.get('/z', () => 1);",
      },
      [],
    ],
  ])('%s', async (_, files, expected) => {
    expect(keysOf(await endsOf(files), 'http.route').toSorted()).toEqual(expected.toSorted());
  });

  test('what runs before a route: of the mount, the router, the call, the class', async () => {
    const ends = await endsOf({
      'a.ts':
        "import express, { Router } from 'express'; import passport from 'passport'; const log = () => 1, audit = () => 2, mayEdit = () => 3; const r = Router(); r.use(audit); r.put('/:id', mayEdit, passport.authenticate('jwt'), (q, s) => s.end()); const app = express(); app.use(log); app.use('/docs', passport.initialize(), r);",
      'c.ts':
        "import { Controller, Get, UseGuards } from '@nestjs/common'; class A {} class B {} @UseGuards(A) @Controller('x') export class C { @UseGuards(B) @Get() one() {} }",
    });
    const guards = ends
      .filter(({ role }) => role === 'http.route')
      .map(({ guards: list }) => list?.map(({ name }) => name));
    expect(guards).toEqual([
      ['log', 'passport.initialize', 'audit', 'mayEdit', 'passport.authenticate'],
      ['A', 'B'],
    ]);
  });
});

describe('clients', () => {
  test.each<[string, Files, string[]]>([
    [
      'fetch',
      {
        'a.ts':
          "const base = process.env.API ?? 'http://localhost:3000'; export const one = (id: string) => fetch(`${base}/users/${id}?full=1`); export const add = () => fetch('/users', { method: 'POST' }); export const url = () => fetch(new URL('/search', base));",
      },
      ['GET /users/{}', 'POST /users', 'GET /search'],
    ],
    [
      'axios, instance with a base',
      {
        'a.ts':
          "import axios from 'axios'; const api = axios.create({ baseURL: 'https://api.test/v1' }); export const a = () => api.get('/items'); export const b = () => axios({ url: '/raw', method: 'delete' });",
      },
      ['GET /v1/items', 'DELETE /raw'],
    ],
    [
      'ky, got, ofetch',
      {
        'a.ts':
          "import ky from 'ky'; import got from 'got'; import { ofetch } from 'ofetch'; const api = ky.extend({ prefixUrl: '/api' }); export const a = () => api.post('x'); export const b = () => got('/y'); export const c = () => ofetch('/z', { method: 'PATCH' });",
      },
      ['POST /api/x', 'GET /y', 'PATCH /z'],
    ],
    [
      'a wrapper of a wrapper, in a class',
      {
        'client.ts':
          "export class Client { constructor(private base: string) {} private send(method: string, path: string) { return fetch(this.base + path, { method }); } get(path: string) { return this.send('GET', path); } remove(id: string) { return this.send('DELETE', `/things/${id}`); } }",
        'use.ts':
          "import { Client } from './client'; const client = new Client('x'); export const list = () => client.get('/things');",
      },
      ['GET /things', 'DELETE /things/{}'],
    ],
    [
      'RTK Query',
      {
        'a.ts':
          "import { createApi } from '@reduxjs/toolkit/query/react'; export const api = createApi({ endpoints: (build) => ({ one: build.query({ query: (id) => `posts/${id}` }), add: build.mutation({ query: (body) => ({ url: 'posts', method: 'POST', body }) }) }) });",
      },
      ['GET /posts/{}', 'POST /posts'],
    ],
    [
      'not a client: a parameter of that name, text that is no path',
      {
        'a.ts':
          "export function run(fetch: (x: string) => void) { fetch('/no'); } export const b = (u: string) => fetch(u);",
      },
      [],
    ],
  ])('%s', async (_, files, expected) => {
    expect(keysOf(await endsOf(files), 'http.client').toSorted()).toEqual(expected.toSorted());
  });
});

describe('queries', () => {
  test.each<[string, string, [string, string][]]>([
    [
      'prisma',
      "import { PrismaClient } from '@prisma/client'; const prisma = new PrismaClient(); export const a = () => prisma.userProfile.findMany({ where: { id: 1 } });",
      [['userprofile', 'findMany']],
    ],
    [
      'drizzle',
      "import { drizzle } from 'drizzle-orm/node-postgres'; import { pgTable, text } from 'drizzle-orm/pg-core'; export const users = pgTable('app_users', { name: text('name') }); const db = drizzle('x'); export const a = () => db.select().from(users).limit(1); export const b = () => db.transaction(async (tx) => { await tx.insert(users).values({ name: 'x' }); });",
      [
        ['appusers', 'select'],
        ['appusers', 'insert'],
      ],
    ],
    [
      'typeorm',
      "import { Entity, Repository, Column } from 'typeorm'; @Entity('people') class Person { @Column() name: string; } export class S { constructor(private readonly people: Repository<Person>) {} all() { return this.people.find({ where: { name: 'x' } }); } }",
      [['people', 'find']],
    ],
    [
      'knex and kysely',
      "import knex from 'knex'; import { Kysely } from 'kysely'; const k = knex({}); export const a = () => k('orders').where('id', 1); const db = new Kysely<any>({} as any); export const b = () => db.updateTable('items').set({ a: 1 }).execute();",
      [
        ['orders', ''],
        ['items', 'updateTable'],
      ],
    ],
    [
      'mongoose and sequelize',
      "import mongoose, { Schema } from 'mongoose'; import { Sequelize } from 'sequelize'; const Post = mongoose.model('Post', new Schema({ title: String })); export const a = () => Post.findOne({ title: 'x' }); const s = new Sequelize(''); const Tag = s.define('tag', {}); export const b = () => Tag.findAll();",
      [
        ['post', 'findOne'],
        ['tag', 'findAll'],
      ],
    ],
    [
      'raw texts, whoever gets them',
      "import { Pool } from 'pg'; const pool = new Pool(); export const a = (id: string) => pool.query(`select name from public.users u join teams t on t.id = u.team_id where u.id = ${id}`); export const b = (db: any) => db.run('DELETE FROM sessions');",
      [
        ['users', 'select'],
        ['teams', 'select'],
        ['sessions', 'delete'],
      ],
    ],
    [
      'prose is no query',
      "export const a = (log: any) => log.write('select one from the list below, and update it'); export const b = (x: any) => x.find('users');",
      [],
    ],
  ])('%s', async (_, text, expected) => {
    const ends = await endsOf({ 'a.ts': text });
    const found = ends.filter(({ query }) => query !== undefined).map(({ key, query }) => [key, query?.operation]);
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  test('says what a query filters by, and whether it stands in a loop or a transaction', async () => {
    const ends = await endsOf({
      'a.ts':
        "import { PrismaClient } from '@prisma/client'; const db = new PrismaClient(); export async function f(ids: string[]) { for (const id of ids) await db.user.delete({ where: { id } }); await Promise.all(ids.map((id) => db.user.findMany({ where: { id, tenantId: 1 } }))); await db.$transaction(async (tx) => { await tx.post.create({ data: { title: 'x' } }); }); }",
    });
    const shapes = ends.flatMap(({ query }) =>
      query ? [[query.operation, query.where.join(), query.inLoop, query.inTransaction]] : [],
    );
    expect(shapes).toEqual(
      expect.arrayContaining([
        ['delete', 'id', true, false],
        ['findMany', 'id,tenantId', true, false],
        ['create', '', false, true],
      ]),
    );
  });
});

test('procedures, documents, topics, keys, options', async () => {
  const ends = await endsOf({
    'trpc.ts':
      "import { initTRPC } from '@trpc/server'; const t = initTRPC.create(); export const router = t.router; export const open = t.procedure;",
    'root.ts':
      "import { router, open } from './trpc'; import { posts } from './posts'; export const app = router({ posts, health: open.query(() => 1) });",
    'posts.ts':
      "import { router, open } from './trpc'; export const posts = router({ byId: open.input(String).query(() => 1), admin: { drop: open.mutation(() => 2) } });",
    'web.ts':
      "import { createTRPCReact } from '@trpc/react-query'; const trpc = createTRPCReact<any>(); export const Page = () => trpc.posts.byId.useQuery('1');",
    'gql.ts':
      "import { gql } from '@apollo/client'; export const Q = gql`query A($id: ID!) { me: user(id: $id) { name } ...F } fragment F on Query { hidden }`;",
    'resolvers.ts':
      "import { ApolloServer } from '@apollo/server'; const resolvers = { Query: { user: () => 1 }, User: { name: () => '' } }; new ApolloServer({ resolvers });",
    'mail.ts':
      "import { Queue, Worker } from 'bullmq'; const queue = new Queue('mail'); export const send = () => queue.add('welcome', {}); new Worker('mail', async () => 1, { concurrency: 5 });",
    'kafka.ts':
      "import { Kafka } from 'kafkajs'; const TOPICS = { orders: 'shop.orders' } as const; const kafka = new Kafka({}); const producer = kafka.producer(); export const emit = () => producer.send({ topic: TOPICS.orders, messages: [] }); export const run = async () => { const c = kafka.consumer({ groupId: 'g' }); await c.subscribe({ topics: ['shop.orders'] }); };",
    'pool.ts':
      "import { Pool } from 'pg'; const { DATABASE_URL } = process.env; export const pool = new Pool({ connectionString: DATABASE_URL, max: 2 * 10, idleTimeoutMillis: 30_000 });",
    'vite.ts': 'export const url = import.meta.env.VITE_API_URL;',
    'jwt.ts':
      "import jwt from 'jsonwebtoken'; export const sign = (x: object) => jwt.sign(x, process.env.SECRET!, { expiresIn: '15m', algorithm: 'HS256' });",
  });
  expect(keysOf(ends, 'trpc.procedure').toSorted()).toEqual(['health', 'posts.admin.drop', 'posts.byId']);
  expect(keysOf(ends, 'trpc.call')).toEqual(['posts.byId']);
  expect(keysOf(ends, 'graphql.operation')).toEqual(['Query.user']);
  expect(keysOf(ends, 'graphql.field')).toEqual(['Query.user']);
  expect([...keysOf(ends, 'mq.publish'), ...keysOf(ends, 'mq.subscribe')].toSorted()).toEqual([
    'mail',
    'mail',
    'shop.orders',
    'shop.orders',
  ]);
  expect(keysOf(ends, 'env.read').toSorted()).toEqual(['DATABASE_URL', 'SECRET', 'VITE_API_URL']);
  const options = ends.filter(({ key }) => key === '').map(({ row, values }) => [row, values]);
  expect(options).toEqual(
    expect.arrayContaining([
      ['pg.pool', { max: 20, idleTimeoutMillis: 30_000 }],
      ['bullmq.worker-options', { concurrency: 5 }],
      ['jsonwebtoken.sign', { operation: 'sign', expiresIn: '15m', algorithm: 'HS256' }],
    ]),
  );
});
