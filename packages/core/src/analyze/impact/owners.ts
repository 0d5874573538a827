/**
 * Who owns a path, by CODEOWNERS rules.
 * In: rules in file order and a path. Out: owners; the last rule that matches wins (per GitLab section, then joined).
 * Not here: reading the file (gather/workspace/owners-file.ts).
 * Patterns are gitignore's, save that `docs/*` takes in only what lies directly in `docs`. No regular expressions are
 * made of them: a hostile pattern must not cost more than its length times the path's.
 */
import type { RepoPath } from '../../model/path.js';
import type { OwnersRule } from '../../model/workspace.js';

/** A rule's pattern, cut into segments once. */
interface CompiledRule {
  readonly segments: readonly string[];
  /** It takes in all below a match: `docs` does, `docs/*` does not. */
  readonly descends: boolean;
  readonly owners: readonly string[];
  readonly section: string;
}

interface CompiledRules {
  readonly rules: readonly CompiledRule[];
  readonly sections: number;
}

const compiledRules = new WeakMap<readonly OwnersRule[], CompiledRules>();

/**
 * The owners of `path`.
 * @param rules `Workspace.owners`; compiled once per list and remembered for as long as the list lives.
 * @returns owners in file order, without repeats; empty where no rule matches or the last one names nobody.
 */
export function ownersOf(rules: readonly OwnersRule[], path: RepoPath): readonly string[] {
  const compiled = compiledRules.get(rules) ?? compileRules(rules);
  const parts = path.split('/');
  const decided = new Map<string, readonly string[]>();
  for (let index = compiled.rules.length - 1; index >= 0 && decided.size < compiled.sections; index--) {
    const rule = compiled.rules[index] as CompiledRule;
    if (!decided.has(rule.section) && matchSegments(rule, parts)) decided.set(rule.section, rule.owners);
  }
  return [...new Set([...decided.values()].reverse().flat())];
}

function compileRules(rules: readonly OwnersRule[]): CompiledRules {
  const list = rules.map(compileRule);
  const compiled = { rules: list, sections: new Set(list.map(({ section }) => section)).size };
  compiledRules.set(rules, compiled);
  return compiled;
}

function compileRule({ pattern, owners, section }: OwnersRule): CompiledRule {
  const anchored = pattern.slice(0, -1).includes('/');
  const segments = pattern.split('/').filter((segment) => segment !== '');
  const last = segments.at(-1);
  // Behind a slash or `**` at the end there must be something.
  if (pattern.endsWith('/') && last !== '**') segments.push('**', '*');
  else if (last === '**') segments.push('*');
  if (!anchored) segments.unshift('**');
  return {
    segments,
    descends: !pattern.endsWith('/') && last !== '*' && last !== '**',
    owners,
    section: section ?? '',
  };
}

/** Time O(segments × parts), times the length of a name: only the last `**` is ever tried again. */
function matchSegments({ segments, descends }: CompiledRule, parts: readonly string[]): boolean {
  let part = 0;
  let segment = 0;
  let star = -1;
  let mark = 0;
  for (;;) {
    if (segment === segments.length && (descends || part === parts.length)) return part > 0;
    if (part >= parts.length) return false;
    if (segments[segment] === '**') {
      star = segment++;
      mark = part;
    } else if (segment < segments.length && matchName(segments[segment] as string, parts[part] as string)) {
      segment++;
      part++;
    } else if (star < 0) {
      return false;
    } else {
      segment = star + 1;
      part = ++mark;
    }
  }
}

/** `*` is any run of characters, `?` one; only the last `*` is ever tried again. */
function matchName(pattern: string, name: string): boolean {
  let at = 0;
  let from = 0;
  let star = -1;
  let mark = 0;
  while (from < name.length) {
    if (pattern[at] === '*') {
      star = at++;
      mark = from;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[from])) {
      at++;
      from++;
    } else if (star < 0) {
      return false;
    } else {
      at = star + 1;
      from = ++mark;
    }
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
