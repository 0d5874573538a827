/**
 * Whether what a changed symbol declares in the head fits where the base's declaration stood, and the other way round.
 * The base's texts of changed files are put beside the head's under other names, with lines that assign one to the other behind them.
 * In: a program, both revisions' inputs, questions. Out: verdicts. Leaves the program with both revisions in it. Source: docs/types.md.
 * Not here: which symbols are asked about and what a verdict means (analyze/types), how a question is written (probe.ts).
 */
import {
  directoryOf,
  type PositionFit,
  type RepoPath,
  type SurfaceQuestion,
  type SurfaceVerdict,
} from '../../model/index.js';
import type { TypeDiagnostic, TypeProgram, TypeProgramInput } from '../../model/types.js';
import { withoutHidden } from '../declarations/open-members.js';
import { languageOf } from '../workspace/roles.js';
import { PROBE_HEADER, probeOf, type Probe, type ProbeLine } from './probe.js';

/** Both revisions of one group. */
export interface BothRevisions {
  readonly base: TypeProgramInput;
  readonly head: TypeProgramInput;
  /** Files whose types hold something unknown. */
  isOpen(file: RepoPath): boolean;
}

/** Asks twice where classes are in the way that private members make nominal: the second time without these. */
export function surfaceVerdicts(
  program: TypeProgram,
  both: BothRevisions,
  questions: readonly SurfaceQuestion[],
): ReadonlyMap<number, SurfaceVerdict> {
  const first = answersOf(program, both, questions, false);
  const failed = ({ node }: SurfaceQuestion): boolean => {
    const verdict = first.verdicts.get(node);
    return verdict !== undefined && !(verdict.reads && verdict.writes);
  };
  const nominal = questions.filter((one) => first.nominal.has(one.node) || (failed(one) && hidesAnything(both, one)));
  const second = nominal.length === 0 ? undefined : answersOf(program, both, nominal, true);
  return new Map([...first.verdicts, ...(second?.verdicts ?? [])]);
}

/** A private member of one revision only looks like a missing one. */
function hidesAnything({ base, head }: BothRevisions, { base: before, head: after }: SurfaceQuestion): boolean {
  const hides = (path: RepoPath, text = ''): boolean => shown(path, text, true) !== text;
  return hides(before.file, base.texts.get(before.file)) || hides(after.file, head.texts.get(after.file));
}

interface Answers {
  readonly verdicts: Map<number, SurfaceVerdict>;
  /** Nodes of questions that a private member kept from being answered. */
  readonly nominal: Set<number>;
}

function answersOf(
  program: TypeProgram,
  both: BothRevisions,
  questions: readonly SurfaceQuestion[],
  opened: boolean,
): Answers {
  const { input, probes } = probedInput(both, questions, opened);
  const answers: Answers = { verdicts: new Map(), nominal: new Set() };
  if (probes.size === 0) return answers;
  program.update(input);
  for (const [copy, { probe, first }] of probes) readAnswers(program.diagnostics(copy), probe, first, both, answers);
  return answers;
}

interface PlacedProbe {
  readonly probe: Probe;
  /** Line of the copy in which the probe's header begins. */
  readonly first: number;
}

function probedInput(
  { base, head }: BothRevisions,
  questions: readonly SurfaceQuestion[],
  opened: boolean,
): { readonly input: TypeProgramInput; readonly probes: ReadonlyMap<RepoPath, PlacedProbe> } {
  const copies = copiesOf(base, head);
  const texts = new Map(head.texts);
  const resolutions = new Map(head.resolutions);
  for (const [path, copy] of copies) {
    texts.set(copy, shown(path, base.texts.get(path)!, opened));
    if (opened && head.texts.has(path)) texts.set(path, shown(path, head.texts.get(path)!, true));
    const leads = [...(base.resolutions.get(path) ?? [])];
    resolutions.set(copy, new Map(leads.map(([specifier, to]) => [specifier, copies.get(to) ?? to])));
  }
  const probes = new Map<RepoPath, PlacedProbe>();
  for (const [key, asked] of pairsOf(questions, copies, head)) {
    const [copy, after] = key.split('\0') as [RepoPath, RepoPath];
    if (probes.has(copy)) continue; // One file of the base became two: the first one is asked about.
    const text = texts.get(copy)!;
    const probe = probeOf(asked, specifierOf(copy, copy), specifierOf(copy, after));
    probes.set(copy, { probe, first: text.split('\n').length + 1 });
    texts.set(copy, text + probe.text);
    const leads = resolutions.get(copy) ?? new Map<string, RepoPath>();
    resolutions.set(copy, new Map([...leads, [specifierOf(copy, copy), copy], [specifierOf(copy, after), after]]));
  }
  const compilerOptions = { ...head.compilerOptions, strictFunctionTypes: true };
  return { input: { ...head, texts, resolutions, roots: [...head.roots, ...probes.keys()], compilerOptions }, probes };
}

function shown(path: RepoPath, text: string, opened: boolean): string {
  return opened ? withoutHidden(text, languageOf(path) ?? 'ts') : text;
}

/** A name for the base's text of every file that differs. */
function copiesOf(base: TypeProgramInput, head: TypeProgramInput): ReadonlyMap<RepoPath, RepoPath> {
  const copies = new Map<RepoPath, RepoPath>();
  for (const [path, text] of base.texts) {
    if (text === head.texts.get(path) || !/(?<!\.d)\.[cm]?tsx?$/.test(path)) continue;
    copies.set(path, freeName(path.replace(/(\.[cm]?tsx?)$/, '.before$1'), head.texts));
  }
  return copies;
}

