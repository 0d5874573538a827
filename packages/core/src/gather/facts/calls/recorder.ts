/**
 * From the places that the walk met to the file's call records: what each call is made on, and what it is given.
 * In: sites, complete scopes. Out: one text (model/calls.ts), `''` for a file without calls of interest.
 * Calls are read on demand and once each; what cannot be told is `null`. Not here: packages, rows, other files.
 */
import type { CallRecord, ClassRecord, FileCalls, FunctionRecord, PartialValue } from '../../../model/calls.js';
import { CallFlag, CallForm } from '../../../model/calls.js';
import type { Draft } from '../draft.js';
import type { LineTable } from '../line-table.js';
import { Space, type Scope, type Variable } from '../scope.js';
import { endOf, isFunction, keyName, startOf, unwrap, type Node } from '../syntax.js';
import { boundNames } from '../bound-names.js';
import {
  describesShape,
  EACH_METHODS,
  isQuietPackage,
  QUIET_GLOBALS,
  QUIET_METHODS,
  QUIET_OF_PARAMETERS,
  SAME_VALUE,
} from './noise.js';
import type { CallSite, FunctionSite, Origin, Sites, Spot } from './sites.js';
import { ownEntry } from '../../../model/own-entry.js';

/** Values nest no deeper than this, and hold no more entries in all: deeper ones are data. */
const DEPTH_LIMIT = 9;
const ENTRY_LIMIT = 600;
/** Texts longer than this are data too; documents and SQL are shorter. */
const TEXT_LIMIT = 4000;
/** More ways out of a function than this say nothing about its value. */
const RETURN_LIMIT = 6;

/** The call records of a file. Linear in its calls and what they are given. */
export function recordCalls(sites: Sites, draft: Draft, lines: LineTable): string {
  if (sites.calls.length === 0 && sites.values.size === 0) return '';
  return new Recorder(sites, draft, lines).text();
}

class Recorder {
  private readonly calls: (CallRecord | undefined)[] = [];
  private readonly byNode = new Map<Node, number>();
  /** Calls that say nothing by themselves. */
  private readonly silent = new Set<Node>();
  private readonly siteOf = new Map<Node, CallSite>();
  private readonly functions: FunctionRecord[] = [];
  private readonly functionOf = new Map<Node, number>();
  private readonly given = new Map<Node, readonly (number | string)[]>();
  private readonly loopy = new Set<Node>();
  private readonly resolving = new Set<Node>();
  private readonly returned = new Map<Node, CallSite[]>();
  private budget = ENTRY_LIMIT;

  constructor(
    private readonly sites: Sites,
    private readonly draft: Draft,
    private readonly lines: LineTable,
  ) {}

  text(): string {
    const { sites } = this;
    for (const site of sites.calls) if (!this.siteOf.has(site.node)) this.siteOf.set(site.node, site);
    for (const site of this.siteOf.values()) this.noteEach(site.node);
    for (const site of sites.returns) this.noteReturn(site);
    for (const site of this.siteOf.values()) {
      this.budget = ENTRY_LIMIT;
      this.call(site);
    }
    const values = this.symbolValues();
    const classes = this.classRecords();
    const own = this.ownFunctions();
    if (this.calls.length === 0 && Object.keys(values).length === 0 && Object.keys(classes).length === 0) return '';
    const records: FileCalls = { calls: this.calls as CallRecord[], functions: this.functions, values, own, classes };
    return JSON.stringify(records);
  }

  /** Functions that run once for each element. */
  private noteEach(node: Node): void {
    const callee = node.callee as Node | undefined;
    if (callee?.type !== 'MemberExpression' || !EACH_METHODS.has(callee.property.name as string)) return;
    for (const argument of (node.arguments ?? []) as Node[]) if (isFunction(argument)) this.loopy.add(argument);
  }

  private noteReturn({ node, ...spot }: CallSite): void {
    const fn = functionAround(spot.scope);
    if (fn === undefined) return;
    const known = this.returned.get(fn) ?? [];
    if (known.length < RETURN_LIMIT) this.returned.set(fn, [...known, { ...spot, node: node.argument as Node }]);
  }

