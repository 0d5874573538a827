/**
 * Links from a place in the repository to its lines on the host, for formats that are read in a browser.
 * In: the CI's environment, the page of the clone's remote, the report's comparison. Out: URLs, percent-encoded.
 * Outside CI and without a known host a link is the path itself. Sources: GitHub's and GitLab's predefined variables.
 */
import type { Comparison } from '@blast-radius/core';

/** A place: head lines unless `base`. */
export interface LinkedPlace {
  readonly file: string;
  /** 0: the whole file. */
  readonly line: number;
  readonly base?: boolean;
}

/** The URL of a place. */
export type Links = (place: LinkedPlace) => string;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param page the remote's web page, for runs outside CI.
 * @returns a link for each place: absolute where host and commit are known, else relative to the repository's root.
 */
export function linksFor(env: Environment, page: string | undefined, comparison: Comparison): Links {
  const host = hostOf(env, page);
  const base = commitOf(comparison.base);
  const head = commitOf(comparison.head) ?? host?.commit;
  return ({ file, line, base: inBase = false }) => {
    const path = encodePath(file) + (line > 0 ? `#L${line}` : '');
    const commit = inBase ? base : head;
    return host === undefined || commit === undefined ? path : `${host.blob}/${commit}/${path}`;
  };
}

interface Host {
  /** Up to and without the commit. */
  readonly blob: string;
  /** What the CI has checked out. */
  readonly commit?: string | undefined;
}

function hostOf(env: Environment, page: string | undefined): Host | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, CI_PROJECT_URL: project } = env;
  if (isPage(`${server}/${repository}`)) {
    return { blob: `${server}/${repository}/blob`, commit: commitOf(env['GITHUB_SHA']) };
  }
  if (project !== undefined && isPage(project))
    return { blob: `${project}/-/blob`, commit: commitOf(env['CI_COMMIT_SHA']) };
  if (page === undefined || !isPage(page)) return undefined;
  const name = new URL(page).hostname;
  if (/(?:^|\.)github\./.test(name)) return { blob: `${page}/blob` };
  return /(?:^|\.)gitlab\./.test(name) ? { blob: `${page}/-/blob` } : undefined;
}

/** Nothing in it that could end a Markdown link. */
function isPage(url: string): boolean {
  return /^https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w.~-]+)+$/.test(url);
}

function commitOf(text: string | undefined): string | undefined {
  return text !== undefined && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(text) ? text : undefined;
}

/** A repository path as a relative URI. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

/** `encodeURIComponent` leaves `!'()*`, two of which Markdown reads; a lone surrogate has no encoding. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd')).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
