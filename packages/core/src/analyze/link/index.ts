/** Linking two revisions into one symbol graph. */
export { link, type Linked } from './link.js';
export { exportedNames, resolveExport } from './export-resolution.js';
export { createModuleTable, exportsOf } from './module-table.js';
export { matchSymbols, type FactsPair, type SymbolMatch, type SymbolPlace } from './identity.js';
export { packageOf } from './external-edges.js';
export { traced, type Trace } from './trace.js';
