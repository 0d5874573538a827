/**
 * Small reports for tests: a base that is complete, and parts to put in it.
 */
import type { Report, ReportChange, ReportFlag, ReportImpact } from '@blast-radius/core';

/** One change of `format` in package money. */
export function change(over: Partial<ReportChange> = {}): ReportChange {
  return {
    id: 'npm @shop/money src/format.ts/format().',
    symbol: 'format',
    symbolKind: 'function',
    file: 'packages/money/src/format.ts',
    line: 3,
    package: '@shop/money',
    kind: 'signature',
    compatibility: 'breaking',
    rule: 'parameter added',
    reach: { direct: 1, twoHop: 2, total: 2, directFiles: 1, twoHopFiles: 2, files: 2, packages: 1, apps: 1, tests: 1 },
    ...over,
  };
}

/** `Cart` calls `format`. */
export function impact(over: Partial<ReportImpact> = {}): ReportImpact {
  return {
    id: 'npm @shop/web src/cart.tsx/Cart().',
    symbol: 'Cart',
    symbolKind: 'function',
    file: 'apps/web/src/cart.tsx',
    line: 8,
    package: '@shop/web',
    test: false,
    world: 'runtime',
    distance: 1,
    confidence: 'bound',
    path: ['npm @shop/money src/format.ts/format().', 'npm @shop/web src/cart.tsx/Cart().'],
    via: ['call'],
    ...over,
  };
}

/** A column of `users` is dropped. */
export function flag(over: Partial<ReportFlag> = {}): ReportFlag {
  return {
    rule: 'db/column-dropped',
    kind: 'schema',
    severity: 'high',
    verdict: 'breaking',
    file: 'packages/db/migrations/0002.sql',
    line: 3,
    message: 'Column users.email is dropped.',
    subject: 'users.email',
    evidence: [],
    changes: [],
    reach: { direct: 0, twoHop: 0, total: 0, directFiles: 0, twoHopFiles: 0, files: 0, packages: 0, apps: 0, tests: 0 },
    ...over,
  };
}

/** A report of one change that reaches one symbol. */
export function report(over: Partial<Report> = {}): Report {
  return {
    version: 1,
    comparison: { base: 'a'.repeat(40), head: 'working tree', chosenBy: '--base main' },
    verdict: { known: true, level: 'moderate', summary: '1 changed symbol reaches 1 symbol in 1 package.' },
    score: {
      value: 31.5,
      level: 'moderate',
      addends: [
        { id: 'reach', points: 31.5, max: 40, reason: '1 file depends directly' },
        { id: 'owners', points: 0, max: 10, reason: 'no owners' },
      ],
    },
    changes: [change()],
    impacts: [impact()],
    packages: [
      { name: '@shop/web', root: 'apps/web', app: true, changed: false, direct: 1, total: 1, tests: 1 },
      { name: '@shop/money', root: 'packages/money', app: false, changed: true, direct: 0, total: 0, tests: 0 },
    ],
    owners: [{ owner: '@shop/web-team', changedFiles: 0, impactedFiles: 1 }],
    tests: ['apps/web/test/cart.test.ts'],
    hubs: [],
    surfaces: [],
    flags: [],
    suppressed: [],
    rules: [],
    unknowns: [],
    diagnostics: [],
    stats: {
      files: 12,
      sourceFiles: 9,
      testFiles: 2,
      packages: 2,
      symbols: 1234,
      edges: 40,
      externalSymbols: 3,
      specifiers: 20,
      resolved: 20,
      changedFiles: 1,
      impactedFiles: 1,
      impactedSymbols: 1,
      skipped: {},
    },
    ...over,
  };
}

/** Nothing but comments differ. */
export function commentOnly(): Report {
  const reach = {
    direct: 0,
    twoHop: 0,
    total: 0,
    directFiles: 0,
    twoHopFiles: 0,
    files: 0,
    packages: 0,
    apps: 0,
    tests: 0,
  };
  return report({
    verdict: { known: true, level: 'none', summary: 'Only comments or formatting differ.' },
    score: { value: 0, level: 'none', addends: [] },
    changes: [change({ kind: 'comment', compatibility: 'neutral', rule: 'content equal', reach })],
    impacts: [],
    packages: [],
    owners: [],
    tests: [],
  });
}
