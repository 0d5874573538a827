/**
 * What the rules of doubt need of a checker: nodes, types and symbols of either compiler, and questions about them.
 * Both have the same syntax tree by the same names, so its predicates are taken as those of `typescript`; types and symbols stay
 * opaque. Not here: the two views (ts-morph/checker-view.ts, native/checker-view.ts), the rules (find-doubts.ts, type-inspector.ts).
 */
import type TS from 'typescript';
import type { RepoPath } from '../../../model/index.js';

/** The part of a compiler that tells nodes apart. */
export type Syntax = Pick<
  typeof TS,
  | 'forEachChild'
  | 'isArrayBindingPattern'
  | 'isArrayLiteralExpression'
  | 'isArrowFunction'
  | 'isAsExpression'
  | 'isAwaitExpression'
  | 'isBinaryExpression'
  | 'isBindingElement'
  | 'isBlock'
  | 'isCallExpression'
  | 'isCallOrNewExpression'
  | 'isClassLike'
  | 'isConditionalExpression'
  | 'isElementAccessExpression'
  | 'isExportDeclaration'
  | 'isExpression'
  | 'isExpressionStatement'
  | 'isFunctionLike'
  | 'isHeritageClause'
  | 'isIdentifier'
  | 'isImportDeclaration'
  | 'isJsxAttribute'
  | 'isJsxAttributes'
  | 'isJsxExpression'
  | 'isJsxOpeningLikeElement'
  | 'isJsxSpreadAttribute'
  | 'isNewExpression'
  | 'isNonNullExpression'
  | 'isObjectBindingPattern'
  | 'isObjectLiteralExpression'
  | 'isParameter'
  | 'isParenthesizedExpression'
  | 'isPropertyAccessExpression'
  | 'isPropertyAssignment'
  | 'isSatisfiesExpression'
  | 'isShorthandPropertyAssignment'
  | 'isSpreadAssignment'
  | 'isSpreadElement'
  | 'isStringLiteral'
  | 'isTaggedTemplateExpression'
  | 'isTemplateExpression'
  | 'isTypeNode'
  | 'isTypeReferenceNode'
  | 'isVariableDeclaration'
> & { isExtends(clause: TS.HeritageClause): boolean };

/** A declaration in the repository. */
export interface DeclarationPlace {
  readonly file: RepoPath;
  /** Its node; `undefined` where the compiler no longer has it. */
  node(): TS.Node | undefined;
}

/** One state of a program. `undefined` for a type: the compiler cannot hand it out; such a type holds nothing itself. */
export interface CheckerView<T extends object, S extends object> {
  readonly syntax: Syntax;
  /** Asks for the types of many nodes at once, where that is cheaper than one by one. */
  foreseeTypes(nodes: readonly TS.Node[]): void;
  foreseeSymbols(nodes: readonly TS.Node[]): void;
  typeAt(node: TS.Node): T | undefined;
  /** As it stands there: an alias is itself. */
  symbolAt(node: TS.Node): S | undefined;
  /** What is expected of an expression by where it stands. */
  expectedAt(node: TS.Expression): T | undefined;
  propertyOf(type: T, name: string): S | undefined;
  /** Itself, or what an alias stands for in the end. */
  resolved(symbol: S): S;
  /** The declarations in the repository. */
  declarationsOf(symbol: S): readonly DeclarationPlace[];
  isAny(type: T): boolean;
  /** The checker has one `any` that was meant and one for what it does not know: the second. */
  isUnknown(type: T): boolean;
  isObject(type: T): boolean;
  isClassOrInterface(type: T): boolean;
  isAnonymous(type: T): boolean;
  /** Declared outside of the repository. */
  isForeign(type: T): boolean;
  /** Its own symbol and that of its alias. */
  namesOf(type: T): readonly S[];
  /**
   * Types of a union or intersection, type arguments, both sides of an indexed access or condition.
   * `undefined` where the compiler cannot say: then anything may be in it.
   */
  partsOf(type: T): readonly T[] | undefined;
  /** Of a type parameter. */
  constraintOf(type: T): T | undefined;
  basesOf(type: T): readonly T[];
  membersOf(type: T): readonly S[];
  typesOf(symbols: readonly S[]): readonly (T | undefined)[];
  /** Of all call and construct signatures. */
  parametersOf(type: T): readonly S[];
  resultsOf(type: T): readonly T[];
  indexTypesOf(type: T): readonly T[];
}
