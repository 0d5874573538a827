/** How far types are looked into for doubts: the same for both engines, or their answers would differ. */

/** Levels below a type at which `any` still makes it loose. */
export const LOOSE_DEPTH = 3;

/** Members of larger object types are not looked into for `any`. */
export const LOOSE_MEMBERS = 30;

/**
 * Types searched for what is affected; beyond it the answer is yes. Types that unfold without end get there whatever the
 * limit: in a repository with many of them, 3000 took five times as long and spared 6 of 568 lines.
 */
export const SEARCHED = 600;

/** The first of those that occur most often. */
export function mostFrequent<T>(items: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0];
}
