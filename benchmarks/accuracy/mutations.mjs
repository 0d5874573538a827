/**
 * Ways of breaking one exported declaration, as text patches: what `make-oracle.mjs` puts into real files.
 * In: the syntax tree of a file. Out: `{ symbol, member?, kind, line, patch }` records. Same kinds as the published oracles.
 */
import ts from 'typescript';

const MUTANT = '{ __mut: 1 }';

/** Every mutation that the exported declarations of a file offer, in source order. */
export function mutationsOf(source) {
  return source.statements.flatMap((statement) => {
    const exported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.find(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!exported || ts.getModifiers(statement).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) return [];
    return declarationsOf(statement).flatMap((declaration) =>
      mutationsOfDeclaration(source, statement, exported, declaration),
    );
  });
}

function declarationsOf(statement) {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.filter(({ name }) => ts.isIdentifier(name));
  return statement.name && ts.isIdentifier(statement.name) ? [statement] : [];
}

function mutationsOfDeclaration(source, statement, exported, declaration) {
  const symbol = declaration.name.text;
  const at = (node) => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  const replace = (kind, node, insert, more = {}) => ({
    symbol,
    kind,
    line: at(node),
    ...more,
    patch: patch(source, node.getStart(source), node.end, insert),
  });
  const found = [replace('rename', declaration.name, `${symbol}__mut`)];
  if (!ts.isVariableStatement(statement) || statement.declarationList.declarations.length === 1) {
    found.push({
      symbol,
      kind: 'remove-export',
      line: at(statement),
      patch: patch(source, exported.getStart(source), exported.end, ''),
    });
  }
  const callable = callableOf(declaration);
  if (callable) {
    const [first] = callable.parameters;
    if (first)
      found.push({
        symbol,
        kind: 'add-param',
        line: at(declaration),
        patch: patch(source, first.getStart(source), first.getStart(source), `__mut: ${MUTANT}, `),
      });
    if (first?.type) found.push(replace('param-type', first.type, MUTANT));
    if (callable.type && !ts.isTypePredicateNode(callable.type))
      found.push(replace('return-type', callable.type, MUTANT));
  }
  if (ts.isTypeAliasDeclaration(declaration)) found.push(replace('alias-type', declaration.type, MUTANT));
  return [...found, ...membersOf(declaration).flatMap((member) => mutationsOfMember(source, symbol, member, replace))];
}

function callableOf(declaration) {
  if (ts.isFunctionDeclaration(declaration)) return declaration;
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) && value.body && hasParentheses(value)
    ? value
    : undefined;
}

/** `x => x` has no room for another parameter. */
function hasParentheses(value) {
  return value.getText().trimStart().startsWith('(') || /^(?:async\s*)?(?:function|<)/.test(value.getText());
}

function membersOf(declaration) {
  if (ts.isInterfaceDeclaration(declaration) || ts.isClassDeclaration(declaration) || ts.isEnumDeclaration(declaration))
    return declaration.members;
  return ts.isTypeAliasDeclaration(declaration) && ts.isTypeLiteralNode(declaration.type)
    ? declaration.type.members
    : [];
}

function mutationsOfMember(source, symbol, node, replace) {
  if (!node.name || !ts.isIdentifier(node.name)) return [];
  const member = node.name.text;
  if (ts.isEnumMember(node)) return [replace('enum-rename', node.name, `${member}__mut`, { member })];
  const remove = { ...replace('remove-prop', node, '', { member }) };
  if (ts.isMethodDeclaration(node)) return [{ ...remove, kind: 'remove-method' }];
  if (!ts.isPropertySignature(node) && !ts.isPropertyDeclaration(node)) return [];
  const found = [remove];
  if (node.type) found.push(replace('prop-type', node.type, MUTANT, { member }));
  if (node.questionToken) found.push(replace('prop-require', node.questionToken, '', { member }));
  else if (ts.isPropertySignature(node))
    found.push({ ...remove, kind: 'prop-optional', patch: patch(source, node.name.end, node.name.end, '?') });
  return found;
}

function patch(source, start, end, insert) {
  return { start, end, insert, removed: source.text.slice(start, end) };
}
