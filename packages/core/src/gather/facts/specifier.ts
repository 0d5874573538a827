/**
 * The static part of an expression that names a module or file.
 * In: a node. Out: text with `*` for each hole, or nothing where no part of it is static.
 */
import type { Node } from './syntax.js';
import { staticText, unwrap } from './syntax.js';

/** A specifier as far as the text gives it. */
export interface Specifier {
  readonly text: string;
  /** It has holes. */
  readonly pattern: boolean;
}

/** Reads literals, templates and `+` of these; `undefined` where all of it is computed. */
export function specifierOf(node: Node | null | undefined): Specifier | undefined {
  if (node === null || node === undefined) return undefined;
  const text = pieceOf(unwrap(node), 0);
  const pattern = text.includes('*') && staticText(unwrap(node)) === undefined;
  const meaning = pattern ? text.replaceAll('*', '').replaceAll('/', '').replaceAll('.', '') : text;
  if (meaning === '' && !/\.\.?\/|\/\*/.test(text)) return undefined;
  return { text: text.replaceAll(/\*{2,}/g, '*'), pattern };
}

function pieceOf(node: Node, depth: number): string {
  const text = staticText(node);
  if (text !== undefined) return text;
  if (depth > 100) return '*';
  if (isOwnFolder(node)) return '.';
  if (node.type === 'TemplateLiteral') {
    const [own, after] = [
      node.quasis[0].value.cooked === '' && isOwnFolder(node.expressions[0]),
      node.quasis as Node[],
    ];
    const texts = after.map((quasi) => quasi.value.cooked as string);
    return own ? `.${texts.slice(1).join('*')}` : texts.join('*');
  }
  if (node.type === 'CallExpression' && isOwnFolder(node.arguments[0])) return joinedPath(node);
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    return pieceOf(unwrap(node.left), depth + 1) + pieceOf(unwrap(node.right), depth + 1);
  }
  return '*';
}

/** `join(__dirname, 'x', name)`. */
function joinedPath({ callee, arguments: [, ...rest] }: Node): string {
  const name = (callee.type === 'MemberExpression' ? callee.property.name : callee.name) as string;
  if (name !== 'join' && name !== 'resolve') return '*';
  return ['.', ...(rest as Node[]).map((part) => specifierOf(part)?.text ?? '*')].join('/');
}

/** True for `__dirname`, `import.meta.dirname`, `dirname(fileURLToPath(import.meta.url))` and names that say the same. */
export function isOwnFolder(root: Node | null | undefined): boolean {
  const node = root ? unwrap(root) : undefined;
  if (node?.type === 'Identifier') return /^_{0,2}dir_?name$/i.test(node.name);
  if (node?.type === 'MemberExpression') {
    return node.object.type === 'MetaProperty' && ['dirname', 'dir'].includes(node.property.name);
  }
  if (node?.type !== 'CallExpression') return false;
  const callee = node.callee.type === 'MemberExpression' ? node.callee.property : node.callee;
  const argument = node.arguments[0] as Node | undefined;
  if (callee.name !== 'dirname' || argument === undefined) return false;
  return argument.type === 'Identifier' ? argument.name === '__filename' : mentionsOwnUrl(argument);
}

/** True for `import.meta.url` itself or inside `fileURLToPath(…)`. */
export function mentionsOwnUrl(node: Node): boolean {
  if (node.type === 'CallExpression') return node.arguments.length > 0 && mentionsOwnUrl(node.arguments[0]);
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'MetaProperty' &&
    ['url', 'filename', 'path'].includes(node.property.name)
  );
}
