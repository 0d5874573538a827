/**
 * Whether what a changed symbol declares in the head fits where the base's declaration stood, and the other way round.
 * The base's texts of changed files are put beside the head's under other names, and a probe file assigns one to the other.
 * In: both revisions' inputs, questions. Out: an input with probes, then verdicts from its errors. Source: docs/types.md.
 * Not here: which symbols are asked about (analyze/types), the checkers.
 */
import { directoryOf, type RepoPath, type SurfaceQuestion, type SurfaceVerdict } from '../../model/index.js';
import type { TypeDiagnostic, TypeProgram, TypeProgramInput } from '../../model/types.js';

/** An input that holds both revisions, and where its questions stand. */
export interface ProbedInput {
  readonly input: TypeProgramInput;
  /** By probe file; the first question's two assignments stand in {@link FIRST_LINE} and the next one, and so on. */
  readonly probes: ReadonlyMap<RepoPath, readonly SurfaceQuestion[]>;
}

/** Lines before the first assignment of a probe. */
const HEADER = [
  'type Call<T> = T extends (...given: infer A) => infer R ? (...given: A) => R : T;',
  'type Make<T extends abstract new (...given: never) => unknown> = (...given: ConstructorParameters<T>) => void;',
];
const FIRST_LINE = HEADER.length + 3;

/** Puts the base's changed files and one probe for each pair of files into the head's input. */
export function probedInput(
  base: TypeProgramInput,
  head: TypeProgramInput,
  questions: readonly SurfaceQuestion[],
): ProbedInput {
  const copies = copiesOf(base, head);
  const texts = new Map(head.texts);
  const resolutions = new Map(head.resolutions);
  for (const [path, copy] of copies) {
    texts.set(copy, base.texts.get(path)!);
    const leads = [...(base.resolutions.get(path) ?? [])];
    resolutions.set(copy, new Map(leads.map(([specifier, to]) => [specifier, copies.get(to) ?? to])));
  }
  const probes = new Map<RepoPath, SurfaceQuestion[]>();
  for (const question of questions) {
    const copy = copies.get(question.base.file);
    if (copy === undefined || !head.texts.has(question.head.file)) continue;
    const probe = freeName(`${question.head.file.replace(/\.[^./]+$/, '')}.probe.ts`, head.texts);
    probes.set(probe, [...(probes.get(probe) ?? []), question]);
    resolutions.set(
      probe,
      new Map([
        [specifierOf(probe, copy), copy],
        [specifierOf(probe, question.head.file), question.head.file],
      ]),
    );
  }
  for (const [probe, asked] of probes) {
    texts.set(probe, probeText(probe, copies.get(asked[0]!.base.file)!, asked));
  }
  const roots = [...head.roots, ...probes.keys()];
  return { input: { ...head, texts, resolutions, roots }, probes };
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

function probeText(probe: RepoPath, copy: RepoPath, questions: readonly SurfaceQuestion[]): string {
  const lines = questions.flatMap((question, index) => {
    const before = typeText('B', question.base.name, question);
    const after = typeText('H', question.head.name, question);
    return [
      `export declare const h${index}: ${after}; export const f${index}: ${before} = h${index};`,
      `export declare const b${index}: ${before}; export const r${index}: ${after} = b${index};`,
    ];
  });
  const head = questions[0]!.head.file;
  const imports = [
    `import type * as B from '${specifierOf(probe, copy)}';`,
    `import type * as H from '${specifierOf(probe, head)}';`,
  ];
  return [...imports, ...HEADER, ...lines, ''].join('\n');
}

function specifierOf(from: RepoPath, to: RepoPath): string {
  const folder = directoryOf(from);
  return `./${to.slice(folder === '' ? 0 : folder.length + 1).replace(/(?:\.d)?\.([cm]?)tsx?$/, '.$1js')}`;
}

function typeText(space: 'B' | 'H', name: string, { kind, path }: SurfaceQuestion): string {
  const root = `${space}.${name}`;
  const members = path.map((part) => `[${JSON.stringify(part)}]`).join('');
  if (kind === 'type') return `${root}${members}`;
  if (kind === 'constructor') return `Make<typeof ${root}>`;
  if (kind === 'method') return `Call<${root}${members}>`;
  const value = path.length === 0 ? `typeof ${root}` : `(typeof ${root})${members}`;
  return kind === 'static-method' ? `Call<${value}>` : value;
}

/**
 * Reads the verdicts off the probes' errors. Where something stays unknown to the checker, only what it disproves counts.
 * @param isOpen files whose types hold something unknown.
 */
export function surfaceVerdicts(
  program: TypeProgram,
  probes: ProbedInput['probes'],
  isOpen: (file: RepoPath) => boolean,
): ReadonlyMap<number, SurfaceVerdict> {
  const verdicts = new Map<number, SurfaceVerdict>();
  for (const [probe, questions] of probes) {
    const errors = program.diagnostics(probe);
    if (errors.some(({ line, code }) => line < FIRST_LINE && !isAboutStyle(code))) continue;
    questions.forEach((question, index) => {
      const line = FIRST_LINE + 2 * index;
      const forward = fits(errors.filter((one) => one.line === line));
      const backward = fits(errors.filter((one) => one.line === line + 1));
      const verdict = verdictOf(question, forward, backward);
      if (verdict === undefined) return;
      if (verdict.compatibility !== 'breaking' && (isOpen(question.head.file) || isOpen(question.base.file))) return;
      verdicts.set(question.node, verdict);
    });
  }
  return verdicts;
}

/** `undefined`: not told by assignability. */
type Fit = { readonly fits: boolean; readonly why: string } | undefined;

/** Errors that say "not assignable", with all that TypeScript calls it. */
const NOT_ASSIGNABLE = new Set([2322, 2375, 2412, 2719, 2739, 2740, 2741, 2820, 4104]);

function fits(errors: readonly TypeDiagnostic[]): Fit {
  const told = errors.filter(({ code }) => !isAboutStyle(code));
  if (told.length === 0) return { fits: true, why: '' };
  const [first] = told;
  if (told.some(({ code, message }) => !NOT_ASSIGNABLE.has(code) || NOMINAL.test(message))) return undefined;
  return { fits: false, why: lastLine(first!.message) };
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
  return lines[lines.length - 1]!.trim().replaceAll(/\b[BH]\.(?=\w)/g, '');
}

function verdictOf({ kind }: SurfaceQuestion, forward: Fit, backward: Fit): SurfaceVerdict | undefined {
  if (forward === undefined || backward === undefined) return undefined;
  if (forward.fits && backward.fits) return { compatibility: 'neutral', rule: 'assignable both ways' };
  const isValue = kind !== 'type';
  if (forward.fits && isValue) return { compatibility: 'additive', rule: 'fits wherever it stood before' };
  if (forward.fits) return { compatibility: 'breaking', rule: `values made as before no longer fit: ${backward.why}` };
  return { compatibility: 'breaking', rule: `does not fit where it stood before: ${forward.why}` };
}
