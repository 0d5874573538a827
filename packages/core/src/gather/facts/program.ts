/**
 * The two passes over one program, in order: declare, export, read; then what belongs to the file as a whole.
 */
import type { Language } from '../../model/facts.js';
import type { Container } from './container.js';
import type { Containers } from './declare.js';
import { recordCalls } from './calls/recorder.js';
import { containerOf, declareAll } from './declare.js';
import { coarseVisit } from './coarse.js';
import type { Draft } from './draft.js';
import { collectAllCommonJs, collectExport, declareExportValue } from './exports.js';
import type { LineTable } from './line-table.js';
import type { Parsed } from './parser.js';
import { noteJsDoc, noteTripleSlash, pragmasOf } from './pragmas.js';
import { readAll } from './read.js';
import { Scope } from './scope.js';
import type { ScriptBlocks } from './sfc.js';
import { addComponent } from './sfc-component.js';
import type { Node } from './syntax.js';
import { visitPlain } from './visit-expressions.js';
import { jsxFactoryOf, jsxSourceOf } from './visit-jsx.js';
import { VISITORS } from './visitors.js';
import { Walk } from './walk.js';

/** A parsed text and where its facts go. */
export interface ProgramInput {
  readonly parsed: Parsed;
  readonly text: string;
  readonly language: Language;
  readonly draft: Draft;
  readonly lines: LineTable;
  /** For components: what was found around the scripts. */
  readonly blocks?: ScriptBlocks | undefined;
}

/** What of a program stands in no table of the draft. */
export interface ProgramFacts {
  readonly pragmas: readonly string[];
  /** See `FileFacts.calls`. */
  readonly calls: string;
}

/** Fills the draft from the program. */
export function programFacts(input: ProgramInput): ProgramFacts {
  const { parsed, text, language, draft, lines, blocks } = input;
  const body = parsed.program.body as Node[];
  const { pragmas, comments } = pragmasOf(text, parsed.program, parsed.comments);
  const scope = new Scope(undefined);
  const walk = new Walk(text, draft, lines, scope, draft.symbol(0).sink, VISITORS, visitPlain, coarseVisit);
  walk.jsxFactory = jsxFactoryOf(pragmas);
  walk.jsxSource = jsxSourceOf(pragmas);
  const file: Container = { scope, parent: -1, prefix: '', place: 'file', request: -1, declared: language === 'dts' };
  const inner: Containers = new Map();
  draft.esm = body.some(isModuleSyntax);
  walk.sloppy = !draft.esm && blocks === undefined;
  walk.erased = file.declared;
  walk.eager = true;
  declareAll(walk, file, body, inner);
  exportAll(walk, file, body, inner);
  if (!draft.esm) collectAllCommonJs(walk, file, body);
  walk.eager = false;
  readAll(walk, file, body, inner);
  walk.erased = false;
  noteTripleSlash(walk, comments);
  if (language === 'js' || language === 'jsx') noteJsDoc(walk, comments, body);
  if (blocks !== undefined) addComponent(walk, file, blocks, language);
  addAmbient(draft, file, inner, blocks !== undefined);
  return { pragmas, calls: language === 'dts' || !draft.recordsCalls ? '' : recordCalls(walk.sites, draft, lines) };
}

function isModuleSyntax(node: Node): boolean {
  return (
    node.type === 'ImportDeclaration' ||
    (node.type.startsWith('Export') && node.type.endsWith('Declaration')) ||
    node.type === 'TSExportAssignment' ||
    (node.type === 'TSImportEqualsDeclaration' && node.moduleReference.type === 'TSExternalModuleReference')
  );
}

/** Export entries of the file and of every namespace in it. */
function exportAll(walk: Walk, container: Container, body: readonly Node[], inner: Containers): void {
  for (const node of body) {
    if (node.type === 'ExportDefaultDeclaration' && isBareValue(node.declaration)) {
      declareExportValue(walk, container, node, 'default', node.declaration);
    } else if (node.type === 'TSExportAssignment')
      declareExportValue(walk, container, node, 'export=', node.expression);
    collectExport(walk, container, node);
    const declaration = (node.declaration ?? node) as Node;
    if (declaration.type !== 'TSModuleDeclaration' || !declaration.body) continue;
    const own = containerOf(container, declaration, inner);
    if (own !== undefined) exportAll(walk, own, declaration.body.body, inner);
  }
}

function isBareValue(node: Node): boolean {
  return !node.type.endsWith('Declaration') && node.type !== 'TSDeclareFunction';
}

/** Names that other files see without importing: scripts' own, and those of `declare global` and `declare module`. */
function addAmbient(draft: Draft, file: Container, inner: Containers, component: boolean): void {
  const containers = [...inner.values()].filter(({ place }) => place === 'ambient');
  if (!draft.esm && !draft.cjs && !component) containers.unshift(file);
  for (const { scope, request } of containers) {
    for (const { name, target } of scope.variables()) {
      if (target?.kind !== 'symbol') continue;
      const { kind } = draft.symbol(target.symbol);
      const foreign = kind === 'namespace' && (name === 'global' || name.startsWith('module:'));
      const known = draft.ambient.some(
        (entry) => entry.symbol === target.symbol && entry.name === name && entry.request === request,
      );
      if (!foreign && !known) draft.ambient.push({ symbol: target.symbol, name, request });
    }
  }
}
