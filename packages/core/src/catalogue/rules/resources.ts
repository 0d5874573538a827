/** Rules of resource allocation: `res/…`, made of the catalogue's dimensions, and what concerns several amounts. */
import { CODE_DIMENSIONS, DIMENSIONS } from '../resources.js';
import { rulesOf, type RuleRow } from './rule.js';

const MEASURE = 'Measure what is used at peak first, and watch it after the deployment.';

const AMOUNTS: readonly RuleRow[] = [...DIMENSIONS, ...CODE_DIMENSIONS].flatMap(
  ({ id, words, tooSmall, gone }): RuleRow[] => {
    const named = words.charAt(0).toUpperCase() + words.slice(1);
    return [
      [`${id}-lowered`, 'medium', 'risky', `Lowered: ${words}`, `${named} is smaller than before.`, tooSmall, MEASURE],
      [`${id}-raised`, 'info', 'safe', `Raised: ${words}`, `${named} is larger than before.`, 'It costs more, and what it calls on gets more load.', 'See that the node, the quota and what it calls on can give it.'], // prettier-ignore
      [
        `${id}-removed`,
        'medium',
        'risky',
        `Gone: ${words}`,
        `${named} is no longer set.`,
        gone,
        'Set it, even if large.',
      ],
      [`${id}-added`, 'low', 'risky', `Set: ${words}`, `${named} is set where it was not.`, tooSmall, MEASURE],
    ];
  },
);

const OTHERS: readonly RuleRow[] = [
  [
    'heap-over-container-limit',
    'high',
    'risky',
    'Heap limit too near the memory limit',
    'The heap limit of Node.js is more than three quarters of the memory limit of its container.',
    'The container is killed before Node.js collects its garbage, without a stack trace.',
    'Leave a quarter of the memory for buffers, stacks and code.',
  ],
  [
    'request-gt-limit',
    'high',
    'breaking',
    'More reserved than allowed',
    'A container reserves more than its limit.',
    'Kubernetes refuses it: nothing is deployed.',
    'Raise the limit, or reserve less.',
  ],
  [
    'runtime-version-changed',
    'medium',
    'risky',
    'Runtime version changed',
    'The code runs on another major version of Node.js (`FROM node:…`, `engines`, `.nvmrc`).',
    'Built-in modules, TLS defaults and native addons differ.',
    'Run the tests on both, and deploy to a part of the traffic first.',
  ],
  [
    'base-image-changed',
    'medium',
    'risky',
    'Base image changed',
    'The last stage of an image starts from another image, or from `latest`.',
    'System libraries, the user and the shell differ.',
    'Name a version or a digest, and compare what is in the image.',
  ],
];

/** See the file's head. */
export const RESOURCE_RULES = rulesOf('res', 'resource', [...AMOUNTS, ...OTHERS]);
