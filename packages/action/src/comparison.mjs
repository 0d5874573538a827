/**
 * What an event compares, as the CLI's flags. In: the event and the checkout. Out: flags; none where the CLI's own default is best.
 * Source: docs.github.com, "Webhook events and payloads", "Events that trigger workflows".
 */
import { spawnSync } from 'node:child_process';

/**
 * The parts of an event's payload that are read.
 * @typedef {object} GitHubEvent
 * @property {{ number: number, base: { sha: string }, head: { sha: string } }} [pull_request]
 * @property {{ base_sha: string }} [merge_group]
 * @property {string} [before] of a push
 */

/**
 * Pull requests are checked out as a merge commit. Its first parent is the branch that it was merged into just now: exactly what
 * merging changes, and there in a clone of depth 2. `base.sha` may lag behind that branch.
 * @param {GitHubEvent} event
 * @param {string} root
 * @returns {readonly string[]}
 */
export function comparisonFlags({ pull_request: pull, merge_group: group, before }, root) {
  if (pull !== undefined) {
    const [into, from] = parentsOf(root);
    return into !== undefined && from === pull.head.sha ? ['--base', into, '--exact-base'] : ['--base', pull.base.sha];
  }
  if (group !== undefined) return ['--base', group.base_sha];
  return before === undefined || /^0+$/.test(before) ? [] : ['--base', before];
}

/**
 * @param {string} root
 * @returns {string[]} the parents of the commit that is checked out, first parent first
 */
function parentsOf(root) {
  const { status, stdout } = spawnSync('git', ['rev-list', '--parents', '--max-count=1', 'HEAD'], { cwd: root, encoding: 'utf8' }); // prettier-ignore
  return status === 0 ? stdout.trim().split(' ').slice(1) : [];
}
