/**
 * Edits that change nothing a dependent could notice, made on real source text with TypeScript's syntax tree.
 * In: a path, its text, a seeded random source. Out: the edited text, or `undefined` where the file offers nothing to edit.
 * Not here: moves (moves.mjs), and comments that mean something (the model names them; none is added or taken away).
 */
import { format as prettier } from 'prettier';
import ts from 'typescript';

const COMMENT_KINDS = ['// A remark.\n', '/* A remark. */ ', '/**\n * A remark\n * of three lines.\n */\n'];

/** The syntax tree of a text, with parents. */
export function parse(path, text) {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kindOf(path));
}

function kindOf(path) {
  if (path.endsWith('x')) return path.endsWith('.jsx') ? ts.ScriptKind.JSX : ts.ScriptKind.TSX;
  return /\.[mc]?js$/.test(path) ? ts.ScriptKind.JSX : ts.ScriptKind.TS;
}

/** Every node below `root`, in source order, without recursion. */
export function* descendants(root) {
  const stack = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node;
    const children = [];
    ts.forEachChild(node, (child) => void children.push(child));
    stack.push(...children.reverse());
  }
}

/** Puts `[start, end, replacement]` triples into a text; they must not overlap. */
export function patched(text, patches) {
  let result = text;
  for (const [start, end, replacement] of [...patches].sort((a, b) => b[0] - a[0]))
    result = result.slice(0, start) + replacement + result.slice(end);
  return result;
}

/** Remarks before about half of the statements, at any depth. */
export function addComments(path, text, random) {
  const patches = [];
  for (const node of descendants(parse(path, text))) {
    const list = ts.isBlock(node) || ts.isSourceFile(node) || ts.isModuleBlock(node);
    if (!list || isPrologue(node)) continue;
    for (const statement of node.statements) {
      const start = statement.getStart();
      if (random() < 0.5 && !directive(text, statement))
        patches.push([start, start, COMMENT_KINDS[Math.floor(random() * 3)]]);
    }
  }
  return patches.length > 0 ? patched(text, patches) : undefined;
}

/** A comment between a directive such as `@ts-expect-error` and its line would change what it is about. */
function directive(text, statement) {
  return /@ts-|@jsx|@vitest|@jest|eslint-|webpack|@vite|__PURE__|prettier-ignore|@__/.test(
    text.slice(statement.getFullStart(), statement.getStart()),
  );
}

function isPrologue(node) {
  return (
    node.statements.length > 0 &&
    ts.isExpressionStatement(node.statements[0]) &&
    ts.isStringLiteral(node.statements[0].expression)
  );
}

/** Prettier with options far from anybody's; `undefined` where it can't parse the text. */
export async function reformat(path, text) {
  const style = {
    printWidth: 57,
    useTabs: true,
    semi: !/;\n/.test(text),
    singleQuote: !/'/.test(text),
    quoteProps: 'consistent',
    trailingComma: 'none',
    arrowParens: 'avoid',
    bracketSpacing: false,
    embeddedLanguageFormatting: 'off',
  };
  try {
    const result = await prettier(text, { ...style, filepath: path, experimentalTernaries: true });
    return result === text ? undefined : result;
  } catch {
    return undefined;
  }
}

/** Windows line ends, and two blank lines for each one. */
export function changeLineEnds(path, text) {
  if (text.includes('\r') || /`[^`]*\n\n/.test(text)) return undefined;
  return text.replace(/\n\n/g, '\n\n\n').replace(/\n/g, '\r\n');
}

/** Another indentation of a JSON file. */
export function reindentJson(path, text) {
  try {
    const result = `${JSON.stringify(JSON.parse(text), null, 7)}\n`;
    return result === text ? undefined : result;
  } catch {
    return undefined;
  }
}

/** About half of the variables and parameters inside functions get other names, at each of their uses. */
export function renameLocals(path, text, random) {
  const service = ts.createLanguageService(soleFileHost(path, text));
  const renamed = new Map();
  const taken = new Set();
  for (const node of descendants(service.getProgram().getSourceFile(path))) {
    if (!isLocalName(node) || random() < 0.5 || taken.has(node.pos)) continue;
    const places =
      service.findRenameLocations(path, node.getStart(), false, false, { providePrefixAndSuffixTextForRename: true }) ??
      [];
    for (const { textSpan, prefixText = '', suffixText = '' } of places) {
      taken.add(textSpan.start);
      renamed.set(textSpan.start, [
        textSpan.start,
        textSpan.start + textSpan.length,
        `${prefixText}${node.text}Renamed${suffixText}`,
      ]);
    }
  }
  return renamed.size > 0 ? patched(text, renamed.values()) : undefined;
}

/** A name bound by a variable or parameter of a function that has a body (parameter properties are members, not locals). */
function isLocalName(node) {
  if (!ts.isIdentifier(node) || node.text === 'this') return false;
  const owner = node.parent;
  const binds = ts.isVariableDeclaration(owner) || ts.isBindingElement(owner) || ts.isParameter(owner);
  if (!binds || owner.name !== node) return false;
  const declaration = ts.findAncestor(
    owner,
    (above) =>
      ts.isParameter(above) || ts.isVariableStatement(above) || ts.isForOfStatement(above) || ts.isForStatement(above),
  );
  if (declaration && ts.isParameter(declaration) && (ts.getModifiers(declaration)?.length || !declaration.parent.body))
    return false;
  return Boolean(ts.findAncestor(owner, (above) => ts.isFunctionLike(above) && 'body' in above && Boolean(above.body)));
}

function soleFileHost(path, text) {
  return {
    getScriptFileNames: () => [path],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => (name === path ? ts.ScriptSnapshot.fromString(text) : undefined),
    getScriptKind: () => kindOf(path),
    getCurrentDirectory: () => '/',
    getCompilationSettings: () => ({
      noLib: true,
      noResolve: true,
      allowJs: true,
      jsx: ts.JsxEmit.Preserve,
      target: ts.ScriptTarget.Latest,
    }),
    getDefaultLibFileName: () => '',
    fileExists: (name) => name === path,
    readFile: (name) => (name === path ? text : undefined),
  };
}
