/**
 * Oracle files: one JSON record a line, the first line `meta`. A record holds one mutation and what it truly breaks.
 * In: a folder of oracle files. Out: records; a mutated text.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Which protocol a file follows, by its name's first word: a mutation to find the radius of, or a symbol to ask about. */
const PROTOCOLS = new Set(['compile', 'runtime', 'exec']);

/**
 * The oracle files of `folder`, sorted by name.
 * @returns `{ name, path, protocol, repo, commit, seen, records }`; `seen` are the files that the oracle can judge.
 */
export function oracleFiles(folder) {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl') && PROTOCOLS.has(file.split('-')[0]))
    .sort()
    .map((file) => oracleFile(join(folder, file), file));
}

function oracleFile(path, file) {
  const rows = readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const meta = rows.find((row) => row.meta);
  const seen = new Set(meta.checkedFiles ?? meta.testFiles);
  const records = rows.filter((row) => !row.meta);
  return {
    name: file.replace(/\.jsonl$/, ''),
    path,
    protocol: file.split('-')[0],
    repo: meta.repo,
    commit: meta.commit,
    seen,
    records,
  };
}

/** `text` with the mutation in it. Offsets are UTF-16 code units; throws where the text is not the recorded one. */
export function mutated(text, { file, patch }) {
  if (patch.removed && text.slice(patch.start, patch.end) !== patch.removed)
    throw new Error(`${file} is not the recorded text`);
  return text.slice(0, patch.start) + patch.insert + text.slice(patch.end);
}

/** The mutated symbol as a person would write it. */
export function mutatedSymbol({ file, symbol, member, qualified }) {
  return `${file}#${qualified ?? (member ? `${symbol}.${member}` : symbol)}`;
}
