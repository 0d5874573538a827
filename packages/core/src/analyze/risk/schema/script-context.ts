/**
 * What a script makes, renames and makes anew, so that an operation can be judged by what surrounds it.
 * In: a script's operations in order. Out: look-ups. Linear. Names are compared without `public.`/`dbo.` and case.
 */
import type { SqlOperation } from '../../../model/index.js';

/** Answers about one script, or about all scripts of one change. */
export interface ScriptContext {
  /** The table is created here: nobody relies on it yet. */
  readonly isNew: (table: string | undefined) => boolean;
  /** The table is made here and takes another's name afterwards. */
  readonly isTemporary: (table: string | undefined) => boolean;
  /** The dropped table's name is taken by another one afterwards. */
  readonly isRebuilt: (table: string | undefined) => boolean;
  /** Something of that action and name happens here: an index that is built again, a constraint that is added again. */
  readonly has: (action: SqlOperation['action'], name: string | undefined) => boolean;
  /** The enumeration is made here, whatever it was called before. */
  readonly isNewType: (name: string | undefined) => boolean;
  /** The enumeration is dropped and takes the same name again. */
  readonly isRecreatedType: (name: string | undefined) => boolean;
  /** The name an enumeration had before it was renamed out of the way. */
  readonly typeBefore: (name: string | undefined) => string | undefined;
}

/** A name as databases compare it, about. */
export function nameKey(name: string | undefined): string {
  return (name ?? '').toLowerCase().replace(/^(?:public|dbo)\./, '');
}

/** Looks through the operations once. */
export function scriptContext(operations: readonly SqlOperation[]): ScriptContext {
  const created = keysOf(operations, 'create-table', ({ table }) => table);
  const taken = keysOf(operations, 'rename-table', ({ to }) => to);
  const renamed = keysOf(operations, 'rename-table', ({ table }) => table);
  const named = new Set(operations.map(({ action, name }) => `${action} ${nameKey(name)}`));
  const enums = keysOf(operations, 'create-enum', ({ name }) => name);
  const types = operations.filter(({ action, type }) => action === 'other' && type === 'type');
  const typeNames = new Map(types.map(({ name, to }) => [nameKey(to), nameKey(name)]));
  return {
    isNew: (table) => created.has(nameKey(table)) && !taken.has(nameKey(table)),
    isTemporary: (table) => renamed.has(nameKey(table)),
    isRebuilt: (table) => taken.has(lastPart(table)) || taken.has(nameKey(table)),
    has: (action, name) => named.has(`${action} ${nameKey(name)}`),
    isNewType: (name) => enums.has(nameKey(name)) && !named.has(`drop-type ${nameKey(name)}`),
    isRecreatedType: (name) =>
      (enums.has(nameKey(name)) && named.has(`drop-type ${nameKey(name)}`)) ||
      (typeNames.has(nameKey(name)) && enums.has(typeNames.get(nameKey(name))!)),
    typeBefore: (name) => typeNames.get(nameKey(name)),
  };
}

function keysOf(
  operations: readonly SqlOperation[],
  action: SqlOperation['action'],
  pick: (operation: SqlOperation) => string | undefined,
): Set<string> {
  return new Set(operations.filter((one) => one.action === action).map((one) => nameKey(pick(one))));
}

function lastPart(name: string | undefined): string {
  return nameKey(name).split('.').at(-1)!;
}
