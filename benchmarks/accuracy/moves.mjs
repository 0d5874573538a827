/**
 * Pure moves of one declaration: its text stays, its place changes, and every name stays reachable.
 * In: a path and its text. Out: the texts that replace it, by path, or `undefined` where nothing can be moved whole.
 */
import { posix } from 'node:path';
import ts from 'typescript';
import { descendants, parse, patched } from './edits.mjs';

/** The first function or type declaration of the file goes to its end. */
export function moveWithinFile(path, text) {
  const source = parse(path, text);
  const first = source.statements.find((statement) => isMovable(statement));
  const last = source.statements.at(-1);
  if (!first || first === last || !text.endsWith('\n')) return undefined;
  const start = first.getFullStart();
  const declaration = text.slice(start, first.end);
  if (/@ts-|eslint|@vitest|@jest/.test(declaration.slice(0, first.getStart() - start))) return undefined;
  return `${patched(text, [[start, first.end, '']])}\n${declaration.trimStart()}\n`;
}

/** Hoisted, evaluated when called: its place among the statements can't be noticed. Overloads stay where they are. */
function isMovable(statement) {
  if (ts.isFunctionDeclaration(statement))
    return Boolean(statement.body) && Boolean(statement.name) && !overloaded(statement);
  return ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
}

function overloaded(statement) {
  const named = (other) => other !== statement && other.name?.text === statement.name.text;
  return statement.parent.statements.some(
    (other) =>
      (ts.isFunctionDeclaration(other) || ts.isModuleDeclaration(other) || ts.isInterfaceDeclaration(other)) &&
      named(other),
  );
}

/**
 * An exported function or type that needs nothing else of its file goes into a new file beside it; the old file re-exports it.
 * @returns `{ path, moved, name, texts }` with the texts of both files by path.
 */
export function moveToNewFile(path, text) {
  const source = parse(path, text);
  if (/\.d\.[mc]?ts$/.test(path)) return undefined;
  const own = new Set(source.statements.flatMap((statement) => declaredNames(statement)));
  const imports = source.statements.filter((statement) => ts.isImportDeclaration(statement) && statement.importClause);
  const candidate = source.statements.find(
    (statement) => isMovable(statement) && isPlainExport(statement) && standsAlone(statement, own),
  );
  if (!candidate) return undefined;
  const name = candidate.name.text;
  const used = identifiers(candidate);
  const extension = posix.extname(path);
  const moved = `${path.slice(0, -extension.length)}.moved${extension}`;
  const specifier = `./${posix.basename(moved, extension)}${importedExtension(imports, extension)}`;
  const needed = imports.map((declaration) => narrowed(declaration, used)).filter(Boolean);
  const erased = ts.isFunctionDeclaration(candidate) ? '' : 'type ';
  const rest = new Set(
    source.statements
      .filter((statement) => statement !== candidate)
      .flatMap((statement) => [...identifiers(statement)]),
  );
  const forward = `${rest.has(name) ? `import ${erased}{ ${name} } from '${specifier}';\n` : ''}export ${erased}{ ${name} } from '${specifier}';`;
  const remaining = patched(text, [[candidate.getStart(), candidate.end, forward]]);
  return {
    path,
    moved,
    name,
    texts: { [path]: remaining, [moved]: `${needed.join('\n')}\n\n${candidate.getText()}\n` },
  };
}

function declaredNames(statement) {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  return statement.name ? [statement.name.getText()] : [];
}

function isPlainExport(statement) {
  const modifiers = new Set((ts.getModifiers(statement) ?? []).map(({ kind }) => kind));
  const { ExportKeyword, DefaultKeyword, DeclareKeyword } = ts.SyntaxKind;
  return modifiers.has(ExportKeyword) && !modifiers.has(DefaultKeyword) && !modifiers.has(DeclareKeyword);
}

function standsAlone(statement, own) {
  return (
    [...identifiers(statement)].every((name) => name === statement.name.text || !own.has(name)) &&
    !/import\(|require\(|import\.meta|__dirname/.test(statement.getText())
  );
}

function identifiers(root) {
  const names = new Set();
  for (const node of descendants(root)) if (ts.isIdentifier(node)) names.add(node.text);
  return names;
}

/** The import declaration with only those names that are used; `undefined` where none is. */
function narrowed(declaration, used) {
  const { importClause, moduleSpecifier } = declaration;
  const bindings = importClause.namedBindings;
  const kept = [];
  if (importClause.name && used.has(importClause.name.text)) kept.push(importClause.name.text);
  if (bindings && ts.isNamespaceImport(bindings) && used.has(bindings.name.text)) kept.push(bindings.getText());
  if (bindings && ts.isNamedImports(bindings)) {
    const names = bindings.elements.filter(({ name }) => used.has(name.text)).map((element) => element.getText());
    if (names.length > 0) kept.push(`{ ${names.join(', ')} }`);
  }
  return kept.length > 0
    ? `import ${importClause.isTypeOnly ? 'type ' : ''}${kept.join(', ')} from ${moduleSpecifier.getText()};`
    : undefined;
}

/** Relative imports of the file say whether this project writes extensions, and which. */
function importedExtension(imports, extension) {
  const relative = imports
    .map(({ moduleSpecifier }) => moduleSpecifier.text)
    .find((specifier) => specifier.startsWith('.'));
  const written = relative && /\.[mc]?[jt]sx?$/.exec(relative)?.[0];
  if (!written) return '';
  return written.includes('js') ? extension.replace('ts', 'js').replace('jsx', 'js') : extension;
}
