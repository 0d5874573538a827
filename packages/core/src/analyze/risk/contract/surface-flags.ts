/**
 * What the public surface of a package loses or gains, as flags: `ts/…`.
 * In: surfaces of published packages, changes that break a dependent in the repository. Out: flags. Pure.
 * What a name only mentions is in the surface, and no flag: the declaration that changed has its own. Not here: what is public (analyze/surface).
 */
import type { PackageSurface, RiskFlag, SurfaceFinding } from '../../../model/index.js';
import { flagOf } from '../classifier.js';

/** What the classifier reads. */
export interface SurfaceInputs {
  readonly surfaces: readonly PackageSurface[];
  /** Nodes of changes that the checker has seen break somebody. */
  readonly broken: ReadonlySet<number>;
}

/** One flag for each rule and declaration; a break that is seen in the repository is a high one. */
export function surfaceFlags({ surfaces, broken }: SurfaceInputs): RiskFlag[] {
  return surfaces.flatMap((surface) => {
    const once = new Map<string, SurfaceFinding>();
    for (const one of surface.findings) {
      // One change behind several entries is one thing to look at.
      const key = `${one.rule}\0${one.node ?? `${one.entry}\0${one.name}`}\0${one.detail}`;
      if (one.through !== true && !once.has(key)) once.set(key, one);
    }
    return [...once.values()].map((one) => surfaceFlag(surface, one, broken));
  });
}

function surfaceFlag(
  { package: name, known }: PackageSurface,
  found: SurfaceFinding,
  broken: ReadonlySet<number>,
): RiskFlag {
  const { rule, effect, entry, file, line, node } = found;
  const path = entry === 'package.json' ? name : name + entry.slice(1);
  const subject = found.name === '' ? path : `${path}#${found.name}`;
  const breaks = effect === 'breaking' && node !== undefined && broken.has(node);
  return flagOf(rule, {
    file,
    line,
    subject,
    message: messageOf(subject, found, breaks),
    ...(breaks ? { severity: 'high' as const } : {}),
    ...(effect === 'unknown' ? { verdict: 'unknown' as const, severity: 'low' as const } : {}),
    ...(effect === 'breaking' || known ? {} : { confidence: 'pattern' as const }),
    ...(node === undefined ? {} : { nodes: [node] }),
  });
}

function messageOf(subject: string, { detail, effect }: SurfaceFinding, breaks: boolean): string {
  if (effect === 'unknown') return `Whether ${subject} is still what it was could not be told: ${detail}.`;
  const said = detail === '' || subject.endsWith(detail) ? subject : `${subject}: ${detail}`;
  return breaks ? `${said}; dependents in this repository no longer compile.` : `${said}.`;
}
