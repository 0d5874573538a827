/**
 * One finding as a SARIF result: place, fingerprint, what it reaches by which path, who accepted it.
 * In: a finding and the paths from it. Out: a result. Not here: which findings are written (index.ts).
 */
import type { CodeFlow, Location, Result } from 'sarif';
import type { World } from '@blast-radius/core';
import { visible } from '../../visible.js';
import { sentenceOf, type Finding } from '../findings.js';
import { encodePath } from '../links.js';
import type { FoundPath } from '../paths.js';

const MOST_EVIDENCE = 10;

const WORLD_WORDS = {
  runtime: 'At run time',
  compile: 'At compile time',
  system: 'In another system',
} as const satisfies Record<World, string>;

/** The result. `fingerprint` goes under GitHub's own name too, so that code scanning knows an alert again wherever it moves. */
export function resultOf(finding: Finding, ruleIndex: number | undefined, paths: readonly FoundPath[]): Result {
  const { rule, level, severity, file, line, fingerprint, flag, suppression } = finding;
  const related = relatedLocations(finding, paths);
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level,
    message: { text: visible(sentenceOf(finding)) },
    locations: file === '' ? [] : [{ physicalLocation: physical(file, line) }],
    partialFingerprints: { 'blastRadius/v1': fingerprint, primaryLocationLineHash: `${fingerprint}:1` },
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    ...(paths.length === 0 ? {} : { codeFlows: paths.map(codeFlow) }),
    suppressions: suppression === undefined ? [] : [suppressionOf(suppression)],
    properties: {
      source: finding.source,
      severity,
      ...(flag === undefined ? {} : { verdict: flag.verdict, kind: flag.kind, reach: flag.reach }),
      ...(flag?.security === undefined ? {} : { security: flag.security }),
      ...(flag?.subject === undefined ? {} : { subject: visible(flag.subject) }),
    },
  };
}

function physical(file: string, line: number): NonNullable<Location['physicalLocation']> {
  return {
    artifactLocation: { uri: encodePath(file), uriBaseId: '%SRCROOT%' },
    region: { startLine: Math.max(1, line) },
  };
}

/** Evidence in the head (a place in the base is not there to be opened), then the dependents. */
function relatedLocations({ flag }: Finding, paths: readonly FoundPath[]): Location[] {
  const evidence = (flag?.evidence ?? []).filter(({ side, file }) => side === 'head' && file !== '');
  const places = [
    ...evidence.slice(0, MOST_EVIDENCE).map(({ file, line, text }) => ({ file, line, words: text })),
    ...paths.flatMap(({ steps }) => steps.slice(-1)),
  ];
  return places
    .filter(({ file }) => file !== '')
    .map(({ file, line, words }, id) => ({
      id,
      physicalLocation: physical(file, line),
      message: { text: visible(words) },
    }));
}

function codeFlow({ world, steps }: FoundPath): CodeFlow {
  const placed = steps.filter(({ file }) => file !== '');
  return {
    message: { text: WORLD_WORDS[world] },
    threadFlows: [
      {
        locations: placed.map(({ file, line, words }) => ({
          location: { physicalLocation: physical(file, line), message: { text: visible(words) } },
        })),
      },
    ],
  };
}

function suppressionOf({
  by,
  reason,
  file,
  line,
}: NonNullable<Finding['suppression']>): NonNullable<Result['suppressions']>[number] {
  return {
    kind: by === 'comment' ? 'inSource' : 'external',
    status: 'accepted',
    justification: visible(reason),
    location: { physicalLocation: physical(file, line) },
  };
}
