import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { EdgeBit, NODE_KINDS, Presence, SeedBit, SymbolFlag, edgeWord } from '../../model/index.js';
import type {
  Change,
  FileRole,
  NodeKind,
  ReportFlag,
  Snapshot,
  SymbolGraph,
  UncertainReference,
  Workspace,
} from '../../model/index.js';
import { reach, reachSizes, reverseAdjacency } from '../reach/index.js';
import { NO_REACH } from '../risk/index.js';
import { assembleReport, placesOfSnapshot } from './assemble.js';
import type { ReportSource } from './assemble.js';
import { why } from './why.js';

const RUN = EdgeBit.runtime | EdgeBit.compile | EdgeBit.surface;

/** Files in order, each with its symbols after the initialiser: `name` or `name:kind`. */
const FILES: readonly (readonly [path: string, owner: string, role: FileRole, ...symbols: string[]])[] = [
  ['packages/ui/src/button.ts', '@acme/ui', 'source', 'Button:class', 'Button.render:method', 'size:variable'],
  ['packages/ui/src/button.test.ts', '@acme/ui', 'test'],
  ['apps/web/src/page.tsx', 'web', 'source', 'Page', 'Aside'],
  ['apps/web/schema.sql', 'web', 'resource'],
];

function graphOf(
  edges: readonly (readonly [dependent: string, dependency: string, word?: number])[],
  uncertain: readonly UncertainReference[] = [],
) {
  const names: string[] = [];
  const kinds: NodeKind[] = [];
  const fileOf: number[] = [];
  const parents: number[] = [];
  const nodes = new Map<string, number>();
  const files = FILES.map(([path, owner, role, ...symbols], file) => {
    const first = names.length;
    const all = role === 'resource' ? ['schema.sql:resource'] : ['<module>:module', ...symbols];
    for (const written of all) {
      const [name = '', kind = 'function'] = written.split(':');
      nodes.set(`${path}#${name}`, names.length);
      parents.push(nodes.get(`${path}#${name.slice(0, Math.max(0, name.lastIndexOf('.')))}`) ?? -1);
      names.push(name);
      kinds.push(kind as NodeKind);
      fileOf.push(file);
    }
    return { path, packageName: owner, packageRoot: path.split('/').slice(0, 2).join('/'), role, node: first };
  });
  const count = names.length;
  const at = (name: string): number => [...nodes].find(([key]) => key.endsWith(name))![1];
  const reverse = reverseAdjacency(
    count,
    Uint32Array.from(edges, ([from]) => at(from)),
    Uint32Array.from(edges, ([, to]) => at(to)),
    Uint32Array.from(edges, ([, , word]) => word ?? edgeWord('call', 0, RUN)),
    edges.length,
  );
  const graph: SymbolGraph = {
    count,
    names,
    kinds: Uint8Array.from(kinds, (kind) => NODE_KINDS.indexOf(kind)),
    fileOf: Int32Array.from(fileOf),
    parents: Int32Array.from(parents),
    flags: new Uint32Array(count).fill(SymbolFlag.value),
    presence: new Uint8Array(count).fill(Presence.base | Presence.head),
    lines: Uint32Array.from(names, (_, i) => i + 1),
    endLines: Uint32Array.from(names, (_, i) => i + 1),
    files,
    reverse,
    uncertain,
  };
  return { graph, at };
}

const workspace: Workspace = {
  tools: ['pnpm'],
  packages: ['apps/web', 'packages/ui'].map((root, id) => ({
    id,
    name: id === 0 ? 'web' : '@acme/ui',
    root,
    private: true,
    member: true,
    app: id === 0,
    runnable: id === 0 ? ['script start'] : [],
    workspaceDependencies: [],
  })),
  declaredDependencies: [],
  globalInputs: [],
  owners: [
    { pattern: '*', owners: ['@acme/core'], line: 1 },
    { pattern: 'apps/', owners: ['@acme/web'], line: 2 },
  ],
};
const snapshot: Snapshot = {
  comparison: { base: 'abc', head: 'working tree', chosenBy: '--base main' },
  base: { label: 'abc', workspace, files: [], implicit: [] },
  head: { label: 'working tree', workspace, files: [], implicit: [] },
  diffs: [{ status: 'modified', path: 'packages/ui/src/button.ts' }],
  lockfiles: [],
  texts: { base: {}, head: {} },
  catalogue: [],
  resources: { base: [], head: [] },
  diagnostics: [{ kind: 'ignored-files', level: 'note', message: 'Three files are ignored.', count: 3 }],
};

