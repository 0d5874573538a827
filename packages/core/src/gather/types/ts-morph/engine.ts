/**
 * The portable type engine: ts-morph in this process, with the compiler that it carries.
 * In: sources in memory and questions about positions. Out: the answers of model/types.ts.
 * Not here: what is read from the disk (file-host.ts), where specifiers lead (resolution.ts), doubts (doubt/).
 */
import type { FileSystemHost, Project, ts as TS } from 'ts-morph';
import {
  compareText,
  type LineRanges,
  type RepoPath,
  type TypeDiagnostic,
  type TypedSymbol,
  type TypeDoubt,
  type TypeEngine,
  type TypeProgram,
  type TypeProgramInput,
} from '../../../model/index.js';
import { createDoubtFinder, type DoubtFinder } from '../doubt/find-doubts.js';
import { createCheckerView } from './checker-view.js';
import { createFileHost, programName, repoPathOf, type FileHost } from './file-host.js';
import { createResolution, type Resolution } from './resolution.js';
import { symbolAt, typeAt } from './symbols.js';

/** Loads ts-morph: half a second, once. */
export async function loadTsMorphEngine(): Promise<TypeEngine> {
  const { InMemoryFileSystemHost, Project, ts } = await import('ts-morph');
  const nothing = new InMemoryFileSystemHost();
  return {
    name: 'ts-morph',
    version: ts.version,
    open: (input) => new MorphProgram(Project, ts, nothing, input),
    close: () => undefined,
  };
}

class MorphProgram implements TypeProgram {
  readonly #ts: typeof TS;
  readonly #host: FileHost;
  readonly #resolution: Resolution;
  readonly #project: Project;
  #input: TypeProgramInput;
  #checker: TS.TypeChecker | undefined;
  #doubts: DoubtFinder | undefined;

  constructor(project: typeof Project, ts: typeof TS, nothing: FileSystemHost, input: TypeProgramInput) {
    this.#ts = ts;
    this.#input = input;
    this.#host = createFileHost(input);
    this.#resolution = createResolution(ts, input);
    this.#project = new project({
      fileSystem: { ...this.#host, readFileSync: (path) => this.#read(path, nothing) },
      resolutionHost: this.#resolution.factory,
      compilerOptions: this.#options(),
      skipAddingFilesFromTsConfig: true,
    });
    this.#addRoots();
  }

  update(input: TypeProgramInput): void {
    const before = this.#input;
    this.#input = input;
    this.#checker = undefined;
    this.#doubts = undefined;
    this.#host.use(input);
    this.#resolution.use(input);
    this.#project.compilerOptions.reset();
    this.#project.compilerOptions.set(this.#options());
    for (const path of new Set([...before.texts.keys(), ...input.texts.keys()])) {
      const known = this.#project.getSourceFile(programName(before.root, path));
      if (known === undefined) continue;
      const text = input.texts.get(path);
      const same =
        text === before.texts.get(path) && sameLeads(before.resolutions.get(path), input.resolutions.get(path));
      if (same) continue;
      this.#project.removeSourceFile(known);
      if (text !== undefined) this.#add(path, text);
    }
    this.#addRoots();
  }

  diagnostics(file: RepoPath): readonly TypeDiagnostic[] {
    const source = this.#source(file);
    if (source === undefined) return [];
    return this.#compiler()
      .getSemanticDiagnostics(source)
      .map((one) => this.#diagnostic(file, source, one));
  }

  symbolsAt(file: RepoPath, positions: readonly number[]): readonly TypedSymbol[] {
    const source = this.#source(file);
    if (source === undefined) return positions.map(() => ({ kind: 'none' }));
    const { root } = this.#input;
    const place = (name: string): RepoPath | undefined => repoPathOf(root, name);
    return positions.map((position) => symbolAt(this.#ts, this.#types(), source, position, place));
  }

  typesAt(file: RepoPath, positions: readonly number[]): readonly string[] {
    const source = this.#source(file);
    if (source === undefined) return positions.map(() => '');
    return positions.map((position) => this.#withoutRoot(typeAt(this.#ts, this.#types(), source, position)));
  }

  doubts(file: RepoPath, affected: LineRanges, tainted: LineRanges): readonly TypeDoubt[] {
    const source = this.#source(file);
    if (source === undefined || affected.size === 0) return [];
    this.#doubts ??= createDoubtFinder(createCheckerView(this.#ts, this.#types(), this.#input.root));
    return this.#doubts(source as unknown as Parameters<DoubtFinder>[0], affected, tainted);
  }

  unresolved(): ReadonlyMap<RepoPath, readonly string[]> {
    const { root } = this.#input;
    const sources = this.#compiler().getSourceFiles();
    const files = sources.flatMap((source) => {
      const file = repoPathOf(root, source.fileName);
      const lost = file === undefined ? [] : unresolvedImports(this.#types(), source);
      return file === undefined || lost.length === 0 ? [] : [[file, lost] as const];
    });
    return new Map(files.sort(([left], [right]) => compareText(left, right)));
  }

  /** What is missing is said as ts-morph wants to hear it: by a file system with nothing in it. */
  #read(path: string, nothing: FileSystemHost): string {
    return (this.#host.fileExistsSync(path) ? this.#host : nothing).readFileSync(path);
  }

  #options(): TS.CompilerOptions {
    const { options } = this.#ts.convertCompilerOptionsFromJson({ ...this.#input.compilerOptions }, this.#input.root);
    return options;
  }

  #addRoots(): void {
    for (const path of this.#input.roots) {
      const text = this.#input.texts.get(path);
      if (text !== undefined && this.#project.getSourceFile(programName(this.#input.root, path)) === undefined) {
        this.#add(path, text);
      }
    }
    for (const file of this.#input.ambient) this.#project.addSourceFileAtPathIfExists(file);
  }

  #add(path: RepoPath, text: string): void {
    this.#project.createSourceFile(programName(this.#input.root, path), text, { overwrite: true });
  }

  #compiler(): TS.Program {
    return this.#project.getProgram().compilerObject;
  }

  #types(): TS.TypeChecker {
    this.#checker ??= this.#compiler().getTypeChecker();
    return this.#checker;
  }

  #source(file: RepoPath): TS.SourceFile | undefined {
    return this.#compiler().getSourceFile(programName(this.#input.root, file));
  }

  #diagnostic(file: RepoPath, source: TS.SourceFile, one: TS.Diagnostic): TypeDiagnostic {
    const start = one.start ?? 0;
    const message = this.#withoutRoot(this.#ts.flattenDiagnosticMessageText(one.messageText, '\n'));
    return { file, start, line: source.getLineAndCharacterOfPosition(start).line + 1, code: one.code, message };
  }

  #withoutRoot(text: string): string {
    return text.replaceAll(`${this.#input.root}/`, '');
  }
}

/** Specifiers for which the checker has no module, be it one that is declared by name. */
function unresolvedImports(checker: TS.TypeChecker, source: TS.SourceFile): readonly string[] {
  const { imports = [] } = source as { imports?: readonly TS.StringLiteralLike[] };
  const written = imports.filter((node) => node.pos >= 0);
  const lost = written.filter((node) => checker.getSymbolAtLocation(node) === undefined);
  return [...new Set(lost.map((node) => node.text))].sort(compareText);
}

function sameLeads(
  left: ReadonlyMap<string, RepoPath> | undefined,
  right: ReadonlyMap<string, RepoPath> | undefined,
): boolean {
  if (left === right) return true;
  if (left?.size !== right?.size) return false;
  return [...(left ?? [])].every(([specifier, path]) => right?.get(specifier) === path);
}
