/**
 * Puts analysis' questions about a change to a type checker: which errors are new, where is no proof, which types moved.
 * In: both revisions, the questions. Out: `TypeFindings`. The head is checked first; the base only where the head has errors.
 * Not here: the questions (analyze/types), what the answers mean for reach, the checkers.
 */
import type {
  InferredQuestion,
  NamedPlace,
  RepoPath,
  SurfaceVerdict,
  TypeFindings,
  TypeQuestions,
} from '../../model/index.js';
import type {
  TypeDiagnostic,
  TypeDoubt,
  TypeEngine,
  TypeProgram,
  TypeProgramInput,
  TypesMode,
} from '../../model/types.js';
import { chooseEngine, type TypeWork } from './choose-engine.js';
import { surfaceVerdicts } from './compatibility.js';
import { spreadDoubts } from './doubts.js';
import { NativeFailure } from './native/engine.js';
import { newErrors } from './new-errors.js';
import { programGroups, programInput, programPaths, type ProgramGroup, type TypeSources } from './program-input.js';

/** Both revisions and where they lie. */
export interface TypeComparison {
  /** Absolute POSIX folder of the repository. */
  readonly root: string;
  readonly base: TypeSources;
  readonly head: TypeSources;
  /** Path in the base of a file of the head; `undefined` for added files. */
  basePath(path: RepoPath): RepoPath | undefined;
}

/** The findings, or why there are none; `failure`: why the native compiler was given up in the middle of the work. */
export type TypeCheck = ({ readonly findings: TypeFindings } | { readonly reason: string }) & {
  readonly failure?: string;
};

/** Never throws for what is in the sources. Cost: one program per set of options, both revisions. */
export async function checkTypes(
  mode: TypesMode,
  comparison: TypeComparison,
  asked: TypeQuestions,
): Promise<TypeCheck> {
  const task = taskOf(comparison, asked);
  const chosen = await chooseEngine(mode, task.work);
  if ('reason' in chosen) return chosen;
  try {
    return { findings: await findingsOf(chosen.engine, comparison, task) };
  } catch (error) {
    if (!(error instanceof NativeFailure)) throw error;
    const other = await chooseEngine(mode, task.work, true);
    if ('reason' in other) return { ...other, failure: error.message };
    return { findings: await findingsOf(other.engine, comparison, task), failure: error.message };
  }
}

/** The questions that a checker can be asked, sorted into programs. */
interface Task {
  readonly asked: TypeQuestions;
  readonly groups: readonly ProgramGroup[];
  /** Paths of each group's program. */
  readonly paths: readonly (readonly RepoPath[])[];
  readonly work: TypeWork;
}

function taskOf({ root, head }: TypeComparison, questions: TypeQuestions): Task {
  const held = new Set(head.revision.files.flatMap((file) => (file.facts === undefined ? [] : [file.path])));
  const files = questions.files.filter((file) => CHECKED.test(file) && held.has(file));
  const inferred = questions.inferred.filter((one) => CHECKED.test(one.head.file) && CHECKED.test(one.base.file));
  const surface = questions.surface.filter((one) => CHECKED.test(one.head.file) && CHECKED.test(one.base.file));
  const wanted = [...new Set([...files, ...[...inferred, ...surface].map((one) => one.head.file)])];
  const groups = programGroups(head, root, wanted);
  const paths = groups.map((group) => programPaths(head.revision, group.files));
  const work = { asked: wanted.length, held: Math.max(0, ...paths.map((one) => one.length)) };
  return { asked: { ...questions, files, inferred, surface }, groups, paths, work };
}

async function findingsOf(engine: TypeEngine, comparison: TypeComparison, task: Task): Promise<TypeFindings> {
  const collected = nothingYet();
  let installed = false;
  try {
    for (const [index, group] of task.groups.entries()) {
      const check = await openGroup(engine, comparison, group, task.paths[index]!);
      installed ||= check.head.installed;
      collectGroup(check, task.asked, collected);
    }
  } finally {
    engine.close();
  }
  return { engine: engine.name, version: engine.version, installed, ...collected };
}

/** Files that a compiler checks; components and JavaScript keep what the graph says. */
const CHECKED = /\.[cm]?tsx?$/;

interface Collected {
  readonly checked: Set<RepoPath>;
  readonly errors: Map<RepoPath, readonly TypeDiagnostic[]>;
  readonly unedited: Set<RepoPath>;
  readonly doubts: Map<RepoPath, readonly TypeDoubt[]>;
  readonly settled: Set<number>;
  readonly surface: Map<number, SurfaceVerdict>;
}

function nothingYet(): Collected {
  return {
    checked: new Set(),
    errors: new Map(),
    unedited: new Set(),
    doubts: new Map(),
    settled: new Set(),
    surface: new Map(),
  };
}

