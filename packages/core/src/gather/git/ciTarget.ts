/**
 * What a CI service says about the branch that a change is going to be merged into.
 * In: environment variables. Out: the first statement found, with the variable's name. A service is one row.
 * Not here: whether that branch is in the clone.
 */

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The target of the change under test, as CI names it. */
export interface CiTarget {
  readonly variable: string;
  /** A branch's name without `refs/heads/`, or a commit id. */
  readonly name: string;
  readonly kind: 'branch' | 'commit';
}

interface Row {
  readonly variable: string;
  readonly kind?: 'commit';
  /** For variables that are set on ordinary pushes too: true where a change request is being tested. */
  readonly when?: (env: Environment) => boolean;
}

const isSet = (variable: string) => (env: Environment) => !['', 'false', undefined].includes(env[variable]);

/** In order of preference; a merge request's own base commit is more exact than its target branch. */
const ROWS: readonly Row[] = [
  { variable: 'GITHUB_BASE_REF' },
  { variable: 'CI_MERGE_REQUEST_DIFF_BASE_SHA', kind: 'commit' },
  { variable: 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME' },
  { variable: 'BITBUCKET_PR_DESTINATION_BRANCH' },
  { variable: 'SYSTEM_PULLREQUEST_TARGETBRANCH' },
  { variable: 'BUILDKITE_PULL_REQUEST_BASE_BRANCH', when: isSet('BUILDKITE_PULL_REQUEST') },
  { variable: 'CHANGE_TARGET' },
  { variable: 'DRONE_TARGET_BRANCH', when: isSet('DRONE_PULL_REQUEST') },
  { variable: 'TRAVIS_BRANCH', when: isSet('TRAVIS_PULL_REQUEST') },
  { variable: 'APPVEYOR_REPO_BRANCH', when: isSet('APPVEYOR_PULL_REQUEST_NUMBER') },
  { variable: 'SEMAPHORE_GIT_BRANCH', when: isSet('SEMAPHORE_GIT_PR_NUMBER') },
  { variable: 'CODEBUILD_WEBHOOK_BASE_REF' },
  { variable: 'CF_PULL_REQUEST_TARGET' },
  { variable: 'CI_COMMIT_TARGET_BRANCH' },
];

/** All that the environment says, best first; empty outside CI and on pushes. */
export function ciTargets(env: Environment): CiTarget[] {
  return ROWS.flatMap(({ variable, kind = 'branch' as const, when }): CiTarget[] => {
    const name = (env[variable] ?? '').trim().replace(/^refs\/heads\//, '');
    return name === '' || when?.(env) === false ? [] : [{ variable, name, kind }];
  });
}
