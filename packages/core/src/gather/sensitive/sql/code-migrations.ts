/**
 * Migrations written in JavaScript or TypeScript (TypeORM, MikroORM, Knex, Kysely, Sequelize, Drizzle's `sql`) as operations.
 * In: a text. Out: operations of its `up`, by its written SQL and by the builders' calls. Read, never run: what is put together
 * at run time is `dynamic`. `down` is not read.
 */
import type { SqlOperation } from '../../../model/sql.js';
import type { RepoPath } from '../../../model/path.js';
import type { Node } from '../../facts/syntax.js';
import { codeTree, keyOf, lineOfNode, nodesBelow, stringOf, textOfNode } from '../tables/code-tree.js';
import { builderOperations } from './builder-calls.js';
import { readScript, type SqlScript } from './script.js';

const FOLDER = /(?:^|\/)(?:[\w.-]*migrations?[\w.-]*|migrate)\/[^/]+\.[mc]?[jt]s$/i;
const API =
  /addSql|queryRunner|queryInterface|knex|kysely|\bsql`|\bsql\.raw\(|db\.execute|\.schema\b|MigrationInterface/;

/** True where a changed source file may be a migration. */
export function mayBeCodeMigration(file: RepoPath, text: string): boolean {
  return FOLDER.test(file) && API.test(text);
}

/** Reads one file; `undefined` where it has no `up`. Never throws. */
export async function readCodeMigration(file: RepoPath, text: string): Promise<SqlScript | undefined> {
  const program = codeTree(file, text);
  const up = program === undefined ? undefined : upOf(program);
  if (up === undefined) return undefined;
  const operations: SqlOperation[] = [];
  const statements: string[] = [];
  const unread: number[] = [];
  let dialect: SqlScript['dialect'] = 'postgresql';
  for (const node of nodesBelow(up)) {
    const line = lineOfNode(text, node);
    const written = sqlOf(node);
    if (written !== undefined) {
      const script = await readScript(written.text);
      const found = written.holes && script.unread.length > 0 ? [DYNAMIC] : script.operations;
      if (!written.holes) unread.push(...script.unread.map(() => line));
      if (script.operations.length > 0) dialect = script.dialect;
      // A template's statements stand on lines of their own.
      const lineOf = (one: SqlOperation): number => line + Math.max(0, one.line - 1);
      operations.push(...found.map((one) => ({ ...one, line: lineOf(one), statement: statements.length })));
      statements.push(written.text);
      continue;
    }
    const built = builderOperations(node);
    operations.push(...built.map((one) => ({ ...one, line, statement: statements.length })));
    if (built.length > 0) statements.push(textOfNode(text, node));
  }
  return { dialect, operations, statements, unread };
}

const DYNAMIC = { action: 'dynamic', line: 0, statement: 0 } as const;

/** `up` as a method, a function, a property or a variable. */
function upOf(program: Node): Node | undefined {
  for (const node of nodesBelow(program)) {
    if (node.type === 'MethodDefinition' && keyOf(node) === 'up') return node['value'] as Node;
    if (node.type === 'Property' && keyOf(node) === 'up') return node['value'] as Node;
    if (node.type === 'FunctionDeclaration' && (node['id'] as Node | null)?.['name'] === 'up') return node;
    if (node.type === 'VariableDeclarator' && (node['id'] as Node)['name'] === 'up') return (node['init'] as Node | null) ?? undefined; // prettier-ignore
    if (node.type === 'AssignmentExpression' && isUpExport(node['left'] as Node)) return node['right'] as Node;
  }
  return undefined;
}

function isUpExport(left: Node): boolean {
  return left.type === 'MemberExpression' && (left['property'] as Node)['name'] === 'up';
}

const CALLS = /^(?:addSql|query|raw|execute|executeSql|unsafe|\$executeRaw(?:Unsafe)?|runSql|sql)$/;
const TAGS = /^(?:sql|raw|\$executeRaw)$/;

/** The SQL that a call or a tagged template holds; holes become a name. */
function sqlOf(node: Node): { readonly text: string; readonly holes: boolean } | undefined {
  if (node.type === 'TaggedTemplateExpression') {
    return TAGS.test(lastName(node['tag'] as Node)) ? templateText(node['quasi'] as Node) : undefined;
  }
  if (node.type !== 'CallExpression' || !CALLS.test(lastName(node['callee'] as Node))) return undefined;
  const [first] = node['arguments'] as Node[];
  const plain = stringOf(first);
  const found = plain !== undefined ? { text: plain, holes: false } : first?.type === 'TemplateLiteral' ? templateText(first) : undefined; // prettier-ignore
  return found !== undefined && /^\s*(?:--.*\n\s*)*[a-z]+\s/i.test(found.text) ? found : undefined;
}

function lastName(callee: Node): string {
  const name = callee.type === 'MemberExpression' ? (callee['property'] as Node)['name'] : callee['name'];
  return typeof name === 'string' ? name : '';
}

function templateText(template: Node): { readonly text: string; readonly holes: boolean } {
  const parts = (template['quasis'] as Node[]).map((one) => String(one['value'].cooked ?? one['value'].raw));
  return { text: parts.join('hole'), holes: parts.length > 1 };
}
