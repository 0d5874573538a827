/**
 * `yarn.lock` of Yarn 1.
 * In: the text. Out: a lock graph. The lock does not say who depends on what directly: the manifests do.
 * The format is Yarn's own, read line by line: the grammar-based parser of @yarnpkg/parsers needs seconds for a large one.
 */
import { buildLockGraph, present, sourceOf, splitSpecifier } from './lock-graph.js';
import type { LockContext, LockGraph, UnreadableLock } from './lock-graph.js';
import { manifestImporters, workspaceNames } from './manifest-importers.js';

/** One block of the file. */
interface ClassicEntry {
  /** `name@range`, as asked for. */
  readonly patterns: readonly string[];
  readonly fields: Map<string, string>;
  /** `[name, range]`. */
  readonly dependencies: [string, string][];
}

/** Reads one. */
export function readYarnClassicLock(text: string, context: LockContext): LockGraph | UnreadableLock {
  const entries = parseEntries(text);
  if (typeof entries === 'string') return { unreadable: entries };
  const builder = buildLockGraph('yarn-classic');
  const byPattern = new Map<string, number>();
  const byName = new Map<string, number[]>();
  for (const entry of entries) {
    const fields = nodeOf(entry);
    const id = builder.add(fields);
    for (const pattern of entry.patterns) {
      byPattern.set(pattern, id);
      const name = splitSpecifier(pattern)[0];
      byName.set(name, [...(byName.get(name) ?? []), id]);
    }
  }
  // A range that `resolutions` replaced is not in the lock: any version of the name may be meant.
  const lookUp = (name: string, range: string): readonly number[] => {
    const exact = byPattern.get(`${name}@${range}`);
    return exact === undefined ? (byName.get(name) ?? []) : [exact];
  };
  entries.forEach(({ dependencies }, id) =>
    builder.link(
      id,
      dependencies.flatMap(([name, range]) => lookUp(name, range)),
    ),
  );
  const own = workspaceNames(context);
  for (const { importer, ranges } of manifestImporters(context)) {
    builder.importer(importer);
    for (const [name, range] of ranges) {
      if (byPattern.has(`${name}@${range}`) || !own.has(name)) builder.direct(importer, name, lookUp(name, range));
    }
  }
  return builder.build();
}

function nodeOf({ patterns, fields }: ClassicEntry) {
  const [installedAs, range] = splitSpecifier(patterns[0] as string);
  const name = range.startsWith('npm:') ? splitSpecifier(range.slice(4))[0] : installedAs;
  const version = fields.get('version') ?? '';
  const resolved = fields.get('resolved');
  const sha1 = /\.tgz#([0-9a-f]{40})$/.exec(resolved ?? '')?.[1];
  return {
    key: `${installedAs}@${version}`,
    name,
    version,
    ...present('integrity', fields.get('integrity') ?? (sha1 === undefined ? undefined : `sha1hex-${sha1}`)),
    ...present('source', sourceOf(resolved)),
  };
}

/** The blocks, or what is wrong with the text. */
function parseEntries(text: string): readonly ClassicEntry[] | string {
  const entries: ClassicEntry[] = [];
  let group = '';
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const words = wordsOf(line);
    const indent = line.length - line.trimStart().length;
    const entry = entries.at(-1);
    if (indent === 0) {
      if (!line.endsWith(':') || /^(?:<{7}|={7}|>{7})/.test(line)) return `line ${index + 1} is no entry`;
      entries.push({ patterns: words, fields: new Map(), dependencies: [] });
      group = '';
    } else if (entry === undefined) {
      return `line ${index + 1} stands in no entry`;
    } else if (indent <= 2) {
      group = words[0] ?? '';
      if (words.length > 1) entry.fields.set(group, words[1] as string);
    } else if (/^(?:optionalD|d)ependencies$/.test(group)) {
      entry.dependencies.push([words[0] ?? '', words[1] ?? '']);
    }
  }
  return entries;
}

/** Words between spaces, commas and the final colon; quotes hold a word together. */
function wordsOf(line: string): string[] {
  const words = line.match(/"(?:[^"\\]|\\.)*"|[^\s,"]+/g) ?? [];
  return words
    .map((word) => (word.startsWith('"') ? word.slice(1, -1).replace(/\\(.)/g, '$1') : word.replace(/:$/, '')))
    .filter((word) => word !== '');
}
