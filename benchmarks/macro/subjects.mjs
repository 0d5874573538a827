/**
 * What is run: our CLI, and peers from npm at pinned versions that do the nearest thing.
 * In: a checkout. Out: command lines. Peers are installed below `.work/`, without install scripts; none may run the
 * corpus's own configuration as code (knip would: its plugins are switched off).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CLI, WORK } from '../places.mjs';

const FOLDER = join(WORK, 'peers');
const BIN = join(FOLDER, 'node_modules');
const VERSIONS = {
  madge: '8.0.0',
  'dependency-cruiser': '16.10.4',
  skott: '0.35.12',
  knip: '6.44.2',
  'blast-radius-cli-linux-x64': '0.8.0',
  typescript: '5.9.3',
};
const EXTENSIONS = 'ts,tsx,mts,cts,js,jsx,mjs,cjs';

/** Installs the peers once. Returns what could not be had, in words. */
export function installPeers() {
  mkdirSync(FOLDER, { recursive: true });
  const manifest = JSON.stringify({ private: true, dependencies: VERSIONS }, null, 2);
  const path = join(FOLDER, 'package.json');
  if (existsSync(path) && readFileSync(path, 'utf8') === manifest && existsSync(BIN)) return [];
  writeFileSync(path, manifest);
  const { status, stderr } = spawnSync(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: FOLDER, encoding: 'utf8' },
  );
  return status === 0 ? [] : [stderr.trim()];
}

/** Our commands: a report on the last commit, the dependents of a file, the graph. */
export function ours(root, file) {
  const cli = [process.execPath, CLI];
  return [
    { name: 'report', command: [...cli, 'report', '--root', root, '--base', 'HEAD~1', '--head', 'HEAD', '--json'] },
    { name: 'impact', command: [...cli, 'impact', file, '--root', root, '--json'] },
    { name: 'graph', command: [...cli, 'graph', '--root', root, '--json'] },
  ];
}

/** Those peers that are installed: each the command that builds its whole graph, and where it has one the reach of a file. */
export async function peers(root, file) {
  const node = process.execPath;
  const rust = join(BIN, 'blast-radius-cli-linux-x64/bin/blast-radius');
  const all = [
    { name: 'rust graph', needs: rust, command: [rust, 'graph', '--repo-root', root, '--format', 'json'] },
    { name: 'rust file', needs: rust, command: [rust, 'file', file, '--repo-root', root, '--format', 'json'] },
    {
      name: 'dependency-cruiser',
      needs: join(BIN, 'dependency-cruiser/bin/dependency-cruise.mjs'),
      command: [
        node,
        join(BIN, 'dependency-cruiser/bin/dependency-cruise.mjs'),
        '--no-config',
        '--ts-pre-compilation-deps',
        '--do-not-follow',
        'node_modules',
        '--output-type',
        'json',
        '.',
      ],
    },
    {
      name: 'knip',
      needs: join(BIN, 'knip/bin/knip.js'),
      command: [
        node,
        join(BIN, 'knip/bin/knip.js'),
        '--directory',
        root,
        '--config',
        await knipConfig(),
        '--no-exit-code',
        '--reporter',
        'json',
      ],
    },
    {
      name: 'madge',
      needs: join(BIN, 'madge/bin/cli.js'),
      command: [node, join(BIN, 'madge/bin/cli.js'), '--json', '--extensions', EXTENSIONS, '.'],
    },
    {
      name: 'skott',
      needs: join(BIN, '.bin/skott'),
      command: [
        node,
        join(BIN, '.bin/skott'),
        '--displayMode=raw',
        '--exitCodeOnCircularDependencies=0',
        `--fileExtensions=.${EXTENSIONS.replaceAll(',', ',.')}`,
        `--cwd=${root}`,
      ],
    },
  ];
  return all.filter(({ needs }) => existsSync(needs));
}

/** A knip configuration with every plugin off: plugins load the corpus's configuration files as code. */
async function knipConfig() {
  const names = join(BIN, 'knip/dist/types/PluginNames.js');
  if (!existsSync(names)) return '';
  const { pluginNames } = await import(pathToFileURL(names).href);
  const path = join(FOLDER, 'knip.json');
  writeFileSync(path, JSON.stringify(Object.fromEntries(pluginNames.map((name) => [name, false]))));
  return path;
}
