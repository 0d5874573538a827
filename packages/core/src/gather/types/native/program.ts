/**
 * One program of the native compiler: a child process, the sources that it sees, the questions of model/types.ts.
 * In: a program's input, questions. Out: plain records. Not here: symbols (symbols.ts), doubts (doubt/), where specifiers lead
 * (specifiers.ts). Throws {@link NativeFailure} where the compiler itself fails: another engine has to answer then.
 */
import {
  compareText,
  type LineRanges,
  type RepoPath,
  type TypeDiagnostic,
  type TypeDoubt,
  type TypedSymbol,
  type TypeProgram,
  type TypeProgramInput,
} from '../../../model/index.js';
import { createDoubtFinder, type DoubtFinder } from '../doubt/find-doubts.js';
import { programName, repoPathOf } from '../ts-morph/file-host.js';
import {
  startCompiler,
  stopCompiler,
  type API,
  type NativeApi,
  type Project,
  type Snapshot,
  type SourceFile,
} from './api.js';
import { configurationOf } from './configuration.js';
import { diagnosticsOf } from './diagnostics.js';
import { createCheckerView } from './checker-view.js';
import { createSpecifiers, sameLeads, specifierPositions, type Leads, type Specifiers } from './specifiers.js';
import { symbolsAt, typesAt } from './symbols.js';
import { createTypeFacts, type TypeFacts } from './type-facts.js';
import { configurationName, createVirtualFiles, type VirtualFiles, type VirtualSources } from './virtual-files.js';

/** The compiler crashed, or its API is not what this version of it is known to have. */
export class NativeFailure extends Error {
  override readonly name = 'NativeFailure';
}

/** See the header. `close` ends the child process. */
export class NativeProgram implements TypeProgram {
  readonly #native: NativeApi;
  readonly #specifiers: Specifiers = createSpecifiers();
  readonly #files: VirtualFiles;
  readonly #compiler: API;
  #sources: VirtualSources;
  #revision = 0;
  #snapshot: Snapshot;
  #facts: TypeFacts | undefined;
  #doubts: DoubtFinder | undefined;

