/**
 * Environment keys that are gone, new or changed in env files, Dockerfiles and compose services, by the rules `env/…`.
 * In: changed settings. Out: flags; values that may be secrets are never in them. Pure.
 */
import type { RiskFlag, SettingsChange } from '../../../model/index.js';
import { flagOf } from '../classifier.js';
import { differencesOf, isSecretName, printable, type SettingDifference } from './differences.js';

/** The flags of every file. */
export function envFlags(changes: readonly SettingsChange[]): RiskFlag[] {
  return changes.flatMap((change) => {
    if (!change.read) return [];
    // A whole new or removed env file is one thing, its secrets are not.
    const whole = change.status === 'added' || change.status === 'removed';
    return differencesOf(change).flatMap((difference) => {
      const key = keyOf(change, difference);
      if (key === undefined) return [];
      return [...(whole ? [] : [keyFlag(change, difference, key)]), ...secretFlag(change, difference, key)];
    });
  });
}

/** `PORT` of an env file, `run/env/PORT`, `services/api/environment/PORT` or its list form `…/environment/PORT=80`. */
function keyOf({ format, base, head }: SettingsChange, { path }: SettingDifference): string | undefined {
  if (format === 'env') return path;
  if (format === 'dockerfile') return /\/env\/([\w.-]+)(?:#\d+)?$/.exec(path)?.[1];
  if (format !== 'compose') return undefined;
  // A service that is new or gone as a whole is said by another rule.
  const match = /^(services\/[^/]+\/)environment\/([\w.-]+)/.exec(path);
  const stays = [base, head].every((side) => side.some((one) => one.path.startsWith(match?.[1] ?? '')));
  return stays ? match?.[2] : undefined;
}

function keyFlag(
  { file, local }: SettingsChange,
  { path, before, after, line }: SettingDifference,
  key: string,
): RiskFlag {
  const rule = after === undefined ? 'env/key-removed' : before === undefined ? 'env/key-added' : 'env/value-changed';
  const how =
    after === undefined
      ? 'is gone'
      : before === undefined
        ? 'is added'
        : `is ${printable(path, after)}, was ${printable(path, before)}`;
  const mild =
    local && rule === 'env/value-changed' ? { severity: 'info' as const } : local ? { severity: 'low' as const } : {};
  return flagOf(rule, { file, line, subject: key, message: `${key} ${how}.`, ...mild });
}

const PLACEHOLDER =
  /^$|^(?:x+|\*+|\.+|-+|<.*>|\$\{?.*|your[-_ ].*|change[-_]?me.*|todo|secret|password|postgres|root|admin|test.*|dummy.*|example.*|placeholder.*|null|none|false|true|\d{1,6})$/i;

/** Examples and local files hold placeholders by design. */
function secretFlag(
  { file, local }: SettingsChange,
  { after, before, line }: SettingDifference,
  key: string,
): RiskFlag[] {
  const value = after ?? '';
  if (local || !isSecretName(key) || PLACEHOLDER.test(value) || value.length < 8 || value === before) return [];
  if (before !== undefined && !PLACEHOLDER.test(before)) return [];
  if (/_(?:url|host|port|path|file|name|id|expires?\w*|ttl|issuer|audience|algorithm)$/i.test(key)) return [];
  return [flagOf('env/secret-now-plain', { file, line, subject: key, security: 'weakened', message: `${key} has a value in a committed file.` })]; // prettier-ignore
}
