/**
 * A signature's parameters in writing, as far as a caller counts them: names, what may be left out, what takes the rest.
 * In: parameter nodes. Out: one short text, see `SymbolFacts.parameters`. Not here: their types.
 */
import type { Node } from './syntax.js';

/** `a,b?,...rest`. */
export function writtenParameters(parameters: readonly Node[]): string {
  const written = parameters.map(writtenParameter);
  return (written[0] === 'this' ? written.slice(1) : written).join(',');
}

function writtenParameter(parameter: Node): string {
  switch (parameter.type) {
    case 'TSParameterProperty':
      return writtenParameter(parameter.parameter as Node);
    case 'AssignmentPattern':
      return `${nameOf(parameter.left as Node)}?`;
    case 'RestElement':
      return `...${nameOf(parameter.argument as Node)}`;
    default:
      return `${nameOf(parameter)}${parameter.optional ? '?' : ''}`;
  }
}

function nameOf(pattern: Node): string {
  if (pattern.type === 'ObjectPattern') return '{}';
  return pattern.type === 'Identifier' ? (pattern.name as string) : '[]';
}
