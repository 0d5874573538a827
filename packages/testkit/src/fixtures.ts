/**
 * Finds the golden cases: fixtures/<theme>/<case>/{base,head}, with what is expected in expected.json.
 * In: the fixtures folder. Out: one record per case, in order of name.
 * Not here: running a case, comparing (the golden test does, with the product).
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** One golden case. */
export interface FixtureCase {
  /** `re-export/star-cycle`: theme and story. */
  readonly name: string;
  /** Absolute folders of the two revisions. */
  readonly base: string;
  readonly head: string;
  /** Absolute path of expected.json, which may not be there yet. */
  readonly expected: string;
}

/**
 * Every case below `fixtures`, ordered by name (code units).
 * A folder counts as a case by having `base` or `head`; one that lacks the other is a mistake and throws.
 */
export function fixtureCases(fixtures: string): readonly FixtureCase[] {
  return foldersIn(fixtures).flatMap((theme) =>
    foldersIn(join(fixtures, theme)).flatMap((story) => {
      const folder = join(fixtures, theme, story);
      const [base, head] = [join(folder, 'base'), join(folder, 'head')];
      if (!existsSync(base) && !existsSync(head)) return [];
      if (!existsSync(base) || !existsSync(head)) throw new Error(`${folder} needs both base/ and head/`);
      return [{ name: `${theme}/${story}`, base, head, expected: join(folder, 'expected.json') }];
    }),
  );
}

/** Names of the folders directly in `folder`, sorted. */
function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}
