/**
 * Single stages of gathering on a real corpus: the extractor with either parser, the resolver.
 * In: a checkout. Out: rows of CPU milliseconds, with time per megabyte or per import.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '../checkout.mjs';
import { builtModule } from '../places.mjs';
import { measure } from '../statistics.mjs';

/** Texts longer than this are data; they would drown the rest. */
const LENGTH_LIMIT = 500_000;

/** Extracts the facts of every source file, with oxc and with typescript-estree; the last row is their ratio. */
export async function measureExtractor(root, runs) {
  const { extractFacts, languageOf } = await builtModule('gather/facts/index.js');
  const inputs = git(root, ['ls-files', '-z'])
    .split('\0')
    .flatMap((path) => input(join(root, path), languageOf(path)));
  const megabytes = inputs.reduce((sum, { text }) => sum + text.length, 0) / 1e6;
  const rows = [];
  for (const parser of ['oxc', 'typescript-estree']) {
    const extract = () => inputs.map(({ text, language }) => extractFacts({ text, language, parser }).symbols.length);
    const result = await measure(extract, runs);
    rows.push({
      what: `extractor with ${parser}, ${inputs.length} files, ${megabytes.toFixed(1)} MB`,
      ...result,
      per: result.median / megabytes,
      unit: 'ms a MB',
    });
  }
  return [...rows, { what: 'typescript-estree / oxc', ratio: rows[1].median / rows[0].median }];
}

function input(file, language) {
  if (language === undefined || language === 'json') return [];
  try {
    const text = readFileSync(file, 'utf8');
    return text.length > LENGTH_LIMIT ? [] : [{ text, language }];
  } catch {
    return [];
  }
}

/** Resolves every specifier of the working tree again and again, with everything that the resolver needs already read. */
export async function measureResolver(root, runs) {
  const { openComparison } = await builtModule('gather/git/index.js');
  const { readWorkspace } = await builtModule('gather/workspace/index.js');
  const { readTsconfigs, readRunnerConfigs } = await builtModule('gather/config/index.js');
  const { createResolver } = await builtModule('gather/resolve/index.js');
  const { extractFacts, languageOf } = await builtModule('gather/facts/index.js');
  const opened = await openComparison({ root, env: {}, compare: false });
  try {
    const tree = opened.head;
    const { workspace } = await readWorkspace(tree);
    const tsconfigs = await readTsconfigs(tree, workspace);
    const { aliases } = await readRunnerConfigs(tree, workspace, []);
    const requests = tree.entries.flatMap(({ path, kind }) => {
      const [read] = kind === 'file' ? input(join(root, path), languageOf(path)) : [];
      return read ? extractFacts(read).requests.map((request) => [path, request]) : [];
    });
    const result = await measure(() => {
      const resolver = createResolver(tree, workspace, tsconfigs, aliases);
      return requests.map(([path, request]) => resolver.resolve(path, request));
    }, runs);
    return [
      {
        what: `resolver with its set-up, ${requests.length} specifiers`,
        ...result,
        per: (result.median * 1000) / requests.length,
        unit: 'µs a specifier',
      },
    ];
  } finally {
    opened.close();
  }
}
