/**
 * A report whose every text is somebody's attack on the place that it is printed in.
 */
import type { Report } from '@blast-radius/core';
import { change, flag, impact, report } from './report.fixture.js';

/** Signs that Markdown, HTML, terminals, workflow logs, tables, Mermaid or JSON obey, and references that hosts make links of. */
export const ATTACKS = [
  'a`b``c.ts',
  'a|b\\|c.ts',
  'new\nline\r\n::set-output name=x::y.ts',
  '::error::x',
  '##[add-mask]x',
  '##vso[task.setvariable]x',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</details></table><!-- ',
  '-->',
  '@torvalds @shop/checkout',
  '#1 GH-2 shop/web#3 !4 ~bug %5',
  '[click](https://evil.example/)',
  'https://evil.example/x www.evil.example',
  '![x](https://evil.example/x.png)',
  '\u001b[2J\u009b31m\u0007',
  '\u202egnp.exe\u2066\u200b\ufeff',
  '\ud800',
  '$x$ $`y`$',
  '*b* _i_ ~~s~~ ***',
  '"];\nclick p0 "javascript:alert(1)"',
  '${{ secrets.TOKEN }}',
  '%0A::add-mask::x',
  'a,b:c',
  ']]>&amp;&#64;',
  ' lead and trail ',
  'x'.repeat(5000),
] as const;

/** One attack in every field. */
export function hostileReport(evil: string): Report {
  const placed = { file: evil, symbol: evil };
  const bad = flag({ ...placed, rule: 'db/column-dropped', message: evil, subject: evil, evidence: [{ file: evil, line: 2, side: 'head', text: evil }], changes: [evil] }); // prettier-ignore
  return report({
    comparison: { base: evil, head: evil, chosenBy: evil },
    verdict: { known: false, level: 'low', summary: evil },
    changes: [change({ id: evil, ...placed, package: evil, before: evil, detail: evil, rule: evil })],
    impacts: [
      impact({ ...placed, id: `${evil}2`, package: `${evil}2`, path: [evil, `${evil}2`] }),
      impact({ ...placed, id: `${evil}3`, package: `${evil}2`, path: [evil, `${evil}2`, `${evil}3`], via: ['call', 'call'] }), // prettier-ignore
    ],
    packages: [
      { name: evil, root: evil, app: true, changed: true, direct: 0, total: 0, tests: 0 },
      { name: `${evil}2`, root: evil, app: false, changed: false, direct: 1, total: 1, tests: 1 },
    ],
    owners: [
      { owner: evil, changedFiles: 1, impactedFiles: 1 },
      { owner: `${evil}2`, changedFiles: 0, impactedFiles: 1 },
    ],
    tests: [evil],
    hubs: [{ id: `${evil}2`, ...placed, behind: 2 }],
    flags: [bad],
    suppressed: [{ ...bad, suppression: { by: 'comment', rules: ['*'], file: evil, line: 3, reason: evil } }],
    unknowns: [{ file: evil, line: 1, reason: evil }],
    diagnostics: [{ kind: 'syntax-error', level: 'error', message: evil, file: evil, line: 1 }],
    types: { engine: 'native', version: '7', installed: true, checkedFiles: 1, spared: 0, doubtful: 0, suspects: [], notInstalled: 0, breaks: [{ file: evil, line: 1, code: 2322, message: evil }] }, // prettier-ignore
  });
}
