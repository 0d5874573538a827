/**
 * Columns of the prepared index while they grow.
 * In: values, row by row. Out: typed arrays and one list of strings, each once. Not here: what the rows mean.
 */
import {
  U32_COLUMNS,
  U8_COLUMNS,
  type LintIndexMeta,
  type LintTables,
  type U32Column,
  type U8Column,
} from '../../model/lint-index.js';

/** Columns that hold the start of a row's part of another table. */
const STARTS = {
  fileSymbols: 'symbolName',
  fileExports: 'exportName',
  fileUnseen: 'unseenWhat',
  fileContracts: 'contractKey',
  symbolNamed: 'symbolUsers',
  exportNamed: 'exportUsers',
  contractNamed: 'contractUsers',
} as const satisfies Partial<Record<U32Column, U32Column>>;

/** See the file's header. */
export class ColumnWriter {
  readonly #u32 = columns<U32Column>(U32_COLUMNS);
  readonly #u8 = columns<U8Column>(U8_COLUMNS);
  readonly #strings: string[] = [];
  readonly #known = new Map<string, number>();

  u32(column: U32Column, value: number): void {
    this.#u32[column].push(value);
  }

  u8(column: U8Column, value: number): void {
    this.#u8[column].push(value);
  }

  text(column: U32Column, value: string): void {
    this.#u32[column].push(this.#string(value));
  }

  /** 0 stands for none. */
  optionalText(column: U32Column, value: string | undefined): void {
    this.#u32[column].push(value === undefined ? 0 : 1 + this.#string(value));
  }

  /** Sixteen hex digits as two words. */
  hash(column: U32Column, hex: string): void {
    this.#u32[column].push(Number.parseInt(hex.slice(0, 8), 16) >>> 0, Number.parseInt(hex.slice(8, 16), 16) >>> 0);
  }

  /** The row that is being written has its part of the other table from here on. */
  start(column: keyof typeof STARTS): void {
    this.#u32[column].push(this.#u32[STARTS[column]].length);
  }

  /** All of it; the writer is of no use afterwards. */
  close(meta: LintIndexMeta): LintTables {
    for (const [column, table] of Object.entries(STARTS) as [keyof typeof STARTS, U32Column][])
      this.#u32[column].push(this.#u32[table].length);
    return {
      meta,
      strings: this.#strings,
      u32: typed(this.#u32, (values) => Uint32Array.from(values)),
      u8: typed(this.#u8, (values) => Uint8Array.from(values)),
    };
  }

  #string(value: string): number {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    this.#known.set(value, this.#strings.length);
    return this.#strings.push(value) - 1;
  }
}

function columns<Column extends string>(names: readonly Column[]): Record<Column, number[]> {
  return Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Column, number[]>;
}

function typed<Column extends string, To>(
  from: Record<Column, number[]>,
  close: (values: number[]) => To,
): Record<Column, To> {
  return Object.fromEntries(Object.entries<number[]>(from).map(([name, values]) => [name, close(values)])) as Record<
    Column,
    To
  >;
}
