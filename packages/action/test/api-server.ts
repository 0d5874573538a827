/**
 * A stand-in for the part of GitHub's API that the action calls, on this machine only.
 * In: comments that are there, answers to give instead. Out: what was asked, what became of the comments.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StoredComment {
  readonly id: number;
  body: string;
  readonly html_url: string;
  readonly user: { readonly login: string; readonly type: string };
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly token: string;
}

export interface FakeApi {
  readonly url: string;
  readonly comments: StoredComment[];
  readonly asked: Asked[];
  /** Statuses to answer with before anything else; `carryOut` does the work all the same. */
  readonly failures: { readonly method: string; readonly status: number; readonly carryOut?: boolean; readonly retryAfter?: string }[]; // prettier-ignore
  close(): Promise<void>;
}

const BOT = { login: 'github-actions[bot]', type: 'Bot' };

/** Starts it on a free port of the loopback interface. */
export async function startApi(comments: StoredComment[] = []): Promise<FakeApi> {
  const asked: Asked[] = [];
  const failures: FakeApi['failures'] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url = '' } = request;
    asked.push({ method, path: url, token: request.headers.authorization ?? '' });
    const body = await textOf(request);
    const failing = failures.findIndex((one) => one.method === method);
    const failure = failing < 0 ? undefined : failures.splice(failing, 1)[0];
    const send = (status: number, value: unknown): void => {
      const after = failure?.retryAfter === undefined ? {} : { 'retry-after': failure.retryAfter };
      response.writeHead(status, { 'content-type': 'application/json', ...after }).end(JSON.stringify(value));
    };
    if (failure !== undefined && failure.carryOut !== true) return send(failure.status, { message: 'no' });
    const answer = carryOut(comments, method, url, body);
    send(failure?.status ?? answer.status, answer.value);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, comments, asked, failures, close: () => new Promise((resolve) => server.close(() => resolve())) }; // prettier-ignore
}

function carryOut(
  comments: StoredComment[],
  method: string,
  url: string,
  text: string,
): { status: number; value: unknown } {
  const { pathname, searchParams } = new URL(url, 'http://x');
  if (pathname === '/user') return { status: 403, value: { message: 'Resource not accessible by integration' } };
  const [, id] = /^\/repos\/shop\/shop\/issues\/comments\/(\d+)$/.exec(pathname) ?? [];
  if (method === 'PATCH' && id !== undefined) {
    const known = comments.find((one) => one.id === Number(id));
    if (known === undefined) return { status: 404, value: { message: 'Not Found' } };
    known.body = (JSON.parse(text) as { body: string }).body;
    return { status: 200, value: known };
  }
  if (pathname !== '/repos/shop/shop/issues/42/comments') return { status: 404, value: { message: 'Not Found' } };
  if (method === 'GET') {
    const page = Number(searchParams.get('page'));
    const size = Number(searchParams.get('per_page'));
    return { status: 200, value: comments.slice((page - 1) * size, page * size) };
  }
  const made = { id: 900 + comments.length, body: (JSON.parse(text) as { body: string }).body, html_url: `https://github.com/shop/shop/pull/42#issuecomment-${900 + comments.length}`, user: BOT }; // prettier-ignore
  comments.push(made);
  return { status: 201, value: made };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
