/**
 * Ways of breaking one top-level declaration, as text patches: what `make-oracle.mjs` puts into real files.
 * In: the syntax tree of a file. Out: `{ symbol, member?, kind, line, patch }` records.
 * Kinds of the published oracles, and harder ones: inferred types, heritage, annotations, type parameters, private declarations.
 */
import ts from 'typescript';

const MUTANT = '{ __mut: 1 }';
const FUNCTION = (node) => ts.isArrowFunction(node) || ts.isFunctionExpression(node);

/** Every mutation that the top-level declarations of a file offer, in source order. */
export function mutationsOf(source) {
  return source.statements.flatMap((statement) => {
    const exported = modifier(statement, ts.SyntaxKind.ExportKeyword);
    if (modifier(statement, ts.SyntaxKind.DefaultKeyword) || modifier(statement, ts.SyntaxKind.DeclareKeyword))
      return [];
    return declarationsOf(statement).flatMap((declaration) => {
      const edits = editsOf(source, declaration.name.text);
      return [
        ...(exported ? nameMutations(statement, exported, declaration, edits) : []),
        ...callableMutations(declaration, edits),
        ...typeMutations(declaration, edits),
        ...membersOf(declaration).flatMap((member) => memberMutations(member, edits)),
      ];
    });
  });
}

/** Makers of mutation records: `replace` a node, `insert` at an offset. */
function editsOf(source, symbol) {
  const made = (kind, start, end, insert, more) => ({
    symbol,
    kind,
    line: source.getLineAndCharacterOfPosition(start).line + 1,
    ...more,
    patch: { start, end, insert, removed: source.text.slice(start, end) },
  });
  return {
    replace: (kind, node, insert, more) => made(kind, node.getStart(source), node.end, insert, more),
    insert: (kind, offset, insert, more) => made(kind, offset, offset, insert, more),
  };
}

function modifier(node, wanted) {
  return ts.canHaveModifiers(node) ? ts.getModifiers(node)?.find(({ kind }) => kind === wanted) : undefined;
}

function declarationsOf(statement) {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.filter(({ name }) => ts.isIdentifier(name));
  return statement.name && ts.isIdentifier(statement.name) ? [statement] : [];
}

function nameMutations(statement, exported, declaration, { replace }) {
  const { text } = declaration.name;
  const found = [replace('rename', declaration.name, `${text}__mut`)];
  const sole = !ts.isVariableStatement(statement) || statement.declarationList.declarations.length === 1;
  const merged = statement.parent.statements.some((other) => other !== statement && other.name?.text === text);
  return sole && !merged ? [...found, replace('remove-export', exported, '')] : found;
}

function callableMutations(declaration, { replace, insert }) {
  const callable = callableOf(declaration);
  if (!callable) return [];
  const [first] = callable.parameters;
  const found = [];
  if (first) found.push(insert('add-param', first.getStart(), `__mut: ${MUTANT}, `));
  if (first?.type) found.push(replace('param-type', first.type, MUTANT));
  if (callable.type && !ts.isTypePredicateNode(callable.type))
    found.push(replace('return-type', callable.type, MUTANT));
  if (!callable.type && callable.body) {
    const result = ts.isBlock(callable.body)
      ? callable.body.statements.find(ts.isReturnStatement)?.expression
      : callable.body;
    if (result) found.push(replace('inferred-return', result, ts.isBlock(callable.body) ? MUTANT : `(${MUTANT})`));
  }
  return found;
}

function callableOf(declaration) {
  if (ts.isFunctionDeclaration(declaration)) return declaration;
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value && FUNCTION(value) && value.body && hasParentheses(value) ? value : undefined;
}

/** `x => x` has no room for another parameter. */
function hasParentheses(value) {
  return value.getText().trimStart().startsWith('(') || /^(?:async\s*)?(?:function|<)/.test(value.getText());
}

function typeMutations(declaration, { replace, insert }) {
  const found = [];
  if (ts.isTypeAliasDeclaration(declaration)) found.push(replace('alias-type', declaration.type, MUTANT));
  if (ts.isVariableDeclaration(declaration) && declaration.type)
    found.push(replace('var-type', declaration.type, MUTANT));
  if (
    ts.isVariableDeclaration(declaration) &&
    !declaration.type &&
    declaration.initializer &&
    !FUNCTION(declaration.initializer)
  ) {
    found.push(replace('initializer', declaration.initializer, `(${MUTANT})`));
    found.push(insert('annotate', declaration.name.end, `: ${MUTANT}`));
  }
  for (const clause of declaration.heritageClauses ?? []) found.push(replace('heritage', clause, ''));
  const [parameter] = declaration.typeParameters ?? [];
  if (parameter) found.push(insert('type-param', parameter.getStart(), '__Mut extends { __mut: 1 }, '));
  return found;
}

function membersOf(declaration) {
  if (ts.isInterfaceDeclaration(declaration) || ts.isClassDeclaration(declaration) || ts.isEnumDeclaration(declaration))
    return declaration.members;
  if (ts.isTypeAliasDeclaration(declaration) && ts.isTypeLiteralNode(declaration.type)) return declaration.type.members;
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value && ts.isObjectLiteralExpression(value) ? value.properties : [];
}

function memberMutations(node, { replace, insert }) {
  if (!node.name || !ts.isIdentifier(node.name)) return [];
  const member = node.name.text;
  const more = { member };
  if (ts.isEnumMember(node)) return [replace('enum-rename', node.name, `${member}__mut`, more)];
  if (ts.isPropertyAssignment(node))
    return [
      replace('entry-rename', node.name, `${member}__mut`, more),
      replace('entry-value', node.initializer, MUTANT, more),
    ];
  if (ts.isMethodDeclaration(node) || ts.isMethodSignature(node))
    return methodMutations(node, more, { replace, insert });
  if (!ts.isPropertySignature(node) && !ts.isPropertyDeclaration(node)) return [];
  const found = [replace('remove-prop', node, '', more)];
  if (node.type) found.push(replace('prop-type', node.type, MUTANT, more));
  if (node.questionToken) found.push(replace('prop-require', node.questionToken, '', more));
  else if (ts.isPropertySignature(node)) found.push(insert('prop-optional', node.name.end, '?', more));
  return found;
}

function methodMutations(node, more, { replace, insert }) {
  const found = [
    ts.isObjectLiteralExpression(node.parent)
      ? replace('entry-rename', node.name, `${more.member}__mut`, more)
      : replace('remove-method', node, '', more),
  ];
  if (node.parameters[0]) found.push(insert('method-param', node.parameters[0].getStart(), `__mut: ${MUTANT}, `, more));
  if (node.type && !ts.isTypePredicateNode(node.type)) found.push(replace('method-return', node.type, MUTANT, more));
  return found;
}
