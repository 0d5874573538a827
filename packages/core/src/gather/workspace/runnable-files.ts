/**
 * Data: the files, scripts and packages that tell that a package is run or deployed.
 * One row each; runnable.ts applies them. A new framework or host is a new row.
 */

/** A configuration file, matched against paths relative to the package's folder. */
export interface RunnableFile {
  /** `framework`: the code is an application. `host`: somebody deploys the folder. `action`: others run it by its path. */
  readonly kind: 'framework' | 'host' | 'action';
  readonly pattern: RegExp;
  /** It counts only where one of these lies in the package too (a folder ends in `/`). */
  readonly beside?: readonly string[];
  /** It counts only where one of these is a dependency. */
  readonly dependency?: readonly string[];
}

const CONFIG = '\\.config\\.(?:js|mjs|cjs|ts|mts|cts|json)$';

/** A framework's own `name.config.*` file. */
function framework(name: string): RunnableFile {
  return { kind: 'framework', pattern: new RegExp(`^${name}${CONFIG}`) };
}

function host(pattern: RegExp): RunnableFile {
  return { kind: 'host', pattern };
}

const FRAMEWORKS = [
  'next',
  'nuxt',
  'astro',
  'remix',
  'react-router',
  'docusaurus',
  'gridsome',
  'quasar',
  'electron\\.vite',
  'forge',
  'wxt',
  'sst',
  'waku',
  'redwood',
  'analog',
] as const;

/** Every file that counts. */
export const RUNNABLE_FILES: readonly RunnableFile[] = [
  ...FRAMEWORKS.map(framework),
  { kind: 'framework', pattern: new RegExp(`^vite${CONFIG}`), beside: ['index.html'] },
  { kind: 'framework', pattern: new RegExp(`^rsbuild${CONFIG}`), beside: ['index.html', 'src/index.html'] },
  { kind: 'framework', pattern: new RegExp(`^vue${CONFIG}`), beside: ['public/index.html'] },
  { kind: 'framework', pattern: new RegExp(`^svelte${CONFIG}`), beside: ['src/routes/'] },
  {
    kind: 'framework',
    pattern: new RegExp(`^app${CONFIG}`),
    dependency: ['expo', 'vinxi', '@solidjs/start', '@tanstack/start'],
  },
  { kind: 'framework', pattern: /^app\.json$/, dependency: ['expo', 'react-native'] },
  { kind: 'framework', pattern: /^gatsby-config\.\w+$/ },
  { kind: 'framework', pattern: /^ember-cli-build\.\w+$/, beside: ['app/'] },
  { kind: 'framework', pattern: /^electron-builder\.\w+$/ },
  { kind: 'framework', pattern: /^nest-cli\.json$/, beside: ['src/main.ts', 'src/main.js'] },
  { kind: 'framework', pattern: /^\.vitepress\/config\.\w+$/ },
  { kind: 'action', pattern: /^action\.ya?ml$/ },
  host(/^Dockerfile(?:\..+)?$/),
  host(/^[^/]+\.[Dd]ockerfile$/),
  host(/^Containerfile$/),
  host(/^serverless\.(?:ya?ml|json|js|ts)$/),
  host(/^wrangler\.(?:toml|jsonc?)$/),
  host(/^vercel\.json$/),
  host(/^netlify\.toml$/),
  host(/^fly\.toml$/),
  host(/^render\.yaml$/),
  host(/^railway\.(?:json|toml)$/),
  host(/^Procfile$/),
  host(/^app\.ya?ml$/),
  host(/^firebase\.json$/),
  host(/^cdk\.json$/),
  host(/^samconfig\.toml$/),
  host(/^ecosystem\.config\.\w+$/),
];

/** Scripts that run or deploy what the package holds. */
export const RUNNABLE_SCRIPTS: readonly string[] = ['start', 'serve', 'deploy', 'preview'];

/** Nx targets that do. */
export const RUNNABLE_TARGETS: readonly string[] = ['serve', 'deploy', 'container', 'docker-build'];

/** Dependencies that only applications have, and that need no configuration file. */
export const RUNNABLE_DEPENDENCIES: readonly string[] = ['react-scripts', '@vue/cli-service'];
