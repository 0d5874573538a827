/**
 * From ends to contracts: who provides what, who consumes it, how surely.
 * In: the endpoints of both revisions. Out: contracts in a fixed order, each with its providers and consumers.
 * A contract that has only one side in the repository joins nothing and is none of these. Not here: nodes and edges (contract-edges.ts).
 */
import type { Endpoint, Endpoints } from '../../model/endpoint.js';
import { compareText } from '../../model/path.js';
import { sideOf, type Contract, type Side } from './contract.js';
import { joinHttp } from './join-http.js';
import { joinTables } from './join-tables.js';
import { isDeclaredField } from './travelling.js';
import { ownEntry } from '../../model/own-entry.js';

/** What is common to all. */
const GENERIC_KEYS = new Set(
  `NODE_ENV CI PATH HOME PORT HOST TZ DEBUG SHELL USER PWD LANG TERM NODE_OPTIONS HOSTNAME NODE_VERSION EDITOR TMPDIR TEMP LOG_LEVEL
  GITHUB_TOKEN`.split(/\s+/),
);
const GENERIC_EVENTS = new Set(
  `error close end data message connect disconnect connection open ready finish drain exit change update start stop done complete
  pipe unpipe readable pause resume abort timeout progress log warn info debug add remove delete create init load unload event click`.split(
    /\s+/,
  ),
);

/** Joins ends, of both revisions: what is gone in the head is still what its consumers meant. */
export function joinEndpoints(ends: Endpoints, { packageOf, uses }: Places): Contract[] {
  const all = distinct(ends);
  const contracts = [
    ...joinHttp(all, packageOf),
    ...joinTables(all),
    ...joinNamed(all, 'graphql', ['graphql.field'], ['graphql.operation'], ({ key }) => key),
    ...joinSchemas(all),
    ...joinNamed(all, 'trpc', ['trpc.procedure'], ['trpc.call'], ({ key }) => key),
    ...joinNamed(all, 'topic', ['mq.publish'], ['mq.subscribe'], (one) => `${brokerOf(one)} ${one.key}`),
    ...joinNamed(all, 'event', ['event.emit'], ['event.on'], (one) =>
      GENERIC_EVENTS.has(one.key) ? '' : eventKey(one, packageOf),
    ),
    ...joinEnvironment(all, { packageOf, uses }),
  ];
  return contracts.sort((left, right) => compareText(left.name, right.name));
}

/** Where files stand. */
export interface Places {
  /** The folder of a file's package; '' for none but the root's. */
  packageOf(file: string): string;
  /** The package of the first folder is that of the second, or depends on it, at any distance. */
  uses(folder: string, other: string): boolean;
}

/**
 * Readers of environment keys and who sets them. A file in a package sets a key for that package and what it depends on; one of the root,
 * for all. Where that leaves a reader nobody, whoever sets the key counts: in such a repository the files stand elsewhere.
 */
function joinEnvironment(all: readonly Endpoint[], { packageOf, uses }: Places): Contract[] {
  const writers = new Map<string, Endpoint[]>();
  for (const one of all)
    if (one.role === 'env.write' && !one.test) writers.set(one.key, [...(writers.get(one.key) ?? []), one]);
  const contracts = new Map<string, { name: string; providers: readonly Side[]; consumers: Side[]; parts: [] }>();
  for (const reader of all) {
    if (reader.role !== 'env.read' || GENERIC_KEYS.has(reader.key)) continue;
    const every = writers.get(reader.key) ?? [];
    const own = packageOf(reader.file);
    const near = every.filter(({ file }) => packageOf(file) === '' || uses(packageOf(file), own));
    const chosen = near.length > 0 ? near : every;
    if (chosen.length === 0) continue;
    const name = `env ${reader.key}${chosen.length === every.length ? '' : ` of ${own === '' ? '.' : own}`}`;
    const known = contracts.get(name);
    if (known) known.consumers.push(sideOf(reader));
    else
      contracts.set(name, {
        name,
        providers: chosen.map((one) => sideOf(one)),
        consumers: [sideOf(reader)],
        parts: [],
      });
  }
  return [...contracts.values()];
}

/** What resolves a field depends on its declaration in a schema. */
function joinSchemas(all: readonly Endpoint[]): Contract[] {
  const roles = all
    .filter(({ role }) => role === 'graphql.field')
    .map((one) => (isDeclaredField(one) ? { ...one, role: 'declared' } : one));
  return joinNamed(roles, 'graphql schema', ['declared'], ['graphql.field'], ({ key }) => key);
}

function distinct(ends: Endpoints): Endpoint[] {
  const seen = new Set<string>();
  return ends.filter((one) => {
    const key = `${one.role} ${one.key} ${one.node} ${one.row} ${String(one.values['column'] ?? '')} ${String(one.values['says'] ?? '')}`;
    return one.key !== '' && !seen.has(key) && seen.add(key);
  });
}

/** Plain emitters know each other within a package; an application's event bus, everywhere. */
function eventKey(one: Named, packageOf: (file: string) => string): string {
  return one.row.startsWith('nestjs') || /[.:/]/.test(one.key) ? one.key : `${packageOf(one.file)} ${one.key}`.trim();
}

const BROKERS: Readonly<Record<string, string>> = {
  kafkajs: 'kafka',
  bullmq: 'queue',
  bull: 'queue',
  'nestjs.inject-queue': 'queue',
  'nestjs.processor': 'queue',
  amqplib: 'amqp',
  sns: 'aws',
  sqs: 'aws',
  'sqs-consumer': 'aws',
};

function brokerOf({ row }: Named): string {
  const first = row.split('.')[0] ?? row;
  return ownEntry(BROKERS, row) ?? ownEntry(BROKERS, first) ?? first;
}

type Named = Omit<Endpoint, 'role'> & { readonly role: string };

function joinNamed(
  all: readonly Named[],
  word: string,
  providing: readonly string[],
  consuming: readonly string[],
  keyOf: (one: Named) => string,
): Contract[] {
  const providers = new Map<string, Side[]>();
  const consumers = new Map<string, Side[]>();
  for (const one of all) {
    const side = providing.includes(one.role) ? providers : consuming.includes(one.role) ? consumers : undefined;
    const key = side === undefined ? '' : keyOf(one);
    if (side === undefined || key.trim() === '' || (side === providers && one.test)) continue;
    side.set(key, [...(side.get(key) ?? []), sideOf(one)]);
  }
  return [...consumers].flatMap(([key, list]) => {
    const found = providers.get(key);
    return found === undefined ? [] : [{ name: `${word} ${key}`, providers: found, consumers: list, parts: [] }];
  });
}
