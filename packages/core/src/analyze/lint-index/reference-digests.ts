/**
 * What each symbol of a file refers to, as one number: equal texts that refer to other things are told apart by it.
 * In: a file's facts. Out: digests of 32 bits. `SymbolFacts.content` leaves names out on purpose; here they are all that counts.
 * Not here: where names lead in other files.
 */
import { ReferenceFlag, type FileFacts } from '../../model/facts.js';

/** Per symbol of the file. */
export interface ReferenceDigests {
  /** Over all references, in order. */
  readonly uses: Uint32Array;
  /** Over those that stand in what others see. */
  readonly surface: Uint32Array;
}

/**
 * @param renamed own symbols that another revision knows by another name: old names by new.
 */
export function referenceDigests(facts: FileFacts, renamed: ReadonlyMap<string, string> = NONE): ReferenceDigests {
  const bindings = facts.bindings.map((_, index) => hash(START, bindingText(facts, index, renamed)));
  const count = facts.symbols.length;
  const digests = { uses: new Uint32Array(count), surface: new Uint32Array(count) };
  facts.symbols.forEach(({ references }, symbol) => {
    let uses = START;
    let surface = START;
    for (const { binding, path, kind, flags } of references) {
      const use = hash(bindings[binding] as number, `${kind} ${path.join('\0')}`);
      uses = join(uses, use);
      if ((flags & ReferenceFlag.surface) !== 0) surface = join(surface, use);
    }
    digests.uses[symbol] = uses;
    digests.surface[symbol] = surface;
  });
  return digests;
}

const NONE: ReadonlyMap<string, string> = new Map();

function bindingText(facts: FileFacts, index: number, renamed: ReadonlyMap<string, string>): string {
  const binding = facts.bindings[index];
  switch (binding?.kind) {
    case 'symbol': {
      const name = facts.symbols[binding.symbol]?.name ?? '';
      return `symbol ${renamed.get(name) ?? name}`;
    }
    case 'import': {
      const entry = facts.imports[binding.import];
      return `import ${entry?.name ?? ''} ${facts.requests[entry?.request ?? -1]?.specifier ?? ''}`;
    }
    case 'request':
      return `request ${facts.requests[binding.request]?.specifier ?? ''}`;
    default:
      return `global ${binding?.name ?? ''}`;
  }
}

/** FNV-1a's offset basis and prime, over UTF-16 units. */
const START = 0x811c9dc5;
const PRIME = 0x01000193;

function hash(seed: number, text: string): number {
  let value = seed;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), PRIME);
  return value >>> 0;
}

function join(digest: number, use: number): number {
  const mixed = Math.imul(digest ^ use, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
