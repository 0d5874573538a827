/** Looking up a name of the repository in a table that is a plain object: `constructor` is a name like any other. */

/** What the table itself holds under the name; nothing that every object inherits. */
export function ownEntry<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
