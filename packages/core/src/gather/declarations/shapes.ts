/**
 * The declarations of one text, as others see them.
 * In: a text and its language. Out: `DeclaredShape`s in source order; none where it does not parse. Never throws.
 * Not here: which files are read (index.ts).
 */
import type { DeclaredKind, DeclaredShape } from '../../model/declaration.js';
import type { Language } from '../../model/facts.js';
import { parse, type Dialect } from '../facts/parser.js';
import { isFunction, startOf, unwrap, type Node } from '../facts/syntax.js';
import { entriesOf, enumMembersOf, membersOf } from './members.js';
import { annotationOf, genericsOf, signatureOf, writtenText, type Source } from './signatures.js';

const DIALECTS: Partial<Record<Language, Dialect>> = { ts: 'ts', tsx: 'tsx', dts: 'dts', js: 'js', jsx: 'js' };

/** See the file's head. Linear in the text. */
export function shapesOf(text: string, language: Language): DeclaredShape[] {
  const dialect = DIALECTS[language];
  const parsed = dialect === undefined ? undefined : parse(text, dialect, 'auto');
  if (parsed === undefined) return [];
  const source = sourceOf(text, parsed.comments());
  const statements = callable(parsed.program.body as Node[]);
  return joined(statements.flatMap((statement) => statementShapes(source, statement)));
}

function sourceOf(text: string, comments: readonly { readonly value: string; readonly start: number }[]): Source {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const deprecated = comments
    .filter(({ value }) => value.includes('@deprecated'))
    .map(({ value, start }) => start + value.length + 4);
  return {
    text,
    lineAt: (offset) => {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >>> 1;
        if (starts[middle]! <= offset) low = middle;
        else high = middle - 1;
      }
      return low + 1;
    },
    isDeprecated: (offset) => deprecated.some((end) => end <= offset && text.slice(end, offset).trim() === ''),
  };
}

/** What stands behind overloads is nobody's to call. */
function callable(statements: readonly Node[]): readonly Node[] {
  const nameOf = (statement: Node): string => {
    const node = (statement.declaration ?? statement) as Node;
    return (node.id as Node | null | undefined)?.name as string;
  };
  const typeOf = (statement: Node): string => ((statement.declaration ?? statement) as Node).type;
  const overloaded = new Set(statements.filter((one) => typeOf(one) === 'TSDeclareFunction').map(nameOf));
  return statements.filter((one) => typeOf(one) !== 'FunctionDeclaration' || !overloaded.has(nameOf(one)));
}

function statementShapes(source: Source, statement: Node): DeclaredShape[] {
  const isExport = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
  const node = (isExport ? statement.declaration : statement) as Node | null;
  if (!node) return [];
  const isDefault = statement.type === 'ExportDefaultDeclaration';
  if (node.type === 'VariableDeclaration')
    return (node.declarations as Node[]).flatMap((one) => variableShape(source, one, statement));
  const shape = declarationShape(source, node, statement);
  if (shape !== undefined) return [shape];
  if (!isDefault || node.type === 'Identifier') return [];
  return [valueShape(source, { name: 'default', value: node, annotation: undefined, statement })];
}

function declarationShape(source: Source, node: Node, statement: Node): DeclaredShape | undefined {
  const name = ((node.id as Node | null | undefined)?.name ?? 'default') as string;
  const shape = (kind: DeclaredKind, more: Partial<DeclaredShape> = {}): DeclaredShape => ({
    ...plain(source, name, kind, statement),
    generics: genericsOf(source, node.typeParameters as Node | undefined),
    ...more,
  });
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      return shape('function', { generics: [], signatures: [signatureOf(source, node)] });
    case 'ClassDeclaration':
      return shape('class', {
        members: membersOf(source, (node.body as Node).body as Node[]),
        heritage: heritageOf(source, node),
        abstract: node.abstract === true,
      });
    case 'TSInterfaceDeclaration':
      return shape('interface', {
        members: membersOf(source, (node.body as Node).body as Node[]),
        heritage: ((node.extends ?? []) as Node[]).map((one) => writtenText(source, one)),
      });
    case 'TSTypeAliasDeclaration':
      return shape('alias', aliasParts(source, node.typeAnnotation as Node));
    case 'TSEnumDeclaration': {
      const members = ((node.body as Node | undefined)?.members ?? node.members) as Node[];
      return shape('enum', { members: enumMembersOf(source, members), constant: node.const === true });
    }
    case 'TSModuleDeclaration':
      return shape('namespace');
    default:
      return undefined;
  }
}

function heritageOf(source: Source, node: Node): string[] {
  const superClass = node.superClass as Node | null | undefined;
  const implemented = (node.implements ?? []) as Node[];
  return [...(superClass ? [superClass] : []), ...implemented].map((one) => writtenText(source, one));
}

function aliasParts(source: Source, type: Node): Partial<DeclaredShape> {
  const text = writtenText(source, type);
  if (type.type === 'TSTypeLiteral') return { type: text, members: membersOf(source, type.members as Node[]) };
  if (type.type === 'TSFunctionType') return { type: text, signatures: [signatureOf(source, type)] };
  if (type.type !== 'TSUnionType') return { type: text };
  return { type: text, parts: (type.types as Node[]).map((one) => writtenText(source, one)) };
}

function variableShape(source: Source, declarator: Node, statement: Node): DeclaredShape[] {
  const id = declarator.id as Node;
  if (id.type !== 'Identifier') return [];
  const annotation = id.typeAnnotation as Node | undefined;
  return [
    valueShape(source, { name: id.name as string, value: declarator.init as Node | null, annotation, statement }),
  ];
}

interface Value {
  readonly name: string;
  readonly value: Node | null;
  readonly annotation: Node | undefined;
  readonly statement: Node;
}

function valueShape(source: Source, { name, value, annotation, statement }: Value): DeclaredShape {
  const type = annotationOf(source, annotation);
  const shape = { ...plain(source, name, 'variable', statement), ...(type === undefined ? {} : { type }) };
  if (!value || annotation) return shape;
  const inner = unwrap(value);
  if (isFunction(inner)) return { ...shape, kind: 'function', arrow: true, signatures: [signatureOf(source, inner)] };
  if (inner.type === 'ObjectExpression') return { ...shape, members: entriesOf(source, inner) };
  return shape;
}

function plain(source: Source, name: string, kind: DeclaredKind, statement: Node): DeclaredShape {
  const start = startOf(statement);
  return {
    name,
    kind,
    line: source.lineAt(start),
    generics: [],
    signatures: [],
    members: [],
    heritage: [],
    parts: [],
    abstract: false,
    constant: false,
    arrow: false,
    deprecated: source.isDeprecated(start),
  };
}

function joined(shapes: readonly DeclaredShape[]): DeclaredShape[] {
  const known = new Map<string, DeclaredShape>();
  for (const one of shapes) {
    const key = `${one.kind} ${one.name}`;
    const first = known.get(key);
    const both = first && {
      signatures: [...first.signatures, ...one.signatures],
      members: [...first.members, ...one.members],
    };
    known.set(key, first === undefined ? one : { ...first, ...both });
  }
  return [...known.values()];
}
