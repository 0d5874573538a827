/** Cases of what code says: `route/…`, `auth/…`, `q/…`, and amounts that only code writes. */
import { CODE_DIMENSIONS } from '../../src/catalogue/resources.js';
import type { Files, RuleCase, Step } from './rule-case.js';

const step = (base: string, head: string): Step => [{ 'src/a.ts': base }, { 'src/a.ts': head }];
const rule = (base: string, fires: string, silent: string): RuleCase => ({
  fires: step(base, fires),
  silent: step(base, silent),
});

/** Routes of one express application. */
const app = (lines: string, more = ''): string =>
  `import express from 'express';\nimport { requireUser, requireRole, log } from './guards';\n${more}const app = express();\n${lines}\nexport function list(q: any, s: any) { s.end(); }\nexport function make(q: any, s: any) { s.end(); }\nexport default app;\n`;
const GUARDS =
  'export const requireUser = (q: any, s: any, next: any) => next();\nexport const log = (q: any, s: any, next: any) => next();\nexport const requireRole = (role: string) => (q: any, s: any, next: any) => next(role);\n';
const routes = (base: string, fires: string, silent: string, more = ''): RuleCase => {
  const files = (lines: string): Files => ({ 'src/a.ts': app(lines, more), 'src/guards.ts': GUARDS });
  return { fires: [files(base), files(fires)], silent: [files(base), files(silent)] };
};

const inFunction = (line: string, more: string): string => `${more}\nexport async function run(db: any, id: string, token: string) {\n  ${line}\n}\n`; // prettier-ignore
const within =
  (more: string) =>
  (base: string, fires: string, silent: string): RuleCase =>
    rule(inFunction(base, more), inFunction(fires, more), inFunction(silent, more));

const jwt = within("import jwt from 'jsonwebtoken';\nimport { KEY, OTHER } from './keys';");
const hash = within("import bcrypt from 'bcrypt';\nimport argon2 from 'argon2';");
const pg = within("import { Pool } from 'pg';\nconst pool = new Pool();");
const knex = within("import knex from 'knex';\nconst sql = knex({});");
const prisma = within("import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();");
const cookies = (options: string): string => `import session from 'express-session';\nexport const sessions = session(${options});\n`; // prettier-ignore
const cors = (options: string): string => `import cors from 'cors';\nexport const shared = cors(${options});\n`;
const uses = (more: string) => (base: string, fires: string, silent: string) => routes(base, fires, silent, more);
const ability = within("import { AbilityBuilder } from '@casl/ability';\nconst { can, cannot } = new AbilityBuilder(Object);"); // prettier-ignore
const clerk = (list: string): string => `import { createRouteMatcher } from '@clerk/nextjs/server';\nexport const isPublicRoute = createRouteMatcher(${list});\n`; // prettier-ignore
const limiter = uses("import rateLimit from 'express-rate-limit';\n");

const AMOUNTS: Readonly<Record<string, (amount: string) => string>> = {
  concurrency: (amount) => `import { Worker } from 'bullmq';\nexport const worker = new Worker('mail', send, {${amount && ` concurrency: ${amount} `}});\nfunction send() {}\n`,
  'batch-size': (amount) => `import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';\nexport const take = () => new ReceiveMessageCommand({ QueueUrl: 'q',${amount && ` MaxNumberOfMessages: ${amount} `}});\n`,
  retries: (amount) => `import Redis from 'ioredis';\nexport const redis = new Redis({${amount && ` maxRetriesPerRequest: ${amount} `}});\n`,
  'body-limit': (amount) => `import express from 'express';\nexport const body = express.json({${amount && ` limit: ${amount} `}});\n`,
  'cache-max': (amount) => `import { LRUCache } from 'lru-cache';\nexport const cache = new LRUCache({ ttl: 1000,${amount && ` max: ${amount} `}});\n`,
}; // prettier-ignore

