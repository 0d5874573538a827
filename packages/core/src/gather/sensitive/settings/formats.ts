/**
 * Which changed files hold settings of a deployment, a pipeline or an environment, by place and content.
 * In: a path and a text. Out: the format and what the file is for. Rows, not code.
 */
import { baseNameOf, type RepoPath } from '../../../model/path.js';
import type { SettingsArea, SettingsFormat } from '../../../model/setting.js';

interface FormatRow {
  readonly pattern: RegExp;
  readonly format: SettingsFormat;
  readonly area: SettingsArea;
}

/** The first that matches counts. */
const ROWS: readonly FormatRow[] = [
  row(/(^|\/)\.github\/workflows\/[^/]+\.ya?ml$/, 'github-workflow', 'ci'),
  row(/(^|\/)\.github\/actions\/.*action\.ya?ml$/, 'yaml', 'ci'),
  row(
    /(^|\/)(\.gitlab-ci[^/]*\.ya?ml|\.circleci\/[^/]+\.ya?ml|azure-pipelines[^/]*\.ya?ml|bitbucket-pipelines\.ya?ml|\.travis\.yml|\.drone\.yml|\.buildkite\/.*\.ya?ml|cloudbuild\.ya?ml)$/,
    'yaml',
    'ci',
  ),
  row(/(^|\/)Jenkinsfile$/, 'text', 'ci'),
  row(/(^|\/)((Dockerfile|Containerfile)(\.[\w.-]+)?|[\w.-]+\.(Dockerfile|Containerfile))$/i, 'dockerfile', 'image'),
  row(/(^|\/)(docker-)?compose[\w.-]*\.ya?ml$/, 'compose', 'deployment'),
  row(/(^|\/)\.env(\.[\w.-]+)?$|(^|\/)[\w.-]+\.env$/, 'env', 'environment'),
  row(/(^|\/)package\.json$/, 'manifest', 'runtime'),
  row(/(^|\/)(\.nvmrc|\.node-version|\.tool-versions)$/, 'text', 'runtime'),
  row(/(^|\/)(serverless|template|samconfig)\.ya?ml$/, 'serverless', 'deployment'),
  row(/(^|\/)(vercel|now)\.json$/, 'json', 'deployment'),
  row(/(^|\/)wrangler\.jsonc?$/, 'json', 'deployment'),
  row(/(^|\/)(fly|netlify|wrangler|railway)\.toml$|(^|\/)Procfile$/, 'text', 'deployment'),
  row(
    /(^|\/)(render|app|heroku|skaffold|kustomization|Chart)\.ya?ml$|(^|\/)values[\w.-]*\.ya?ml$/,
    'yaml',
    'deployment',
  ),
  row(
    /(^|\/)[\w.-]*(?:feature[-_]?flags?|flagd|unleash|launchdarkly|growthbook|toggles?)[\w.-]*\.(ya?ml|json)$/i,
    'yaml',
    'feature-flag',
  ),
  row(/(^|\/)(nginx|haproxy|Caddyfile|envoy|traefik|kong|krakend)[\w.-]*\.(ya?ml|json)$/i, 'yaml', 'gateway'),
  row(/(^|\/)(nginx|haproxy)[\w.-]*\.conf$|(^|\/)Caddyfile$|(^|\/)nginx\/.*\.conf$/i, 'text', 'gateway'),
  row(/\.(tf|tfvars|hcl|bicep)$/, 'text', 'iac'),
];

function row(pattern: RegExp, format: SettingsFormat, area: SettingsArea): FormatRow {
  return { pattern, format, area };
}

/** `undefined` for files that hold none. YAML with `apiVersion` and `kind` is Kubernetes, wherever it lies. */
export function settingsOf(path: RepoPath, text: string): Pick<FormatRow, 'format' | 'area'> | undefined {
  const known = ROWS.find(({ pattern }) => pattern.test(path));
  if (known !== undefined) return known;
  if (!/\.ya?ml$/.test(path) || !/^kind:\s*\w/m.test(text) || !/^apiVersion:\s*\S/m.test(text)) return undefined;
  const route = /^kind:\s*(?:Ingress|Gateway|HTTPRoute|VirtualService|IngressRoute)\b/m.test(text);
  return { format: 'kubernetes', area: route ? 'gateway' : 'deployment' };
}

/** Development only: nobody is served by it. */
export function isLocalOnly(path: RepoPath): boolean {
  const folder = /(?:^|\/)(?:\.devcontainer|local|dev|development)\//i.test(path);
  return (
    folder ||
    /(?:^|[._-])(?:dev|development|local|localstack|tests?|ci|e2e|examples?|samples?|template|override)(?:[._-]|$)/i.test(
      baseNameOf(path),
    )
  );
}
