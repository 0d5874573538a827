/** Cases of `res/…`, `infra/…`, `env/…` and `config/…`. */
import { DIMENSIONS } from '../../src/catalogue/resources.js';
import type { ExternalPackageDelta } from '../../src/model/index.js';
import type { RuleCase, Step } from './rule-case.js';

const step = (file: string, base: string, head: string): Step => [{ [file]: base }, { [file]: head }];
const rule = (file: string, base: string, fires: string, silent: string): RuleCase => ({
  fires: step(file, base, fires),
  silent: step(file, base, silent),
});

/** Where each amount is written, with `0` for the amount; a small and a large one, and the same small one said otherwise. */
const k8s = (lines: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api }\nspec:\n  paused: false\n  template:\n    spec:\n      dnsPolicy: Default\n      containers:\n        - name: api\n          image: api:1\n${lines}`;
const container = (lines: string): string => k8s(lines.replace(/^/gm, '          '));
const PLACES: Readonly<
  Record<
    string,
    readonly [file: string, text: (line: string) => string, line: string, small: string, large: string, same: string]
  >
> = {
  'container-memory-limit': [
    'k8s/api.yaml',
    container,
    'resources: { limits: { memory: 0 } }',
    '512Mi',
    '1Gi',
    '524288Ki',
  ],
  'container-cpu-limit': ['k8s/api.yaml', container, 'resources: { limits: { cpu: 0 } }', '500m', '1', '"0.5"'],
  'container-memory-request': [
    'k8s/api.yaml',
    container,
    'resources: { requests: { memory: 0 } }',
    '1G',
    '2G',
    '1000M',
  ],
  'container-cpu-request': ['k8s/api.yaml', container, 'resources: { requests: { cpu: 0 } }', '1', '2', '1000m'],
  'ephemeral-storage-limit': [
    'k8s/api.yaml',
    container,
    'resources: { limits: { ephemeral-storage: 0 } }',
    '1Gi',
    '2Gi',
    '1024Mi',
  ],
  replicas: [
    'k8s/api.yaml',
    (line) => `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api }\nspec:\n  paused: false\n  ${line}\n`,
    'replicas: 0',
    '2',
    '4',
    '"2"',
  ],
  'autoscale-min': [
    'k8s/hpa.yaml',
    (line) =>
      `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: api }\nspec:\n  x: 1\n  ${line}\n`,
    'minReplicas: 0',
    '2',
    '4',
    '"2"',
  ],
  'autoscale-max': [
    'k8s/hpa.yaml',
    (line) =>
      `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: api }\nspec:\n  x: 1\n  ${line}\n`,
    'maxReplicas: 0',
    '2',
    '4',
    '"2"',
  ],
  'grace-period': [
    'docker-compose.yml',
    (line) => `services:\n  api:\n    image: api\n    ${line}\n`,
    'stop_grace_period: 0',
    '30s',
    '1m',
    '0m30s',
  ],
  'probe-tolerance': [
    'docker-compose.yml',
    (line) => `services:\n  api:\n    healthcheck:\n      test: x\n      ${line}\n`,
    'timeout: 0',
    '1s',
    '5s',
    '1000ms',
  ],
  'heap-limit': [
    'package.json',
    (line) => `{ "name": "a", "scripts": { "start": "node ${line} main.js" } }`,
    '--max-old-space-size=0',
    '512',
    '1024',
    '512 --trace-warnings',
  ],
  'function-memory': [
    'serverless.yml',
    (line) => `functions:\n  api:\n    handler: x\n    ${line}\n`,
    'memorySize: 0',
    '256',
    '512',
    '"256"',
  ],
  'function-timeout': [
    'vercel.json',
    (line) => `{ "functions": { "api": { "x": 1${line} } } }`,
    ', "maxDuration": 0',
    '10',
    '60',
    '10.0',
  ],
  'function-concurrency': [
    'serverless.yml',
    (line) => `functions:\n  api:\n    handler: x\n    ${line}\n`,
    'reservedConcurrency: 0',
    '5',
    '10',
    '"5"',
  ],
  'pool-max': ['.env.production', (line) => `A=1\n${line}\n`, 'DB_POOL_MAX=0', '5', '10', '"5"'],
  'worker-count': ['.env.production', (line) => `A=1\n${line}\n`, 'WEB_CONCURRENCY=0', '2', '4', '"2"'],
  'thread-pool': [
    'Dockerfile',
    (line) => `FROM node:20\nENV A=1\n${line}\n`,
    'ENV UV_THREADPOOL_SIZE=0',
    '4',
    '16',
    '"4"',
  ],
  timeout: ['.env.production', (line) => `A=1\n${line}\n`, 'HTTP_TIMEOUT_MS=0', '1000', '5000', '"1000"'],
};

const AMOUNTS = DIMENSIONS.flatMap(({ id }): [string, RuleCase][] => {
  const [file, text, line, small, large, same] = PLACES[id]!;
  const [few, many, again, none] = [
    ...[small, large, same].map((amount) => text(line.replace(/0(?=[^0]*$)/, amount))),
    text(''),
  ] as [string, string, string, string];
  return [
    [`res/${id}-lowered`, rule(file, many, few, none)],
    [`res/${id}-raised`, rule(file, few, many, again)],
    [`res/${id}-removed`, rule(file, few, none, many)],
    [`res/${id}-added`, rule(file, none, few, `${none}\n`)],
  ];
});

const zod = (base: string, head: string): ExternalPackageDelta => ({
  name: 'zod',
  base: [base],
  head: [head],
  through: [{ dependency: 'zod', importers: [''] }],
  cause: 'version',
});
const locked = (packages: readonly ExternalPackageDelta[]): Step => [{}, {}, [{ path: 'pnpm-lock.yaml', packages, unknown: false }]]; // prettier-ignore

const WORKFLOW = '.github/workflows/ci.yml';
const workflow = (steps: string, more = 'on: push'): string =>
  `${more}\njobs:\n  build:\n    steps:\n${steps.replace(/^/gm, '      ')}\n`;
const compose = (lines: string): string => `services:\n  api:\n    image: api\n${lines.replace(/^/gm, '    ')}\n`;
const SHA = 'a'.repeat(40);
const limits = (heap: number, memory: string): string =>
  container(`resources: { limits: { memory: ${memory} } }\nargs: ["--max-old-space-size=${heap}"]`);

export const SETTINGS_CASES: Readonly<Record<string, RuleCase>> = {
  ...Object.fromEntries(AMOUNTS),
  'res/heap-over-container-limit': rule('k8s/api.yaml', limits(256, '1Gi'), limits(900, '1Gi'), limits(700, '1Gi')),
  'res/request-gt-limit': rule(
    'k8s/api.yaml',
    container('resources: { limits: { memory: 1Gi }, requests: { memory: 1Gi } }'),
    container('resources: { limits: { memory: 512Mi }, requests: { memory: 1Gi } }'),
    container('resources: { limits: { memory: 2Gi }, requests: { memory: 1Gi } }'),
  ),
  'res/runtime-version-changed': rule(
    'Dockerfile',
    'FROM node:20-alpine\n',
    'FROM node:22-alpine\n',
    'FROM node:20.11-alpine\n',
  ),
  'res/base-image-changed': rule(
    'Dockerfile',
    'FROM node:20 AS build\nFROM nginx:1.25\n',
    'FROM node:20 AS build\nFROM caddy:2\n',
    'FROM bun:1 AS build\nFROM nginx:1.25\n',
  ),
  'infra/ci-changed': rule(
    WORKFLOW,
    workflow('- run: make'),
    workflow('- run: make all'),
    `# why\n${workflow('- run: make')}`,
  ),
  'infra/ci-check-removed': rule(
    WORKFLOW,
    workflow('- run: npm test\n- run: make'),
    workflow('- run: make'),
    workflow('- run: npm test -- --coverage\n- run: make'),
  ),
  'infra/image-changed': rule('Dockerfile', 'FROM a\nRUN x\n', 'FROM a\nRUN y\n', '# why\nFROM a\nRUN x\n'),
  'infra/deployment-changed': rule(
    'docker-compose.yml',
    compose('init: true'),
    compose('init: false'),
    `# why\n${compose('init: true')}`,
  ),
  'infra/gateway-changed': rule(
    'nginx/site.conf',
    'location / {\n}\n',
    'location /a {\n}\n',
    '# why\nlocation / {\n}\n',
  ),
  'infra/iac-changed': rule('infra/main.tf', 'a = 1\n', 'a = 2\n', '# why\na = 1\n'),
  'infra/workload-removed': rule(
    'docker-compose.yml',
    `${compose('')}  db:\n    image: pg\n`,
    compose(''),
    `services:\n  db:\n    image: pg\n${compose('').replace('services:\n', '')}`,
  ),
  'infra/ci-permissions-widened': rule(
    WORKFLOW,
    workflow('- run: x', 'on: push\npermissions: { contents: read }'),
    workflow('- run: x', 'on: push\npermissions: { contents: write }'),
    workflow('- run: x', 'on: push\npermissions: { contents: read, issues: read }'),
  ),
  'infra/ci-untrusted-trigger': rule(
    WORKFLOW,
    workflow('- run: x'),
    workflow('- run: x', 'on: [push, pull_request_target]'),
    workflow('- run: x', 'on: [push, pull_request]'),
  ),
  'infra/ci-action-unpinned': rule(
    WORKFLOW,
    workflow(`- uses: a/b@${SHA}`),
    workflow('- uses: a/b@v1'),
    workflow(`- uses: a/b@${'b'.repeat(40)}`),
  ),
  'infra/privileges-raised': rule(
    'docker-compose.yml',
    compose(''),
    compose('privileged: true'),
    compose('privileged: false'),
  ),
  'infra/access-rules-changed': rule(
    'k8s/role.yaml',
    'apiVersion: rbac/v1\nkind: Role\nmetadata: { name: a }\nrules: [{ verbs: [get] }]\n',
    'apiVersion: rbac/v1\nkind: Role\nmetadata: { name: a }\nrules: [{ verbs: [get, delete] }]\n',
    'apiVersion: rbac/v1\nkind: Role\nmetadata: { name: a }\n# why\nrules: [{ verbs: [get] }]\n',
  ),
  'infra/exposed': rule('docker-compose.yml', compose(''), compose('ports: ["80:80"]'), compose('expose: ["80"]')),
  'env/key-removed': rule('.env.production', 'A=1\nB=2\n', 'A=1\n', 'B=2\nA=1\n'),
  'env/key-added': rule('.env.production', 'A=1\n', 'A=1\nB=2\n', 'A=1\n# B=2\n'),
  'env/value-changed': rule('.env.production', 'A=1\n', 'A=2\n', 'export A="1"\n'),
  'env/secret-now-plain': rule(
    '.env.production',
    'JWT_SECRET=\n',
    'JWT_SECRET=8f14e45fceea167a5a36dedd4bea2543\n',
    'JWT_SECRET=change-me\n',
  ),
  'config/feature-flag-changed': rule('config/feature-flags.json', '{"a":true}', '{"a":false}', '{ "a": true }'),
  'config/lockfile-changed': { fires: locked([zod('3.1.0', '3.2.0')]), silent: locked([]) },
  'config/major-dependency-changed': {
    fires: locked([zod('3.1.0', '4.0.0')]),
    silent: locked([zod('3.1.0', '3.9.0'), { ...zod('1.0.0', '2.0.0'), name: 'ms' }]),
  },
  'config/lockfile-not-read': {
    fires: [{}, {}, [{ path: 'pnpm-lock.yaml', packages: [], unknown: true }]],
    silent: locked([zod('3.1.0', '4.0.0')]),
  },
};