  /** Index of a call's record; −1 where it is of no interest. `wanted`: something is made of what it gives. */
  private call(site: CallSite, wanted = false): number {
    const { node } = site;
    const known = this.byNode.get(node);
    if (known !== undefined && (known >= 0 || !wanted || !this.silent.delete(node))) return known;
    this.byNode.set(node, -1);
    const form = formOf(node, site.scope);
    const target = form >= CallForm.decorator ? decoratorCallee(node) : ((node.callee ?? node.tag) as Node);
    if (isQuietCallee(target)) return -1;
    const callee = this.value(target, site, 0);
    if (!this.matters(callee, node) && !(wanted && this.gives(callee))) {
      if (this.gives(callee)) this.silent.add(node);
      return -1;
    }
    const index = this.calls.push(undefined) - 1;
    this.byNode.set(node, index);
    const args = form === CallForm.tag ? [this.value(node.quasi, site, 0)] : this.args(node, site, index);
    const typeArgs = ((node.typeArguments?.params ?? []) as Node[]).map((each) => this.type(each, site));
    const fn = this.around(site.scope);
    const flags = this.inLoop(node, site.scope) ? CallFlag.loop : 0;
    this.calls[index] = [form, site.symbol, this.lines.lineAt(startOf(node)), callee, args, typeArgs, flags, fn];
    return index;
  }

  private args(node: Node, site: CallSite, call: number): PartialValue[] {
    const call0 = node.type === 'Decorator' ? node.expression : node;
    return ((call0.arguments ?? []) as Node[]).map((argument, index) => {
      this.noteGiven(argument, [call, index], 0);
      return this.value(argument.type === 'SpreadElement' ? argument.argument : argument, site, 0);
    });
  }

  /** Functions among what a call is given know to whom they are given. */
  private noteGiven(value: Node, place: readonly (number | string)[], depth: number): void {
    const inner = unwrap(value);
    if (isFunction(inner)) {
      if (!this.given.has(inner)) this.given.set(inner, place);
    } else if (inner.type === 'ObjectExpression' && depth < 3) {
      for (const property of inner.properties as Node[]) {
        const name = property.type === 'Property' ? keyName(property.key, property.computed) : undefined;
        if (name !== undefined) this.noteGiven(property.value, [...place, name], depth + 1);
      }
    }
  }

  private matters(callee: PartialValue, node: Node): boolean {
    if (callee === null || typeof callee !== 'object') return false;
    const [root, steps] = rootOf(callee);
    if (root === null || typeof root !== 'object') return false;
    if (root[0] === 'c') return true;
    if (root[0] === 'p') return steps > 0 ? !QUIET_OF_PARAMETERS.has(String(callee[2])) : informs(node);
    if (root[0] === 'b')
      return !this.isQuietBinding(root[1], node) && (informs(node) || steps > 0 || this.isImport(root[1]));
    return root[0] === 'i' || root[0] === 'h' || root[0] === '|' || root[0] === 'f';
  }

  /** What it gives may be made here: by a function or class of the file, or a global one. */
  private gives(callee: PartialValue): boolean {
    if (!Array.isArray(callee) || callee[0] !== 'b') return false;
    const kind = this.draft.bindings[callee[1] as number]?.kind;
    return kind === 'symbol' || (kind === 'global' && !this.isQuietGlobal(callee[1] as number));
  }

  private isImport(binding: number): boolean {
    const kind = this.draft.bindings[binding]?.kind;
    return kind === 'import' || kind === 'request';
  }

  private isQuietBinding(binding: number, node: Node): boolean {
    const bound = this.draft.bindings[binding];
    if (bound?.kind === 'global') return this.isQuietGlobal(binding);
    const entry = bound?.kind === 'import' ? this.draft.imports[bound.import] : undefined;
    const request = bound?.kind === 'request' ? bound.request : entry?.request;
    if (request === undefined) return false;
    const specifier = this.draft.requests[request]?.specifier ?? '';
    return isQuietPackage(specifier) || (describesShape(specifier, entry?.name ?? '') && !isGivenObject(node));
  }