interface GroupCheck {
  readonly files: ReadonlySet<RepoPath>;
  readonly program: TypeProgram;
  readonly head: TypeProgramInput;
  readonly base: TypeProgramInput;
  basePath(path: RepoPath): RepoPath | undefined;
}

async function openGroup(
  engine: TypeEngine,
  { root, base, head, basePath }: TypeComparison,
  group: ProgramGroup,
  paths: readonly RepoPath[],
): Promise<GroupCheck> {
  const before = group.files.flatMap((file) => basePath(file) ?? []);
  const baseGroup: ProgramGroup = { ...group, files: before };
  const input = await programInput(head, root, group, paths);
  return {
    files: new Set(group.files),
    head: input,
    base: await programInput(base, root, baseGroup, programPaths(base.revision, before)),
    program: engine.open(input),
    basePath,
  };
}

/** Standing errors that say only that something is not installed: they hide nothing else. */
const MISSING = new Set([
  2304, 2307, 2318, 2503, 2552, 2580, 2582, 2584, 2591, 2593, 2688, 2792, 2875, 7006, 7016, 7026, 7031,
]);

function collectGroup(check: GroupCheck, asked: TypeQuestions, into: Collected): void {
  const { program, files, head, base } = check;
  const own = asked.files.filter((file) => files.has(file) && head.texts.has(file));
  const inferred = asked.inferred.filter((one) => files.has(one.head.file));
  const after = new Map(own.map((file) => [file, program.diagnostics(file)]));
  const open = filesBehindUnknown(head, program.unresolved());
  const unproven = own.filter((file) => open.has(file) || after.get(file)!.some((one) => MISSING.has(one.code)));
  const doubts = spreadDoubts(program, unproven, asked);
  for (const file of unproven) into.doubts.set(file, doubts.get(file)!);
  const typesAfter = typesOf(program, head, inferred.map((one) => one.head)); // prettier-ignore
  program.update(base);
  const typesBefore = typesOf(program, base, inferred.map((one) => one.base)); // prettier-ignore
  settle(inferred, typesBefore, typesAfter, into.settled);
  for (const file of own) {
    into.checked.add(file);
    const errors = after.get(file)!;
    if (errors.length === 0) continue;
    const before = check.basePath(file);
    const same = before !== undefined && base.texts.get(before) === head.texts.get(file);
    const fresh = newErrors(before === undefined ? [] : program.diagnostics(before), errors, same);
    if (fresh.length === 0) continue;
    into.errors.set(file, fresh);
    if (same) into.unedited.add(file);
  }
  const surface = asked.surface.filter((one) => files.has(one.head.file));
  // The last question of a group: it leaves both revisions in the program.
  const both = { base, head, isOpen: (file: RepoPath): boolean => open.has(file) };
  for (const [node, verdict] of surfaceVerdicts(program, both, surface)) into.surface.set(node, verdict);
}

function settle(
  asked: readonly InferredQuestion[],
  before: readonly string[],
  after: readonly string[],
  into: Set<number>,
): void {
  asked.forEach(({ node }, index) => {
    const type = after[index]!;
    if (type !== '' && type === before[index] && !/\bany\b/.test(type)) into.add(node);
  });
}

/** The printed types of names that are declared on the given lines; `''` where the name does not stand there. */
function typesOf(program: TypeProgram, { texts }: TypeProgramInput, places: readonly NamedPlace[]): string[] {
  return places.map(({ file, line, name }) => {
    const position = positionOf(texts.get(file) ?? '', line, name);
    return position < 0 ? '' : (program.typesAt(file, [position])[0] ?? '');
  });
}

function positionOf(text: string, line: number, name: string): number {
  let start = 0;
  for (let at = 1; at < line; at++) {
    start = text.indexOf('\n', start) + 1;
    if (start === 0) return -1;
  }
  const end = text.indexOf('\n', start);
  const word = new RegExp(`(?<![\\w$#])${name.replaceAll(/[^\w]/g, '\\$&')}(?![\\w$])`);
  const found = text.slice(start, end < 0 ? text.length : end).search(word);
  return found < 0 ? -1 : start + found;
}

/** Files that import, directly or not, something that leads nowhere. */
function filesBehindUnknown(
  { resolutions }: TypeProgramInput,
  unresolved: ReadonlyMap<RepoPath, readonly string[]>,
): ReadonlySet<RepoPath> {
  const importers = new Map<RepoPath, RepoPath[]>();
  for (const [file, targets] of resolutions) {
    for (const target of targets.values()) importers.set(target, [...(importers.get(target) ?? []), file]);
  }
  const open = new Set(unresolved.keys());
  for (const file of open) for (const importer of importers.get(file) ?? []) open.add(importer);
  return open;
}
