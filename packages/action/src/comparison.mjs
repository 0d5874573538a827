/**
 * What an event compares, as the CLI's flags. In: the event and the checkout. Out: flags, none where the CLI's own default is best;
 * or one sentence on why the checkout is not what the event is about.
 * Source: docs.github.com, "Webhook events and payloads", "Events that trigger workflows"; git-cat-file(1).
 */
import { spawnSync } from 'node:child_process';

/**
 * The parts of an event's payload that are read.
 * @typedef {object} GitHubEvent
 * @property {{ number: number, merged?: boolean, base: { sha: string }, head: { sha: string } }} [pull_request]
 * @property {{ base_sha: string }} [merge_group]
 * @property {string} [before] of a push
 */

/**
 * @typedef {{ readonly flags: readonly string[], readonly problem?: undefined } | { readonly flags?: undefined, readonly problem: string }} Comparison
 */

/**
 * A pull request has to be what is checked out, whoever chose the base: `pull_request_target` checks out the target branch, which
 * compared with itself would be an all-clear. Only of a merged one may the caller check out what he likes and name the base.
 * @param {GitHubEvent} event
 * @param {string} root
 * @param {string} base the input; `''` is none
 * @returns {Comparison}
 */
export function comparisonOf(event, root, base) {
  const { pull_request: pull } = event;
  if (base !== '' && (pull === undefined || pull.merged === true)) return { flags: ['--base', base] };
  if (pull === undefined) return { flags: baseFlags(event) };
  const checkout = checkoutOf(root, pull.head.sha);
  if (checkout === undefined) return { problem: otherCheckout(pull) };
  return { flags: base === '' ? flagsOf(checkout, pull.base.sha) : ['--base', base] };
}

/**
 * Pull requests are checked out as a merge commit. Its first parent is the branch that it was merged into just now: exactly what
 * merging changes, and there in a clone of depth 2. `base.sha` may lag behind that branch.
 * @param {{ readonly mergedInto?: string | undefined }} checkout
 * @param {string} base of the event
 */
function flagsOf({ mergedInto }, base) {
  return mergedInto === undefined ? ['--base', base] : ['--base', mergedInto, '--exact-base'];
}

/** @param {GitHubEvent} event */
function baseFlags({ merge_group: group, before }) {
  if (group !== undefined) return ['--base', group.base_sha];
  return before === undefined || /^0+$/.test(before) ? [] : ['--base', before];
}

/**
 * How the pull request's head is checked out: itself, in a merge, or below later commits.
 * @param {string} root
 * @param {string} head
 * @returns {{ readonly mergedInto?: string | undefined } | undefined} `undefined` where it is not, as far as this clone can tell
 */
function checkoutOf(root, head) {
  if (git(root, 'rev-parse', 'HEAD')?.trim() === head) return {};
  const [into, from] = parentsOf(root);
  if (from === head) return { mergedInto: into };
  return git(root, 'merge-base', '--is-ancestor', head, 'HEAD') === undefined ? undefined : {};
}

/** @param {NonNullable<GitHubEvent['pull_request']>} pull */
function otherCheckout({ number, head }) {
  return `What is checked out is not pull request ${number}: its head ${head.sha} is not in HEAD. Under \`pull_request_target\`, or with a \`ref\` of your own, give actions/checkout \`ref: refs/pull/${number}/merge\` and \`fetch-depth: 2\`; where later commits lie on top of the head, \`fetch-depth: 0\`.`;
}

/**
 * As the commit itself says, also where a shallow clone ends here.
 * @param {string} root
 * @returns {string[]} the parents of the commit that is checked out, first parent first
 */
function parentsOf(root) {
  const header = (git(root, 'cat-file', 'commit', 'HEAD') ?? '').split('\n\n', 1)[0] ?? '';
  return [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1] ?? '');
}

/**
 * @param {string} root
 * @param {readonly string[]} args
 * @returns {string | undefined} `undefined` where git fails
 */
function git(root, ...args) {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout : undefined;
}
