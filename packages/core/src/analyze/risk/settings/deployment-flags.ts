/**
 * Changed pipelines, images, deployments, gateways and infrastructure code, by the rules `infra/…`.
 * In: changed settings. Out: one flag for each file that differs in more than comments, and one for each thing that opens or
 * goes away. Pure. Not here: amounts (resource-flags.ts), environment keys (env-flags.ts).
 */
import type { RiskFlag, SettingsArea, SettingsChange } from '../../../model/index.js';
import { flagOf } from '../classifier.js';
import { differencesOf, printable, type SettingDifference } from './differences.js';
import { milder } from './resource-flags.js';

const FILE_RULES: Readonly<Partial<Record<SettingsArea, string>>> = {
  ci: 'infra/ci-changed',
  image: 'infra/image-changed',
  deployment: 'infra/deployment-changed',
  gateway: 'infra/gateway-changed',
  iac: 'infra/iac-changed',
  'feature-flag': 'config/feature-flag-changed',
};

/** The flags of every file. */
export function deploymentFlags(changes: readonly SettingsChange[]): RiskFlag[] {
  const heads = changes.flatMap(({ head }) => head.map(({ path }) => path));
  return changes.flatMap((change) => {
    const rule = FILE_RULES[change.area];
    if (rule === undefined) return [];
    const differences = change.read ? differencesOf(change).filter(({ path }) => !isIdle(change, path)) : [];
    if (change.read && differences.length === 0) return [];
    const flags = [
      fileFlag(rule, change, differences),
      ...differences.flatMap((one) => privilegeFlag(change, one)),
      ...removedWorkloads(change, heads),
    ];
    return flags.map((flag) => milder(change, flag));
  });
}

/** Compose no longer reads its version. */
function isIdle({ format }: SettingsChange, path: string): boolean {
  return format === 'compose' && path === 'version';
}

const SHOWN = 3;

function fileFlag(rule: string, change: SettingsChange, differences: readonly SettingDifference[]): RiskFlag {
  const { file, status } = change;
  const some = differences.slice(0, SHOWN).map((one) => said(one));
  const more = differences.length > SHOWN ? ` and ${differences.length - SHOWN} more` : '';
  const what = !change.read
    ? 'could not be read'
    : status === 'added' || status === 'removed'
      ? `is ${status}`
      : `differs: ${some.join('; ')}${more}`;
  const access = change.format === 'kubernetes' && differences.some(({ path }) => ACCESS_KINDS.test(path));
  const finding = { file, line: differences[0]?.line ?? 1, subject: file, message: `${file} ${what}.` };
  return access ? flagOf('infra/access-rules-changed', { ...finding, security: 'unknown' }) : flagOf(rule, finding);
}

const ACCESS_KINDS = /^(?:Cluster)?Role(?:Binding)?:|^ServiceAccount:|^NetworkPolicy:/;

function said({ path, before, after }: SettingDifference): string {
  const name = path.slice(0, 100);
  if (before === undefined) return `${name} is added`;
  return after === undefined
    ? `${name} is gone`
    : `${name} is ${printable(path, after)}, was ${printable(path, before)}`;
}

/** Settings that open a container, by path and the value that opens. */
const OPENERS: readonly (readonly [
  path: RegExp,
  opens: (after: string | undefined, before: string | undefined) => boolean,
])[] = [
  [/(?:^|\/)privileged$|\/host(?:Network|PID|IPC)$|\/allowPrivilegeEscalation$/, (after) => after === 'true'],
  [/\/runAsNonRoot$|\/readOnlyRootFilesystem$/, (after, before) => before === 'true' && after !== 'true'],
  [/\/runAsUser$/, (after) => after === '0'],
  [/^services\/[^/]+\/(?:network_mode|pid)$/, (after) => after === 'host'],
  [
    /^services\/[^/]+\/user$/,
    (after, before) => before !== undefined && (after === undefined || /^(?:root|0)\b/.test(after)),
  ],
];

function privilegeFlag(change: SettingsChange, { path, before, after, line }: SettingDifference): RiskFlag[] {
  const { file, format, status } = change;
  const shared = { file, line, subject: path.slice(0, 200), security: 'weakened' } as const;
  const root =
    format === 'dockerfile' && /\/user(?:#\d+)?$/.test(path) && status === 'modified' && lastUserIsRoot(change);
  if (root || OPENERS.some(([pattern, opens]) => pattern.test(path) && opens(after, before)))
    return [
      flagOf('infra/privileges-raised', {
        ...shared,
        message: `${path.slice(0, 100)} is ${after ?? 'not set'}, was ${before ?? 'not set'}.`,
      }),
    ];
  const port =
    format === 'compose' && /^services\/[^/]+\/ports\//.test(path) && before === undefined && status === 'modified';
  const balancer =
    format === 'kubernetes' && /^Service:[^/]*\/spec\/type$/.test(path) && /LoadBalancer|NodePort/.test(after ?? '');
  if (port || balancer)
    return [
      flagOf('infra/exposed', {
        ...shared,
        message: `${path.slice(0, 100)} is ${after ?? ''}: reachable from outside.`,
      }),
    ];
  return [];
}

/** It ran as somebody, and now as root. */
function lastUserIsRoot({ base, head }: SettingsChange): boolean {
  const last = (settings: typeof base): string | undefined =>
    settings.findLast(({ path }) => /\/user(?:#\d+)?$/.test(path))?.value;
  const isRoot = (user: string | undefined): boolean => user === undefined || /^(?:root|0)(?::|$)/.test(user);
  return isRoot(last(head)) && !isRoot(last(base));
}

/** Kubernetes objects and compose services that stand nowhere any more. */
function removedWorkloads({ file, format, base, head, status }: SettingsChange, heads: readonly string[]): RiskFlag[] {
  const pattern = format === 'kubernetes' ? /^(?:Deployment|StatefulSet|DaemonSet|CronJob|Service|Ingress|Rollout):[^/]+/ : format === 'compose' ? /^services\/[^/]+/ : undefined; // prettier-ignore
  if (pattern === undefined) return [];
  const names = new Set(base.flatMap(({ path }) => pattern.exec(path)?.[0] ?? []));
  const kept = new Set(
    (format === 'kubernetes' ? heads : head.map(({ path }) => path)).flatMap((path) => pattern.exec(path)?.[0] ?? []),
  );
  const gone = [...names].filter((name) => !kept.has(name)).map((name) => name.replace('services/', 'service '));
  if (gone.length === 0) return [];
  const some = gone.slice(0, SHOWN * 2).join(', ');
  const more = gone.length > SHOWN * 2 ? ` and ${gone.length - SHOWN * 2} more` : '';
  const line = status === 'removed' ? 1 : (head[0]?.line ?? 1);
  return [flagOf('infra/workload-removed', { file, line, subject: gone[0]!, message: `Gone: ${some}${more}.` })];
}