  private isQuietGlobal(binding: number): boolean {
    const bound = this.draft.bindings[binding];
    return bound?.kind === 'global' && QUIET_GLOBALS.has(bound.name);
  }

  private inLoop(node: Node, scope: Scope): boolean {
    const fn = functionAround(scope);
    if (fn !== undefined && this.loopy.has(fn)) return true;
    const start = startOf(node);
    const from = fn === undefined ? -1 : startOf(fn);
    return this.sites.loops.some((loop) => startOf(loop) < start && start < endOf(loop) && startOf(loop) > from);
  }

  private around(scope: Scope): number {
    const fn = functionAround(scope);
    return fn === undefined ? -1 : this.functionIndex(fn);
  }

  private functionIndex(node: Node): number {
    const known = this.functionOf.get(node);
    if (known !== undefined) return known;
    const site = this.sites.functions.get(node);
    if (site === undefined) return -1;
    const index = this.functions.push([site.symbol, site.own ? 1 : 0, [], [], [], -1]) - 1;
    this.functionOf.set(node, index);
    const params = (node.params as Node[]).map((parameter) => this.annotated(bareParameter(parameter), site));
    const outer = site.scope.parent === undefined ? -1 : this.around(site.scope.parent);
    const record: FunctionRecord = [site.symbol, site.own ? 1 : 0, params, this.given.get(node) ?? [], this.returns(node, site), outer]; // prettier-ignore
    this.functions[index] = record;
    return index;
  }

  private returns(node: Node, site: FunctionSite): PartialValue[] {
    const { budget } = this;
    this.budget = Math.min(budget, 60);
    const found = this.results(node, site).map(({ node: value, ...spot }) => this.value(value, spot, 1));
    this.budget = budget;
    return found.filter((value) => value !== null);
  }

  /** The expressions that calling a function may give, each with where it stands. */
  private results(node: Node, site: FunctionSite): readonly CallSite[] {
    const body = node.body as Node | null;
    if (body && body.type !== 'BlockStatement') return [{ ...site, node: body }];
    return this.returned.get(node) ?? [];
  }

  private annotated(parameter: Node, spot: Spot): PartialValue {
    const type = parameter.typeAnnotation?.typeAnnotation as Node | undefined;
    return type === undefined ? null : this.type(type, spot);
  }

  /** What an annotation says a value is: an instance of a named type, or the choices of a union of texts. */
  private type(node: Node, spot: Spot): PartialValue {
    if (node.type === 'TSLiteralType') return this.value(node.literal, spot, 1);
    if (node.type === 'TSUnionType' || node.type === 'TSIntersectionType') {
      const types = (node.types as Node[]).slice(0, 8).map((each) => this.type(each, spot));
      const known = types.filter((type) => type !== null);
      return known.length > 1 ? ['|', known] : (known[0] ?? null);
    }
    if (node.type === 'TSTypeQuery') return this.entity(node.exprName, spot, Space.value);
    if (node.type !== 'TSTypeReference') return null;
    const name = this.entity(node.typeName, spot, Space.both);
    if (name === null) return null;
    const params = ((node.typeArguments?.params ?? []) as Node[]).map((each) => this.type(each, spot));
    return ['i', name, params];
  }

  private entity(node: Node, spot: Spot, space: number): PartialValue {
    if (node.type === 'TSQualifiedName') {
      const left = this.entity(node.left, spot, Space.both);
      return left === null ? null : ['m', left, node.right.name as string];
    }
    if (node.type !== 'Identifier') return null;
    const variable = spot.scope.lookup(node.name, space);
    if (variable === undefined) return ['b', this.draft.globalBinding(node.name as string)];
    return variable.target === undefined ? null : ['b', this.draft.bindingOf(variable)];
  }

