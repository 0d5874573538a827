/** The comment: made once, replaced, only our own, bounded tries, and one sentence where it can't be. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { upsertComment } from '../src/comment.mjs';
import { startApi, type FakeApi, type StoredComment } from './api-server.js';

const ANCHOR = '<!-- blast-radius:report -->';
let api: FakeApi;
let waits: number[];

beforeEach(async () => {
  api = await startApi();
  waits = [];
});
afterEach(() => api.close());

function upsert(body: string, token = 'secret') {
  const target = { api: api.url, repository: 'shop/shop', number: 42, token };
  return upsertComment(target, `${ANCHOR}\n${body}`, ANCHOR, async (milliseconds) => void waits.push(milliseconds));
}

function comment(id: number, over: Partial<StoredComment> = {}): StoredComment {
  return { id, body: 'hello', html_url: `https://github.com/shop/shop/pull/42#issuecomment-${id}`, user: { login: 'ada', type: 'User' }, ...over }; // prettier-ignore
}

it('is made, then replaced in place', async () => {
  expect(await upsert('one')).toEqual({ url: 'https://github.com/shop/shop/pull/42#issuecomment-900' });
  expect(await upsert('two')).toEqual({ url: 'https://github.com/shop/shop/pull/42#issuecomment-900' });
  expect(api.comments.map(({ body }) => body)).toEqual([`${ANCHOR}\ntwo`]);
  expect(new Set(api.asked.map(({ token }) => token))).toEqual(new Set(['Bearer secret']));
});

it('is found behind hundreds of others, and is nobody else’s', async () => {
  api.comments.push(...Array.from({ length: 250 }, (_, id) => comment(id)));
  api.comments.push(comment(600, { body: `${ANCHOR}\nplanted` }));
  api.comments.push(comment(700, { body: `${ANCHOR}\nold`, user: { login: 'github-actions[bot]', type: 'Bot' } }));
  await upsert('new');
  expect(api.comments.filter(({ body }) => body.startsWith(ANCHOR)).map(({ id, body }) => `${id} ${body.split('\n')[1]}`)).toEqual(['600 planted', '700 new']); // prettier-ignore
});

describe('where it can not be written', () => {
  it.each([401, 403, 404])('%i is said in a sentence, at once', async (status) => {
    api.failures.push({ method: 'POST', status });
    const { problem } = await upsert('one');
    expect(problem).toMatch(/the token may not write here.*from forks.*pull-requests: write.*job summary/);
    expect(waits).toEqual([]);
  });

  it('an empty token asks nothing', async () => {
    expect((await upsert('one', '')).problem).toMatch(/`token` is empty/);
    expect(api.asked).toEqual([]);
  });

  it('no server at all is said after three tries', async () => {
    await api.close();
    expect((await upsert('one')).problem).toMatch(/did not answer .*3 times in a row/);
    expect(waits).toEqual([1000, 2000]);
    api = await startApi();
  });
});

describe('a server in trouble', () => {
  it('is asked again, three times in all', async () => {
    api.failures.push(...Array.from({ length: 9 }, () => ({ method: 'GET', status: 503 })));
    expect((await upsert('one')).problem).toMatch(/answered 503, 3 times in a row/);
    expect(api.asked).toHaveLength(3);
  });

  it('may have done what it says it has not: no second comment', async () => {
    api.failures.push({ method: 'POST', status: 502, carryOut: true });
    expect((await upsert('one')).url).toMatch(/issuecomment-900$/);
    expect(api.comments).toHaveLength(1);
  });

  it('says when, within reason', async () => {
    api.failures.push(
      { method: 'GET', status: 429, retryAfter: '7' },
      { method: 'GET', status: 403, retryAfter: '86400' },
    );
    expect((await upsert('one')).problem).toBeUndefined();
    expect(waits).toEqual([7000, 30_000]);
  });
});
