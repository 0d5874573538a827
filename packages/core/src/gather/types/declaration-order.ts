/** The order of a symbol's declarations, which compilers keep in the order in which they met them. In: declarations. Out: the same, sorted. */
import { compareText, type TypedDeclaration } from '../../model/index.js';

/** By file, then by position; what lies outside the repository comes first. */
export function inOrder(declarations: readonly TypedDeclaration[]): readonly TypedDeclaration[] {
  return [...declarations].sort(
    (left, right) =>
      compareText(left.file ?? '', right.file ?? '') || left.start - right.start || compareText(left.name, right.name),
  );
}
