/** The type checker's part in a report: what it is asked, and what its answers mean. */
export { breakingNodes, settledChanges, typedOutcome, type TypedOutcome } from './apply.js';
export type { QuestionSource } from './question-source.js';
export { typeQuestions } from './questions.js';
export { typesReported } from './reported.js';
