/**
 * What one file says, by itself: its declarations, what each refers to, its imports and exports.
 * In: one file's text and language. Out: plain records that any thread can send or cache.
 * Not here: paths, ids of other files, options. Two files with the same text have equal facts.
 * Source: ECMA-262 16.2 (import and export entries); docs/impact-model.md.
 */

/** Raised whenever the extractor would answer differently for some text: it is part of a cache key. */
export const FACTS_VERSION = 12;

/** How a text is parsed. `vue`, `svelte` and `astro` contribute their script blocks. */
export type Language = 'ts' | 'tsx' | 'js' | 'jsx' | 'dts' | 'vue' | 'svelte' | 'astro' | 'json';

/** Everything that is known of one file without looking at any other. */
export interface FileFacts {
  readonly language: Language;
  /** Index 0 is always the module initialiser. Parents come before their members. */
  readonly symbols: readonly SymbolFacts[];
  /** Every specifier the file names, in source order; the same specifier may occur in several kinds. */
  readonly requests: readonly ModuleRequest[];
  readonly imports: readonly ImportEntry[];
  readonly exports: readonly ExportEntry[];
  /** What references point to; a reference holds an index into this list. */
  readonly bindings: readonly Binding[];
  /** `declare global`, `declare module 'x'` and top-level names of a script: declared for other files too. */
  readonly ambient: readonly AmbientDeclaration[];
  /** Constructs that static reading can't follow to the end, each counted in the report. */
  readonly dynamic: readonly DynamicConstruct[];
  readonly problems: readonly FactsProblem[];
  /** The calls that may cross a system boundary, as one text: see `decodeCalls` (model/calls.ts). `''` where there are none. */
  readonly calls: string;
  readonly traits: FileTraits;
}

/** Facts about the file as a whole. */
export interface FileTraits {
  /** It has `import` or `export` syntax. A file without it is a script or CommonJS. */
  readonly esm: boolean;
  /** It assigns `module.exports` or `exports.x`, or calls `require`. */
  readonly cjs: boolean;
  /** It calls `describe`, `it` or `test` from a runner or as globals. */
  readonly callsTestApi: boolean;
  /** Hash of all that matters in the text: equal where only comments and format differ. Hex. */
  readonly content: string;
  /** Comments that mean something (`@ts-nocheck`, `@vitest-environment`, bundler directives …), in order. */
  readonly pragmas: readonly string[];
  /** `#!` line: the file is run directly. */
  readonly executable: boolean;
  /** Lines in the file, ≥ 1. */
  readonly lines: number;
}

/** What kind of node a symbol is; see "Nodes" in docs/impact-model.md. */
export type SymbolKind =
  | 'module'
  | 'function'
  | 'class'
  | 'variable'
  | 'enum'
  | 'interface'
  | 'type'
  | 'namespace'
  | 'export'
  | 'constructor'
  | 'method'
  | 'accessor'
  | 'property'
  | 'enum-member'
  | 'entry'
  /** All top-level statements of the file that mutate one bound value (rule 1). */
  | 'mutation';

/** Bits of {@link SymbolFacts.flags}. */
export const SymbolFlag = {
  /** Lives in the type space. */
  type: 1,
  /** Lives in the value space. */
  value: 2,
  static: 4,
  /** `private`, `protected` or `#name`. */
  hidden: 8,
  optional: 16,
  abstract: 32,
  /** Evaluated when the module is: its references are the initialiser's too. */
  eager: 64,
  /** Exported under some name from this file (directly; barrels are the linker's). */
  exported: 128,
  ambient: 256,
  async: 512,
  /** Its type is inferred from its body or initialiser. */
  inferred: 1024,
  /** A variable that can be assigned again, or an object some statement writes into. */
  mutable: 2048,
  /** An assignment, `extends` or spread means that the members listed are not all of them. */
  open: 4096,
  /** Code that is not seen may call its members: it is decorated, or extends something that is computed. */
  foreign: 8192,
  /** Its value is a function: making its owner does not run it. */
  lazy: 16384,
  /** It calls a computed member of something unknown: `x[name]()`. */
  callsAny: 32768,
  /** It reads a computed member of something unknown: `x[name]`. */
  readsAny: 65536,
  /** A function that runs nothing, writes nothing and only returns: what it is given is not run by calling it. */
  passive: 131072,
} as const;

