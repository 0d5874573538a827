/**
 * Changed OpenAPI descriptions, with the files that their relative references name.
 * In: trees and text pairs. Out: parsed documents of both revisions, and a diagnostic for references that lead nowhere or out.
 * A changed fragment is found through the descriptions in the folders above it. Nothing is fetched; nothing outside the
 * repository is read. Cycles among files are ordinary.
 */
import type { OpenApiChange, OpenApiFile, PlainDocument, PlainValue } from '../../../model/contract-file.js';
import type { Diagnostic } from '../../../model/diagnostic.js';
import { baseNameOf, directoryOf, isInside, joinPath, type RepoPath } from '../../../model/path.js';
import type { FileTree } from '../../../model/tree.js';
import { brokenFile, faultNote, type SensitiveRequest, type TextPair } from '../changed-texts.js';
import { isRead, readDocuments } from '../plain-documents.js';

const DATA = /\.(?:ya?ml|json)$/;
const NAME = /(?:openapi|swagger)[^/]*\.(?:ya?ml|json)$/i;
const ROOT = /^[\s{]*(?:[^\n]*\n){0,40}?\s*["']?(?:openapi|swagger)["']?\s*:\s*["']?[23]\./;
/** Files that one description may bring in. */
const MAX_FILES = 3000;
/** Descriptions above a fragment that are looked into. */
const MAX_ROOTS = 20;

/** Reads every description that the change concerns. Never throws. */
export async function readOpenApi(request: SensitiveRequest, pairs: readonly TextPair[]) {
  const diagnostics: Diagnostic[] = [];
  const data = pairs.filter(({ file }) => DATA.test(file));
  const isRoot = ({ base, head }: TextPair): boolean => [base, head].some((text) => text !== undefined && ROOT.test(text.slice(0, 8000))); // prettier-ignore
  const roots = data.filter(isRoot);
  const above = await rootsAbove(
    request,
    data.filter((pair) => !isRoot(pair)),
  );
  if (roots.length + above.length === 0) return { changes: [], diagnostics };
  const read = documentReader();
  const changes: OpenApiChange[] = [];
  for (const { file, basePath, status } of roots) {
    const base = status === 'added' ? undefined : await read(request.base, basePath, []);
    const head = status === 'removed' ? undefined : await read(request.head, file, diagnostics);
    const blind = (status !== 'added' && base === undefined) || (status !== 'removed' && head === undefined);
    if (!blind) changes.push({ file, ...(base ? { base } : {}), ...(head ? { head } : {}) });
  }
  for (const file of above) {
    const [base, head] = [await read(request.base, file, []), await read(request.head, file, diagnostics)];
    const touched = data.some(
      (pair) => head?.documents[pair.file] !== undefined || base?.documents[pair.basePath] !== undefined,
    );
    if (base !== undefined && head !== undefined && touched) changes.push({ file, base, head });
  }
  return { changes, diagnostics };
}

/** Unchanged descriptions by name, in folders above changed YAML or JSON files. */
async function rootsAbove({ base, head }: SensitiveRequest, fragments: readonly TextPair[]): Promise<RepoPath[]> {
  if (fragments.length === 0) return [];
  const named = head.entries.filter(
    ({ path, kind }) => kind === 'file' && NAME.test(baseNameOf(path)) && base.byPath.has(path),
  );
  const near = named.filter(({ path }) =>
    fragments.some(({ file }) => file !== path && isInside(file, directoryOf(path))),
  );
  const found: RepoPath[] = [];
  for (const { path } of near.slice(0, MAX_ROOTS)) {
    if (fragments.some(({ file }) => file === path)) continue;
    if (ROOT.test(((await head.text(path)) ?? '').slice(0, 8000))) found.push(path);
  }
  return found;
}

/** Reads a description whole; texts that are equal in both revisions are parsed once and are one object. */
function documentReader() {
  const parsed = new Map<string, PlainDocument | undefined>();
  const faults = new Map<RepoPath, Diagnostic>();
  return async (tree: FileTree, root: RepoPath, diagnostics: Diagnostic[]): Promise<OpenApiFile | undefined> => {
    const documents: Record<RepoPath, PlainDocument> = Object.create(null) as Record<RepoPath, PlainDocument>;
    let wanted: RepoPath[] = [root];
    const seen = new Set(wanted);
    while (wanted.length > 0) {
      const bytes = await tree.read(wanted);
      const next: RepoPath[] = [];
      for (const path of wanted) {
        const content = bytes.get(path);
        const document =
          content === undefined ? undefined : parse(path, `${tree.byPath.get(path)?.id ?? ''} ${path}`, content);
        if (document === undefined) {
          if (path === root || content !== undefined)
            diagnostics.push(faults.get(path) ?? brokenFile(path, 1, 'an OpenAPI description'));
          continue;
        }
        documents[path] = document;
        for (const target of targetsOf(path, document, tree, diagnostics)) {
          if (seen.has(target) || seen.size >= MAX_FILES) continue;
          seen.add(target);
          next.push(target);
        }
      }
      wanted = next;
    }
    return documents[root] === undefined ? undefined : { root, documents };
  };

  function parse(path: RepoPath, key: string, content: Uint8Array): PlainDocument | undefined {
    if (!parsed.has(key)) {
      const [document] = readDocuments(path, new TextDecoder().decode(content));
      if (document !== undefined && !isRead(document))
        faults.set(path, faultNote(path, document, 'an OpenAPI description'));
      parsed.set(key, document !== undefined && isRead(document) ? document : undefined);
    }
    return parsed.get(key);
  }
}

/** The files that a document's references name; others are said. */
function targetsOf(path: RepoPath, { value }: PlainDocument, tree: FileTree, diagnostics: Diagnostic[]): RepoPath[] {
  const found: RepoPath[] = [];
  for (const reference of referencesIn(value)) {
    const [file = ''] = reference.split('#');
    if (file === '') continue;
    if (/^[a-z][\w+.-]*:|^\/\//i.test(file)) {
      diagnostics.push(
        referenceNote('reference-remote', path, reference, 'leads out of the repository and is never fetched'),
      );
      continue;
    }
    const target = joinPath(directoryOf(path), decodeURIComponentSafe(file));
    if (target !== undefined && tree.byPath.get(target)?.kind === 'file')
      found.push(...(DATA.test(target) ? [target] : []));
    else diagnostics.push(referenceNote('reference-missing', path, reference, 'leads to no file of the repository'));
  }
  return found;
}

function decodeURIComponentSafe(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function referenceNote(
  kind: 'reference-remote' | 'reference-missing',
  file: RepoPath,
  reference: string,
  why: string,
): Diagnostic {
  const message = `The reference ${reference.slice(0, 120)} ${why}; what lies behind it is not compared.`;
  return { kind, level: 'warning', message, file };
}

/** Every `$ref` in a value, once, in order. */
function referencesIn(value: PlainValue): ReadonlySet<string> {
  const found = new Set<string>();
  const pending: PlainValue[] = [value];
  while (pending.length > 0) {
    const one = pending.pop()!;
    if (typeof one !== 'object' || one === null) continue;
    for (const [key, child] of Object.entries(one)) {
      if (key === '$ref' && typeof child === 'string') found.add(child);
      // Extensions hold samples, logos and whatever a tool wants.
      else if (!key.startsWith('x-')) pending.push(child as PlainValue);
    }
  }
  return found;
}
