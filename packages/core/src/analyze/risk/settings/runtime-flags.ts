/**
 * What code runs on: the base image of the last stage, the major version of Node.js.
 * In: changed settings of Dockerfiles, manifests and version files. Out: flags. Pure.
 */
import type { RiskFlag, Setting, SettingsChange } from '../../../model/index.js';
import { flagOf } from '../classifier.js';
import { milder } from './resource-flags.js';

/** The flags of every file. */
export function runtimeFlags(changes: readonly SettingsChange[]): RiskFlag[] {
  return changes.flatMap((change) => {
    if (!change.read || change.status === 'added' || change.status === 'removed') return [];
    const flags =
      change.format === 'dockerfile' ? imageFlags(change) : change.area === 'runtime' ? versionFlags(change) : [];
    return flags.map((flag) => milder(change, flag));
  });
}

function imageFlags(change: SettingsChange): RiskFlag[] {
  const [old, now] = [lastFrom(change.base), lastFrom(change.head)];
  if (old === undefined || now === undefined || old.value === now.value) return [];
  const [before, after] = [imageOf(old.value), imageOf(now.value)];
  const { file } = change;
  const shared = { file, line: now.line, subject: file, before: old.value, after: now.value };
  if (before.name !== after.name || (after.tag === 'latest' && before.tag !== 'latest'))
    return [
      flagOf('res/base-image-changed', { ...shared, message: `The image starts from ${now.value}, was ${old.value}.` }),
    ];
  const [from, to] = [majorOf(before.tag), majorOf(after.tag)];
  if (!/(?:^|\/)node$/.test(after.name) || from === to || from === undefined || to === undefined) return [];
  return [flagOf('res/runtime-version-changed', { ...shared, message: `The image runs Node.js ${to}, was ${from}.`, direction: to > from ? 'up' : 'down' })]; // prettier-ignore
}

function lastFrom(settings: readonly Setting[]): Setting | undefined {
  const stages = new Map(
    settings.filter(({ path }) => /\/from(?:#\d+)?$/.test(path)).map((one) => [one.path.split('/')[0]!, one]),
  );
  let last = [...stages.values()].at(-1);
  // `FROM build AS run` starts from an earlier stage.
  for (let step = 0; step < stages.size && last !== undefined && stages.has(last.value.toLowerCase()); step++) {
    const earlier = stages.get(last.value.toLowerCase());
    if (earlier === last) break;
    last = earlier;
  }
  return last;
}

function imageOf(text: string): { readonly name: string; readonly tag: string } {
  const plain = text.split('@')[0]!;
  const cut = plain.lastIndexOf(':');
  if (cut <= plain.lastIndexOf('/')) return { name: plain, tag: 'latest' };
  return { name: plain.slice(0, cut), tag: plain.slice(cut + 1) };
}

function versionFlags({ file, base, head, format }: SettingsChange): RiskFlag[] {
  const pick = (settings: readonly Setting[]): Setting | undefined => {
    if (format === 'manifest') return settings.find(({ path }) => path === 'engines/node');
    const line = settings.find(({ path }) => /^(?:nodejs\s+)?v?\d/.test(path));
    return line === undefined ? undefined : { ...line, value: line.path.replace(/^nodejs\s+/, '') };
  };
  const [old, now] = [pick(base), pick(head)];
  const [from, to] = [majorOf(old?.value ?? ''), majorOf(now?.value ?? '')];
  if (now === undefined || old === undefined || from === to || from === undefined || to === undefined) return [];
  const message = `Node.js ${now.value} is asked for, was ${old.value}.`;
  const direction = to > from ? 'up' : 'down';
  return [flagOf('res/runtime-version-changed', { file, line: now.line, subject: file, before: old.value, after: now.value, message, direction })]; // prettier-ignore
}

/** The first number: of `>=20.19`, `20-alpha`, `v20`. */
function majorOf(version: string): number | undefined {
  const digits = /(\d+)/.exec(version)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
