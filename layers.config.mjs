/**
 * Which folder may import what, each rule with its reason; `pnpm run check:layers` proves them (scripts/check-layers.mjs).
 * Paths are globs below the repository's root, packages are npm names. Tests are held to the rules marked `tests` only.
 *
 * @typedef {object} LayerRule
 * @property {string} name
 * @property {string} reason       printed with each violation
 * @property {string[]} from       whom the rule binds: files
 * @property {string[]} [except]   files that it doesn't bind
 * @property {string[]} [onlyTo]   they may import these files, and no others of the repository
 * @property {string[]} [notTo]    they may not import these files
 * @property {string[]} [onlyPackages]  they may import these packages and Node modules, and no others
 * @property {string[]} [notPackages]   they may not import these packages or Node modules
 * @property {string[]} [lazyPackages]  they may import these packages by `import()` or as types only
 * @property {boolean} [tests]     it binds test files too
 */

const core = 'packages/core/src';

/** What reads changed files that other systems rely on. */
const SCHEMA_PARSERS = [
  'libpg-query',
  '@guanmingchiu/sqlparser-ts',
  '@mrleebo/prisma-ast',
  'graphql',
  '@graphql-inspector/core',
  'protobufjs',
  'protobufjs/*',
  'dockerfile-ast',
];

