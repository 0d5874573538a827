/** Rules of pipelines, images, deployments, gateways (`infra/…`), of environments (`env/…`) and of configuration (`config/…`). */
import { rulesOf, type RuleRow } from './rule.js';

const LOOK = 'Have somebody look at it who knows the running system, and deploy to a part of it first.';
const PLAN = 'Read the plan before it is applied.';
const LEAST = 'Give the least that works.';

const INFRASTRUCTURE: readonly RuleRow[] = [
  [
    'ci-changed',
    'low',
    'unknown',
    'Pipeline changed',
    'A file of the continuous integration differs.',
    'What is checked, built or released may differ.',
    'See that every check still runs, and that secrets reach only what needs them.',
  ],
  [
    'ci-check-removed',
    'medium',
    'risky',
    'Check removed from the pipeline',
    'A job or step is gone whose name or command tests, lints, scans or audits.',
    'Faults that it found are no longer found.',
    'Keep it, or say what does its work now.',
  ],
  [
    'image-changed',
    'low',
    'unknown',
    'Image changed',
    'A Dockerfile differs.',
    'What is deployed is built otherwise.',
    'Build it and start it before it is deployed.',
  ],
  [
    'deployment-changed',
    'medium',
    'unknown',
    'Deployment changed',
    'A manifest, compose file or platform file differs.',
    'What runs, where and how it is wired may differ.',
    LOOK,
  ],
  [
    'gateway-changed',
    'medium',
    'unknown',
    'Gateway changed',
    'A route, proxy, ingress or gateway differs.',
    'Requests may reach something else, or nothing.',
    LOOK,
  ],
  [
    'iac-changed',
    'medium',
    'unknown',
    'Infrastructure code changed',
    'Terraform, HCL or Bicep differs.',
    'Resources may be made, replaced or destroyed.',
    PLAN,
  ],
  [
    'workload-removed',
    'high',
    'breaking',
    'Workload removed',
    'A Kubernetes object or compose service is gone.',
    'What it served is no longer served.',
    'See that nobody calls it any more.',
  ],
];

const ACCESS: readonly RuleRow[] = [
  [
    'ci-permissions-widened',
    'high',
    'risky',
    'Pipeline may write more',
    'A workflow or job gets `write` permissions that it had not.',
    'A step that is taken over can change code, releases or packages.',
    LEAST,
  ],
  [
    'ci-untrusted-trigger',
    'high',
    'risky',
    'Pipeline runs with secrets for strangers',
    'A workflow is triggered by `pull_request_target` or `workflow_run`.',
    'Code of a fork may run with the repository’s secrets.',
    'Use `pull_request`, or never check out the fork’s code there.',
  ],
  [
    'ci-action-unpinned',
    'medium',
    'risky',
    'Action no longer pinned',
    'An action was named by a commit and is named by a tag or branch.',
    'Whoever moves the tag runs code in the pipeline.',
    'Name it by its commit.',
  ],
  [
    'privileges-raised',
    'high',
    'risky',
    'Container may do more',
    'A container is privileged, shares the host’s network or processes, or runs as root where it did not.',
    'Whoever breaks into it is nearer to the host.',
    LEAST,
  ],
  [
    'access-rules-changed',
    'high',
    'unknown',
    'Cluster access changed',
    'A role, a binding, a service account or a network policy differs.',
    'Who may do or reach what differs.',
    'Look at it with who owns the cluster.',
  ],
  [
    'exposed',
    'medium',
    'risky',
    'Reachable from outside',
    'A service gets a port on the host, or a load balancer.',
    'What was inside can be called from outside.',
    'See that it authenticates its callers.',
  ],
];

const ENVIRONMENT: readonly RuleRow[] = [
  [
    'key-removed',
    'medium',
    'risky',
    'Environment key removed',
    'A key is gone from an env file, a Dockerfile or a compose service.',
    'Code that reads it gets nothing, or its default.',
    'Stop reading it first.',
  ],
  [
    'key-added',
    'low',
    'risky',
    'Environment key added',
    'A key is new in an env file, a Dockerfile or a compose service.',
    'Where it is not set, code that needs it fails at start.',
    'Set it everywhere before the code that needs it is deployed.',
  ],
  [
    'value-changed',
    'low',
    'risky',
    'Environment value changed',
    'A key has another value.',
    'Whoever reads it does something else.',
    'Look at its readers.',
  ],
];

const SECRETS: readonly RuleRow[] = [
  [
    'secret-now-plain',
    'high',
    'risky',
    'Secret in plain text',
    'A key that is named like a secret has a value in a committed file.',
    'Whoever reads the repository has it, for ever.',
    'Revoke it, and keep the new one in a secret store.',
  ],
];

const CONFIGURATION: readonly RuleRow[] = [
  [
    'feature-flag-changed',
    'medium',
    'risky',
    'Feature flag changed',
    'A file of feature flags differs.',
    'Behaviour is switched for users without a deployment of code.',
    'Roll it out in steps, and know who turns it back.',
  ],
  [
    'lockfile-changed',
    'low',
    'risky',
    'Resolved packages changed',
    'A lockfile resolves packages to other versions.',
    'Other code runs than before, also of packages that nobody named.',
    'Read the changelogs of what is used; see what depends on it in the report.',
  ],
  [
    'major-dependency-changed',
    'medium',
    'risky',
    'Major version of a dependency changed',
    'A package that the repository depends on directly is resolved to another major version.',
    'Its interface or behaviour changed on purpose.',
    'Read its migration guide, and look at every use.',
  ],
  [
    'lockfile-not-read',
    'medium',
    'unknown',
    'Lockfile not understood',
    'A lockfile could not be compared.',
    'Any package may have another version.',
    'Mend the lockfile, or look at it by hand.',
  ],
];

/** See the file's head. */
export const INFRASTRUCTURE_RULES = [
  ...rulesOf('infra', 'infrastructure', INFRASTRUCTURE),
  ...rulesOf('infra', 'auth', ACCESS),
  ...rulesOf('env', 'configuration', ENVIRONMENT),
  ...rulesOf('env', 'auth', SECRETS),
  ...rulesOf('config', 'configuration', CONFIGURATION),
];
