/**
 * The action's inputs, as action.yml hands them on. In: the environment. Out: values with their types.
 * Not here: defaults (action.yml has them).
 */
import { join } from 'node:path';

/**
 * @typedef {object} Inputs
 * @property {string} base
 * @property {string} workingDirectory
 * @property {string} failOver
 * @property {boolean} allowUnknown
 * @property {string} baseline
 * @property {string} types
 * @property {boolean} annotations
 * @property {boolean} summary
 * @property {boolean} comment
 * @property {string} token
 * @property {string} json
 * @property {string} sarif
 * @property {string} cli path of the CLI's bin.js
 */

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Inputs}
 */
export function readInputs(env) {
  const text = (/** @type {string} */ name) => (env[`INPUT_${name}`] ?? '').trim();
  const flag = (/** @type {string} */ name) => text(name).toLowerCase() === 'true';
  const installed = join(env['RUNNER_TEMP'] ?? '', 'blast-radius/node_modules/blast-radius/dist/bin.js');
  return {
    base: text('BASE'),
    workingDirectory: text('WORKING_DIRECTORY'),
    failOver: text('FAIL_OVER'),
    allowUnknown: flag('ALLOW_UNKNOWN'),
    baseline: text('BASELINE'),
    types: text('TYPES'),
    annotations: flag('ANNOTATIONS'),
    summary: flag('SUMMARY'),
    comment: flag('COMMENT'),
    token: text('TOKEN'),
    json: text('JSON'),
    sarif: text('SARIF'),
    cli: text('CLI') === '' ? installed : text('CLI'),
  };
}
