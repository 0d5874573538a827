/**
 * Which changed declarations others can name, and how: what is asked about their compatibility.
 * In: snapshot, matches, changes, what differs in writing. Out: questions. Enums are compared by what is written alone.
 * Not here: asking (gather/types/compatibility.ts).
 */
import {
  SymbolFlag,
  type Change,
  type DeclaredShape,
  type FileFacts,
  type RepoPath,
  type SurfaceQuestion,
  type SymbolFacts,
} from '../../model/index.js';
import type { QuestionSource } from './question-source.js';

/** `name` as it is exported, `root` as it is declared. */
type Asked = Pick<SurfaceQuestion, 'kind' | 'path'> & { readonly name: string; readonly root: string };

/** See the head of this file. Linear in matches. */
export function surfaceQuestions({ snapshot, linked, changes, differences }: QuestionSource): SurfaceQuestion[] {
  if (snapshot.base === undefined) return [];
  const before = factsByPath(snapshot.base.files);
  const after = factsByPath(snapshot.head.files);
  const wanted = new Set(changes.filter(isAsked).map((one) => one.node));
  return linked.matches.flatMap(({ base, head }): SurfaceQuestion[] => {
    const node = linked.headNodes.get(head.path)?.[head.symbol];
    const old = before.get(base.path);
    const now = after.get(head.path);
    if (node === undefined || !wanted.has(node) || old === undefined || now === undefined) return [];
    const was = written(old, base.symbol);
    const is = written(now, head.symbol);
    if (was === undefined || is === undefined || was.path.join('\n') !== is.path.join('\n')) return [];
    const kind = commonKind(was.kind, is.kind);
    if (kind === undefined) return [];
    const place = (file: RepoPath, name: string): SurfaceQuestion['base'] => ({ file, name });
    const shapes = { before: snapshot.declarations?.base[base.path], after: snapshot.declarations?.head[head.path] };
    const generics =
      kind === 'type' || kind === 'method' || kind === 'class' ? genericsOf(shapes, was.root, is.root) : undefined;
    return [
      {
        node,
        base: place(base.path, was.name),
        head: place(head.path, is.name),
        kind,
        path: is.path,
        ...(generics === undefined ? {} : { generics }),
        positions: differences.get(node)?.positions ?? [],
      },
    ];
  });
}

/** A method may become a property that holds a function, and the other way round. */
function commonKind(was: SurfaceQuestion['kind'], is: SurfaceQuestion['kind']): SurfaceQuestion['kind'] | undefined {
  if (was === is) return is;
  const pair = [was, is].sort().join(' ');
  return pair === 'method type' ? 'method' : pair === 'static-method value' ? 'static-method' : undefined;
}

function isAsked({ kind }: Change): boolean {
  return kind === 'signature' || kind === 'type-only' || kind === 'retargeted';
}

interface ShapePair {
  readonly before: readonly DeclaredShape[] | undefined;
  readonly after: readonly DeclaredShape[] | undefined;
}

/** Type parameters of the base, handed to both; the head may have fewer, or more with defaults. */
function genericsOf({ before, after }: ShapePair, was: string, is: string): SurfaceQuestion['generics'] {
  const old = before?.find(({ name, generics }) => name === was && generics.length > 0)?.generics ?? [];
  const now = after?.find(({ name, generics }) => name === is && generics.length > 0)?.generics ?? [];
  if (old.length === 0) return undefined;
  const declared = old.map(({ name, constraint }) =>
    constraint === undefined ? name : `${name} extends ${constraint}`,
  );
  const given = old.map(({ name }) => name);
  const handed = given.slice(0, now.length);
  return {
    declared: `<${declared.join(', ')}>`,
    base: `<${given.join(', ')}>`,
    head: handed.length === 0 ? '' : `<${handed.join(', ')}>`,
  };
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
  return { name: name.name, root: root.name, path: kind === 'constructor' ? [] : path, kind };
}

function kindOf(root: SymbolFacts, own: SymbolFacts): SurfaceQuestion['kind'] | undefined {
  if (own.kind === 'constructor') return 'constructor';
  const isStatic = (own.flags & SymbolFlag.static) !== 0;
  if (own !== root && own.kind === 'method') return isStatic ? 'static-method' : 'method';
  if (root.kind === 'interface' || root.kind === 'type') return 'type';
  if (root.kind === 'class' && !isStatic) return own === root ? 'class' : 'type';
  return root.kind === 'namespace' || root.kind === 'enum' ? undefined : 'value';
}