function changeOf(graph: SymbolGraph, node: number, kind: Change['kind'], seeds: number): Change {
  const file = graph.files[graph.fileOf[node]!]!.path;
  return { node, kind, compatibility: kind === 'body' ? 'neutral' : 'unknown', rule: 'test', file, line: 1, seeds };
}

function reportOf(graph: SymbolGraph, changes: readonly Change[], more: Partial<ReportSource> = {}) {
  const sizes = reachSizes(graph, changes, placesOfSnapshot(snapshot, graph));
  return assembleReport({ snapshot, graph, changes, sizes, reach: reach(graph, changes), ...more });
}

const isValid = (() => {
  const text = readFileSync(new URL('../../../schema/report.schema.json', import.meta.url), 'utf8');
  const ajv = new Ajv2020({ allErrors: true, strict: true });
  const validate = ajv.compile(JSON.parse(text));
  return (report: unknown): string[] => {
    validate(JSON.parse(JSON.stringify(report)));
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
})();

const { graph, at } = graphOf([
  ['Page', 'Button.render'],
  ['button.test.ts#<module>', 'Button.render'],
  ['button.test.ts#<module>', 'size'],
  ['page.tsx#<module>', 'Page'],
  ['Aside', 'size'],
]);
const body = changeOf(graph, at('Button.render'), 'body', SeedBit.runtime);

describe('a report', () => {
  test('is valid by the published schema, and strictly so', () => {
    const flag: ReportFlag = {
      rule: 'auth/guard-removed-from-route',
      kind: 'auth',
      severity: 'high',
      verdict: 'risky',
      file: 'a.ts',
      line: 3,
      message: 'A check is gone.',
      subject: 'GET /users',
      security: 'weakened',
      evidence: [{ file: 'a.ts', line: 3, side: 'base', text: 'requireAuth' }],
      changes: [],
      reach: NO_REACH,
    };
    const suppression = {
      by: 'comment',
      rules: ['auth/*'],
      file: 'a.ts',
      line: 2,
      reason: 'public',
      target: 3,
    } as const;
    const report = reportOf(graph, [body], { flags: [flag], suppressed: [{ ...flag, suppression }] });
    expect(isValid(report)).toEqual([]);
    expect(isValid({ ...report, extra: 1 })).not.toEqual([]);
    expect(isValid({ ...report, tests: [1] })).not.toEqual([]);
  });

  test('names who is reached, over which path, and counts tests apart', () => {
    const report = reportOf(graph, [body]);
    expect(
      report.impacts.map(({ symbol, file, distance, test }) => `${distance} ${file}#${symbol}${test ? ' test' : ''}`),
    ).toEqual([
      '1 packages/ui/src/button.test.ts#<module> test',
      '1 apps/web/src/page.tsx#Page',
      '2 apps/web/src/page.tsx#<module>',
    ]);
    expect(report.impacts[2]?.path).toEqual([
      'npm @acme/ui packages/ui/src/button.ts/Button#render().',
      'npm web apps/web/src/page.tsx/Page().',
      'npm web apps/web/src/page.tsx/`<module>`.',
    ]);
    expect(report.impacts[2]?.via).toEqual(['call', 'call']);
    expect(report.tests).toEqual(['packages/ui/src/button.test.ts']);
    expect(report.packages).toEqual([
      { name: 'web', root: 'apps/web', app: true, changed: false, direct: 1, total: 1, tests: 0 },
      { name: '@acme/ui', root: 'packages/ui', app: false, changed: true, direct: 0, total: 0, tests: 1 },
    ]);
    expect(report.owners).toEqual([
      { owner: '@acme/core', changedFiles: 1, impactedFiles: 0 },
      { owner: '@acme/web', changedFiles: 0, impactedFiles: 1 },
    ]);
    expect(report.changes[0]?.reach).toMatchObject({ direct: 1, total: 2, files: 1, packages: 1, apps: 1, tests: 1 });
    expect(report.stats).toMatchObject({ impactedSymbols: 2, impactedFiles: 1, skipped: { 'ignored-files': 3 } });
    expect(report.verdict).toMatchObject({ known: true, level: 'low' });
  });

  test('a change is no impact of itself or of another change', () => {
    const page = changeOf(graph, at('Page'), 'body', SeedBit.runtime);
    expect(reportOf(graph, [body, page]).impacts.map(({ symbol }) => symbol)).toEqual(['<module>', '<module>']);
  });

  test('only comments: exactly 0, nothing reached', () => {
    const report = reportOf(graph, [changeOf(graph, at('Button.render'), 'comment', 0)]);
    expect(report.score).toMatchObject({ value: 0, level: 'none' });
    expect(report.impacts).toEqual([]);
    expect(report.verdict.summary).toBe('Only comments and formatting changed.');
  });

  test('code that no test reaches raises the score through coverage alone', () => {
    const coverage = (nodeName: string): number =>
      reportOf(graph, [changeOf(graph, at(nodeName), 'body', SeedBit.runtime)]).score.addends.find(
        ({ id }) => id === 'coverage',
      )!.points;
    expect(coverage('size')).toBeGreaterThan(0);
    expect(coverage('Aside')).toBe(0);
  });

  test('paths can be left out', () => {
    const report = reportOf(graph, [body], { paths: 'none' });
    expect(report.impacts.every(({ path, via }) => path.length === 0 && via.length === 0)).toBe(true);
    expect(isValid(report)).toEqual([]);
  });
});

describe('unknown is a verdict of its own', () => {
  const place = { file: 'apps/web/src/page.tsx', line: 4, what: 'computed import' };
  const unknownsFor = (candidates: readonly string[], from: string): string[] => {
    const uncertain = { ...place, node: at(from), candidates: candidates.map(at) };
    return reportOf({ ...graph, uncertain: [uncertain, uncertain] }, [body]).unknowns.map(({ reason }) => reason);
  };

  test('a reference that may mean what is changed or impacted is near; one that means others is not', () => {
    expect(unknownsFor(['Page'], 'Aside')).toEqual(['computed import']);
    expect(unknownsFor(['Aside'], 'Aside')).toEqual([]);
  });

  test('a reference that may mean anything is near in the package of a change', () => {
    expect(unknownsFor([], 'size')).toEqual(['computed import']);
    expect(unknownsFor([], 'Aside')).toEqual([]);
  });

  test('a long list ends in a remainder that counts for all it stands for', () => {
    const uncertain = Array.from({ length: 62 }, (_, index) => ({ ...place, line: index + 1, node: at('size'), candidates: [] })); // prettier-ignore
    const report = reportOf({ ...graph, uncertain }, [body]);
    expect(report.unknowns).toHaveLength(51);
    expect(report.unknowns.at(-1)).toMatchObject({ file: '', count: 12 });
    expect(report.verdict.summary).toContain('62 things near the change could not be followed');
    expect(isValid(report)).toEqual([]);
  });

  test('a changed schema is unknown, never nothing', () => {
    const report = reportOf(graph, [changeOf(graph, at('schema.sql'), 'resource', SeedBit.runtime)]);
    expect(report.verdict.known).toBe(false);
    expect(report.unknowns).toMatchObject([{ file: 'apps/web/schema.sql' }]);
    expect(report.verdict.summary).not.toContain('nothing depends');
  });
});

test('why: the path to a symbol, step by step', () => {
  const report = reportOf(graph, [body]);
  const [path] = why(report, 'page.tsx#<module>');
  expect(path?.steps.map(({ symbol, via }) => `${via ?? 'changed'} ${symbol}`)).toEqual([
    'changed Button.render',
    'call Page',
    'call <module>',
  ]);
  expect(why(report, 'Aside')).toEqual([]);
});
