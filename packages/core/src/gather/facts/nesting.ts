/**
 * A guess, on the safe side, whether a text nests deeper than a native parser's stack takes: there it would end the process.
 * In: the text, unread (strings and comments count like code). Out: yes or no; a needless yes only costs time.
 * The limits are a third of what oxc-parser was seen to survive on the 4 MB stack of a worker thread.
 */

/** Brackets of all three kinds; nested callbacks open two for each level. */
const BRACKET_LIMIT = 600;
/** Type arguments. */
const ANGLE_LIMIT = 600;
/** JSX tags; `A<b` in TypeScript opens one that never closes. */
const TAG_LIMIT = 1500;
/** What a token counts for: whole numbers, since fractions would be made anew at each. */
const TOKEN = 20;
/** Tokens between two places where a statement or an element surely ends: each may nest by one. */
const CHAIN_LIMIT = 6000 * TOKEN;
/** What a `+` between operands takes back of them: sums nest cheaply, and generated ones are long. */
const SUM_DISCOUNT = 1.65 * TOKEN;
/** A text with as many `else` or `do` as there may be tags is at least this long. */
const KEYWORDS_LENGTH = 3 * TAG_LIMIT;

/** Unit classes. */
const SPACE = 0;
const WORD = 1;
const OTHER = 2;
/** The class of each unit below 128; those above are words. */
const KINDS = Uint8Array.from({ length: 128 }, (_, unit) =>
  unit <= 32 ? SPACE : unit === 127 || /[\w$]/.test(String.fromCharCode(unit)) ? WORD : OTHER,
);

/** What stands open at a place in the text. */
interface Depths {
  /** Opening units of the brackets around. */
  readonly open: number[];
  /** For each of them, how long the chain was outside it. */
  readonly bases: number[];
  /** Tokens since the last sure end, the brackets around included. */
  chain: number;
  angles: number;
  tags: number;
}

/**
 * True where brackets, tags or operators may nest too deep. Linear.
 * @param mayHaveTags false where the text's dialect has no JSX: there each `A<b` is a type argument.
 */
export function nestsTooDeep(text: string, mayHaveTags = true): boolean {
  if (text.length < BRACKET_LIMIT) return false;
  const depths: Depths = { open: [], bases: [], chain: 0, angles: 0, tags: 0 };
  const tagLimit = mayHaveTags ? TAG_LIMIT : Infinity;
  let before = SPACE;
  let last = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    const kind = kindOf(unit);
    if (kind === SPACE) {
      before = SPACE;
      continue;
    }
    if (kind === OTHER) readMark(depths, unit, last, text.charCodeAt(index + 1));
    else if (before !== WORD) depths.chain = last === CLOSE_BRACE ? base(depths) : depths.chain + TOKEN;
    if (depths.chain > CHAIN_LIMIT || depths.open.length > BRACKET_LIMIT) return true;
    if (depths.angles > ANGLE_LIMIT || depths.tags > tagLimit) return true;
    before = kind;
    last = unit;
  }
  return text.length > KEYWORDS_LENGTH && (text.match(/\b(?:else|do)\b/g)?.length ?? 0) > TAG_LIMIT;
}

const OPEN_PAREN = 40;
const CLOSE_BRACE = 125;

function readMark(depths: Depths, unit: number, last: number, next: number): void {
  switch (unit) {
    case OPEN_PAREN:
    case 91: // [
    case 123: // {
      depths.open.push(unit);
      depths.bases.push(depths.chain);
      return;
    case 41: // )
    case 93: // ]
    case CLOSE_BRACE:
      depths.open.pop();
      depths.chain = (depths.bases.pop() ?? 0) + TOKEN;
      return;
    case 59: // ; but not in `for (;;)`
      if (depths.open.at(-1) !== OPEN_PAREN) depths.chain = base(depths);
      return;
    case 44: // ,
      depths.chain = base(depths);
      return;
    case 34: // quotes nest nothing
    case 39:
    case 96:
      return;
    case 43: // +
      depths.chain = endsOperand(last) ? Math.max(0, depths.chain + TOKEN - SUM_DISCOUNT) : depths.chain + TOKEN;
      return;
  }
  depths.chain += TOKEN;
  if (unit === 60 /* < */) {
    depths.angles += 1;
    if (next === 47) depths.tags = Math.max(0, depths.tags - 1);
    else if (next === 62 || kindOf(next) === WORD) depths.tags += 1;
  } else if (unit === 62 /* > */) {
    if (last !== 61) depths.angles = Math.max(0, depths.angles - 1);
    if (last === 47) depths.tags = Math.max(0, depths.tags - 1);
  }
}

function base(depths: Depths): number {
  return depths.bases.at(-1) ?? 0;
}

/** A word, a bracket or a quote stands before: the `+` is between operands. */
function endsOperand(unit: number): boolean {
  return kindOf(unit) === WORD || unit === 41 || unit === 93 || unit === 34 || unit === 39 || unit === 96;
}

function kindOf(unit: number): number {
  return unit < 128 ? (KINDS[unit] as number) : WORD;
}
