/**
 * What a changed GitHub workflow may do more, and what it checks less, by the rules `infra/ci-…`.
 * In: changed settings. Out: flags. Pure. A job that is renamed keeps its steps: what it ran is looked for in the whole file.
 */
import type { RiskFlag, Setting, SettingsChange } from '../../../model/index.js';
import { evidenceText, flagOf } from '../classifier.js';
import { differencesOf, type SettingDifference } from './differences.js';

/** The flags of every workflow. */
export function pipelineFlags(changes: readonly SettingsChange[]): RiskFlag[] {
  return changes.flatMap((change) => {
    if (change.format !== 'github-workflow' || !change.read) return [];
    const differences = differencesOf(change);
    return [
      ...differences.flatMap((one) => permissionFlag(change, one)),
      ...differences.flatMap((one) => triggerFlag(change, one)),
      ...unpinned(change),
      ...lostChecks(change),
    ];
  });
}

function permissionFlag({ file, base }: SettingsChange, { path, before, after, line }: SettingDifference): RiskFlag[] {
  if (
    !/^(?:jobs\/[^/]+\/)?permissions(?:\/|$)/.test(path) ||
    !/^write/.test(after ?? '') ||
    /^write/.test(before ?? '')
  )
    return [];
  // Without any, the token has the repository's default, which may be more: to name them is no widening.
  const own = path.slice(0, path.indexOf('permissions') + 'permissions'.length);
  if (!base.some((one) => one.path.startsWith(own) || /^permissions(?:\/|$)/.test(one.path))) return [];
  return [flagOf('infra/ci-permissions-widened', { file, line, subject: path, security: 'weakened', message: `${path} is ${after ?? ''}, was ${before ?? 'not set'}.` })]; // prettier-ignore
}

function triggerFlag({ file, base }: SettingsChange, { path, after, line }: SettingDifference): RiskFlag[] {
  const trigger = /^(?:on|true)(?:\/(pull_request_target|workflow_run))?(?:\/|$)/.exec(path)?.[1] ?? (/^(?:on|true)(?:\/|$)/.test(path) && /^(?:pull_request_target|workflow_run)$/.test(after ?? '') ? after : undefined); // prettier-ignore
  if (trigger === undefined || after === undefined) return [];
  if (base.some((one) => one.path.includes(`on/${trigger}`) || (/^on(?:\/|$)/.test(one.path) && one.value === trigger)))
    return [];
  return [flagOf('infra/ci-untrusted-trigger', { file, line, subject: trigger, security: 'weakened', message: `The workflow is triggered by ${trigger}.` })]; // prettier-ignore
}

const SHA = /@[0-9a-f]{40}$/;

function unpinned({ file, base, head }: SettingsChange): RiskFlag[] {
  const uses = (settings: typeof base) => settings.filter(({ path }) => /\/uses$/.test(path));
  const pinned = new Set(uses(base).flatMap(({ value }) => (SHA.test(value) ? [value.split('@')[0]!] : [])));
  return uses(head).flatMap(({ value, line }) => {
    const name = value.split('@')[0]!;
    if (!pinned.has(name) || SHA.test(value)) return [];
    return [flagOf('infra/ci-action-unpinned', { file, line, subject: name, security: 'weakened', message: `${value} is no longer named by its commit.` })]; // prettier-ignore
  });
}

const WORDS =
  'tests?|lint|eslint|oxlint|biome|type-?check|tsc|audit|codeql|snyk|trivy|semgrep|gitleaks|sonar|coverage|e2e|vitest|jest|playwright|cypress|scan';
/** An action's name, and a word of a command: not a part of an expression, not what is installed (`playwright install`). */
const CHECKS = {
  uses: new RegExp(`\\b(?:${WORDS})\\b`, 'gi'),
  run: new RegExp(`(?<![\\w.'"/$@|-])(?:${WORDS})(?![\\w.'"/-])(?!\\s+install\\b)`, 'gi'),
} as const;

/** Commands and actions that checked something and stand nowhere in the file any more. */
function lostChecks({ file, base, head, status }: SettingsChange): RiskFlag[] {
  const commands = (settings: typeof base) => settings.filter(({ path }) => /\/(?:run|uses)$/.test(path));
  const kept = new Set(commands(head).map(({ value }) => folded(value)));
  const words = new Set(commands(head).flatMap(checksOf));
  return commands(base).flatMap((command) => {
    const { path, value, line } = command;
    const checks = checksOf(command);
    if (checks.length === 0 || kept.has(folded(value)) || checks.some((one) => words.has(one))) return [];
    const evidence = [{ file, line, side: 'base' as const, text: evidenceText(value) }];
    const message = `A check is gone: ${evidenceText(value).slice(0, 80)}.`;
    return [flagOf('infra/ci-check-removed', { file, line: status === 'removed' ? line : 1, subject: path, evidence, message })]; // prettier-ignore
  });
}

function checksOf({ path, value }: Setting): string[] {
  const pattern = path.endsWith('/uses') ? CHECKS.uses : CHECKS.run;
  return (value.match(pattern) ?? []).map((one) => one.toLowerCase());
}

/** An action's version makes it no other check. */
function folded(value: string): string {
  return value
    .replace(/@[\w.-]+$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}
