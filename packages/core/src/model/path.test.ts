/** Joining paths: what leaves the repository is nothing, what stays in it has one spelling. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinPath } from './path.js';

/** By definition: segment after segment. */
function bySegments(directory: string, relative: string): string | undefined {
  const segments = directory === '' ? [] : directory.split('/');
  for (const segment of relative.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join('/');
}

describe('joinPath', () => {
  it.each([
    ['a/b', './c', 'a/b/c'],
    ['a/b', '../c', 'a/c'],
    ['a', '..', ''],
    ['', 'x//./y/', 'x/y'],
    ['a', '../../x', undefined],
    ['', '..', undefined],
    ['a', '', 'a'],
    ['a', '..b/...', 'a/..b/...'],
  ])('of %s and %s is %s', (directory, relative, expected) => {
    expect(joinPath(directory, relative)).toBe(expected);
  });

  it('is what its segments give', () => {
    const relative = fc.array(fc.constantFrom('', '.', '..', 'a', 'bc', '...'), { maxLength: 8 });
    const directory = fc.array(fc.constantFrom('a', 'bc', '...'), { maxLength: 4 });
    fc.assert(
      fc.property(directory, relative, (left, right) => {
        expect(joinPath(left.join('/'), right.join('/'))).toBe(bySegments(left.join('/'), right.join('/')));
      }),
    );
  });
});
