/**
 * The simple method that the engine is held against: every file that imports the changed one, directly or not.
 * In: the engine's own files with their resolutions, so that both see the same imports. Out: sets of paths.
 */

/**
 * Who names whom, reversed.
 * @param revision files with `resolutions`, and the `implicit` dependencies that configuration makes.
 * @returns path → paths of the files that name it.
 */
export function importersOf({ files, implicit }) {
  const importers = new Map();
  const add = (from, to) => {
    if (!importers.has(to)) importers.set(to, new Set());
    importers.get(to).add(from);
  };
  for (const { path, resolutions } of files)
    for (const resolution of resolutions) for (const target of targets(resolution)) add(path, target);
  for (const { from, to } of implicit) for (const file of from) add(file, to);
  return importers;
}

/** The files a resolution leads to. */
export function targets(resolution) {
  if (resolution.kind === 'files') return resolution.paths;
  if (resolution.kind !== 'file') return [];
  return resolution.types ? [resolution.path, resolution.types] : [resolution.path];
}

/** All direct and indirect importers of `path`, itself not among them unless it is in a cycle. */
export function transitiveImporters(importers, path) {
  const reached = new Set();
  const queue = [path];
  for (let next = queue.pop(); next !== undefined; next = queue.pop())
    for (const importer of importers.get(next) ?? []) {
      if (reached.has(importer)) continue;
      reached.add(importer);
      queue.push(importer);
    }
  return reached;
}