  constructor(native: NativeApi, input: TypeProgramInput) {
    this.#native = native;
    this.#sources = this.#sourcesOf(input);
    this.#files = createVirtualFiles(this.#sources, native.folder);
    this.#compiler = answered(() => startCompiler(native, input.root, this.#files));
    try {
      this.#snapshot = answered(() => this.#compiler.updateSnapshot({ openProjects: [configurationName(input.root)] }));
    } catch (error) {
      stopCompiler(this.#compiler);
      throw error;
    }
  }

  update(input: TypeProgramInput): void {
    const before = this.#sources;
    const changes = fileChanges(before, input, this.#specifiers.leads(input));
    if (changes.created.length + changes.deleted.length > 0) this.#revision++;
    const sources = this.#sourcesOf(input);
    this.#sources = sources;
    this.#files.use(sources);
    const isElsewhere = before.input.installed !== input.installed || !sameList(before.input.ambient, input.ambient);
    const changed = [...changes.changed];
    if (sources.configuration !== before.configuration) changed.push(configurationName(input.root));
    if (!isElsewhere && changed.length + changes.created.length + changes.deleted.length === 0) return;
    this.#facts = undefined;
    this.#doubts = undefined;
    const old = this.#snapshot;
    this.#snapshot = answered(() =>
      this.#compiler.updateSnapshot({ fileChanges: isElsewhere ? { invalidateAll: true } : { ...changes, changed } }),
    );
    old.dispose();
  }

  diagnostics(file: RepoPath): readonly TypeDiagnostic[] {
    const name = this.#nameOf(file);
    if (name === undefined) return [];
    const found = answered(() => this.#project().program.getSemanticDiagnostics(name));
    return diagnosticsOf(file, this.#sources.input.texts.get(file) ?? '', found, (text) => this.#readable(text));
  }

  symbolsAt(file: RepoPath, positions: readonly number[]): readonly TypedSymbol[] {
    const source = this.#source(file);
    if (source === undefined) return positions.map(() => ({ kind: 'none' }));
    return answered(() => symbolsAt(this.#types(), source, positions));
  }

  typesAt(file: RepoPath, positions: readonly number[]): readonly string[] {
    const source = this.#source(file);
    if (source === undefined) return positions.map(() => '');
    return answered(() => typesAt(this.#types(), source, positions)).map((text) => this.#readable(text));
  }

  doubts(file: RepoPath, affected: LineRanges, tainted: LineRanges): readonly TypeDoubt[] {
    const source = this.#source(file);
    if (source === undefined || affected.size === 0) return [];
    return answered(() => {
      this.#doubts ??= createDoubtFinder(createCheckerView(this.#types()));
      return this.#doubts(source as unknown as Parameters<DoubtFinder>[0], affected, tainted);
    });
  }

  unresolved(): ReadonlyMap<RepoPath, readonly string[]> {
    const { root } = this.#sources.input;
    const files = answered(() => this.#project().program.getSourceFileNames()).flatMap(
      (name) => repoPathOf(root, name) ?? [],
    );
    const found = files.sort(compareText).map((file) => [file, this.#unresolvedOf(file)] as const);
    return new Map(found.filter(([, specifiers]) => specifiers.length > 0));
  }

  close(): void {
    stopCompiler(this.#compiler);
  }

  #sourcesOf(input: TypeProgramInput): VirtualSources {
    const leads = this.#specifiers.leads(input);
    return { input, leads, configuration: configurationOf(input, this.#specifiers.paths, this.#revision) };
  }

  /** The file's tree is only asked for where its text says that there is something to find. */
  #unresolvedOf(file: RepoPath): readonly string[] {
    const { input } = this.#sources;
    const positions = specifierPositions(input.texts.get(file) ?? '');
    if (positions.length === 0) return [];
    const { program, checker } = this.#project();
    const name = programName(input.root, file);
    const guesses = answered(() => checker.getSymbolAtPosition(name, positions));
    if (guesses.every((symbol) => symbol !== undefined)) return [];
    const imports = answered(() => program.getSourceFile(name)?.imports ?? []).filter((node) => node.pos >= 0);
    const symbols = imports.length === 0 ? [] : answered(() => checker.getSymbolAtLocation(imports));
    const lost = imports.filter((_, index) => symbols[index] === undefined);
    const specifiers = lost.map((node) => this.#specifiers.restored((node as { text?: string }).text ?? ''));
    return [...new Set(specifiers)].sort(compareText);
  }

  #project(): Project {
    const project = this.#snapshot.getProject(configurationName(this.#sources.input.root));
    if (project === undefined) throw new NativeFailure('The native compiler has no such project.');
    return project;
  }

  #types(): TypeFacts {
    this.#facts ??= createTypeFacts(this.#native, this.#project(), this.#sources.input);
    return this.#facts;
  }

  /** The program's name of a file that may be in it. */
  #nameOf(file: RepoPath): string | undefined {
    if (!this.#sources.input.texts.has(file)) return undefined;
    const name = programName(this.#sources.input.root, file);
    const held = answered(() => this.#project().program.getSourceFileMetadata(name));
    return held === undefined ? undefined : name;
  }

  #source(file: RepoPath): SourceFile | undefined {
    if (!this.#sources.input.texts.has(file)) return undefined;
    return answered(() => this.#project().program.getSourceFile(programName(this.#sources.input.root, file)));
  }

  /** Specifiers for tokens, paths of the repository for paths of the machine. */
  #readable(text: string): string {
    return this.#specifiers.restored(text).replaceAll(`${this.#sources.input.root}/`, '');
  }
}

/** Whatever the compiler or the pipe to it throws is a failure of the engine. */
function answered<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof NativeFailure) throw error;
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new NativeFailure(message.slice(0, 200), { cause: error });
  }
}

function sameList(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
}

interface FileChanges {
  readonly changed: string[];
  readonly created: string[];
  readonly deleted: string[];
}

/** What differs for the compiler: texts, and where the specifiers in them lead. */
function fileChanges(
  before: VirtualSources,
  input: TypeProgramInput,
  leads: ReadonlyMap<RepoPath, Leads>,
): FileChanges {
  const changes: FileChanges = { changed: [], created: [], deleted: [] };
  for (const [path, text] of input.texts) {
    const old = before.input.texts.get(path);
    const name = programName(input.root, path);
    if (old === undefined) changes.created.push(name);
    else if (old !== text || !sameLeads(before.leads.get(path), leads.get(path))) changes.changed.push(name);
  }
  for (const path of before.input.texts.keys()) {
    if (!input.texts.has(path)) changes.deleted.push(programName(input.root, path));
  }
  return changes;
}
