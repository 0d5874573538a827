/**
 * The one question that a lint rule asks: what does this text change, and who depends on it?
 * In: a file's path, its text and its parsed tree. Out: a judgement, or why there is none. Nothing is started or written;
 * of the repository only the prepared index and git's plain files are read. Not here: rules.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { extractFromProgram, languageOf, type ProgramComment } from '../gather/facts/index.js';
import { fileRows, type FileRows } from './file-rows.js';
import type { LintColumns } from './format.js';
import type { GitState } from '../model/lint-index.js';
import { onlyCommittedSince, readGitState, type GitPlace } from './git-files.js';
import { indexPlace, openIndexFile, type IndexPlace } from './index-file.js';
import { judgeFacts, unchangedJudgement, type Judgement } from './judge.js';

/** A text in hand. */
export interface TextInHand {
  /** Absolute path, whether or not the text is saved there. */
  readonly file: string;
  /** Without a byte order mark. */
  readonly text: string;
  readonly hasBom: boolean;
  /** An ESTree or TSESTree program with ranges. */
  readonly program: unknown;
  /** Of the whole text, in order; asked only where the text differs from the base's. */
  readonly comments: () => readonly ProgramComment[];
  /** An index file to take instead of the one in the cache folder; from the repository's top where it is not absolute. */
  readonly index?: string | undefined;
  /** Stands for the repository's top where there is none. Absolute. */
  readonly cwd?: string | undefined;
}

/** Why nothing can be said: there is no index, another release made it, or the repository went elsewhere since. */
export type IndexProblem = 'missing' | 'other-version' | 'stale';

/** The answer. `root` is the repository's top. */
export type Looked =
  | { readonly judgement: Judgement; readonly root: string; readonly base: string }
  | { readonly problem: IndexProblem; readonly root: string }
  /** Not a language that is judged: components, JSON, what is unknown; or the file lies in no repository. */
  | { readonly silent: true };

const SILENT = { silent: true } as const;

/** Languages whose tree holds all of the file. A component's template is not in the tree that ESLint has. */
const JUDGED: ReadonlySet<string> = new Set(['ts', 'tsx', 'dts', 'js', 'jsx']);

/** Looks a text up. Linear in the text where it differs from the base's, else the time of a hash over it. Never throws. */
export function lookUp(hand: TextInHand): Looked {
  const language = languageOf(hand.file);
  if (language === undefined || !JUDGED.has(language)) return SILENT;
  const place = placeOf(dirname(hand.file)) ?? elsewhere(hand);
  if (place === undefined) return SILENT;
  const { root } = place;
  const file = hand.index === undefined ? place.file : resolve(root, hand.index);
  const opened = file === undefined ? ({ problem: 'missing' } as const) : openIndexFile(file);
  if ('problem' in opened) return { problem: opened.problem, root };
  const { columns } = opened;
  if (isStale(columns, place)) return { problem: 'stale', root };
  const path = relative(root, resolve(hand.file)).split(sep).join('/');
  const { meta } = columns;
  const { base } = meta;
  const rows = fileRows(columns, path);
  if (rows !== undefined && isBaseText(rows, hand)) return { judgement: unchangedJudgement(rows), root, base };
  const { program, text } = hand;
  // Calls are compared only where somebody takes what the base's calls offer: recording them is most of what they cost.
  const calls = rows !== undefined && rows.contracts().length > 0;
  const facts = extractFromProgram({ program, text, language, comments: hand.comments(), calls });
  return { judgement: judgeFacts(facts, rows && { path, rows, meta }), root, base };
}

/** In no repository, an index can only be where the user says. */
function elsewhere({ index, cwd }: TextInHand): IndexPlace | undefined {
  return index === undefined || cwd === undefined ? undefined : { root: cwd };
}

const places = new Map<string, IndexPlace>();

/**
 * The repository of a folder, or the indexed folder around it; `undefined` where there is neither.
 * Folders do not change their repository while a process lints.
 */
function placeOf(folder: string): IndexPlace | undefined {
  const known = places.get(folder);
  if (known !== undefined) return known;
  try {
    const place = indexPlace(folder, { env: process.env });
    const found = place.git === undefined ? indexedAbove(folder) : place;
    if (found !== undefined) places.set(folder, found);
    return found;
  } catch {
    return undefined; // The folder is not on the disk: a text without a place.
  }
}

/** Without git, the nearest folder that was indexed. */
function indexedAbove(folder: string): IndexPlace | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const place = indexPlace(at, { env: process.env });
    if (place.file !== undefined && existsSync(place.file)) return place;
    if (dirname(at) === at) return undefined;
  }
}

/** Milliseconds for which an answer about `HEAD` holds: a run over many files asks once, an editor sees a checkout at once. */
const FRESH = 1000;

const checked = new Map<string, { readonly at: number; readonly stale: boolean }>();

/** The base may have moved with `HEAD`: what the index compares with would then be somebody else's change. */
function isStale({ meta }: LintColumns, { git }: IndexPlace): boolean {
  if (git === undefined || meta.git === undefined) return false;
  const key = `${git.top}\0${meta.key}`;
  const known = checked.get(key);
  if (known !== undefined && performance.now() - known.at < FRESH) return known.stale;
  const now = readGitState(git);
  const stale = now !== undefined && !isSameBase(meta, meta.git, now, git);
  checked.set(key, { at: performance.now(), stale });
  return stale;
}

/** Where the base is `HEAD` itself, what was compared with is the commit; else it is where the branch began. */
function isSameBase({ followsHead }: LintColumns['meta'], before: GitState, now: GitState, git: GitPlace): boolean {
  return followsHead ? before.commit === now.commit : onlyCommittedSince(git, before, now);
}

/** Equal to git's id of the text's bytes. */
function isBaseText({ id }: FileRows, { text, hasBom }: TextInHand): boolean {
  const bytes = Buffer.from(hasBom ? `\ufeff${text}` : text, 'utf8');
  const hash = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  return hash.startsWith(id);
}