  /** The value of an expression, as far as the text gives it. */
  private value(expression: Node | null | undefined, spot: Spot, depth: number): PartialValue {
    if (!expression || depth > DEPTH_LIMIT || this.budget <= 0) return null;
    const node = unwrap(expression);
    switch (node.type) {
      case 'Literal':
        return this.literal(node);
      case 'TemplateLiteral':
        return this.template(node, spot, depth);
      case 'Identifier':
        return this.name(node.name as string, spot, depth);
      case 'MemberExpression':
        return this.member(node, spot, depth);
      case 'ThisExpression':
        return spot.owner?.target?.kind === 'symbol' ? ['h', spot.owner.target.symbol] : null;
      case 'CallExpression':
      case 'NewExpression':
      case 'TaggedTemplateExpression':
        return this.result(node, spot, depth);
      case 'AwaitExpression':
        return this.value(node.argument, spot, depth + 1);
      case 'ObjectExpression':
        return this.object(node, spot, depth);
      case 'ArrayExpression':
        return ['a', (node.elements as (Node | null)[]).map((each) => this.counted(each, spot, depth))];
      case 'ArrowFunctionExpression':
      case 'FunctionExpression': {
        const index = this.functionIndex(node);
        return index < 0 ? null : ['f', index];
      }
      case 'LogicalExpression':
        return this.choice([node.left, node.right], spot, depth);
      case 'ConditionalExpression':
        return this.choice([node.consequent, node.alternate], spot, depth);
      case 'BinaryExpression':
        return node.operator === '+' ? this.sum(node, spot, depth) : this.arithmetic(node, spot, depth);
      case 'MetaProperty':
        return ['b', this.draft.globalBinding('import.meta')];
      case 'TSTypeReference':
      case 'TSUnionType':
      case 'TSIntersectionType':
      case 'TSTypeQuery':
        return this.type(node, spot);
      case 'UnaryExpression':
        return node.operator === '-' ? negated(this.value(node.argument, spot, depth + 1)) : null;
      default:
        return null;
    }
  }

  private counted(node: Node | null, spot: Spot, depth: number): PartialValue {
    this.budget -= 1;
    return this.value(node?.type === 'SpreadElement' ? node.argument : node, spot, depth + 1);
  }

  private literal(node: Node): PartialValue {
    const value: unknown = node.value;
    if (node.regex || typeof node.bigint === 'string') return null;
    if (typeof value === 'string') return value.length > TEXT_LIMIT ? value.slice(0, TEXT_LIMIT) : value;
    return typeof value === 'number' || typeof value === 'boolean' ? value : null;
  }

  private template(node: Node, spot: Spot, depth: number): PartialValue {
    let room = TEXT_LIMIT;
    const quasis = (node.quasis as Node[]).map((quasi) => {
      const text = ((quasi.value.cooked ?? quasi.value.raw) as string)
        .replaceAll('\r\n', '\n')
        .slice(0, Math.max(room, 0));
      room -= text.length;
      return text;
    });
    if (node.expressions.length === 0) return quasis[0] ?? '';
    return ['t', quasis, (node.expressions as Node[]).map((each) => this.counted(each, spot, depth))];
  }

  private sum(node: Node, spot: Spot, depth: number): PartialValue {
    const terms: Node[] = [];
    let left = node;
    for (; left.type === 'BinaryExpression' && left.operator === '+'; left = unwrap(left.left))
      terms.unshift(left.right);
    terms.unshift(left);
    if (terms.length > 60) return null;
    const values = terms.map((each) => this.counted(each, spot, depth));
    return values.some((value) => typeof value === 'string' || Array.isArray(value)) ? joinedTexts(values) : null;
  }

  private arithmetic(node: Node, spot: Spot, depth: number): PartialValue {
    const left = this.value(node.left, spot, depth + 1);
    const right = this.value(node.right, spot, depth + 1);
    if (typeof left !== 'number' || typeof right !== 'number') return null;
    if (node.operator === '*') return left * right;
    if (node.operator === '-') return left - right;
    return node.operator === '/' && right !== 0 ? left / right : null;
  }

  private choice(nodes: readonly Node[], spot: Spot, depth: number): PartialValue {
    const values = nodes.map((each) => this.value(each, spot, depth + 1)).filter((value) => value !== null);
    return values.length === 0 ? null : values.length === 1 ? values[0]! : ['|', values];
  }

