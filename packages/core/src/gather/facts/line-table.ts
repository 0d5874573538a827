/**
 * Offsets (UTF-16 code units) to 1-based lines.
 * Both parsers are asked for offsets only: lines computed here are the same for both.
 */

/** The line starts of one text. */
export class LineTable {
  private readonly starts: number[] = [0];
  private last = 0;

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  /** Lines in the text, ≥ 1; a final line break does not begin another. */
  count(length: number): number {
    const lines = this.starts.length;
    return lines > 1 && this.starts[lines - 1] === length ? lines - 1 : lines;
  }

  /** 1-based line of an offset. Constant near the last answer, else logarithmic. */
  lineAt(offset: number): number {
    const { starts } = this;
    const near = this.last;
    if (offset >= (starts[near] as number) && offset < (starts[near + 1] ?? Infinity)) return near + 1;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    this.last = low;
    return low + 1;
  }
}
