/**
 * A tree's files resolved, beside a kept revision where that holds, and what later runs want to know of it.
 * In: classified files, configuration, perhaps files of a kept revision. Out: `SourceFile`s, diagnostics, what was looked for.
 * Not here: resolving a file (read-files.ts), which kept files hold (kept-files.ts).
 */
import type { ListColumn } from '../model/kept.js';
import type { RepoPath } from '../model/path.js';
import type { SourceFile } from '../model/snapshot.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { KeptFiles } from './kept-files.js';
import { loggedRequests, type KeptReading } from './kept-tree.js';
import { publishedEntries } from './published/index.js';
import { readFiles, readFilesBeside, type ResolvedFiles } from './read-files.js';
import { createResolutionLog } from './resolve/index.js';
import { type ConfiguredReading, isSource, wantedFile } from './source-file.js';
import type { ClassifiedFile } from './workspace/index.js';

/** What is resolved. */
export interface ToResolve {
  readonly reading: ConfiguredReading;
  /** With the roles that their paths give them; with those that their contents do. */
  readonly classified: readonly ClassifiedFile[];
  readonly files: readonly ClassifiedFile[];
  readonly beside?: KeptFiles | undefined;
}

/** Files with what was found on the way. */
export interface FoundFiles extends ResolvedFiles {
  readonly found: Pick<KeptReading, 'logged' | 'probes' | 'published' | 'publishedProbes'>;
}

/** See the file's head. Facts of files that a kept revision has are loaded only where it does not hold after all. */
export async function resolvedFiles({ reading, classified, files, beside }: ToResolve): Promise<FoundFiles> {
  const taken = beside && (await readFilesBeside(reading, classified, beside));
  if (taken !== undefined && beside !== undefined) {
    const found = foundBeside(reading, taken, beside);
    return { ...taken, diagnostics: logged(taken.files, found.logged), found };
  }
  await reading.store.load(reading.tree, classified.filter(isSource).map((file) => wantedFile(reading.tree, file))); // prettier-ignore
  const whole = await readFiles(reading, files);
  return { ...whole, found: foundIn(reading, whole) };
}

type Read = Pick<ResolvedFiles, 'files' | 'resolver'>;

function foundIn({ workspace }: ConfiguredReading, { files, resolver }: Read): FoundFiles['found'] {
  const probes = lists(files.map(({ path }) => resolver.probes(path))); // Before manifests ask, too.
  const published = publishedEntries(workspace, files, resolver);
  return {
    published,
    publishedProbes: lists(workspace.packages.map((one) => resolver.probes(manifestOf(one)))),
    probes,
    logged: loggedOf(files, () => undefined),
  };
}

function foundBeside(
  { workspace }: ConfiguredReading,
  { files, resolver }: Read,
  beside: KeptFiles,
): FoundFiles['found'] {
  const { kept } = beside;
  const probes = lists(
    files.map(({ path }) => {
      const at = beside.takenAt(path);
      return at === undefined ? resolver.probes(path) : listOf(kept.probes, at);
    }),
  );
  const again = new Set(workspace.packages.filter((one) => beside.isRepublished(one)));
  const fresh = publishedEntries({ ...workspace, packages: [...again] }, files, resolver);
  const published = workspace.packages.flatMap((one) =>
    (again.has(one) ? fresh : kept.published).filter(
      ({ package: name, root }) => root === one.root && name === one.name,
    ),
  );
  return {
    published,
    publishedProbes: lists(
      workspace.packages.map((one) =>
        again.has(one) ? resolver.probes(manifestOf(one)) : listOf(kept.publishedProbes, one.id),
      ),
    ),
    probes,
    logged: loggedOf(files, (path) => {
      const at = beside.takenAt(path);
      return at === undefined ? undefined : (kept.logged[at] ?? []);
    }),
  };
}

/** Who asks for what a package publishes; see published/entries.ts. */
function manifestOf({ root }: WorkspacePackage): RepoPath {
  return root === '' ? 'package.json' : `${root}/package.json`;
}

function loggedOf(
  files: readonly SourceFile[],
  known: (path: RepoPath) => KeptReading['logged'][number] | undefined,
): KeptReading['logged'] {
  return Object.fromEntries(
    files.flatMap((file, index) => {
      const said = known(file.path) ?? loggedRequests(file);
      return said.length === 0 ? [] : [[index, said]];
    }),
  );
}

function logged(files: readonly SourceFile[], said: KeptReading['logged']): ResolvedFiles['diagnostics'] {
  const log = createResolutionLog();
  files.forEach(({ path }, index) => {
    for (const [specifier, line, resolution] of said[index] ?? []) log.add(path, { specifier, line }, resolution);
  });
  return log.diagnostics();
}

function lists(all: readonly Iterable<number>[]): ListColumn {
  const starts = new Uint32Array(all.length + 1);
  const values: number[] = [];
  all.forEach((list, index) => {
    for (const one of list) values.push(one);
    starts[index + 1] = values.length;
  });
  return { starts, values: Int32Array.from(values) };
}

function listOf({ starts, values }: ListColumn, at: number): Int32Array {
  return values.subarray(starts[at], starts[at + 1]);
}
