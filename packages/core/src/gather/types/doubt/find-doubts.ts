/**
 * Where the absence of an error proves nothing: something without a known type meets what a change affects.
 * In: one file of a program, the affected and the tainted declarations. Out: places. The rules are the same for both engines.
 * Source: docs/types.md, "Doubt". Not here: what has no known type (loose-nodes.ts), which files are worth asking (analyze/types).
 */
import type TS from 'typescript';
import { compareText, type DoubtFlow, type LineRanges, type TypeDoubt } from '../../../model/index.js';
import type { CheckerView, Syntax } from './checker-view.js';
import { heritageOf, looseNodesOf, type LooseNode } from './loose-nodes.js';
import { affectedTests, isWithin, type AffectedTests } from './type-inspector.js';
import { isLocal, namesSomething, sourceOf, sourcesOf } from './value-sources.js';

/** See `TypeProgram.doubts`. Answers to one `affected` object are remembered: it must not change. */
export type DoubtFinder = (source: TS.SourceFile, affected: LineRanges, tainted: LineRanges) => readonly TypeDoubt[];

/** For one state of a program. Time about that of checking the file, once; next to nothing when only `tainted` grew. */
export function createDoubtFinder<T extends object, S extends object>(view: CheckerView<T, S>): DoubtFinder {
  const looseIn = remembered(looseNodesOf(view));
  const unprovenIn = remembered((affected: LineRanges) => {
    const tests = affectedTests(view, affected);
    return remembered(
      (source: TS.SourceFile): ReadonlyMap<LooseNode<S>, DoubtFlow> =>
        new Map(
          looseIn(source).flatMap((one) => {
            const flow = unprovenFlow(view, tests, one);
            return flow === undefined ? [] : [[one, flow] as const];
          }),
        ),
    );
  });
  return (source, affected, tainted) => {
    const unproven = unprovenIn(affected)(source);
    const isTainted = ({ symbol }: LooseNode<S>): boolean => symbol !== undefined && isTaintedBy(view, tainted, symbol);
    const doubtful = looseIn(source).flatMap((one): Doubtful[] => {
      if (isTainted(one)) return [{ ...one, flow: 'both' }];
      const flow = unproven.get(one);
      return flow === undefined ? [] : [{ ...one, flow }];
    });
    return placesOf(view.syntax, source, doubtful);
  };
}

function remembered<K extends object, V>(ask: (key: K) => V): (key: K) => V {
  const answers = new WeakMap<K, { readonly answer: V }>();
  return (key) => {
    const known = answers.get(key) ?? { answer: ask(key) };
    answers.set(key, known);
    return known.answer;
  };
}

interface Doubtful extends Pick<LooseNode<unknown>, 'node' | 'isAny'> {
  readonly flow: DoubtFlow;
}

function placesOf(syntax: Syntax, source: TS.SourceFile, nodes: readonly Doubtful[]): readonly TypeDoubt[] {
  const found = new Map<string, TypeDoubt>();
  for (const { node, flow, isAny } of nodes) {
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    const written = syntax.isTypeNode(node) || syntax.isClassLike(node);
    const key = `${line} ${written} ${flow}`;
    const bare = (isAny && !syntax.isAsExpression(node.parent)) || found.get(key)?.bare === true;
    found.set(key, { line, written, flow, bare });
  }
  return [...found.values()].sort(
    (left, right) =>
      left.line - right.line || Number(left.written) - Number(right.written) || compareText(left.flow, right.flow),
  );
}

function isTaintedBy<T extends object, S extends object>(
  view: CheckerView<T, S>,
  tainted: LineRanges,
  symbol: S,
): boolean {
  if (tainted.size === 0) return false;
  return view.declarationsOf(symbol).some((one) => isWithin(tainted, one) && !isLocal(view.syntax, one.node()!));
}

/** One program under one set of affected declarations. */
interface Question<T extends object, S extends object> {
  readonly view: CheckerView<T, S>;
  readonly tests: AffectedTests<T, S>;
}

