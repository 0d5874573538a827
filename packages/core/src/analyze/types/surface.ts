/**
 * Which changed declarations others can name, and how: what is asked about their compatibility.
 * In: snapshot, matches, changes. Out: questions. A required member that is added is asked as a change of its whole.
 * Not here: asking (gather/types/compatibility.ts).
 */
import {
  SymbolFlag,
  type Change,
  type FileFacts,
  type RepoPath,
  type SurfaceQuestion,
  type SymbolFacts,
} from '../../model/index.js';
import type { QuestionSource } from './question-source.js';

type Asked = Pick<SurfaceQuestion, 'kind' | 'path'> & { readonly name: string };

/** See the head of this file. Linear in matches. */
export function surfaceQuestions({ snapshot, linked, changes }: QuestionSource): SurfaceQuestion[] {
  if (snapshot.base === undefined) return [];
  const before = factsByPath(snapshot.base.files);
  const after = factsByPath(snapshot.head.files);
  const wanted = new Map(changes.filter(isAsked).map((one) => [one.node, one.node]));
  for (const one of changes) addWhole(one, linked.graph.parents, wanted);
  return linked.matches.flatMap(({ base, head }): SurfaceQuestion[] => {
    const node = linked.headNodes.get(head.path)?.[head.symbol];
    const asker = node === undefined ? undefined : wanted.get(node);
    const old = before.get(base.path);
    const now = after.get(head.path);
    if (asker === undefined || old === undefined || now === undefined) return [];
    const was = written(old, base.symbol);
    const is = written(now, head.symbol);
    if (was === undefined || is === undefined || was.kind !== is.kind || was.path.join('\n') !== is.path.join('\n'))
      return [];
    const place = (file: RepoPath, name: string): SurfaceQuestion['base'] => ({ file, name });
    return [
      { node: asker, base: place(base.path, was.name), head: place(head.path, is.name), kind: is.kind, path: is.path },
    ];
  });
}

function isAsked({ kind, compatibility }: Change): boolean {
  return (kind === 'signature' || kind === 'type-only') && compatibility !== 'breaking';
}

/** A member that is added may be one that everybody has to give: its whole is compared. */
function addWhole({ kind, node }: Change, parents: Int32Array, wanted: Map<number, number>): void {
  const whole = parents[node]!;
  if (kind === 'added' && whole >= 0 && !wanted.has(whole)) wanted.set(whole, node);
}

function factsByPath(files: QuestionSource['snapshot']['head']['files']): ReadonlyMap<RepoPath, FileFacts> {
  return new Map(files.flatMap((file) => (file.facts === undefined ? [] : [[file.path, file.facts] as const])));
}

/** How a type is written for the symbol; nothing for what has no exported name, is hidden, or is no plain member. */
function written({ symbols, exports }: FileFacts, index: number): Asked | undefined {
  const chain: SymbolFacts[] = [];
  let at = index;
  for (; at >= 0; at = symbols[at]!.parent) {
    const one = symbols[at]!;
    if ((one.flags & SymbolFlag.hidden) !== 0) return undefined;
    chain.unshift(one);
    if (one.parent < 0) break;
  }
  const [root] = chain;
  const name = exports.find((entry) => entry.kind === 'local' && entry.symbol === at);
  if (root === undefined || name?.kind !== 'local' || !/^[\w$]+$/.test(name.name)) return undefined;
  const path = chain.slice(1).map((one) => one.name.slice(one.name.lastIndexOf('.') + 1));
  const kind = kindOf(root, chain[chain.length - 1]!);
  if (kind === undefined || !path.every((part) => /^[\w$-]+$/.test(part))) return undefined;
  return { name: name.name, path: kind === 'constructor' ? [] : path, kind };
}

function kindOf(root: SymbolFacts, own: SymbolFacts): SurfaceQuestion['kind'] | undefined {
  if (own.kind === 'constructor') return 'constructor';
  const isStatic = (own.flags & SymbolFlag.static) !== 0;
  if (own !== root && own.kind === 'method') return isStatic ? 'static-method' : 'method';
  if (root.kind === 'interface' || root.kind === 'type') return 'type';
  if (root.kind === 'class') return own !== root && !isStatic ? 'type' : 'value';
  return root.kind === 'namespace' ? undefined : 'value';
}
