/**
 * The compiler options that decide what is an error, taken from a tsconfig and made the same for every checker.
 * In: options as written. Out: plain options. Left out: whatever names a path, a type package or a plug-in (we resolve
 * ourselves), and what only concerns output. Modules are always read as bundlers do: `import` and `require` side by side.
 */

/** Options that are taken over as they are. */
const KEPT = [
  'allowArbitraryExtensions',
  'allowUmdGlobalAccess',
  'checkJs',
  'emitDecoratorMetadata',
  'exactOptionalPropertyTypes',
  'experimentalDecorators',
  'jsx',
  'jsxFactory',
  'jsxFragmentFactory',
  'jsxImportSource',
  'lib',
  'noImplicitAny',
  'noImplicitOverride',
  'noImplicitReturns',
  'noImplicitThis',
  'noPropertyAccessFromIndexSignature',
  'noUncheckedIndexedAccess',
  'strict',
  'strictBindCallApply',
  'strictBuiltinIteratorReturn',
  'strictFunctionTypes',
  'strictNullChecks',
  'strictPropertyInitialization',
  'useDefineForClassFields',
  'useUnknownInCatchVariables',
] as const;

const FIXED = {
  allowImportingTsExtensions: true,
  allowJs: true,
  allowSyntheticDefaultImports: true,
  esModuleInterop: true,
  module: 'preserve',
  moduleDetection: 'auto',
  moduleResolution: 'bundler',
  noEmit: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  types: [],
} as const;

/** Checkers of today know these and no older ones. */
const TARGET = /^es(?:20\d\d|6|next)$/i;

/** See the head of this file. Never throws; options of a wrong type are left out. Keys are sorted: equal options, equal JSON. */
export function compilerOptionsOf(written: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const options: Record<string, unknown> = { strict: false, ...FIXED, target: targetOf(written['target']) };
  for (const name of KEPT) if (isPlain(written[name])) options[name] = written[name];
  if (options['jsx'] === undefined) options['jsx'] = 'preserve';
  return Object.fromEntries(Object.entries(options).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** What a file has that no tsconfig governs. */
export const UNGOVERNED = compilerOptionsOf({ strict: true, target: 'esnext' });

function targetOf(written: unknown): string {
  if (typeof written !== 'string') return 'es2022';
  return TARGET.test(written) ? written.toLowerCase() : 'es2015';
}

function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((one) => typeof one === 'string' && !one.includes('/'));
  return typeof value === 'boolean' || (typeof value === 'string' && !value.startsWith('.'));
}
