/**
 * Facts by content: each distinct text of both revisions is read and extracted once.
 * In: trees and the files wanted of them. Out: facts by content id and language. Not here: the extractor, threads.
 */
import type { FileFacts, Language } from '../model/facts.js';
import type { RepoPath } from '../model/path.js';
import type { FileTree } from '../model/tree.js';

/** One text to extract. */
export interface ExtractInput {
  readonly text: string;
  readonly language: Language;
}

/** Extracts a batch, in order; inline or in threads. */
export type ExtractBatch = (inputs: readonly ExtractInput[]) => Promise<readonly FileFacts[]>;

/** A file whose facts are wanted. */
export interface WantedFile {
  readonly path: RepoPath;
  readonly language: Language;
  /** Content id; equal ids are extracted once. */
  readonly id: string;
}

/** Facts read so far. */
export interface FactsStore {
  /** `undefined` where the file was not read, in this run or, with its content, in an earlier one. */
  get(file: WantedFile): FileFacts | undefined;
  /** Reads and extracts what is not there yet. Paths that can't be read are returned, in order. */
  load(
    tree: FileTree,
    files: readonly WantedFile[],
    onProgress?: (done: number, total: number) => void,
  ): Promise<RepoPath[]>;
  /** Another reading begins: what neither it nor the one before asks for is forgotten. */
  nextReading(): void;
}

/** Texts held at once, in files: bounds memory on large repositories. */
const WINDOW = 512;

/** Facts that outlive the run; see gather/cache. */
export interface KeptFacts {
  get(id: string, language: Language): FileFacts | undefined;
  add(id: string, language: Language, facts: FileFacts): void;
}

/** A store over one extractor: empty, but for what `kept` has; what it extracts is kept there too. */
export function createFactsStore(extract: ExtractBatch, kept?: KeptFacts): FactsStore {
  let byContent = new Map<string, FileFacts>();
  let before = new Map<string, FileFacts>();
  const known = (file: WantedFile): FileFacts | undefined => {
    const key = keyOf(file);
    const facts = byContent.get(key) ?? before.get(key);
    if (facts !== undefined) byContent.set(key, facts);
    return facts;
  };
  return {
    get: (file) => known(file) ?? (kept && recall(kept, file, byContent)),
    nextReading() {
      before = byContent;
      byContent = new Map();
    },
    async load(tree, files, onProgress) {
      const asked = distinct(files.filter((file) => known(file) === undefined));
      const missing = kept === undefined ? asked : asked.filter((file) => recall(kept, file, byContent) === undefined);
      const unreadable: RepoPath[] = [];
      for (let start = 0; start < missing.length; start += WINDOW) {
        onProgress?.(start, missing.length);
        const window = missing.slice(start, start + WINDOW);
        await loadWindow(tree, window, extract, byContent, unreadable);
        if (kept) for (const file of window) keep(kept, file, byContent.get(keyOf(file)));
      }
      return unreadable;
    },
  };
}

/** Facts that are known from an earlier run. */
function recall(kept: KeptFacts, file: WantedFile, byContent: Map<string, FileFacts>): FileFacts | undefined {
  const facts = kept.get(file.id, file.language);
  if (facts !== undefined) byContent.set(keyOf(file), facts);
  return facts;
}

function keep(kept: KeptFacts, { id, language }: WantedFile, facts: FileFacts | undefined): void {
  if (facts !== undefined) kept.add(id, language, facts);
}

async function loadWindow(
  tree: FileTree,
  files: readonly WantedFile[],
  extract: ExtractBatch,
  byContent: Map<string, FileFacts>,
  unreadable: RepoPath[],
): Promise<void> {
  const bytes = await tree.read(files.map((file) => file.path));
  const readable = files.filter((file) => bytes.has(file.path) || !unreadable.push(file.path));
  const inputs = readable.map((file) => ({
    text: decode(bytes.get(file.path) as Uint8Array),
    language: file.language,
  }));
  const facts = await extract(inputs);
  readable.forEach((file, index) => byContent.set(keyOf(file), facts[index] as FileFacts));
}

const UTF8 = new TextDecoder('utf-8');

/** UTF-8 without a byte order mark; bytes that are no UTF-8 become U+FFFD. */
export function decode(bytes: Uint8Array): string {
  return UTF8.decode(bytes);
}

function keyOf(file: WantedFile): string {
  return `${file.language} ${file.id}`;
}

function distinct(files: readonly WantedFile[]): WantedFile[] {
  const byKey = new Map<string, WantedFile>();
  for (const file of files) if (!byKey.has(keyOf(file))) byKey.set(keyOf(file), file);
  return [...byKey.values()];
}
