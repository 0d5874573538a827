/**
 * Which files take which names from a module, as imports and re-exports say: who breaks where the name is gone.
 * In: a revision. Out: per module and name the files that take it, through barrels too. Not here: who uses it behind that.
 * The graph would name those too who have found the name elsewhere since: its edges are those of both revisions.
 */
import type { FileFacts } from '../../model/facts.js';
import type { RepoPath } from '../../model/path.js';
import type { Revision, SourceFile } from '../../model/snapshot.js';

/** A place where a module's name is forwarded: by name as `as`, or with all others. */
interface Forward {
  readonly by: RepoPath;
  readonly name: string;
  readonly as: string;
}

/** One module as others see it. */
interface Taken {
  /** Importing files by name; `*` holds those that may use any name. */
  readonly byName: Map<string, Set<RepoPath>>;
  readonly forwards: Forward[];
  /** Modules that forward everything. */
  readonly stars: RepoPath[];
}

/** Answers about one revision. */
export class Importers {
  readonly #modules = new Map<RepoPath, Taken>();
  /** Names that each module exports itself; a star does not bring these. */
  readonly #explicit = new Map<RepoPath, ReadonlySet<string>>();
  readonly #starTargets = new Map<RepoPath, RepoPath[]>();

  /** Linear in imports and exports. */
  constructor(revision: Revision) {
    const globals = new Map(
      revision.implicit.flatMap(({ kind, name, to, exportName }) =>
        kind === 'auto-import' && name !== undefined ? [[name, { to, name: exportName ?? name }] as const] : [],
      ),
    );
    for (const file of revision.files) {
      if (file.facts === undefined) continue;
      this.#noteImports(file, file.facts);
      this.#noteExports(file, file.facts);
      if (globals.size > 0)
        for (const binding of file.facts.bindings) {
          const taken = binding.kind === 'global' ? globals.get(binding.name) : undefined;
          if (taken !== undefined) this.#note(file.path, [taken.to], taken.name);
        }
    }
  }

  /** Names that somebody takes from a module, `*` and `default` left out. */
  namesOf(path: RepoPath): string[] {
    return [...(this.#modules.get(path)?.byName.keys() ?? [])].filter((name) => name !== '*' && name !== 'default');
  }

  /** Files that take `name` from `path`, or from a module that forwards it; not `path` itself. */
  of(path: RepoPath, name: string): Set<RepoPath> {
    const found = new Set<RepoPath>();
    const seen = new Set<string>();
    const queue: [RepoPath, string][] = [[path, name]];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const [at, wanted] = next;
      const key = `${at}\0${wanted}`;
      const module = this.#modules.get(at);
      if (seen.has(key) || module === undefined) continue;
      seen.add(key);
      for (const taker of [...(module.byName.get(wanted) ?? []), ...(module.byName.get('*') ?? [])]) found.add(taker);
      for (const forward of module.forwards)
        if (forward.name === wanted || forward.name === '*') queue.push([forward.by, forward.as]);
      for (const by of module.stars)
        if (wanted !== 'default' && !this.#hasElsewhere(by, at, wanted)) queue.push([by, wanted]);
    }
    found.delete(path);
    return found;
  }

  /** Whether a module that forwards everything of `through` has the name without it: its own, or by another star. */
  #hasElsewhere(path: RepoPath, through: RepoPath, name: string): boolean {
    const seen = new Set([through]);
    const queue = [path];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      if (this.#explicit.get(at)?.has(name) === true) return true;
      queue.push(...(this.#starTargets.get(at) ?? []));
    }
    return false;
  }

  #noteImports(file: SourceFile, facts: FileFacts): void {
    const whole = namespaceUses(facts);
    facts.imports.forEach((entry, index) => {
      const targets = targetsOf(file, entry.request);
      for (const name of whole.imports.get(index) ?? [entry.name]) this.#note(file.path, targets, name);
    });
    for (const [request, names] of whole.requests)
      for (const name of names) this.#note(file.path, targetsOf(file, request), name);
  }

  /** A forwarding module takes the name too: it breaks itself. */
  #noteExports(file: SourceFile, facts: FileFacts): void {
    const explicit = new Set<string>();
    for (const entry of facts.exports) {
      if (entry.kind !== 'star') explicit.add(entry.name);
      if (entry.kind === 'local') continue;
      for (const target of targetsOf(file, entry.request)) {
        const taken = this.#module(target);
        if (entry.kind === 'star') {
          taken.stars.push(file.path);
          this.#starTargets.set(file.path, [...(this.#starTargets.get(file.path) ?? []), target]);
        } else {
          taken.forwards.push({ by: file.path, name: entry.importName, as: entry.name });
          this.#note(file.path, [target], entry.importName);
        }
      }
    }
    this.#explicit.set(file.path, explicit);
  }

  #note(from: RepoPath, targets: readonly RepoPath[], name: string): void {
    for (const target of targets) {
      const { byName } = this.#module(target);
      const files = byName.get(name);
      if (files) files.add(from);
      else byName.set(name, new Set([from]));
    }
  }

  #module(path: RepoPath): Taken {
    let taken = this.#modules.get(path);
    if (taken === undefined) this.#modules.set(path, (taken = { byName: new Map(), forwards: [], stars: [] }));
    return taken;
  }
}

function targetsOf(file: SourceFile, request: number): readonly RepoPath[] {
  const resolution = file.resolutions[request];
  if (resolution?.kind !== 'file') return [];
  return [resolution.path, ...(resolution.types === undefined ? [] : [resolution.types]), ...(resolution.also ?? [])];
}

interface NamespaceUses {
  /** By index of the import entry: `import * as ns`, `require`. */
  readonly imports: ReadonlyMap<number, ReadonlySet<string>>;
  /** By index of the request: `import('./x')`. */
  readonly requests: ReadonlyMap<number, ReadonlySet<string>>;
}

/** The first names behind each namespace of the file; `*` where it is used as a whole. */
function namespaceUses(facts: FileFacts): NamespaceUses {
  const imports = new Map<number, Set<string>>();
  const requests = new Map<number, Set<string>>();
  const namesOf = facts.bindings.map((binding) => {
    if (binding.kind === 'request') return namesIn(requests, binding.request);
    const entry = binding.kind === 'import' ? facts.imports[binding.import] : undefined;
    const whole = entry?.name === '*' || entry?.name === 'export=';
    return whole && binding.kind === 'import' ? namesIn(imports, binding.import) : undefined;
  });
  if (imports.size + requests.size === 0) return { imports, requests };
  for (const { references } of facts.symbols)
    for (const { binding, path } of references) namesOf[binding]?.add(path[0] ?? '*');
  return { imports, requests };
}

function namesIn(table: Map<number, Set<string>>, key: number): Set<string> {
  const names = table.get(key) ?? new Set();
  table.set(key, names);
  return names;
}