const AMOUNT_CASES = CODE_DIMENSIONS.flatMap(({ id }): [string, RuleCase][] => {
  const [few, many, again, none] = ['2', '7', '/* same */ 2', ''].map((amount) => AMOUNTS[id]!(amount)) as [string, string, string, string]; // prettier-ignore
  return [
    [`res/${id}-lowered`, rule(many, few, none)],
    [`res/${id}-raised`, rule(few, many, again)],
    [`res/${id}-removed`, rule(few, none, many)],
    [`res/${id}-added`, rule(none, few, `${none}\n`)],
  ];
});

export const CODE_CASES: Readonly<Record<string, RuleCase>> = {
  ...Object.fromEntries(AMOUNT_CASES),
  'route/removed': routes("app.get('/a', list);\napp.get('/b', make);", "app.get('/a', list);", "app.get('/b', make);\napp.get('/a', list);"),
  'route/renamed': routes("app.get('/a', list);", "app.get('/b', list);", "app.post('/a', list);"),
  'route/method-changed': routes("app.get('/a', list);", "app.post('/a', list);", "app.get('/b', list);"),
  'route/parameters-changed': routes("app.get('/a/:id', list);", "app.get('/a/:id/:part', list);", "app.get('/a/:key', list);"),
  'route/added': routes("app.get('/a', list);", "app.get('/a', list);\napp.get('/c', make);", "app.get('/c', list);"),

  'auth/guard-removed-from-route': routes("app.get('/a', requireUser, list);", "app.get('/a', list);", "app.get('/a', log, requireUser, list);"),
  'auth/guard-added-to-route': routes("app.get('/a', list);", "app.get('/a', requireUser, list);", "app.get('/a', log, list);"),
  'auth/guard-order-changed': routes("app.get('/a', requireUser, requireRole('x'), list);", "app.get('/a', requireRole('x'), requireUser, list);", "app.get('/a', requireUser, log, requireRole('x'), list);"),
  'auth/role-required-changed': routes("app.get('/a', requireRole('admin'), list);", "app.get('/a', requireRole('staff'), list);", "app.get('/b', requireRole('admin'), list);"),
  'auth/check-removed': within("import { auth } from '@clerk/nextjs/server';")('await auth(); return 1;', 'return 1;', 'await auth(); return 2;'),
  'auth/check-added': within("import { auth } from '@clerk/nextjs/server';")('return 1;', 'await auth(); return 1;', 'return 2;'),
  'auth/code-changed': rule(
    "import { auth } from '@clerk/nextjs/server';\nexport const requireUser = async () => (await auth()).userId;\nexport const handle = async () => { await auth(); return 1; };\n",
    "import { auth } from '@clerk/nextjs/server';\nexport const requireUser = async () => (await auth()).userId ?? 'guest';\nexport const handle = async () => { await auth(); return 1; };\n",
    "import { auth } from '@clerk/nextjs/server';\nexport const requireUser = async () => (await auth()).userId;\nexport const handle = async () => { await auth(); return 2; };\n",
  ),
  'auth/dependency-changed': rule(
    "import jwt from 'jsonwebtoken';\nconst key = () => process.env.KEY;\nexport const verifyToken = (token: string) => jwt.verify(token, key());\nexport const other = () => 1;\n",
    "import jwt from 'jsonwebtoken';\nconst key = () => process.env.KEY_2;\nexport const verifyToken = (token: string) => jwt.verify(token, key());\nexport const other = () => 1;\n",
    "import jwt from 'jsonwebtoken';\nconst key = () => process.env.KEY;\nexport const verifyToken = (token: string) => jwt.verify(token, key());\nexport const other = () => 2;\n",
  ),
  'auth/jwt-none-allowed': jwt("jwt.verify(token, KEY, { algorithms: ['RS256'] });", "jwt.verify(token, KEY, { algorithms: ['RS256', 'none'] });", "jwt.verify(token, KEY, { algorithms: ['RS256', 'ES256'] });"),
  'auth/jwt-algorithm-changed': jwt("jwt.sign({}, KEY, { algorithm: 'HS256' });", "jwt.sign({}, KEY, { algorithm: 'RS256' });", "jwt.sign({ id }, KEY, { algorithm: 'HS256' });"),
  'auth/jwt-claim-check-removed': jwt("jwt.verify(token, KEY, { issuer: 'a' });", 'jwt.verify(token, KEY, {});', "jwt.verify(token, KEY, { issuer: 'b' });"),
  'auth/jwt-claim-check-added': jwt('jwt.verify(token, KEY, {});', "jwt.verify(token, KEY, { audience: 'a' });", "jwt.verify(token, KEY, { algorithms: ['RS256'] });"),
  'auth/jwt-claim-changed': jwt("jwt.verify(token, KEY, { issuer: 'a' });", "jwt.verify(token, KEY, { issuer: 'b' });", 'jwt.verify(token, KEY, {});'),
  'auth/jwt-verify-to-decode': jwt('return jwt.verify(token, KEY);', 'return jwt.decode(token);', 'return jwt.verify(token, OTHER);'),
  'auth/lifetime-lengthened': jwt("jwt.sign({}, KEY, { expiresIn: '15m' });", "jwt.sign({}, KEY, { expiresIn: '7d' });", "jwt.sign({}, KEY, { expiresIn: '60s' });"),
  'auth/lifetime-shortened': jwt("jwt.sign({}, KEY, { expiresIn: '7d' });", "jwt.sign({}, KEY, { expiresIn: '1h' });", "jwt.sign({}, KEY, { expiresIn: '8d' });"),
  'auth/secret-source-changed': rule(cookies("{ secret: process.env.A, name: 's' }"), cookies("{ secret: process.env.B, name: 's' }"), cookies("{ secret: process.env.A, name: 't' }")),
  'auth/hash-algorithm-changed': hash('return bcrypt.hash(token, 12);', 'return argon2.hash(token);', 'return bcrypt.hash(id, 12);'),
  'auth/hash-cost-lowered': hash('return bcrypt.hash(token, 12);', 'return bcrypt.hash(token, 8);', 'return bcrypt.hash(token, 13);'),
  'auth/hash-cost-raised': hash('return bcrypt.hash(token, 10);', 'return bcrypt.hash(token, 12);', 'return bcrypt.hash(token, 8);'),
  'auth/protection-switched-off': rule(cookies('{ cookie: { httpOnly: true } }'), cookies('{ cookie: { httpOnly: false } }'), cookies('{ cookie: { httpOnly: true }, rolling: true }')),
  'auth/protection-switched-on': rule(cookies('{ cookie: { secure: false } }'), cookies('{ cookie: { secure: true } }'), cookies('{ cookie: {} }')),
  'auth/cors-origin-widened': rule(cors("{ origin: 'https://a.example' }"), cors("{ origin: '*' }"), cors("{ origin: 'https://a.example', maxAge: 5 }")),
  'auth/cors-origin-narrowed': rule(cors("{ origin: ['https://a.example', 'https://b.example'] }"), cors("{ origin: ['https://a.example'] }"), cors("{ origin: ['https://a.example', 'https://b.example', 'https://c.example'] }")),
  'auth/public-routes-widened': rule(clerk("['/sign-in']"), clerk("['/sign-in', '/admin']"), clerk('[]')),
  'auth/public-routes-narrowed': rule(clerk("['/sign-in', '/about']"), clerk("['/sign-in']"), clerk("['/sign-in', '/about', '/new']")),
  'auth/permission-added': ability("can('read', 'Post');", "can('read', 'Post');\n  can('delete', 'Post');", "can('read', 'Post'); log('delete');"),
  'auth/permission-removed': ability("can('read', 'Post');\n  can('delete', 'Post');", "can('read', 'Post');", "can('delete', 'Post');\n  can('read', 'Post');"),
  'auth/csrf-removed': uses("import csrf from 'csurf';\n")('app.use(csrf());', '', 'app.use(log, csrf());'),
  'auth/csrf-added': uses("import csrf from 'csurf';\n")('', 'app.use(csrf());', 'app.use(log);'),
  'auth/helmet-removed': uses("import helmet from 'helmet';\n")('app.use(helmet());', '', 'app.use(log, helmet());'),
  'auth/helmet-added': uses("import helmet from 'helmet';\n")('', 'app.use(helmet());', 'app.use(log);'),
  'auth/rate-limit-removed': limiter('app.use(rateLimit({ max: 5 }));', '', 'app.use(rateLimit({ max: 6 }));'),
  'auth/rate-limit-added': limiter('', 'app.use(rateLimit({ max: 5 }));', 'app.use(log);'),
  'auth/rate-limit-loosened': limiter('app.use(rateLimit({ max: 5 }));', 'app.use(rateLimit({ max: 50 }));', 'app.use(rateLimit({ max: 4 }));'),
  'auth/rate-limit-tightened': limiter('app.use(rateLimit({ windowMs: 1000, max: 5 }));', 'app.use(rateLimit({ windowMs: 9000, max: 5 }));', 'app.use(rateLimit({ windowMs: 1000, max: 6 }));'),
  'auth/setting-changed': rule(cookies("{ name: 'a' }"), cookies("{ name: 'b' }"), cookies("{ name: 'a', rolling: true }")),

  'q/where-removed': pg("await pool.query('DELETE FROM orders WHERE id = $1', [id]);", "await pool.query('DELETE FROM orders');", "await pool.query('DELETE FROM orders WHERE id = $1 OR parent_id = $1', [id]);"),
  'q/unbounded-result': pg("await pool.query('SELECT id FROM orders WHERE user_id = $1', [id]);", "await pool.query('SELECT id FROM orders');", "await pool.query('SELECT id FROM orders LIMIT 10');"),
  'q/tenant-predicate-removed': prisma('return prisma.order.findMany({ where: { id, tenantId: token } });', 'return prisma.order.findMany({ where: { id } });', 'return prisma.order.findMany({ where: { tenantId: token } });'),
  'q/soft-delete-predicate-removed': prisma('return prisma.order.findMany({ where: { id, deletedAt: null } });', 'return prisma.order.findMany({ where: { id } });', 'return prisma.order.findMany({ where: { id, deletedAt: null, open: true } });'),
  'q/filter-changed': prisma('return prisma.order.findMany({ where: { id } });', 'return prisma.order.findMany({ where: { userId: id } });', 'return prisma.order.findMany({ where: { id: token } });'),
  'q/order-or-limit-removed': knex("return sql('orders').where('id', id).limit(10);", "return sql('orders').where('id', id);", "return sql('orders').where('id', id).limit(20);"),
  'q/n-plus-one-introduced': prisma('await prisma.order.findMany({ where: { id } });', 'for (const one of db) await prisma.order.findMany({ where: { id: one } });', 'for (const one of db) log(one); await prisma.order.findMany({ where: { id } });'),
  'q/transaction-boundary-removed': prisma('await prisma.$transaction(async (tx) => { await tx.order.update({ where: { id }, data: { a: 1 } }); });', 'await prisma.order.update({ where: { id }, data: { a: 1 } });', 'await prisma.$transaction(async (tx) => { await tx.order.update({ where: { id }, data: { a: 2 } }); });'),
  'q/lock-added': pg("await pool.query('SELECT id FROM jobs WHERE id = $1', [id]);", "await pool.query('SELECT id FROM jobs WHERE id = $1 FOR UPDATE', [id]);", "await pool.query('SELECT id, at FROM jobs WHERE id = $1', [id]);"),
  'q/raw-sql-introduced': pg("await pool.query('SELECT id FROM jobs WHERE id = $1', [id]);", 'await pool.query(`SELECT id FROM jobs WHERE id = ${id}`);', "await pool.query('SELECT id FROM jobs WHERE id = $2', [token, id]);"),
  'q/join-changed': pg("await pool.query('SELECT o.id FROM orders o JOIN users u ON u.id = o.user_id WHERE o.id = $1', [id]);", "await pool.query('SELECT o.id FROM orders o JOIN teams t ON t.id = o.team_id WHERE o.id = $1', [id]);", "await pool.query('SELECT o.id, o.at FROM orders o JOIN users u ON u.id = o.user_id WHERE o.id = $1', [id]);"),
}; // prettier-ignore
