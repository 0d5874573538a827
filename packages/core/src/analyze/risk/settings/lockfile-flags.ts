/**
 * Changed lockfiles, by the rules `config/lockfile-…`.
 * In: what gathering compared, and the names of the workspace's own dependencies. Out: one flag a lockfile, one a major version. Pure.
 */
import type { ExternalPackageDelta, LockfileDelta, RiskFlag } from '../../../model/index.js';
import { flagOf } from '../classifier.js';

/** The flags of every lockfile. */
export function lockfileFlags(deltas: readonly LockfileDelta[]): RiskFlag[] {
  return deltas.flatMap(({ path, packages, unknown, detail }) => {
    const shared = { file: path, line: 1 };
    if (unknown) {
      const message = `The lockfile could not be compared${detail === undefined ? '' : `: ${detail.replace(/\.$/, '')}`}.`;
      return [flagOf('config/lockfile-not-read', { ...shared, subject: path, message })];
    }
    if (packages.length === 0) return [];
    const names = packages
      .slice(0, 5)
      .map(({ name }) => name)
      .join(', ');
    const more = packages.length > 5 ? ` and ${packages.length - 5} more` : '';
    const message = `${packages.length} package${packages.length === 1 ? ' resolves' : 's resolve'} differently: ${names}${more}.`;
    return [
      flagOf('config/lockfile-changed', { ...shared, subject: path, message }),
      ...packages.flatMap((one) => majorFlag(path, one)),
    ];
  });
}

/** Only what a workspace package asks for by name. */
function majorFlag(file: string, { name, base, head, through }: ExternalPackageDelta): RiskFlag[] {
  if (base.length !== 1 || head.length !== 1 || !through.some(({ dependency }) => dependency === name)) return [];
  const [from, to] = [majorOf(base[0]!), majorOf(head[0]!)];
  if (from === to || from === undefined || to === undefined) return [];
  const message = `${name} is resolved to ${head[0]!}, was ${base[0]!}.`;
  return [
    flagOf('config/major-dependency-changed', {
      file,
      line: 1,
      subject: name,
      before: base[0]!,
      after: head[0]!,
      message,
    }),
  ];
}

/** Below 1.0 the minor version is the major one. */
function majorOf(version: string): string | undefined {
  const match = /^(\d+)\.(\d+)/.exec(version);
  if (match === null) return undefined;
  return match[1] === '0' ? `0.${match[2]!}` : match[1];
}
