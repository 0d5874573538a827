/**
 * One comment under a pull request: made once, replaced from then on.
 * In: where, who, the text and the line by which it is found. Out: its address, or one sentence on why there is none; nothing is thrown.
 * Source: docs.github.com, REST API, "Issue comments". The token goes to GITHUB_API_URL and nowhere else.
 */

/** Tries in all; a service that is down for long is not waited for. */
const TRIES = 3;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
const REQUEST_MS = 30_000;
/** A hundred comments each. */
const MOST_PAGES = 30;

/**
 * @typedef {object} CommentTarget
 * @property {string} api        address of the API, without a slash at its end
 * @property {string} repository `owner/name`
 * @property {number} number     the pull request
 * @property {string} token
 */

/**
 * @typedef {{ readonly url: string, readonly problem?: undefined } | { readonly url?: undefined, readonly problem: string }} CommentResult
 * @typedef {{ readonly id: number, readonly html_url: string, readonly body?: string, readonly user?: { readonly login: string, readonly type: string } | null }} ApiComment
 */

/**
 * Looks first each time it tries again: a request that failed may have been carried out.
 * @param {CommentTarget} target
 * @param {string} body
 * @param {string} anchor what the comment begins with
 * @param {(milliseconds: number) => Promise<void>} pause
 * @returns {Promise<CommentResult>}
 */
export async function upsertComment(target, body, anchor, pause = wait) {
  if (target.token === '') return { problem: 'No comment was written: the input `token` is empty.' };
  for (let nth = 1; ; nth++) {
    try {
      const known = await findComment(target, anchor);
      const path = `/repos/${target.repository}/issues`;
      const written = known === undefined ? await request(target, 'POST', `${path}/${target.number}/comments`, { body }) : await request(target, 'PATCH', `${path}/comments/${known.id}`, { body }); // prettier-ignore
      return { url: /** @type {ApiComment} */ (written).html_url };
    } catch (error) {
      const failure = error instanceof ApiFailure ? error : new ApiFailure(0, error instanceof Error ? error.message : String(error)); // prettier-ignore
      if (!failure.passing || nth === TRIES) return { problem: failure.sentence(nth) };
      await pause(Math.min(LONGEST_WAIT_MS, failure.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (nth - 1)));
    }
  }
}

/** @param {number} milliseconds */
function wait(milliseconds) {
  return new Promise((/** @type {(value: void) => void} */ resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Anybody can write the anchor into a comment: only one of our own counts.
 * @param {CommentTarget} target
 * @param {string} anchor
 */
async function findComment(target, anchor) {
  /** @type {string | undefined} */
  let login;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const path = `/repos/${target.repository}/issues/${target.number}/comments?per_page=100&page=${page}`;
    const comments = /** @type {ApiComment[]} */ (await request(target, 'GET', path));
    for (const comment of comments.filter((one) => one.body?.startsWith(anchor) === true)) {
      if (comment.user?.type === 'Bot') return comment;
      login ??= await ownLogin(target);
      if (comment.user?.login === login) return comment;
    }
    if (comments.length < 100) return undefined;
  }
  return undefined;
}

/**
 * A personal token writes as its user; the workflow's own token is not told its name.
 * @param {CommentTarget} target
 */
async function ownLogin(target) {
  try {
    return /** @type {{ login: string }} */ (await request(target, 'GET', '/user')).login;
  } catch (error) {
    if (error instanceof ApiFailure && !error.passing) return '';
    throw error;
  }
}

/** An answer that is none. */
class ApiFailure extends Error {
  /**
   * @param {number} status 0 where there was no answer
   * @param {string} said
   * @param {number} [retryAfterMs]
   */
  constructor(status, said, retryAfterMs) {
    super(said);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }

  /** Worth another try. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500 || this.retryAfterMs !== undefined;
  }

  /** @param {number} tries */
  sentence(tries) {
    const { status } = this;
    if (this.passing) {
      const what = status === 0 ? `did not answer (${this.message})` : `answered ${status}`;
      return `No comment was written: the API ${what}, ${tries} times in a row. The report is in the job summary.`;
    }
    if (status === 401 || status === 403 || status === 404) {
      return `No comment was written: the token may not write here (${status}). Pull requests from forks get a token that can only read; otherwise give the job \`permissions: pull-requests: write\`. The report is in the job summary.`;
    }
    return `No comment was written: the API answered ${status} (${this.message}). The report is in the job summary.`;
  }
}

/**
 * @param {CommentTarget} target
 * @param {'GET' | 'POST' | 'PATCH'} method
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<unknown>}
 */
async function request({ api, token }, method, path, body) {
  const response = await fetch(`${api}${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'user-agent': 'blast-radius',
      'x-github-api-version': '2022-11-28',
    },
    redirect: 'error',
    signal: AbortSignal.timeout(REQUEST_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new ApiFailure(response.status, messageOf(text), retryAfter(response));
  return JSON.parse(text);
}

/** @param {string} text */
function messageOf(text) {
  try {
    return String(JSON.parse(text).message).slice(0, 200);
  } catch {
    return text.slice(0, 200);
  }
}

/** @param {Response} response */
function retryAfter(response) {
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}
