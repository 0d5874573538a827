/**
 * What action.yml runs: the CLI on the event's change, then the job summary, the outputs and, if asked, one comment.
 * In: the runner's environment. Out: files that the runner names, a comment, the CLI's exit code.
 * Not here: any analysis; the CLI has no network, and this file is the only one that the token is handed to.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { upsertComment } from './comment.mjs';
import { comparisonOf } from './comparison.mjs';
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
  const files = { json: join(folder, 'report.json'), sarif: join(folder, 'report.sarif'), markdown: join(folder, 'comment.md'), summary: join(folder, 'summary.md') }; // prettier-ignore
  const { flags, problem } = comparisonOf(event, resolve(workspace, inputs.workingDirectory), inputs.base);
  if (problem !== undefined) say('error', problem);
  const exitCode = flags === undefined ? 2 : runCli(inputs, flags, workspace, files);
  const failure = failureOf(env, problem);
  if (inputs.summary) append(env['GITHUB_STEP_SUMMARY'], textOf(files.summary) ?? failure);
  handOver(files.json, inputs.json, inputs, workspace);
  handOver(files.sarif, inputs.sarif, inputs, workspace);
  const url = inputs.comment ? await comment(env, inputs.token, event, textOf(files.markdown) ?? failure) : '';
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
 * @param {readonly string[]} comparison
 * @param {string} workspace
 * @param {{ json: string, sarif: string, markdown: string, summary: string }} files
 * @returns {number} 2, and no report, where it did not come to its end: Node itself ends with 1 when it crashes, which is no verdict
 */
function runCli(inputs, comparison, workspace, files) {
  const root = resolve(workspace, inputs.workingDirectory);
  const formats = [
    `json=${files.json}`,
    `markdown=${files.markdown}`,
    `summary=${files.summary}`,
    ...(inputs.sarif === '' ? [] : [`sarif=${files.sarif}`]),
    ...(inputs.annotations ? ['github'] : []),
  ];
  const args = [
    resolve(workspace, inputs.cli),
    'report',
    ...comparison,
    '--types',
    inputs.types,
    ...(inputs.failOver === '' ? [] : ['--fail-over', inputs.failOver]),
    ...(inputs.allowUnknown && inputs.failOver !== '' ? ['--allow-unknown'] : []),
    ...(inputs.baseline === '' ? [] : ['--baseline', resolve(workspace, inputs.baseline)]),
    ...formats.flatMap((format) => ['--format', format]),
  ];
  const { INPUT_TOKEN: _token, ...env } = process.env;
  const { status } = spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
  const isWritten = [files.json, files.markdown, files.summary].every((file) => existsSync(file));
  if (isWritten && (status === 0 || status === 1 || status === 3)) return status;
  for (const file of Object.values(files)) rmSync(file, { force: true });
  return 2;
}

/**
 * A report goes where it was asked for; a run that failed must leave no older verdict there. The baseline is not ours to remove.
 * @param {string} made
 * @param {string} asked `''` is nowhere
 * @param {import('./inputs.mjs').Inputs} inputs
 * @param {string} workspace
 */
function handOver(made, asked, { baseline }, workspace) {
  if (asked === '') return;
  const target = resolve(workspace, asked);
  if (existsSync(made)) {
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(made, target);
  } else if (baseline === '' || target !== resolve(workspace, baseline)) rmSync(target, { force: true });
}

/**
 * @param {string} file
 * @returns {string | undefined} `undefined` where the run left none
 */
function textOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/**
 * A run that failed must not leave an older, better looking comment in place.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [problem]
 */
function failureOf(env, problem = 'Its log says why.') {
  const sha = /^[0-9a-f]{40,64}$/.test(env['GITHUB_SHA'] ?? '') ? ` for ${env['GITHUB_SHA']}` : '';
  return `${ANCHOR}\n\n### 🟣 Blast Radius: UNKNOWN\n\nThe run${sha} could not be completed. ${problem} This is no all-clear.\n`;
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
 * @param {'notice' | 'warning' | 'error'} level
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
