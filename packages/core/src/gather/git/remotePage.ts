/**
 * The web page of the repository that a clone came from, for links.
 * In: a folder. Out: `https://host/owner/name`, or nothing. User names, passwords and ports of ssh never leave this file.
 * Not here: what a link to a file looks like on that host (the presenters').
 */
import { realpathSync } from 'node:fs';
import { openRepository } from './repository.js';

/** The page of the repository around `root`, as its remote's address says; nothing without git, remote or host. Nothing is fetched. */
export async function remotePage(root: string): Promise<string | undefined> {
  let folder: string;
  try {
    folder = realpathSync(root);
  } catch {
    return undefined;
  }
  const repository = await openRepository(folder);
  if ('reason' in repository) return undefined;
  const { code, stdout } = await repository.git.run(['config', '--get', `remote.${repository.remote}.url`]);
  return code === 0 ? pageOfRemote(stdout.toString('utf8').trim()) : undefined;
}

/** Host and path of a remote in each of git's notations; a local path has none. */
export function pageOfRemote(url: string): string | undefined {
  const found =
    /^(?:https?|ssh|git):\/\/(?:[^/@]*@)?([\w.-]+)(:\d+)?\/(.+)$/.exec(url) ??
    /^(?:[^/@:]+@)([\w.-]+)(:)(.+)$/.exec(url);
  if (found === null) return undefined;
  const [, host = '', port = '', path = ''] = found;
  const clean = path.replace(/\/+$/, '').replace(/\.git$/, '');
  if (!/^[\w.~-]+(?:\/[\w.~-]+)+$/.test(clean)) return undefined;
  return `https://${host}${url.startsWith('http') ? port : ''}/${clean}`;
}
