/** The packages that a report touches, as task runners want them. */
import type { Report } from '../../model/report.js';
import type { RepoPath } from '../../model/path.js';

/** A package that holds a change, an impact or an affected test. */
export interface AffectedPackage {
  /** The manifest's name; empty for a repository without one. */
  readonly name: string;
  /** Folder; `''` is the repository's root. */
  readonly root: RepoPath;
}

/** Changed and impacted packages, in the report's order. */
export function affectedPackages(report: Report): AffectedPackage[] {
  return report.packages.map(({ name, root }) => ({ name, root }));
}