  private object(node: Node, spot: Spot, depth: number): PartialValue {
    const entries: Record<string, PartialValue> = {};
    const spreads: PartialValue[] = [];
    for (const property of node.properties as Node[]) {
      if (property.type === 'SpreadElement') spreads.push(this.counted(property.argument, spot, depth));
      else {
        const name = keyName(property.key, property.computed) ?? this.computedName(property.key, spot);
        if (name === undefined) spreads.push(null);
        else entries[plainName(name)] = this.property(property, spot, depth);
      }
    }
    if (spreads.length > 0) entries['...'] = ['a', spreads];
    return ['o', entries];
  }

  /** What a property holds; of a getter, what it gives. */
  private property(property: Node, spot: Spot, depth: number): PartialValue {
    if (property.kind !== 'get') return this.counted(property.value, spot, depth);
    const returns = this.functions[this.functionIndex(property.value)]?.[4] ?? [];
    return returns.length === 1 ? returns[0]! : returns.length === 0 ? null : ['|', returns];
  }

  private computedName(key: Node, spot: Spot): string | undefined {
    const value = this.value(key, spot, DEPTH_LIMIT - 3);
    return typeof value === 'string' ? value : undefined;
  }

  private member(node: Node, spot: Spot, depth: number): PartialValue {
    const of = this.value(node.object, spot, depth);
    if (of === null) return null;
    const name = keyName(node.property, node.computed);
    if (name !== undefined) return memberOf(of, name);
    const computed = node.computed ? this.value(node.property, spot, DEPTH_LIMIT - 2) : null;
    return typeof computed === 'string' ? memberOf(of, computed) : ['e', of];
  }

  private result(node: Node, spot: Spot, depth: number): PartialValue {
    const callee = unwrap((node.callee ?? node.tag) as Node);
    if (callee.type === 'MemberExpression' && !callee.computed && SAME_VALUE.has(callee.property.name as string))
      return this.value(callee.object, spot, depth + 1);
    const loaded = this.loaded(node, callee);
    if (loaded !== null) return loaded;
    const site = this.siteOf.get(node);
    const index = site === undefined ? -1 : this.call(site, true);
    return index < 0 ? null : ['c', index];
  }

  /** `require('x')`. */
  private loaded(node: Node, callee: Node): PartialValue {
    if (callee.type !== 'Identifier' || callee.name !== 'require' || node.arguments?.length !== 1) return null;
    const start = startOf(node);
    const request = this.draft.requests.find((one) => one.start === start && one.kind === 'require');
    return request === undefined ? null : ['b', this.draft.bindingOf(request.variable)];
  }

  private name(name: string, spot: Spot, depth: number): PartialValue {
    for (let scope: Scope | undefined = spot.scope; scope !== undefined; scope = scope.parent) {
      const variable = scope.own(name, Space.value);
      if (variable !== undefined) return this.variable(variable, scope, depth);
    }
    return name === 'undefined' ? null : ['b', this.draft.globalBinding(name)];
  }

  private variable(variable: Variable, scope: Scope, depth: number): PartialValue {
    if (variable.target !== undefined) return ['b', this.draft.bindingOf(variable)];
    const origin = this.sites.locals.get(variable);
    if (origin !== undefined) return this.from(origin, depth);
    const fn = scope.fn;
    return fn === undefined ? null : this.parameter(fn, variable.name);
  }

  private from(origin: Origin, depth: number): PartialValue {
    if (this.resolving.has(origin.init)) return null;
    this.resolving.add(origin.init);
    let value = this.value(origin.init, origin, depth + 1);
    this.resolving.delete(origin.init);
    for (const key of origin.path) value = value === null ? null : memberOf(value, key);
    return value;
  }

  private parameter(fn: Node, name: string): PartialValue {
    const parameters = fn.params as Node[];
    for (const [index, parameter] of parameters.entries()) {
      const bare = bareParameter(parameter);
      if (bare.type === 'Identifier') {
        if (bare.name !== name) continue;
        return this.parameterAt(fn, index, []);
      }
      const bound = boundNames(bare).find(({ identifier }) => identifier.name === name);
      if (bound !== undefined) return bound.coarse ? null : this.parameterAt(fn, index, bound.path);
    }
    return null;
  }