/** Which way something unknown and something affected meet there; `undefined` where they do not. */
function unprovenFlow<T extends object, S extends object>(
  view: CheckerView<T, S>,
  tests: AffectedTests<T, S>,
  { node, isAny }: LooseNode<S>,
): DoubtFlow | undefined {
  const { syntax } = view;
  const question = { view, tests };
  // `class X extends Unknown implements Affected`: whether it implements it is not known.
  if (syntax.isClassLike(node)) return heritageOf(node).some((type) => mentionsAt(question, type)) ? 'both' : undefined;
  // `Unknown<Affected>`.
  if (syntax.isTypeReferenceNode(node))
    return isAny && [...(node.typeArguments ?? [])].some((one) => mentionsAt(question, one)) ? 'both' : undefined;
  const expected = isExpectedThere(syntax, node) ? view.expectedAt(node as TS.Expression) : undefined;
  const isTaken = expected !== undefined && tests.mentions(expected);
  const isGiven = isAny && meetsAffected(question, node);
  if (isGiven && isMocked(syntax, node)) return 'in';
  if (isTaken) return isGiven ? 'both' : 'in';
  return isGiven ? 'out' : undefined;
}

function mentionsAt<T extends object, S extends object>({ view, tests }: Question<T, S>, node: TS.Node): boolean {
  const type = view.typeAt(node);
  return type !== undefined && tests.mentions(type);
}

/** Nothing is expected of what is called, of what a member is taken from, of a statement: a question less. */
function isExpectedThere(syntax: Syntax, node: TS.Node): boolean {
  const { parent } = node;
  if (syntax.isPropertyAccessExpression(parent) || syntax.isElementAccessExpression(parent)) return false;
  if (syntax.isCallOrNewExpression(parent)) return parent.expression !== node;
  return !syntax.isExpressionStatement(parent);
}

/** `vi.mocked(load)`, `jest.mocked(load)`: what follows makes the values that `load` gives. */
function isMocked(syntax: Syntax, node: TS.Node): boolean {
  return syntax.isPropertyAccessExpression(node) && node.name.text === 'mocked';
}

/** An unknown callee given affected arguments, an unknown operand beside an affected one. */
function meetsAffected<T extends object, S extends object>(question: Question<T, S>, node: TS.Node): boolean {
  const { syntax } = question.view;
  const { parent } = node;
  const isMentioned = (other: TS.Node): boolean => mentionsAt(question, other) || readsAffected(question, other);
  if (syntax.isCallOrNewExpression(parent) && parent.expression === node)
    return [...(parent.arguments ?? [])].some(isMentioned);
  if (
    syntax.isTaggedTemplateExpression(parent) &&
    parent.tag === node &&
    syntax.isTemplateExpression(parent.template)
  ) {
    return [...parent.template.templateSpans].some((span) => isMentioned(span.expression));
  }
  if (syntax.isJsxOpeningLikeElement(parent) && parent.tagName === node) return isMentioned(parent.attributes);
  if (!syntax.isBinaryExpression(parent) || !COMPARES_OR_ASSIGNS.test(parent.operatorToken.getText())) return false;
  return isMentioned(parent.left === node ? parent.right : parent.left);
}

const COMPARES_OR_ASSIGNS = /[=<>]|^(?:in|instanceof)$/;

/** Its value was read off an affected declaration, whatever the type; through operands, entries and locals. */
function readsAffected<T extends object, S extends object>({ view, tests }: Question<T, S>, node: TS.Node): boolean {
  const { syntax } = view;
  const seen = new Set<TS.Node>([node]);
  for (const at of seen) {
    for (const source of sourcesOf(syntax, at)) seen.add(source);
    const symbol = namesSomething(syntax, at) ? view.symbolAt(at) : undefined;
    if (symbol === undefined) continue;
    const declaration = view.declarationsOf(symbol)[0]?.node();
    if (declaration === undefined || !isLocal(syntax, declaration)) {
      if (tests.isAffected(view.resolved(symbol))) return true;
      continue;
    }
    const { property, value } = sourceOf(syntax, declaration);
    if (property !== undefined && readsProperty({ view, tests }, property)) return true;
    if (value !== undefined) seen.add(value);
  }
  return false;
}

function readsProperty<T extends object, S extends object>(
  { view, tests }: Question<T, S>,
  element: TS.BindingElement,
): boolean {
  const name = element.propertyName ?? element.name;
  if (!view.syntax.isIdentifier(name) && !view.syntax.isStringLiteral(name)) return false;
  const whole = view.typeAt(element.parent);
  const property = whole === undefined ? undefined : view.propertyOf(whole, name.text);
  return property !== undefined && tests.isAffected(property);
}
