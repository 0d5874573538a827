/**
 * The lines by which a checker is asked whether one revision of a declaration fits where the other stands.
 * In: questions about one pair of files. Out: text to be put behind the base's copy (so that constraints mean what they mean there),
 * and what each line asks. Not here: reading the errors (compatibility.ts).
 */
import type { SurfaceQuestion } from '../../model/index.js';

/** What one line asks: of the whole (−1) or of a position, whether it fits one way, is `any`, or is known at all (no error: it is not). */
export interface ProbeLine {
  readonly question: SurfaceQuestion;
  readonly position: number;
  readonly asks: 'reads' | 'writes' | 'any-before' | 'any-after' | 'known-before' | 'known-after';
}

/** Text and what its lines ask, `lines[0]` in the first line behind {@link PROBE_HEADER}. */
export interface Probe {
  readonly text: string;
  readonly lines: readonly ProbeLine[];
}

/** Lines before the first question; the first two import both revisions. */
export const PROBE_HEADER = 5;

/** `before` and `after` are specifiers of the two revisions. */
export function probeOf(questions: readonly SurfaceQuestion[], before: string, after: string): Probe {
  const written = questions.flatMap((question) => questionLines(question));
  const header = [
    `import type * as __B from '${before}';`,
    `import type * as __H from '${after}';`,
    'type __Call<T> = T extends (...given: infer A) => infer R ? (...given: A) => R : T;',
    'type __Make<T extends abstract new (...given: never) => unknown> = (...given: ConstructorParameters<T>) => void;',
    'type __Any<T> = 0 extends 1 & T ? true : false;',
  ];
  const text = written.map(({ text: body }, index) => `function __p${index}${body}`);
  return { text: `\n${[...header, ...text, ''].join('\n')}`, lines: written.map(({ line }) => line) };
}

interface Written {
  readonly text: string;
  readonly line: ProbeLine;
}

function questionLines(question: SurfaceQuestion): Written[] {
  const wholes = wholeTypes('__B', question).map(
    (before, index) => [before, wholeTypes('__H', question)[index]!] as const,
  );
  const whole = wholes.flatMap(([before, after]) => comparison(question, -1, before, after));
  const positions = question.positions.flatMap((_, index) => {
    const before = positionType('__B', question, index);
    const after = positionType('__H', question, index);
    if (before === undefined || after === undefined) return [];
    return comparison(question, index, before, after, question.positions[index]!.place === 'return');
  });
  return [...whole, ...positions];
}

/** `isResult`: a function that gives something fits where one that gives nothing (`void`) is expected. */
function comparison(
  question: SurfaceQuestion,
  position: number,
  before: string,
  after: string,
  isResult = false,
): Written[] {
  const whole = (type: string): string => (isResult ? `() => ${type}` : type);
  const declared = question.generics?.declared ?? '';
  const line = (asks: ProbeLine['asks'], given: string, wanted: string): Written => ({
    text: `${declared}(given: ${given}): ${wanted} { return given; }`,
    line: { question, position, asks },
  });
  return [
    line('reads', whole(after), whole(before)),
    line('writes', whole(before), whole(after)),
    line('any-before', `__Any<${before}>`, 'false'),
    line('any-after', `__Any<${after}>`, 'false'),
    line('known-before', 'string', `__Any<${before}>`),
    line('known-after', 'string', `__Any<${after}>`),
  ];
}

/** Methods are compared as they are, which sees their type parameters, and by their parameters, which is strict. */
function wholeTypes(space: '__B' | '__H', question: SurfaceQuestion): string[] {
  const type = typeText(space, question);
  if (question.kind === 'constructor') return [`__Make<${type}>`];
  if (question.kind === 'class') return [`typeof ${rootOf(space, question)}`, type];
  return question.kind === 'method' || question.kind === 'static-method' ? [`__Call<${type}>`, type] : [type];
}

function rootOf(space: '__B' | '__H', { base, head }: SurfaceQuestion): string {
  return `${space}.${space === '__B' ? base.name : head.name}`;
}

function typeText(space: '__B' | '__H', question: SurfaceQuestion): string {
  const { kind, path, generics } = question;
  const root = rootOf(space, question);
  const members = path.map((part) => `[${JSON.stringify(part)}]`).join('');
  if (kind === 'constructor') return `typeof ${root}`;
  if (kind === 'type' || kind === 'method' || kind === 'class')
    return `${root}${(space === '__B' ? generics?.base : generics?.head) ?? ''}${members}`;
  return path.length === 0 ? `typeof ${root}` : `(typeof ${root})${members}`;
}

/** `undefined`: the whole is the position. */
function positionType(space: '__B' | '__H', question: SurfaceQuestion, index: number): string | undefined {
  const { place, index: at, optional } = question.positions[index]!;
  const type = typeText(space, question);
  const callable = `NonNullable<${type}>`;
  if (place === 'whole' || place === 'constraint') return undefined;
  if (place === 'return') return `ReturnType<${callable}>`;
  if (place === 'receiver') return `ThisParameterType<${callable}>`;
  const parameters = question.kind === 'constructor' ? `ConstructorParameters<${type}>` : `Parameters<${callable}>`;
  return optional === true ? `Exclude<${parameters}[${at}], undefined>` : `${parameters}[${at}]`;
}