function freeName(wanted: RepoPath, taken: ReadonlyMap<RepoPath, string>): RepoPath {
  let name = wanted;
  while (taken.has(name)) name = name.replace(/(\.[cm]?tsx?)$/, '_$1');
  return name;
}

/** Questions by the copy of the base's file and the head's file. */
function pairsOf(
  questions: readonly SurfaceQuestion[],
  copies: ReadonlyMap<RepoPath, RepoPath>,
  head: TypeProgramInput,
): ReadonlyMap<string, readonly SurfaceQuestion[]> {
  const pairs = new Map<string, SurfaceQuestion[]>();
  for (const question of questions) {
    const copy = copies.get(question.base.file);
    if (copy === undefined || !head.texts.has(question.head.file)) continue;
    const key = `${copy}\0${question.head.file}`;
    pairs.set(key, [...(pairs.get(key) ?? []), question]);
  }
  return pairs;
}

function specifierOf(from: RepoPath, to: RepoPath): string {
  const up = directoryOf(from) === '' ? '' : '../'.repeat(directoryOf(from).split('/').length);
  return `${up === '' ? './' : up}${to.replace(/(?:\.d)?\.([cm]?)tsx?$/, '.$1js')}`;
}

function readAnswers(
  errors: readonly TypeDiagnostic[],
  { lines }: Probe,
  first: number,
  { isOpen }: BothRevisions,
  into: Answers,
): void {
  if (errors.some(({ line, code }) => line >= first && line < first + PROBE_HEADER && !isAboutStyle(code))) return;
  const byLine = new Map<number, TypeDiagnostic[]>();
  for (const error of errors) byLine.set(error.line, [...(byLine.get(error.line) ?? []), error]);
  const asked = new Map<SurfaceQuestion, Answered[]>();
  lines.forEach((line, index) => {
    const answer = fitOf(byLine.get(first + PROBE_HEADER + index) ?? []);
    asked.set(line.question, [...(asked.get(line.question) ?? []), { ...line, answer }]);
  });
  for (const [question, answered] of asked) {
    if (answered.some(({ answer }) => answer.nominal)) into.nominal.add(question.node);
    const whole = fitAt(answered, -1);
    if (whole === undefined) continue;
    const open = isOpen(question.head.file) || isOpen(question.base.file);
    const positions = question.positions.map(({ place }, index): PositionFit | undefined => {
      const fit = place === 'whole' || place === 'constraint' ? whole : fitAt(answered, index);
      return fit === undefined ? undefined : { ...fit, place };
    });
    const why = answered.find(({ position, answer }) => position === -1 && answer.why !== '')?.answer.why ?? '';
    const refused = answered.some(({ answer }) => answer.refused);
    const { reads, writes } = whole;
    into.verdicts.set(question.node, { reads, writes, why, refused, open, positions });
  }
}

interface Answer {
  /** `undefined`: assignability does not tell. */
  readonly fits: boolean | undefined;
  readonly why: string;
  readonly nominal: boolean;
  readonly refused: boolean;
}

type Answered = ProbeLine & { readonly answer: Answer };

/** Both ways; what was `any` and is no longer fits nowhere, what is `any` now takes everything. */
function fitAt(answered: readonly Answered[], position: number): Omit<PositionFit, 'place'> | undefined {
  const told = (asks: string): boolean | undefined => {
    const found = answered.filter((one) => one.position === position && one.asks === asks);
    if (found.length === 0 || found.some(({ answer }) => answer.fits === undefined)) return undefined;
    return found.every(({ answer }) => answer.fits);
  };
  const [reads, writes] = [told('reads'), told('writes')];
  if (reads === undefined || writes === undefined) return undefined;
  const wasAny = told('any-before') === false;
  const isAny = told('any-after') === false;
  const unknown = told('known-before') === true || told('known-after') === true;
  if (wasAny !== isAny) return { reads: !wasAny, writes: !wasAny, unknown };
  return { reads, writes, unknown };
}

/** Errors that say "not assignable", with all that TypeScript calls it. */
const NOT_ASSIGNABLE = new Set([2322, 2375, 2412, 2719, 2739, 2740, 2741, 2820, 4104]);
/** A type argument does not satisfy its constraint. */
const REFUSED = 2344;

function fitOf(errors: readonly TypeDiagnostic[]): Answer {
  const told = errors.filter(({ code }) => !isAboutStyle(code));
  const nominal = told.some(({ message }) => NOMINAL.test(message));
  const refused = told.some(({ code }) => code === REFUSED);
  const answer = { nominal, refused, why: told.length === 0 ? '' : lastLine(told[0]!.message) };
  if (told.length === 0) return { ...answer, fits: true };
  const isTold = !nominal && told.every(({ code }) => NOT_ASSIGNABLE.has(code) || code === REFUSED);
  return { ...answer, fits: isTold ? false : undefined };
}

/** Both revisions declare the class, so private members never fit: that says nothing. */
const NOMINAL = /separate declarations of a private|is (?:private|protected) in type|refers to a different member/;

/** Unused names, declarations that want annotations. */
function isAboutStyle(code: number): boolean {
  return (code >= 6000 && code < 7000) || (code >= 9000 && code < 10_000);
}

/** The innermost reason, with the probe's names taken out. */
function lastLine(message: string): string {
  const lines = message.split('\n');
  return lines[lines.length - 1]!.trim()
    .replaceAll(/\b__[BH]\.(?=\w)/g, '')
    .replaceAll(/import\("[^"]*"\)\./g, '');
}
