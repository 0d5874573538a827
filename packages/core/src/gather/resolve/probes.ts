/**
 * What resolving looked for: so that a later run can tell whose answers a new or a missing file may change.
 * In: paths and folders that rules probe. Out: numbers, of which a file that comes or goes has some too (`probesOf`). Two names may have
 * one number: that costs a question more, never an answer. Not here: the probes themselves (path-index.ts).
 */
import { baseNameOf, directoryOf } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';

/** Notes probes while an answer is looked for. */
export class ProbeLog {
  #current: Set<number> | undefined;

  /** A file at this path, with whatever extension. */
  file(path: RepoPath): void {
    this.#current?.add(fileProbe(path));
  }

  /** The folder, or what lies below it. */
  folder(path: RepoPath): void {
    this.#current?.add(folderProbe(path));
  }

  /** What `work` probes, which is noted for whoever asked for it, too. */
  traced<Result>(work: () => Result): { readonly result: Result; readonly probes: ReadonlySet<number> } {
    const outer = this.#current;
    const probes = new Set<number>();
    this.#current = probes;
    try {
      return { result: work(), probes };
    } finally {
      this.#current = outer;
      this.again(probes);
    }
  }

  /** The probes of an answer that is remembered. */
  again(probes: ReadonlySet<number>): void {
    if (this.#current !== undefined) for (const probe of probes) this.#current.add(probe);
  }
}

/** The probes that a file can answer by being there, or by being gone. */
export function probesOf(path: RepoPath): number[] {
  const found = [fileProbe(path)];
  for (let folder = directoryOf(path); ; folder = directoryOf(folder)) {
    found.push(folderProbe(folder));
    if (folder === '') return found;
  }
}

/** By folder and name up to the first dot: `a/x`, `a/x.js`, `a/x.ios.ts` and `a/x.d.ts` may all be one another's answer. */
function fileProbe(path: RepoPath): number {
  const name = baseNameOf(path);
  const dot = name.indexOf('.', 1);
  return hashOf(dot < 0 ? path : path.slice(0, path.length - name.length + dot), 1);
}

function folderProbe(path: RepoPath): number {
  return hashOf(path.replace(/\/$/, ''), 2);
}

/** FNV-1a, 32 bits. */
function hashOf(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 0;
}
