/**
 * A tree with a patch on it, in memory.
 * In: a tree and the text of a unified diff. Out: the tree that the patch makes, and the renames that it states.
 * Context must match exactly; a hunk may have moved up or down. Nothing is written.
 */
import { applyPatch, reversePatch, type StructuredPatch } from 'diff';
import { type Diagnostic, type FileTree, type RepoPath, type TreeEntry, UsageError } from '../../model/index.js';
import { blobId, makeFileTree, type ObjectFormat, withTarget } from '../disk/index.js';
import { makeEntry } from './commitTree.js';
import { type FilePatch, readPatch } from './patch.js';

/** The tree after the patch. */
export interface PatchedTree {
  readonly tree: FileTree;
  /** Head path → base path. */
  readonly renames: ReadonlyMap<RepoPath, RepoPath>;
  readonly diagnostics: readonly Diagnostic[];
}

/** A file that the patch made; `bytes` is absent for binary content that the patch does not spell out. */
interface Patched {
  readonly entry: TreeEntry;
  readonly bytes?: Uint8Array;
}

/** `undefined`: the patch removed it. */
type Overlay = Map<RepoPath, Patched | undefined>;

/**
 * Puts `text` on `tree`. Files are patched in order, so a series of patches to one file works.
 * @throws UsageError naming the file and the line of the first hunk that does not apply.
 */
export async function patchTree(tree: FileTree, text: string, format: ObjectFormat): Promise<PatchedTree> {
  const files = readPatch(text, (path) => tree.byPath.has(path));
  const overlay: Overlay = new Map();
  const renames = new Map<RepoPath, RepoPath>();
  const diagnostics: Diagnostic[] = [];
  const originals = await tree.read(files.flatMap(({ from }) => from ?? []));
  for (const file of files) {
    const before = pick(file, tree, overlay, originals);
    if (file.to === undefined) requireRemoval(file, before);
    else overlay.set(file.to, await make(file, file.to, before, format));
    if (file.from !== undefined && file.from !== file.to && !file.copies) {
      overlay.set(file.from, undefined);
      if (file.to !== undefined) renames.set(file.to, file.from);
    }
    if (file.binary && file.to !== undefined) diagnostics.push(binaryNote(file));
  }
  return { tree: overlaid(tree, overlay), renames, diagnostics };
}

interface Before {
  readonly entry?: TreeEntry;
  readonly bytes?: Uint8Array;
}

function pick(
  { from, to }: FilePatch,
  tree: FileTree,
  overlay: Overlay,
  originals: ReadonlyMap<RepoPath, Uint8Array>,
): Before {
  if (from === undefined) {
    const there = to !== undefined && (overlay.has(to) ? overlay.get(to) !== undefined : tree.byPath.has(to));
    if (there) throw new UsageError(`The patch adds ${to}, which is already there; it may have been applied before.`);
    return {};
  }
  const patched = overlay.get(from);
  if (patched !== undefined) return patched;
  const entry = tree.byPath.get(from);
  if (entry === undefined || overlay.has(from)) {
    throw new UsageError(
      `The patch changes ${from}, which is not in the head; paths start at the top of the repository.`,
    );
  }
  const bytes = originals.get(from);
  return bytes === undefined ? { entry } : { entry, bytes };
}

function requireRemoval(file: FilePatch, { bytes }: Before): void {
  if (bytes === undefined || file.parsed.hunks.length === 0) return;
  const rest = apply(file, Buffer.from(bytes).toString('utf8'));
  if (rest !== '')
    throw new UsageError(`The patch removes ${file.from}, but the file there has other lines than the patch.`);
}