/** @type {LayerRule[]} */
export const rules = [
  {
    name: 'model-is-the-bottom',
    reason: 'records are what the parts exchange: whoever reads one must not pull in code',
    from: [`${core}/model/**`],
    onlyTo: [`${core}/model/**`],
    onlyPackages: [],
  },
  {
    name: 'analyze-is-pure',
    reason:
      'analysis gets a Snapshot and nothing else: same snapshot, same report; if it needs more, Snapshot grows a field',
    from: [`${core}/analyze/**`],
    onlyTo: [`${core}/analyze/**`, `${core}/model/**`, `${core}/catalogue/**`],
    notPackages: [
      'node:*',
      'workerpool',
      'fast-glob',
      'typescript',
      'oxc-parser',
      'oxc-resolver',
      '@typescript-eslint/*',
    ],
  },
  {
    name: 'gather-does-not-analyze',
    reason: 'gather → analyze → present: no later box is called by an earlier one',
    from: [`${core}/gather/**`],
    // The pool runs the reach kernel, a pure function over arrays, in its threads; it decides nothing.
    except: [`${core}/gather/pool/**`],
    notTo: [`${core}/analyze/**`, `${core}/pipeline.ts`, `${core}/repository.ts`, `${core}/index.ts`],
  },
  {
    name: 'facts-know-no-row',
    reason: 'a new row must cost no parse: what the extractor records depends on no catalogue',
    from: [`${core}/gather/facts/**`],
    notTo: [`${core}/catalogue/**`],
  },
  {
    name: 'catalogue-is-data',
    reason: 'a catalogue row is data: it can be listed, tested and shipped without the engine',
    from: [`${core}/catalogue/**`],
    onlyTo: [`${core}/catalogue/**`, `${core}/model/**`],
    onlyPackages: [],
  },
  {
    name: 'one-pipeline',
    reason:
      'pipeline.ts names the steps in order; it and what stands open over it, repository.ts, are the only files that import both halves',
    from: [`${core}/*.ts`],
    except: [`${core}/pipeline.ts`, `${core}/repository.ts`, `${core}/index.ts`],
    notTo: [`${core}/gather/**`, `${core}/analyze/**`],
  },
  {
    name: 'parsers-behind-one-adapter',
    reason: 'the extractor walks a TSESTree, whoever made it; only the adapter knows who did',
    from: ['packages/*/src/**'],
    except: [
      `${core}/gather/facts/parser.ts`,
      `${core}/gather/facts/raw-transfer.ts`,
      `${core}/gather/config/static-config.ts`,
    ],
    notPackages: ['oxc-parser'],
  },
  {
    name: 'reference-parser-behind-one-adapter',
    reason: 'typescript-estree is the fallback and the reference that oxc is checked against, nothing else',
    from: ['packages/*/src/**'],
    except: [`${core}/gather/facts/parser.ts`],
    notPackages: ['@typescript-eslint/typescript-estree'],
  },
  {
    name: 'globbing-in-one-place',
    reason: 'walking the disk decides what is ignored: two walkers would disagree',
    from: ['packages/*/src/**'],
    except: [`${core}/gather/disk/**`],
    notPackages: ['fast-glob'],
  },
  {
    name: 'threads-in-one-place',
    reason:
      'the extractor and the reach kernel are pure functions that run inline just as well; pipeline.ts hands the pool in',
    from: ['packages/*/src/**'],
    except: [`${core}/gather/pool/**`],
    notPackages: ['workerpool', 'node:worker_threads'],
  },
  {
    name: 'git-in-one-place',
    reason: 'git runs hardened (no hooks, no external diff, no fsmonitor); a second caller would forget a flag',
    from: [`${core}/**`],
    except: [`${core}/gather/git/**`],
    notPackages: ['node:child_process'],
  },
  {
    name: 'graphology-at-the-edge',
    reason: 'the symbol graph is typed arrays; graphology is the public graph object, for metrics and export',
    from: ['packages/*/src/**'],
    except: [`${core}/analyze/impact/**`, `${core}/analyze/risk/**`, 'packages/cli/src/**'],
    notPackages: ['graphology', 'graphology-*'],
  },
  {
    name: 'heavy-libraries-late',
    reason: 'a run that needs no type checker and no fallback parser must not pay for loading one',
    from: ['packages/*/src/**'],
    lazyPackages: ['typescript', '@typescript/native', 'ts-morph', '@typescript-eslint/typescript-estree'],
  },
  {
    name: 'type-checkers-behind-one-interface',
    reason:
      'analysis asks model/types.ts; which checker answers is decided in one place, and both give the same answers',
    from: ['packages/*/src/**'],
    except: [`${core}/gather/types/ts-morph/**`],
    notPackages: ['ts-morph'],
  },
  {
    name: 'schema-parsers-late',
    reason: 'parsers of SQL, schemas and contracts are loaded when such a file changed: a run without one pays nothing',
    from: ['packages/*/src/**'],
    lazyPackages: SCHEMA_PARSERS,
  },
  {
    name: 'schema-parsers-in-one-place',
    reason: 'classifiers compare plain values; what a library calls a table or a field stays behind its adapter',
    from: ['packages/*/src/**'],
    except: [`${core}/gather/sensitive/**`],
    notPackages: SCHEMA_PARSERS,
  },
  {
    name: 'native-compiler-in-one-folder',
    reason: 'its API is not yet settled and it may not be installed: one folder knows of both',
    from: ['packages/*/src/**'],
    except: [`${core}/gather/types/native/api.ts`],
    notPackages: ['@typescript/native'],
  },
  {
    name: 'cli-uses-the-public-api',
    reason: 'whatever the CLI can do, a program can: through @blast-radius/core, never through its files',
    from: ['packages/cli/src/**'],
    onlyTo: ['packages/cli/src/**', `${core}/index.ts`, `${core}/loader.ts`, `${core}/model/visible.ts`],
  },
  {
    name: 'lint-loads-little',
    reason:
      'rules run in editors and once a file: they look up what is prepared and read facts off the tree at hand; no git, parser or graph',
    from: [`${core}/lint/**`],
    // It makes the index, for the pipeline; no rule loads it.
    except: [`${core}/lint/prepare.ts`],
    onlyTo: [
      `${core}/lint/**`,
      `${core}/model/**`,
      `${core}/gather/facts/**`,
      `${core}/gather/cache/cache-folder.ts`,
      `${core}/analyze/link/identity.ts`,
      // What a text offers to other systems is found by the same rows and the same reading of calls as in a report.
      `${core}/analyze/contracts/own-ends.ts`,
      `${core}/analyze/contracts/imported-origins.ts`,
      `${core}/analyze/contracts/match.ts`,
      `${core}/catalogue/frameworks/**`,
      `${core}/analyze/lint-index/reference-digests.ts`,
    ],
    onlyPackages: ['node:crypto', 'node:fs', 'node:path'],
  },
  {
    name: 'plugin-uses-the-public-api',
    reason: 'a rule gets its judgement from @blast-radius/core/lint, which loads little, and from nothing else',
    from: ['packages/eslint-plugin/src/**'],
    onlyTo: ['packages/eslint-plugin/src/**', `${core}/lint/index.ts`],
    onlyPackages: ['eslint', 'node:fs', 'node:path'],
  },
  {
    name: 'core-knows-no-presenter',
    reason: 'present stands above analyze',
    from: [`${core}/**`],
    notTo: ['packages/cli/**', 'packages/eslint-plugin/**'],
    notPackages: ['blast-radius', 'commander', 'picocolors', 'eslint'],
    tests: true,
  },
  {
    name: 'network-in-the-action-only',
    reason:
      'the engine and the CLI have no network at run time; the action runs the CLI as a program and keeps the token to itself',
    from: ['packages/action/src/**'],
    onlyTo: ['packages/action/src/**'],
    onlyPackages: [],
  },
  {
    name: 'no-network-in-the-product',
    reason: 'what is analysed is read from this disk; nothing is fetched, sent or listened to',
    from: [`${core}/**`, 'packages/cli/src/**'],
    notPackages: ['node:http', 'node:https', 'node:http2', 'node:tls', 'node:dgram', 'undici'],
  },
  {
    name: 'testkit-knows-no-product',
    reason: 'a test tool that imports the product can hide its faults',
    from: ['packages/testkit/**'],
    onlyTo: ['packages/testkit/**'],
    notPackages: ['@blast-radius/core', 'blast-radius'],
    tests: true,
  },
  {
    name: 'tests-stay-out-of-the-product',
    reason: 'the packed packages hold neither tests nor the testkit',
    from: [`${core}/**`, 'packages/cli/src/**', 'packages/eslint-plugin/src/**'],
    notTo: ['packages/testkit/**', '**/*.test.ts', '**/*.fixture.ts'],
    notPackages: ['@blast-radius/testkit', 'vitest', 'fast-check'],
  },
];

/** No import cycles between the files of one package, types included: a cycle has no order to read it in. */
export const acyclic = ['packages/*/src/**'];
