/**
 * One file's rows of the prepared index, decoded when that file is looked at.
 * In: the columns and a path. Out: plain records. Not here: opening the index, comparing.
 */
import { NODE_KINDS, type NodeKind } from '../model/graph.js';
import {
  EXPORT_ROWS,
  OFFERING_ROLES,
  REACH_WORDS,
  SENSITIVE_KINDS,
  UNSEEN_KINDS,
  type DependentCounts,
  type OfferingRole,
  type SensitiveKind,
  type U32Column,
  type UnseenKind,
} from '../model/lint-index.js';
import type { RepoPath } from '../model/path.js';
import type { LintColumns } from './format.js';

/** Who depends on something. */
export interface Dependents extends DependentCounts {
  /** A few of the direct ones: other packages first; tests only where nobody else uses it. */
  readonly named: readonly RepoPath[];
}

/** A symbol as the base has it. */
export interface IndexedSymbol {
  readonly name: string;
  readonly kind: NodeKind;
  /** `SymbolFlag` bits. */
  readonly flags: number;
  /** Index in the file's symbols; −1 at the top. */
  readonly parent: number;
  /** Hex, as in `SymbolFacts`. */
  readonly content: string;
  readonly shape: string;
  /** See `referenceDigests`. */
  readonly uses: number;
  readonly surface: number;
  readonly parameters?: string;
  /** Why a change of it wants care. */
  readonly sensitive: readonly SensitiveKind[];
  readonly dependents: Dependents;
}

/** An exported name as the base has it. */
export interface IndexedExport {
  readonly kind: (typeof EXPORT_ROWS)[number];
  /** For `star`, the specifier. */
  readonly name: string;
  /** Index in the file's symbols; −1 where it is declared elsewhere. */
  readonly symbol: number;
  /** What a forwarded name stands for: see `forwardedTarget`. */
  readonly target?: string;
  readonly dependents: Dependents;
}

/** Something that the base offers to other systems; files of which others take nothing have none. */
export interface IndexedContract {
  readonly role: OfferingRole;
  /** As a survey of the text alone says it; `export GET` for a route that the file is. */
  readonly key: string;
  /** As others know it. */
  readonly name: string;
  readonly dependents: Dependents;
}

/** A place that static reading can't follow. */
export interface UnseenPlace {
  readonly kind: UnseenKind;
  readonly line: number;
  /** The specifier, for `unresolved`. */
  readonly what: string;
}

/** All that the index has of one file. */
export interface FileRows {
  /** The first 32 hex digits of the base's content id. */
  readonly id: string;
  /** The base's text was read to the end. */
  readonly whole: boolean;
  readonly symbols: () => readonly IndexedSymbol[];
  readonly exports: () => readonly IndexedExport[];
  readonly unseen: () => readonly UnseenPlace[];
  readonly contracts: () => readonly IndexedContract[];
  /** What its imports are to a survey of it alone; see `readImported`. */
  readonly imported: () => string;
}

/** The rows of a path; `undefined` where the base has no such file. Binary search. */
export function fileRows(columns: LintColumns, path: RepoPath): FileRows | undefined {
  const file = findFile(columns, path);
  if (file < 0) return undefined;
  const { u32, u8 } = columns;
  const rows = <Row>(column: U32Column, row: (index: number) => Row) => {
    return (): Row[] => {
      const [from, to] = [u32[column][file]!, u32[column][file + 1]!];
      return Array.from({ length: to - from }, (_, index) => row(from + index));
    };
  };
  return {
    id: [0, 1, 2, 3].map((word) => hex(u32.fileId[file * 4 + word]!)).join(''),
    whole: u8.fileWhole[file] === 1,
    symbols: rows('fileSymbols', (index) => symbolRow(columns, index)),
    exports: rows('fileExports', (index) => exportRow(columns, index)),
    unseen: rows('fileUnseen', (index) => ({
      kind: UNSEEN_KINDS[u8.unseenKind[index]!]!,
      line: u32.unseenLine[index]!,
      what: columns.text(u32.unseenWhat[index]!),
    })),
    contracts: rows('fileContracts', (index) => ({
      role: OFFERING_ROLES[u8.contractRole[index]!]!,
      key: columns.text(u32.contractKey[index]!),
      name: columns.text(u32.contractName[index]!),
      dependents: dependentsRow(columns, 'contract', index),
    })),
    imported: () => columns.text(u32.fileImported[file]!),
  };
}

function findFile({ u32, text }: LintColumns, path: RepoPath): number {
  let low = 0;
  let high = u32.filePath.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = text(u32.filePath[middle]!);
    if (found === path) return middle;
    if (found < path) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function symbolRow(columns: LintColumns, index: number): IndexedSymbol {
  const { u32, u8 } = columns;
  const parameters = u32.symbolParameters[index]!;
  return {
    name: columns.text(u32.symbolName[index]!),
    kind: NODE_KINDS[u8.symbolKind[index]!]!,
    flags: u32.symbolFlags[index]!,
    parent: u32.symbolParent[index]! - 1,
    content: hex(u32.symbolContent[index * 2]!) + hex(u32.symbolContent[index * 2 + 1]!),
    shape: hex(u32.symbolShape[index * 2]!) + hex(u32.symbolShape[index * 2 + 1]!),
    uses: u32.symbolUses[index]!,
    surface: u32.symbolSurface[index]!,
    sensitive: SENSITIVE_KINDS.filter((_, bit) => (u8.symbolSensitive[index]! & (1 << bit)) !== 0),
    ...(parameters === 0 ? {} : { parameters: columns.text(parameters - 1) }),
    dependents: dependentsRow(columns, 'symbol', index),
  };
}

function exportRow(columns: LintColumns, index: number): IndexedExport {
  const { u32, u8 } = columns;
  const target = u32.exportTarget[index]!;
  return {
    kind: EXPORT_ROWS[u8.exportKind[index]!]!,
    name: columns.text(u32.exportName[index]!),
    symbol: u32.exportSymbol[index]! - 1,
    ...(target === 0 ? {} : { target: columns.text(target - 1) }),
    dependents: dependentsRow(columns, 'export', index),
  };
}

function dependentsRow(columns: LintColumns, table: 'symbol' | 'export' | 'contract', index: number): Dependents {
  const { u32, text } = columns;
  const word = (at: number): number => u32[`${table}Reach`][index * REACH_WORDS + at]!;
  const starts = u32[`${table}Named`];
  const named = [...u32[`${table}Users`].subarray(starts[index], starts[index + 1])].map(text);
  return {
    directFiles: word(0),
    directPackages: word(1),
    directApps: word(2),
    files: word(3),
    packages: word(4),
    apps: word(5),
    tests: word(6),
    named,
  };
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