  private parameterAt(fn: Node, index: number, path: readonly string[]): PartialValue {
    const record = this.functionIndex(fn);
    if (record < 0) return null;
    let value: PartialValue = ['p', record, index];
    for (const key of path) value = memberOf(value, key);
    return value;
  }

  private symbolValues(): Record<number, PartialValue> {
    const values: Record<number, PartialValue> = {};
    for (const [symbol, origin] of this.sites.values) {
      this.budget = ENTRY_LIMIT;
      const value = this.from(origin, 0);
      if (value !== null && !isOwnName(value, symbol, this.draft)) values[symbol] = value;
    }
    return values;
  }

  private classRecords(): Record<number, ClassRecord> {
    const classes: Record<number, ClassRecord> = {};
    for (const site of this.sites.classes) {
      const base = this.value(site.node.superClass, site, 1);
      const fields: Record<string, PartialValue> = {};
      for (const member of site.node.body.body as Node[]) this.classField(member, site, fields);
      for (const { node, owner, ...spot } of this.sites.assigned) {
        const name = keyName(node.left.property, node.left.computed);
        if (owner?.target?.kind !== 'symbol' || owner.target.symbol !== site.symbol || name === undefined) continue;
        const known = ownEntry(fields, plainName(name));
        if (known !== undefined && !isTyped(known)) continue;
        const value = this.value(node.right, { ...spot, owner }, 1);
        if (known === undefined) fields[plainName(name)] = value;
        else if (isMade(value)) fields[plainName(name)] = ['|', [value, known]];
      }
      if (base !== null || Object.values(fields).some((value) => value !== null)) classes[site.symbol] = [base, fields];
    }
    return classes;
  }

  private classField(member: Node, site: CallSite, fields: Record<string, PartialValue>): void {
    if (member.kind === 'constructor') {
      for (const parameter of (member.value?.params ?? []) as Node[])
        if (parameter.type === 'TSParameterProperty') this.learnInjected(fields, parameter, site);
    } else if (member.key && !String(member.type).endsWith('MethodDefinition')) {
      const name = keyName(member.key, member.computed);
      if (name !== undefined) this.learnField(fields, { ...member, name } as Node, member.value as Node | null, site);
    }
  }

  /** `@InjectQueue('mail') private readonly queue: Queue`: what the decorator says, and the type. */
  private learnInjected(fields: Record<string, PartialValue>, parameter: Node, site: CallSite): void {
    const id = bareParameter(parameter);
    this.learnField(fields, id, null, site);
    for (const decorator of (parameter.decorators ?? []) as Node[]) {
      const noted = this.siteOf.get(decorator);
      const call = noted === undefined ? -1 : this.call(noted);
      const name = plainName(id.name as string);
      const typed = ownEntry(fields, name);
      if (call >= 0) fields[name] = typed === undefined ? ['c', call] : ['|', [['c', call], typed]];
    }
  }

  private learnField(fields: Record<string, PartialValue>, id: Node, init: Node | null, site: CallSite): void {
    this.budget = ENTRY_LIMIT;
    const value = init === null ? null : this.value(init, site, 1);
    const typed = value ?? this.annotated(id, site);
    if (typed !== null) fields[plainName(id.name as string)] = typed;
  }

  /** A function whose result may be a router, a client or a text. */
  private returnsSomething(node: Node, site: FunctionSite): boolean {
    return this.results(node, site).some(({ node: value }) => {
      const { type } = unwrap(value);
      return !type.startsWith('JSX') && type !== 'Literal' && type !== 'BinaryExpression' && type !== 'UnaryExpression';
    });
  }

  private ownFunctions(): Record<number, number> {
    const own: Record<number, number> = {};
    for (const [node, site] of this.sites.functions) {
      if (!site.own || own[site.symbol] !== undefined || !node.body) continue;
      const known = this.functionOf.get(node);
      const index = known ?? (this.returnsSomething(node, site) ? this.functionIndex(node) : -1);
      if (index >= 0) own[site.symbol] = index;
    }
    return own;
  }
}

/** A field of which only the type is known. */
function isTyped(value: PartialValue): boolean {
  return Array.isArray(value) && value[0] === 'i';
}

