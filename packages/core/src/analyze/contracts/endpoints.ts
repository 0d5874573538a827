/**
 * All ends of contracts of one revision: in code, in files that are routes, in resources.
 * In: the linker's modules, rows, the resources' own ends. Out: endpoints in a fixed order, without repeats.
 */
import type { Endpoint } from '../../model/endpoint.js';
import { compareText, isInside } from '../../model/path.js';
import type { Revision } from '../../model/snapshot.js';
import type { WorkspacePackage } from '../../model/workspace.js';
import type { NameScope } from '../link/binding-targets.js';
import type { LinkedFile } from '../link/module-table.js';
import { httpClients, namedCalls } from './calls-out.js';
import { environmentReads } from './environment.js';
import { fileRoutes, type PackagesOfFiles } from './file-routes.js';
import { httpRoutes } from './http-routes.js';
import type { RowIndex } from './match.js';
import { optionEndpoints } from './options.js';
import { graphqlEndpoints, trpcEndpoints } from './procedures.js';
import { queryEndpoints } from './queries.js';
import { Survey } from './survey.js';

/** Surveys one revision. Pure; about linear in its call records. */
export function surveyEndpoints(scope: NameScope, revision: Revision, rows: RowIndex): Endpoint[] {
  const survey = new Survey(scope, rows);
  const found = [
    ...httpRoutes(survey),
    ...fileRoutes(scope.table, rows.files, packagesOf(revision)),
    ...httpClients(survey),
    ...namedCalls(survey),
    ...queryEndpoints(survey),
    ...trpcEndpoints(survey),
    ...graphqlEndpoints(survey),
    ...optionEndpoints(survey),
    ...environmentReads(scope.table),
  ];
  return ordered(found.filter(({ node }) => node >= 0));
}

function packagesOf({ workspace }: Revision): PackagesOfFiles {
  const rootOf = (file: LinkedFile): string => workspace.packages[file.source.package]?.root ?? '';
  const names = workspace.packages.map((one) => new Set(dependenciesOf(one)));
  return {
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
