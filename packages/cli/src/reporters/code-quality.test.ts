/** Annotations and code quality: limits, escapes, what GitLab asks of its report. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Report } from '@blast-radius/core';
import { annotationsText } from './github.js';
import { codeQualityText } from './gitlab.js';
import { ATTACKS, hostileReport } from './hostile.fixture.js';
import { change, flag, report } from './report.fixture.js';

describe('GitHub annotations', () => {
  it('escape values as the runner reads them', () => {
    const [line] = annotationsText(report({ flags: [flag({ file: 'a,b:c.sql', message: '100 % of it' })] })).split(
      '\n',
    );
    expect(line).toBe('::error file=a%2Cb%3Ac.sql,line=3,title=db/column-dropped (db/column-dropped)::100 %25 of it');
  });

  it('are ten of each level, and the last line counts the rest', () => {
    const flags = (['high', 'medium', 'info'] as const).flatMap((severity) =>
      Array.from({ length: 14 }, (_, at) => flag({ severity, subject: `${severity}${at}` })),
    );
    const lines = annotationsText(report({ flags, changes: [] }))
      .trimEnd()
      .split('\n');
    const count = (command: string): number => lines.filter((line) => line.startsWith(`::${command} `)).length;
    expect([count('error'), count('warning'), count('notice')]).toEqual([10, 10, 10]);
    expect(lines.at(-1)).toMatch(/ 42 flags, .* 12 more findings are not marked/);
  });

  it('have no place where a finding has none', () => {
    const text = annotationsText(report({ unknowns: [{ file: '', line: 0, reason: '9 more' }], verdict: { known: false, level: 'low', summary: '' } })); // prettier-ignore
    expect(text).toContain('::warning title=Could not be followed (unknown/not-followed)::Not followed: 9 more.');
  });
});

describe('GitLab code quality', () => {
  /** The fields that GitLab documents; all of them are required. */
  const schema = {
    type: 'array',
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
      properties: {
        description: { type: 'string', minLength: 1 },
        check_name: { type: 'string', minLength: 1 },
        fingerprint: { type: 'string', pattern: '^[0-9a-f]{32}$' },
        severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
        location: {
          type: 'object',
          additionalProperties: false,
          required: ['path', 'lines'],
          properties: {
            path: { type: 'string', pattern: '^(?!\\./|/)[\\s\\S]+$' },
            lines: { type: 'object', additionalProperties: false, required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } }, // prettier-ignore
          },
        },
      },
    },
  };
  const validate = new Ajv2020({ allErrors: true }).compile(schema);
  const read = (found: Report): { fingerprint: string; severity: string; location: unknown }[] => {
    const issues: unknown = JSON.parse(codeQualityText(found));
    validate(issues);
    expect(validate.errors ?? []).toEqual([]);
    return issues as ReturnType<typeof read>;
  };

  it('is a list of issues with fingerprints of their own', () => {
    const flags = [flag(), flag({ line: 9 }), flag({ severity: 'critical', subject: 'b' })];
    const issues = read(report({ flags, unknowns: [{ file: '', line: 0, reason: '3 more' }] }));
    expect(issues.map(({ severity }) => severity)).toEqual(['blocker', 'critical', 'critical', 'major', 'major']);
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  });

  it('is an empty list where there is nothing, so that GitLab sees that all is resolved', () => {
    expect(codeQualityText(report({ changes: [change({ compatibility: 'neutral' })] }))).toBe('[]\n');
  });

  it.each(ATTACKS.map((evil) => [JSON.stringify(evil).slice(0, 40), evil] as const))('holds for %s', (_, evil) => {
    expect(read(hostileReport(evil)).length).toBeGreaterThan(0);
  });
});
