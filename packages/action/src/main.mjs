/**
 * What action.yml runs: the CLI on the event's change, then the job summary, the outputs and, if asked, one comment.
 * In: the runner's environment. Out: files that the runner names, a comment, the CLI's exit code.
 * Not here: any analysis; the CLI has no network, and this file is the only one that the token is handed to.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { upsertComment } from './comment.mjs';
import { comparisonFlags } from './comparison.mjs';
import { readInputs } from './inputs.mjs';

/** The first line of the CLI's Markdown: by it the comment is found again. */
const ANCHOR = '<!-- blast-radius:report -->';

process.exitCode = await main(process.env);

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} the CLI's exit code
 */
async function main(env) {
  const inputs = readInputs(env);
  const event = readEvent(env);
  const workspace = env['GITHUB_WORKSPACE'] ?? process.cwd();
  const folder = mkdtempSync(join(env['RUNNER_TEMP'] ?? workspace, 'blast-radius-report-'));
  const files = { json: inputs.json === '' ? join(folder, 'report.json') : resolve(workspace, inputs.json), markdown: join(folder, 'comment.md'), summary: join(folder, 'summary.md') }; // prettier-ignore
  const exitCode = runCli(inputs, event, workspace, files);
  if (inputs.summary && existsSync(files.summary))
    append(env['GITHUB_STEP_SUMMARY'], readFileSync(files.summary, 'utf8'));
  const url = inputs.comment ? await comment(env, inputs.token, event, bodyOf(files.markdown, env)) : '';
  append(env['GITHUB_OUTPUT'], outputLines(files.json, exitCode, url));
  return exitCode;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {import('./comparison.mjs').GitHubEvent}
 */
function readEvent(env) {
  const path = env['GITHUB_EVENT_PATH'] ?? '';
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}

/**
 * The marks go to the log as they are; `GITHUB_BASE_REF` and the commit are the CLI's to read.
 * @param {import('./inputs.mjs').Inputs} inputs
 * @param {import('./comparison.mjs').GitHubEvent} event
 * @param {string} workspace
 * @param {{ json: string, markdown: string, summary: string }} files
 * @returns {number}
 */
function runCli(inputs, event, workspace, files) {
  const root = resolve(workspace, inputs.workingDirectory);
  const formats = [
    `json=${files.json}`,
    `markdown=${files.markdown}`,
    `summary=${files.summary}`,
    ...(inputs.sarif === '' ? [] : [`sarif=${resolve(workspace, inputs.sarif)}`]),
    ...(inputs.annotations ? ['github'] : []),
  ];
  const args = [
    inputs.cli,
    'report',
    ...(inputs.base === '' ? comparisonFlags(event, root) : ['--base', inputs.base]),
    '--types',
    inputs.types,
    ...(inputs.failOver === '' ? [] : ['--fail-over', inputs.failOver]),
    ...(inputs.allowUnknown && inputs.failOver !== '' ? ['--allow-unknown'] : []),
    ...(inputs.baseline === '' ? [] : ['--baseline', resolve(workspace, inputs.baseline)]),
    ...formats.flatMap((format) => ['--format', format]),
  ];
  const { INPUT_TOKEN: _token, ...env } = process.env;
  return spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' }).status ?? 2;
}

/**
 * A run that failed must not leave an older, better looking comment in place.
 * @param {string} file
 * @param {NodeJS.ProcessEnv} env
 */
function bodyOf(file, env) {
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const sha = /^[0-9a-f]{40,64}$/.test(env['GITHUB_SHA'] ?? '') ? ` for ${env['GITHUB_SHA']}` : '';
  return `${ANCHOR}\n\n### 🟣 Blast Radius: UNKNOWN\n\nThe run${sha} could not be completed; its log says why. This is no all-clear.\n`;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} token
 * @param {import('./comparison.mjs').GitHubEvent} event
 * @param {string} body
 * @returns {Promise<string>} the comment's address; empty where none was written
 */
async function comment(env, token, event, body) {
  const number = event.pull_request?.number;
  if (number === undefined) return say('notice', 'This event has no pull request, so no comment was written.');
  const target = { api: env['GITHUB_API_URL'] ?? 'https://api.github.com', repository: env['GITHUB_REPOSITORY'] ?? '', number, token }; // prettier-ignore
  const result = await upsertComment(target, body, ANCHOR);
  if (result.problem !== undefined) return say('warning', result.problem);
  return result.url;
}

/**
 * @param {'notice' | 'warning'} level
 * @param {string} sentence
 */
function say(level, sentence) {
  const data = sentence.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  process.stdout.write(`::${level} title=Blast Radius::${data}\n`);
  return '';
}

/**
 * @param {string} file
 * @param {number} exitCode
 * @param {string} url
 */
function outputLines(file, exitCode, url) {
  const { score, verdict } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const outputs = { score: score?.value ?? '', level: score?.level ?? '', known: verdict?.known ?? false, 'exit-code': exitCode, 'comment-url': url }; // prettier-ignore
  return Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`).join(''); // prettier-ignore
}

/**
 * @param {string | undefined} file
 * @param {string} text
 */
function append(file, text) {
  if (file !== undefined && file !== '') appendFileSync(file, text);
}
