/**
 * Calls that no catalogue row is ever about, by their form alone: the language's own, and those of test runners and views.
 * They are most of the calls of a file; leaving them out is what keeps the facts small.
 */

/** Globals of the language and the runtime whose calls and members say nothing to another system. */
export const QUIET_GLOBALS: ReadonlySet<string> = new Set(
  `Array ArrayBuffer BigInt Boolean Date Error Float32Array Float64Array Int32Array Intl JSON Map Math Number Object Promise
  Proxy RangeError Reflect RegExp Set String Symbol SyntaxError TextDecoder TextEncoder TypeError Uint8Array Uint32Array WeakMap
  WeakRef WeakSet AbortController Blob File FormData Headers alert atob btoa cancelAnimationFrame clearInterval clearTimeout
  confirm console decodeURIComponent document encodeURIComponent expect isNaN parseFloat parseInt queueMicrotask
  requestAnimationFrame structuredClone undefined NaN Infinity assert describe it test beforeEach afterEach beforeAll afterAll jest vi
  performance localStorage sessionStorage history location URLSearchParams encodeURI decodeURI require module exports
  arguments isFinite Buffer setImmediate ResizeObserver IntersectionObserver MutationObserver CustomEvent Event
  defineProps defineEmits React suite`.split(/\s+/),
);

/** Packages and scopes (`@x/`) that only make views, tests, types or values. */
const QUIET_PACKAGES: ReadonlySet<string> = new Set(
  `react react-dom react-native vitest @jest/globals @testing-library/ clsx classnames tailwind-merge class-variance-authority lodash
  lodash-es ramda date-fns dayjs moment luxon uuid nanoid chalk node:path node:url node:util node:assert node:fs node:os node:test
  node:crypto node:buffer path fs os util url assert crypto lucide-react react-icons framer-motion motion chai sinon react-i18next
  next-intl i18next typescript bun:test class-validator class-transformer @nestjs/swagger @nestjs/testing @emotion/ styled-components
  react-hook-form @tanstack/react-table nuqs recharts zustand @radix-ui/ @playwright/ cypress immer invariant tslib`.split(
    /\s+/,
  ),
);

/** A package that no row is about. */
export function isQuietPackage(specifier: string): boolean {
  const [first = '', second = ''] = specifier.split('/', 2);
  if (!first.startsWith('@')) return QUIET_PACKAGES.has(first);
  return QUIET_PACKAGES.has(`${first}/${second}`) || QUIET_PACKAGES.has(`${first}/`);
}

/** Packages that describe the shape of values: of them only objects matter, whose keys name something. */
const SHAPE_PACKAGES = /^(?:zod(?:\/.*)?|yup|valibot|@sinclair\/typebox|joi)$/;

/** A name that describes shapes of values. */
export function describesShape(specifier: string, name: string): boolean {
  return name === 'z' || SHAPE_PACKAGES.test(specifier);
}

/** Methods of the language's own values. */
export const QUIET_METHODS: ReadonlySet<string> = new Set(
  `map filter reduce reduceRight forEach some every slice splice push pop shift unshift concat flat flatMap reverse sort toSorted
  toReversed indexOf lastIndexOf includes startsWith endsWith split trim trimStart trimEnd replace replaceAll toLowerCase toUpperCase
  padStart padEnd charAt charCodeAt codePointAt substring substr repeat localeCompare normalize toFixed toISOString getTime
  then catch finally hasOwnProperty call apply bind preventDefault stopPropagation addEventListener removeEventListener
  querySelector querySelectorAll getElementById appendChild setAttribute getAttribute focus blur toEqual toBe toMatchObject
  toHaveBeenCalled toHaveBeenCalledWith toThrow toStrictEqual toBeDefined toBeTruthy toHaveLength mockReturnValue mockResolvedValue
  mockImplementation entries keys values at fill findIndex findLast findLastIndex toLocaleString debug warn info error trace
  log min max nonempty nullable nullish trim email uuid describe regex positive`.split(/\s+/),
);

/** Methods that give what they are called on, or its text. */
export const SAME_VALUE: ReadonlySet<string> = new Set(['toString', 'trim', 'valueOf', 'href', 'bind']);

/** Methods that run a function once for each of many. */
export const EACH_METHODS: ReadonlySet<string> = new Set([
  'map',
  'forEach',
  'flatMap',
  'filter',
  'some',
  'every',
  'reduce',
]);

/** Methods of what handlers are given: answering says nothing about which route it is. */
export const QUIET_OF_PARAMETERS: ReadonlySet<string> = new Set(
  'json status end render redirect setHeader header text next sendStatus html formData arrayBuffer code type'.split(
    ' ',
  ),
);