/** What a call gives, or a function: more than the type of the field says. */
function isMade(value: PartialValue): boolean {
  return Array.isArray(value) && (value[0] === 'c' || value[0] === 'f');
}

/** No entry may become its table's prototype. */
function plainName(name: string): string {
  return name === '__proto__' ? '__proto' : name;
}

function isOwnName(value: PartialValue, symbol: number, draft: Draft): boolean {
  if (!Array.isArray(value) || value[0] !== 'b') return false;
  const bound = draft.bindings[value[1] as number];
  return bound?.kind === 'symbol' && bound.symbol === symbol;
}

function formOf(node: Node, scope: Scope): number {
  switch (node.type) {
    case 'NewExpression':
      return CallForm.construct;
    case 'TaggedTemplateExpression':
      return CallForm.tag;
    case 'Decorator':
      return scope.fn === undefined ? CallForm.decorator : CallForm.parameterDecorator;
    default:
      return CallForm.call;
  }
}

function decoratorCallee(node: Node): Node {
  const expression = node.expression as Node;
  return expression.type === 'CallExpression' ? (expression.callee as Node) : expression;
}

function isQuietCallee(target: Node): boolean {
  const callee = unwrap(target);
  return callee.type === 'MemberExpression' && !callee.computed && QUIET_METHODS.has(callee.property.name as string);
}

/** It is given something that a row could be about: a text, an object, a function, a name. */
function informs(node: Node): boolean {
  if (node.type === 'TaggedTemplateExpression' || node.type === 'Decorator') return true;
  return ((node.arguments ?? []) as Node[]).some((argument) => {
    const { type } = argument;
    return type !== 'Literal' ? !type.startsWith('Unary') : typeof argument.value === 'string';
  });
}

/** Its first argument is an object. */
function isGivenObject(node: Node): boolean {
  return (node.arguments as Node[] | undefined)?.[0]?.type === 'ObjectExpression';
}

/** The innermost value of a chain of members, and how many members there are. */
function rootOf(value: PartialValue): [PartialValue, number] {
  let steps = 0;
  let at = value;
  while (Array.isArray(at) && (at[0] === 'm' || at[0] === 'e')) {
    at = at[1] as PartialValue;
    steps += 1;
  }
  return [at, steps];
}

function memberOf(of: PartialValue, name: string): PartialValue {
  if (Array.isArray(of)) {
    if (of[0] === 'o') {
      const entries = of[1] as Readonly<Record<string, PartialValue>>;
      if (Object.hasOwn(entries, name)) return entries[name] ?? null;
    }
    if (of[0] === 'a') {
      const element = (of[1] as readonly PartialValue[])[Number(name)];
      if (element !== undefined) return element;
    }
  }
  return of === null || typeof of !== 'object' ? null : ['m', of, name];
}

function negated(value: PartialValue): PartialValue {
  return typeof value === 'number' ? -value : null;
}

/** Texts and holes, one after the other. */
function joinedTexts(values: readonly PartialValue[]): PartialValue {
  const quasis: string[] = [''];
  const holes: PartialValue[] = [];
  for (const value of values) {
    if (typeof value === 'string' || typeof value === 'number') quasis[quasis.length - 1] += String(value);
    else if (Array.isArray(value) && value[0] === 't') {
      const [, inner, innerHoles] = value as readonly ['t', readonly string[], readonly PartialValue[]];
      quasis[quasis.length - 1] += inner[0] ?? '';
      quasis.push(...inner.slice(1));
      holes.push(...innerHoles);
    } else {
      holes.push(value);
      quasis.push('');
    }
  }
  return holes.length === 0 ? (quasis[0] ?? '') : ['t', quasis, holes];
}

function bareParameter(parameter: Node): Node {
  const inner = parameter.type === 'TSParameterProperty' ? (parameter.parameter as Node) : parameter;
  const left = inner.type === 'AssignmentPattern' ? (inner.left as Node) : inner;
  return left.type === 'RestElement' ? (left.argument as Node) : left;
}

function functionAround(from: Scope): Node | undefined {
  for (let scope: Scope | undefined = from; scope !== undefined; scope = scope.parent)
    if (scope.fn !== undefined) return scope.fn;
  return undefined;
}
