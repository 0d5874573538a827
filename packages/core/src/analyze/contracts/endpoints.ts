/**
 * All ends of contracts of one revision: in code, in files that are routes, in resources.
 * In: the linker's modules, rows, an earlier survey. Out: endpoints in a fixed order, without repeats. Not here: which files are
 * surveyed anew (survey-run.ts), ends in resources.
 */
import type { CatalogueRow } from '../../model/catalogue-row.js';
import type { Endpoint } from '../../model/endpoint.js';
import type { KeptSurvey } from '../../model/kept.js';
import { compareText, isInside } from '../../model/path.js';
import type { Revision } from '../../model/snapshot.js';
import type { WorkspacePackage } from '../../model/workspace.js';
import type { NameScope } from '../link/binding-targets.js';
import type { LinkedFile } from '../link/module-table.js';
import { httpClients, namedCalls } from './calls-out.js';
import { environmentReads } from './environment.js';
import { FileRoutes, type PackagesOfFiles } from './file-routes.js';
import { httpRoutes } from './http-routes.js';
import type { RowIndex } from './match.js';
import { optionEndpoints } from './options.js';
import { graphqlEndpoints, trpcEndpoints } from './procedures.js';
import { queryEndpoints } from './queries.js';
import type { DecodedCalls } from './decoded-calls.js';
import { FormerSurvey, type EarlierSurvey } from './survey-former.js';
import { SurveyRun } from './survey-run.js';

/** What a revision is surveyed with, beside itself. */
export interface SurveyWith {
  readonly rows: RowIndex;
  /** The rows of the repository's own configuration. */
  readonly ownRows: readonly CatalogueRow[];
  /** Shared by the revisions. */
  readonly decoded: DecodedCalls;
  readonly earlier: EarlierSurvey | undefined;
}

/** One revision's ends, and what was found for them. */
export interface SurveyedRevision {
  readonly ends: readonly Endpoint[];
  /** For the next survey; `node` gives nodes the numbers that they have there. */
  columns(node: (node: number) => number): KeptSurvey;
}

/** Surveys one revision. Pure; about linear in the call records of files that an earlier survey does not answer for. */
export function surveyEndpoints(
  scope: NameScope,
  revision: Revision,
  { rows, ownRows, decoded, earlier }: SurveyWith,
): SurveyedRevision {
  const packages = packagesOf(revision);
  const routes = new FileRoutes(scope.table, rows.files, packages);
  const run = new SurveyRun({
    scope,
    rows,
    decoded,
    ownRows: JSON.stringify(ownRows),
    packages: packages.told,
    ...(earlier && { former: new FormerSurvey(earlier) }),
  });
  const found = run.ends((survey, files) => {
    httpRoutes(survey);
    survey.endsOfFiles(files, (file) => routes.endsOf(file));
    httpClients(survey);
    namedCalls(survey);
    queryEndpoints(survey);
    trpcEndpoints(survey);
    graphqlEndpoints(survey);
    optionEndpoints(survey);
    survey.endsOfFiles(files, environmentReads);
  });
  return { ends: ordered(found.filter(({ node }) => node >= 0)), columns: (node) => run.columns(node) };
}

function packagesOf({ workspace }: Revision): PackagesOfFiles & { readonly told: string } {
  const rootOf = (file: LinkedFile): string => workspace.packages[file.source.package]?.root ?? '';
  const names = workspace.packages.map((one) => new Set(dependenciesOf(one)));
  return {
    told: JSON.stringify(workspace.packages.map(({ root }, index) => [root, [...names[index]!]])),
    pathInside: (file) => (rootOf(file) === '' ? file.path : file.path.slice(rootOf(file).length + 1)),
    depends: (file, pkg) =>
      pkg.length === 0 ||
      workspace.packages.some(
        (one, index) =>
          (index === file.source.package || one.root === '' || isInside(file.path, one.root)) &&
          pkg.some((name) => names[index]?.has(name)),
      ),
  };
}

function dependenciesOf({ manifest }: WorkspacePackage): string[] {
  if (manifest === undefined) return [];
  return [manifest.dependencies, manifest.devDependencies, manifest.peerDependencies].flatMap((one) =>
    Object.keys(one),
  );
}

/** By file, line, role and key; equal ones once. */
export function ordered(endpoints: readonly Endpoint[]): Endpoint[] {
  const seen = new Set<string>();
  return endpoints
    .filter((one) => {
      const key = `${one.file}\0${one.line}\0${one.role}\0${one.key}\0${one.node}\0${one.row}\0${one.query?.operation ?? ''}\0${String(one.values['column'] ?? '')}`;
      return !seen.has(key) && seen.add(key);
    })
    .sort(
      (left, right) =>
        compareText(left.file, right.file) ||
        left.line - right.line ||
        compareText(left.role, right.role) ||
        compareText(left.key, right.key),
    );
}