/** One declaration, member or module initialiser. */
export interface SymbolFacts {
  /**
   * Qualified name, unique in its file: `Button`, `Button.render`, `routes.users.list`, `<module>`.
   * Merged declarations and overloads are one symbol. The initialiser is `<module>`,
   * an unnamed default export `default`, a mutation `app~`.
   */
  readonly name: string;
  readonly kind: SymbolKind;
  /** {@link SymbolFlag} bits. */
  readonly flags: number;
  /** Index of the enclosing symbol; −1 for declarations, mutations and the initialiser. */
  readonly parent: number;
  /** First and last line of the declaration, 1-based, inclusive. */
  readonly line: number;
  readonly endLine: number;
  /**
   * Hash of the symbol's own normalised content, members left out: comments, formatting and all binding names
   * (local, top-level, imported, its own) do not count. Which bindings it uses is in `references`, in order. Hex.
   */
  readonly content: string;
  /** The same over what others can see: signature, annotations, and, where the type is inferred, what it is inferred from. */
  readonly shape: string;
  /** The same over the part of the content that exists at run time (types erased). */
  readonly runtime: string;
  /** What its own text refers to (members have their own), in order of first occurrence, without repeats. */
  readonly references: readonly Reference[];
  /** For a class or interface: indexes into `references` of what it extends and implements. */
  readonly heritage?: readonly HeritageClause[];
  /**
   * Names of members that it uses at run time on receivers that binding can't follow (`x.run()`, `const { run } = x`),
   * in order of first occurrence, without repeats. Absent where there are none.
   */
  readonly members?: readonly string[];
  /** What its value is (a field's, a variable's, an accessor's): annotated, constructed, or another name for it. */
  readonly value?: ValuePlace;
  /** What calling it gives, promises unwrapped: annotated, or the same in every `return`. */
  readonly returns?: ValuePlace;
  /** Objects that it passes to calls. */
  readonly handed?: readonly HandedValue[];
  /**
   * What callers pass, where there is one signature and it is written here: `a,b?,...rest` in order, patterns as `{}` and `[]`,
   * `?` for what may be left out, a `this` left out. Empty: it takes nothing. Absent where it is not called, has several
   * signatures, or an annotation says what others see.
   */
  readonly parameters?: string;
}

/** A value by a path behind a binding; see {@link Reference.path}. */
export interface ValuePlace {
  /** Index into the file's `bindings`. */
  readonly binding: number;
  readonly path: readonly string[];
}

/** A value that is passed on, and to whom. */
export interface HandedValue extends ValuePlace {
  /** The callee; absent where binding can't name it. */
  readonly to?: ValuePlace;
}

/** One `extends` or `implements` of a class or interface. */
export interface HeritageClause {
  readonly kind: 'extends' | 'implements';
  /** Index into the file's `bindings`. */
  readonly binding: number;
  /** Property path behind the binding: `['Base']` in `extends ns.Base`. */
  readonly path: readonly string[];
}

/** Bits of {@link Reference.flags}. */
export const ReferenceFlag = {
  /** It exists at run time. Without it the reference is erased: compile world only. */
  runtime: 1,
  /** It stands in what others see (signature, annotation, inferred type): a compile-time change passes through. */
  surface: 2,
  /** It is evaluated while the module is, not when the symbol is called. */
  eager: 4,
  /** The path was read off a declared type (`x: Service; x.run()`), not off the value itself. */
  instance: 8,
  /** The path ends where the object escapes, is indexed or is spread: all members may be meant. */
  escapes: 16,
  /** The member at the end of the path is computed. */
  computed: 32,
  /** The value itself is only passed to the calls of `deferred`. */
  passed: 64,
} as const;

/** What a reference does with its target. */
export type ReferenceKind =
  | 'call'
  | 'construct'
  | 'read'
  | 'write'
  | 'extends'
  | 'implements'
  | 'decorate'
  | 'render'
  | 'type'
  | 'typeof'
  | 'mocks';

/** One use of a binding by a symbol; equal uses (with equal `deferred`) are recorded once, at the first. */
export interface Reference {
  /** Index into the file's `bindings`. */
  readonly binding: number;
  /** Static property path behind the binding: `['users', 'list']` in `routes.users.list`. Empty: the binding itself. Instance members are reached through `prototype`: `['prototype', 'render']`; what a call gives through `()`: `['()', 'render']`. */
  readonly path: readonly string[];
  readonly kind: ReferenceKind;
  /** {@link ReferenceFlag} bits, or-ed over the equal uses. */
  readonly flags: number;
  /** 1-based line of the first use. */
  readonly line: number;
  /**
   * Only in the initialiser's references: the use stands in a function (or is the value, see `passed`) that is passed to these
   * calls, outermost first. It runs with the module only where one of them runs what it is given.
   */
  readonly deferred?: readonly ValuePlace[];
}

