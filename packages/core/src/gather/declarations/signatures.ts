/**
 * Signatures and type parameters as written.
 * In: nodes of a function, method or call signature. Out: plain records. Not here: members (members.ts).
 */
import type { DeclaredGeneric, DeclaredParameter, DeclaredSignature } from '../../model/declaration.js';
import { endOf, startOf, type Node } from '../facts/syntax.js';

/** Reads one text. */
export interface Source {
  readonly text: string;
  /** 1-based line of an offset. */
  lineAt(offset: number): number;
  /** A comment with `@deprecated` ends before that offset, with nothing but blanks between. */
  isDeprecated(offset: number): boolean;
}

/** A node's text on one line, comments taken out. Types are compared by it where nothing is known of them but how they are written. */
export function writtenText({ text }: Source, node: Node): string {
  return text
    .slice(startOf(node), endOf(node))
    .replaceAll(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/[^\n]*/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^\| /, '')
    .trim();
}

/** The type behind `: T`; `undefined` where none is written. */
export function annotationOf(source: Source, annotation: Node | null | undefined): string | undefined {
  return annotation ? writtenText(source, (annotation.typeAnnotation ?? annotation) as Node) : undefined;
}

/** `<T extends C = D>`. */
export function genericsOf(source: Source, parameters: Node | null | undefined): DeclaredGeneric[] {
  return ((parameters?.params ?? []) as Node[]).map(({ name, constraint, default: fallback }) => ({
    name: typeof name === 'string' ? name : ((name as Node).name as string),
    ...(constraint ? { constraint: writtenText(source, constraint as Node) } : {}),
    ...(fallback ? { default: writtenText(source, fallback as Node) } : {}),
  }));
}

/** The signature of any node that has `params` and `returnType`. */
export function signatureOf(source: Source, node: Node): DeclaredSignature {
  const all = (node.params as Node[]).map((one) => parameterOf(source, one));
  const receiver = all.find(({ name }) => name === 'this');
  const returns = annotationOf(source, node.returnType as Node | undefined);
  return {
    generics: genericsOf(source, node.typeParameters as Node | undefined),
    parameters: all.filter((one) => one !== receiver),
    ...(receiver?.type === undefined ? {} : { receiver: receiver.type }),
    ...(returns === undefined ? {} : { returns }),
    async: node.async === true,
  };
}

function parameterOf(source: Source, node: Node): DeclaredParameter {
  if (node.type === 'TSParameterProperty') return parameterOf(source, node.parameter as Node);
  const isDefault = node.type === 'AssignmentPattern';
  const target = (isDefault ? node.left : node.type === 'RestElement' ? node.argument : node) as Node;
  const type = annotationOf(source, (target.typeAnnotation ?? node.typeAnnotation) as Node | undefined);
  return {
    name: target.type === 'Identifier' ? (target.name as string) : target.type === 'ArrayPattern' ? '[]' : '{}',
    optional: isDefault || target.optional === true,
    rest: node.type === 'RestElement',
    ...(type === undefined ? {} : { type }),
  };
}
