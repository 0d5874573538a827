/**
 * What a file that is no source code is for, by its name: which of them two systems agree on, or run by.
 * In: a path. Out: a word for reports. Rows, not code: a new kind is a line here.
 */
import { baseNameOf, type RepoPath } from '../../model/path.js';

/** Kinds whose change has consequences that no import shows: until a classifier reads them, their effect is unknown. */
export type ResourceKind =
  | 'database schema'
  | 'API contract'
  | 'infrastructure'
  | 'continuous integration'
  | 'environment'
  | 'tsconfig'
  | 'manifest'
  | 'lockfile'
  | 'workspace'
  | 'documentation'
  | 'other';

const ROWS: readonly (readonly [ResourceKind, RegExp])[] = [
  ['manifest', /(^|\/)(package\.json|project\.json)$/],
  ['lockfile', /(^|\/)(pnpm-lock\.yaml|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|bun\.lockb?|deno\.lock)$/],
  [
    'workspace',
    /(^|\/)(pnpm-workspace\.yaml|lerna\.json|nx\.json|turbo\.json|rush\.json|\.npmrc|\.yarnrc(\.yml)?|bunfig\.toml)$/,
  ],
  ['tsconfig', /(^|\/)[tj]sconfig[^/]*\.json$/],
  ['database schema', /\.(sql|prisma|dbml)$/i],
  ['API contract', /\.(graphqls?|gql|proto|avsc|thrift|wsdl|smithy)$/i],
  ['API contract', /(^|\/)[^/]*(openapi|swagger|asyncapi)[^/]*\.(ya?ml|json)$/i],
  [
    'continuous integration',
    /(^|\/)(\.github\/(workflows|actions)\/|\.gitlab-ci|\.circleci\/|azure-pipelines|Jenkinsfile|bitbucket-pipelines|\.buildkite\/|\.travis\.yml|\.drone\.yml)/,
  ],
  ['infrastructure', /(^|\/)([^/]*\.)?(Dockerfile|Containerfile)(\.[^/]*)?$/],
  [
    'infrastructure',
    /(^|\/)((docker-)?compose[^/]*\.ya?ml|Procfile|fly\.toml|vercel\.json|netlify\.toml|wrangler\.(toml|jsonc?)|serverless\.ya?ml|render\.yaml|app\.ya?ml|nginx[^/]*\.conf|Chart\.yaml|values[^/]*\.yaml|kustomization\.ya?ml|skaffold\.yaml)$/,
  ],
  ['infrastructure', /\.(tf|tfvars|hcl|bicep)$/],
  [
    'infrastructure',
    /(^|\/)(k8s|kubernetes|helm|charts|manifests|deploy|deployment|terraform|infra)\/.*\.(ya?ml|json|tpl)$/,
  ],
  ['environment', /(^|\/)\.env([.-][^/]*)?$/],
  [
    'documentation',
    /(^|\/)(docs?|documentation|\.changeset|\.github\/ISSUE_TEMPLATE)\/|\.(md|mdx|markdown|rst|adoc|txt)$|(^|\/)(LICENSE|NOTICE|CHANGELOG|AUTHORS|CODEOWNERS)[^/]*$/i,
  ],
];

const UNKNOWN_EFFECT: ReadonlySet<ResourceKind> = new Set([
  'database schema',
  'API contract',
  'infrastructure',
  'continuous integration',
  'environment',
]);

/** The kind of a resource file. */
export function resourceKind(path: RepoPath): ResourceKind {
  return ROWS.find(([, pattern]) => pattern.test(path))?.[0] ?? 'other';
}

/** A change of it reads as unknown, never as safe. */
export function hasUnknownEffect(path: RepoPath): boolean {
  return UNKNOWN_EFFECT.has(resourceKind(path));
}

/** The file's name, for sentences. */
export function resourceName(path: RepoPath): string {
  return baseNameOf(path);
}
