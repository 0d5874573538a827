import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { FileFacts } from '../../model/facts.js';
import { extractFacts } from '../facts/index.js';
import { CacheFault } from './cache-fault.js';
import { openStoredFacts } from './stored-facts.js';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((root) => rmSync(root, { recursive: true, force: true })));

function folder(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'blast-radius-')));
  made.push(root);
  return root;
}

const idOf = (number: number): string => number.toString(16).padStart(40, '0');
const factsOf = (number: number): FileFacts =>
  extractFacts({ text: `import { a } from './é${number}';\nexport const b${number} = () => a();\n`, language: 'ts' });

/** All fields, decoded. */
function plain(facts: FileFacts | undefined, like: FileFacts): unknown {
  return facts && Object.fromEntries(Object.keys(like).map((key) => [key, facts[key as keyof FileFacts]]));
}

function store(root: string, numbers: readonly number[]): void {
  const facts = openStoredFacts(root);
  for (const number of numbers) facts.add(idOf(number), 'ts', factsOf(number));
  facts.save();
  facts.close();
}

function read(root: string, number: number): unknown {
  const facts = openStoredFacts(root);
  try {
    return plain(facts.get(idOf(number), 'ts'), factsOf(number));
  } finally {
    facts.close();
  }
}

it('gives back what was kept, by text and language', () => {
  const root = folder();
  store(root, [3, 1, 2]);
  for (const number of [1, 2, 3]) expect(read(root, number)).toEqual(factsOf(number));
  expect(read(root, 4)).toBeUndefined();
  const facts = openStoredFacts(root);
  expect(facts.get(idOf(1), 'tsx')).toBeUndefined();
  facts.close();
});

it('keeps nothing of texts that git has not named, and nothing before it is saved', () => {
  const root = folder();
  const facts = openStoredFacts(root);
  facts.add('ignored:gen.ts', 'ts', factsOf(1));
  facts.add(idOf(1), 'ts', factsOf(1));
  expect(read(root, 1)).toBeUndefined();
  facts.close();
  expect(readdirSync(join(root, 'facts'))).toEqual([]);
});

it('is shared by processes that write at the same time', () => {
  const root = folder();
  const [one, two] = [openStoredFacts(root), openStoredFacts(root)];
  one.add(idOf(1), 'ts', factsOf(1));
  two.add(idOf(2), 'ts', factsOf(2));
  one.save();
  two.save();
  for (const number of [1, 2]) expect(read(root, number)).toEqual(factsOf(number));
  one.close();
  two.close();
});

it('merges what many small runs left', () => {
  const root = folder();
  for (let number = 0; number < 12; number++) store(root, [number]);
  expect(readdirSync(join(root, 'facts')).length).toBeLessThan(6);
  for (let number = 0; number < 12; number++) expect(read(root, number)).toEqual(factsOf(number));
});

it('lets the oldest go past the limit', async () => {
  const root = folder();
  for (const number of [1, 2, 3]) {
    const facts = openStoredFacts(root, 2500);
    facts.add(idOf(number), 'ts', factsOf(number));
    facts.save();
    facts.close();
    await new Promise((done) => setTimeout(done, 2));
  }
  expect(read(root, 1)).toBeUndefined();
  expect(read(root, 3)).toEqual(factsOf(3));
});

it('never answers out of a file that is cut short or damaged', () => {
  const root = folder();
  store(root, [1, 2, 3]);
  const path = join(root, 'facts', readdirSync(join(root, 'facts'))[0] as string);
  const whole = readFileSync(path);
  const answers = new Set<string>();
  for (let at = 0; at < whole.length; at += 41) {
    for (const bytes of [whole.subarray(0, at), flipped(whole, at)]) {
      writeFileSync(path, bytes);
      try {
        const got = read(root, 2);
        answers.add(got === undefined ? 'nothing' : 'the facts');
        if (got !== undefined) expect(got).toEqual(factsOf(2));
      } catch (error) {
        expect(error).toBeInstanceOf(CacheFault);
        answers.add('fault');
      }
    }
  }
  expect([...answers].sort()).toEqual(['fault', 'nothing', 'the facts']);
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at]! ^= 0x15;
  return copy;
}