async function make(file: FilePatch, path: RepoPath, before: Before, format: ObjectFormat): Promise<Patched> {
  const mode = file.mode ?? modeOf(before.entry);
  if (file.binary) return { entry: makeEntry(path, mode, `patch:${path}`) };
  if (file.parsed.hunks.length === 0) {
    const empty = new Uint8Array();
    const id = before.entry?.id ?? blobId(empty, format);
    const bytes = before.entry === undefined ? empty : before.bytes;
    return { entry: makeEntry(path, mode, id), ...(bytes === undefined ? {} : { bytes }) };
  }
  if (mode === '160000') return { entry: makeEntry(path, mode, submoduleId(file)) };
  if (mode === '120000') return { entry: linkEntry(file, path, mode, format) };
  if (before.entry !== undefined && before.bytes === undefined) {
    throw new UsageError(`The patch changes ${file.from}, whose content can't be read here.`);
  }
  const text = apply(file, before.bytes === undefined ? '' : Buffer.from(before.bytes).toString('utf8'));
  const bytes = Buffer.from(text, 'utf8');
  return { entry: makeEntry(path, mode, blobId(bytes, format)), bytes };
}

/** A link's text is its one line, whole, in any hunk that touches it. */
function linkEntry({ parsed }: FilePatch, path: RepoPath, mode: string, format: ObjectFormat): TreeEntry {
  const added = parsed.hunks.flatMap(({ lines }) => lines).filter((line) => line.startsWith('+'));
  const bytes = Buffer.from(added.map((line) => line.slice(1)).join('\n'), 'utf8');
  return withTarget(makeEntry(path, mode, blobId(bytes, format)), bytes);
}

function modeOf(entry: TreeEntry | undefined): string {
  if (entry?.kind === 'link') return '120000';
  if (entry?.kind === 'submodule') return '160000';
  return entry?.executable === true ? '100755' : '100644';
}

function submoduleId({ parsed, to = '' }: FilePatch): string {
  const lines = parsed.hunks.flatMap(({ lines: written }) => written);
  const [, id] =
    lines.map((line) => /^\+Subproject commit ([0-9a-f]+)/.exec(line)).find((match) => match !== null) ?? [];
  return id ?? `patch:${to}`;
}

function apply(file: FilePatch, source: string): string {
  const applied = applyPatch(source, file.parsed);
  if (applied !== false) return applied;
  const hunks = file.parsed.hunks;
  const failing = hunks.findIndex((_, at) => applyPatch(source, upTo(file.parsed, at)) === false);
  const line = hunks[failing]?.oldStart ?? hunks[0]?.oldStart ?? 1;
  const hint = isApplied(source, file.parsed) ? '; it seems to be applied already' : '';
  throw new UsageError(`The patch does not apply to ${file.from ?? file.to} at line ${line}${hint}.`);
}

function upTo(parsed: StructuredPatch, last: number): StructuredPatch {
  return { ...parsed, hunks: parsed.hunks.slice(0, last + 1) };
}

function isApplied(source: string, parsed: StructuredPatch): boolean {
  return applyPatch(source, reversePatch(parsed)) !== false;
}

function binaryNote({ to, from }: FilePatch): Diagnostic {
  const file = to ?? from ?? '';
  const message = `The patch changes the bytes of ${file}; only the fact is taken, not the new content.`;
  return { kind: 'binary-file', level: 'note', message, file };
}

function overlaid(tree: FileTree, overlay: Overlay): FileTree {
  const kept = tree.entries.filter(({ path }) => !overlay.has(path));
  const made = [...overlay.values()].flatMap((patched) => patched?.entry ?? []);
  return makeFileTree({
    label: `${tree.label} + patch`,
    entries: [...kept, ...made],
    readBytes: async (paths) => {
      const bytes = new Map(await tree.read(paths.filter((path) => !overlay.has(path))));
      for (const path of paths) {
        const patched = overlay.get(path);
        if (patched?.entry.kind === 'file' && patched.bytes !== undefined) bytes.set(path, patched.bytes);
      }
      return bytes;
    },
    ignored: async (folder) => (await tree.ignored(folder)).filter((path) => !overlay.has(path)),
  });
}
