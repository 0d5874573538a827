/**
 * What the resolver tells about its work: every import that leads nowhere, and how often it guessed.
 * In: each answer. Out: diagnostics, ordered by file and line. Not here: the answers themselves.
 */
import type { Diagnostic } from '../../model/diagnostic.js';
import type { ModuleRequest } from '../../model/facts.js';
import { compareText } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { Resolution } from '../../model/resolution.js';

/** Collects answers. */
export interface ResolutionLog {
  add(from: RepoPath, request: Pick<ModuleRequest, 'specifier' | 'line'>, resolution: Resolution): void;
  diagnostics(): readonly Diagnostic[];
}

/** An empty log. */
export function createResolutionLog(): ResolutionLog {
  const lost = new Map<string, Diagnostic>();
  const guessed = new Map<RepoPath, Set<string>>();
  return {
    add(from, request, resolution) {
      if (resolution.kind === 'file' && resolution.confidence !== 'bound') {
        const users = guessed.get(resolution.path);
        if (users === undefined) guessed.set(resolution.path, new Set([from]));
        else users.add(from);
      }
      if (resolution.kind !== 'unresolved' || resolution.reason === 'virtual') return;
      const key = `${from}\n${request.specifier}`;
      if (!lost.has(key)) lost.set(key, toDiagnostic(from, request, resolution));
    },
    diagnostics() {
      const guesses = [...guessed].map(([path, users]): Diagnostic => ({
        kind: 'guessed-resolution',
        level: 'note',
        message: `Imports lead to ${path} by convention only: no manifest or tsconfig proves it.`,
        file: path,
        count: users.size,
      }));
      return [...lost.values(), ...guesses].sort(
        (a, b) =>
          compareText(a.file ?? '', b.file ?? '') || (a.line ?? 0) - (b.line ?? 0) || compareText(a.message, b.message),
      );
    },
  };
}

function toDiagnostic(
  from: RepoPath,
  request: Pick<ModuleRequest, 'specifier' | 'line'>,
  resolution: Resolution & { kind: 'unresolved' },
): Diagnostic {
  const generated = resolution.reason === 'generated';
  const advice = generated
    ? ': it is generated and not there; generate it to have it analysed'
    : ` (${resolution.reason})`;
  return {
    kind: generated ? 'generated-missing' : 'unresolved-import',
    level: 'warning',
    message: `'${request.specifier}' leads to no file${advice}. Looked for: ${resolution.detail}.`,
    file: from,
    line: request.line,
  };
}