/** What an identifier can be bound to at the file's top level. */
export type Binding =
  /** A symbol of this file. */
  | { readonly kind: 'symbol'; readonly symbol: number }
  /** An entry of `imports`. */
  | { readonly kind: 'import'; readonly import: number }
  /** The namespace of a module named in place: `import('./x')`, `require('./x').y`, `typeof import('./x')`. */
  | { readonly kind: 'request'; readonly request: number }
  /** No declaration in the file: a global, an ambient or an auto-imported name. */
  | { readonly kind: 'global'; readonly name: string };

/** By which syntax a file names another. */
export type RequestKind =
  | 'import'
  | 'export'
  | 'dynamic-import'
  | 'require'
  | 'require-resolve'
  | 'import-type'
  | 'reference-path'
  | 'reference-types'
  | 'glob'
  | 'url'
  | 'mock'
  | 'worker'
  /** What JSX elements call in the automatic transform: the specifier is a pragma's source; empty, the tsconfig's. */
  | 'jsx'
  /** A string that is a path by its shape and position (`path.join(__dirname, 'x.json')`). */
  | 'path'
  /** `declare module 'x'`. */
  | 'augmentation';

/** One place where a file names another module or file. */
export interface ModuleRequest {
  /** As written; the holes of a template string are `*` and `pattern` is then true. */
  readonly specifier: string;
  readonly kind: RequestKind;
  /** Erased: `import type`, or every name it brings is used as a type only (`elidable`). */
  readonly typeOnly: boolean;
  /** Not written `type`, but used in type positions only: dropped by the compiler unless `verbatimModuleSyntax`. */
  readonly elidable: boolean;
  /** Loading this file loads that one: a static import or export, a top-level `require`. */
  readonly eager: boolean;
  /** The specifier is a glob. */
  readonly pattern: boolean;
  /** 1-based. */
  readonly line: number;
}

/** ECMA-262's ImportEntry. */
export interface ImportEntry {
  /** Index into `requests`. */
  readonly request: number;
  /** The exported name; `*` for the namespace, `default`, `export=` for `require` and `import x = require()`. */
  readonly name: string;
  readonly local: string;
  readonly typeOnly: boolean;
  readonly line: number;
}

/** ECMA-262's local, indirect and star export entries. */
export type ExportEntry =
  /** `name` is `export=` for `export =` and `module.exports =`. */
  | {
      readonly kind: 'local';
      readonly name: string;
      readonly symbol: number;
      readonly typeOnly: boolean;
      readonly line: number;
    }
  /** `importName` is `*` for `export * as ns`. */
  | {
      readonly kind: 'indirect';
      readonly name: string;
      readonly request: number;
      readonly importName: string;
      readonly typeOnly: boolean;
      readonly line: number;
    }
  | { readonly kind: 'star'; readonly request: number; readonly typeOnly: boolean; readonly line: number };

/** A declaration that other files see without importing it. */
export interface AmbientDeclaration {
  /** Index into `symbols`. */
  readonly symbol: number;
  /** The name by which others see it. */
  readonly name: string;
  /** The module of `declare module 'x'` as an index into `requests`; −1 for the global scope. */
  readonly request: number;
  /**
   * The symbol does not declare the name but assigns it, or what is at this path behind it (`['view']` in `App.view = …`).
   * Absent for declarations.
   */
  readonly path?: readonly string[];
}

/** A construct whose targets can't all be read from the text. */
export interface DynamicConstruct {
  readonly kind:
    'dynamic-import' | 'dynamic-require' | 'eval' | 'computed-member' | 'reflect' | 'proxy' | 'with' | 'glob';
  /** Index into `symbols`: who does it. */
  readonly symbol: number;
  readonly line: number;
  /** Whatever of the target is static: `./handlers/` of `import('./handlers/' + name)`. May be empty. */
  readonly hint: string;
}

/** What was wrong with the text. The rest of the facts hold. */
export interface FactsProblem {
  readonly kind: 'syntax' | 'binary' | 'too-large' | 'template';
  readonly line: number;
  readonly message: string;
}
