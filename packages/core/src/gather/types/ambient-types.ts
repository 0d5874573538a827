/**
 * Declaration files that every file of a project sees without importing them: `types` of its tsconfig, else all that lies
 * in `node_modules/@types` from its folder up; our own copy of Node's where the repository has none.
 * In: a folder, the written `types`. Out: absolute paths. Not here: what imports bring.
 */
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { compareText, directoryOf, type RepoPath } from '../../model/index.js';
import { nodeTypesFolder } from './node-types.js';

/** True where packages are installed at the root or beside one of the given folders. */
export function isInstalled(root: string, folders: readonly RepoPath[]): boolean {
  return ['', ...folders].some((folder) => existsSync(joined(root, folder, 'node_modules')));
}

/** Absolute paths, sorted by package; each package once, the nearest to `folder` winning. Never throws. */
export function ambientTypes(root: string, folder: RepoPath, types: readonly string[] | undefined): string[] {
  const above = foldersUp(folder).map((one) => joined(root, one, 'node_modules'));
  const names = types ?? [...new Set(above.flatMap((one) => listed(`${one}/@types`)))].sort(compareText);
  const found = names.flatMap((name) => entryOf(root, above, name) ?? []);
  const hasNode = found.some((path) => path.includes('/@types/node/'));
  // A named package that is not there may have brought Node's, as test runners do.
  const hasAll = types !== undefined && found.length === names.length;
  const node = hasNode || (hasAll && !names.includes('node')) ? undefined : nodeTypesFolder();
  return node === undefined ? found : [...found, `${node}/index.d.ts`];
}

function foldersUp(folder: RepoPath): RepoPath[] {
  const folders = [folder];
  for (let at = folder; at !== '';) folders.push((at = directoryOf(at)));
  return folders;
}

function joined(root: string, folder: RepoPath, name: string): string {
  return folder === '' ? `${root}/${name}` : `${root}/${folder}/${name}`;
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
}

/** `node`, `vitest/globals`, `@scope/name`: what `types` may name. */
function entryOf(root: string, above: readonly string[], written: string): string | undefined {
  const [, name = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/.exec(written) ?? [];
  if (name === '' || written.includes('..')) return undefined;
  const scoped = name.startsWith('@') ? name.slice(1).replace('/', '__') : name;
  for (const folder of above) {
    for (const place of [`${folder}/@types/${scoped}`, `${folder}/${name}`]) {
      const entry = entryIn(root, place, rest);
      if (entry !== undefined) return entry;
    }
  }
  return undefined;
}

function entryIn(root: string, place: string, rest: string): string | undefined {
  const manifest = manifestOf(`${place}/package.json`);
  const named = rest === '' ? (manifest?.['types'] ?? manifest?.['typings']) : undefined;
  const names = [named, rest === '' ? 'index.d.ts' : `${rest}.d.ts`, `${rest}/index.d.ts`, `dist/${rest}.d.ts`];
  for (const name of names) {
    if (typeof name !== 'string' || name.includes('..')) continue;
    const real = realFile(`${place}/${name.replace(/^\.\//, '')}`);
    if (real?.startsWith(`${root}/`) === true && real.endsWith('.ts')) return real;
  }
  return undefined;
}

function manifestOf(path: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function realFile(path: string): string | undefined {
  try {
    return realpathSync.native(path).replaceAll('\\', '/');
  } catch {
    return undefined;
  }
}
