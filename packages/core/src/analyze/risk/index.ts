/** From the analysis to sensitive-change flags. */
export { classify, NO_REACH, type Classified, type ClassifySource } from './classify.js';
export type { AnyClassifier, Classifier, RiskSource } from './classifier.js';
