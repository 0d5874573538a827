#!/usr/bin/env node
/**
 * Brings a pinned corpus into `benchmarks/.work/checkouts`.
 * In: a name in `corpora.json` and where to clone it from. Out: the folder's path on standard output.
 *
 *   node benchmarks/corpora.mjs                 lists the corpora
 *   node benchmarks/corpora.mjs NAME SOURCE     SOURCE: a local git folder, or a URL to clone
 */
import { checkoutAt } from './checkout.mjs';
import { corpora } from './places.mjs';
import { table } from './statistics.mjs';

const [name, source] = process.argv.slice(2);
const corpus = corpora().find((candidate) => candidate.name === name);
if (!name) {
  const rows = corpora().map(({ name, repository, commit, sourceFiles, sourceMegabytes, kind }) => [
    name,
    repository,
    commit.slice(0, 10),
    sourceFiles,
    sourceMegabytes,
    kind,
  ]);
  console.log(table([['name', 'repository', 'commit', 'source files', 'MB', 'kind'], ...rows]));
} else if (!corpus || !source) {
  console.error(
    corpus
      ? `where from? node benchmarks/corpora.mjs ${name} SOURCE`
      : `no corpus "${name}": run without arguments to list them`,
  );
  process.exitCode = 2;
} else {
  console.log(checkoutAt(source, corpus.commit, corpus.name));
}
