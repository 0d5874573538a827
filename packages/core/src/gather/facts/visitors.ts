/**
 * The table of visitors that the walk is given: one per node type, from the visit-*.ts files.
 */
import { CALL_VISITORS } from './visit-calls.js';
import { CLASS_VISITORS } from './visit-classes.js';
import { EXPRESSION_VISITORS } from './visit-expressions.js';
import { FUNCTION_VISITORS } from './visit-functions.js';
import { JSX_VISITORS } from './visit-jsx.js';
import { STATEMENT_VISITORS } from './visit-statements.js';
import { TYPE_DECLARATION_VISITORS } from './visit-type-declarations.js';
import { TYPE_VISITORS } from './visit-types.js';
import type { Visitor } from './walk.js';

/** All visitors, by node type; other types are read child by child. */
export const VISITORS: Readonly<Record<string, Visitor>> = {
  __proto__: null as never,
  ...CALL_VISITORS,
  ...CLASS_VISITORS,
  ...EXPRESSION_VISITORS,
  ...FUNCTION_VISITORS,
  ...JSX_VISITORS,
  ...STATEMENT_VISITORS,
  ...TYPE_DECLARATION_VISITORS,
  ...TYPE_VISITORS,
};
