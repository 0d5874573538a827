/**
 * Documents as flat settings. In: plain documents. Out: one record a scalar, list items named by what names them,
 * so that an inserted item does not rename the others. Iterative.
 */
import type { PlainDocument, PlainValue } from '../../../model/contract-file.js';
import type { Setting } from '../../../model/setting.js';
import { escaped } from '../plain-documents.js';

/** Settings past this many are data. */
const MAX_SETTINGS = 5000;
/** What names an item of a list, surest first. */
const NAMES = ['name', 'id', 'key', 'uses', 'run', 'image', 'path', 'host'] as const;

/** One document's settings below `prefix`, in written order. */
export function flatten(prefix: string, { value, lines }: PlainDocument): Setting[] {
  const found: Setting[] = [];
  const pending: { readonly path: string; readonly pointer: string; readonly value: PlainValue }[] = [
    { path: prefix, pointer: '', value },
  ];
  while (pending.length > 0 && found.length < MAX_SETTINGS) {
    const one = pending.pop()!;
    const join = (step: string): string => (one.path === '' ? step : `${one.path}/${step}`);
    if (typeof one.value !== 'object' || one.value === null) {
      found.push({ path: one.path, value: one.value === null ? '' : String(one.value), line: lines[one.pointer] ?? 1 });
    } else if (Array.isArray(one.value)) {
      const names = itemNames(one.value);
      pending.push(
        ...one.value
          .map((item: PlainValue, at: number) => ({
            path: join(names[at]!),
            pointer: `${one.pointer}/${at}`,
            value: item,
          }))
          .toReversed(),
      );
    } else {
      const keys = Object.keys(one.value);
      const object = one.value as Readonly<Record<string, PlainValue>>;
      pending.push(
        ...keys
          .map((key) => ({
            path: join(key.replaceAll('/', '~')),
            pointer: `${one.pointer}/${escaped(key)}`,
            value: object[key]!,
          }))
          .toReversed(),
      );
    }
  }
  return found;
}

/** Scalars name themselves; names that occur twice get a number. */
function itemNames(items: readonly PlainValue[]): string[] {
  const seen = new Map<string, number>();
  return items.map((item, index) => {
    const name = nameOf(item) ?? String(index);
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count === 0 ? name : `${name}#${count + 1}`;
  });
}

function nameOf(item: PlainValue): string | undefined {
  if (typeof item === 'string' || typeof item === 'number') return short(String(item));
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined;
  const object = item as Readonly<Record<string, PlainValue>>;
  const key = NAMES.find((one) => typeof object[one] === 'string');
  return key === undefined ? undefined : short(String(object[key]));
}

function short(text: string): string {
  return text.replaceAll('/', '~').replace(/\s+/g, ' ').slice(0, 60);
}
