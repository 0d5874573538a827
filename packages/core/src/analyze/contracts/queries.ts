/**
 * Tables as code declares and queries them: models, ORM calls, SQL texts.
 * In: the survey's matches. Out: endpoints whose keys are plain table names, with the query's shape.
 * A table that is named by its model (a Drizzle table, an entity class) gets the model's table.
 */
import { CallFlag, type CallRecord, type PartialValue } from '../../model/calls.js';
import { HOLE, type Endpoint, type QueryShape } from '../../model/endpoint.js';
import type { LinkedFile } from '../link/module-table.js';
import type { Match } from './match.js';
import { type Bound, type CallPlace, type Origin } from './origin.js';
import { textsOf, type Reading } from './partial-text.js';
import { select, type Placed } from './select.js';
import { bareName, plainName, sqlWords } from './sql-text.js';
import { placeKey, type Survey } from './survey.js';

/** Tables of models: by the call that makes one, or by its class. */
type Models = ReadonlyMap<string, string>;

/** The endpoints of models. Which tables they are is noted for their files. */
export function modelEndpoints(survey: Survey): Endpoint[] {
  return survey.ends('orm.model', (match) => modelEnd(survey, match));
}

/** The endpoints of all queries; `survey.models` says which tables the models are. */
export function queryEndpoints(survey: Survey): Endpoint[] {
  const { models } = survey;
  return [
    ...survey.ends('orm.query', (match) => ormQuery(survey, match, models)),
    ...survey.ends('schema.change', (match) => ormQuery(survey, match, models)),
    ...survey.ends('sql.query', (match) => sqlQuery(survey, match, models)),
  ];
}

function modelEnd(survey: Survey, match: Match): Endpoint[] {
  const { file } = match.place;
  const [, symbol] = match.record;
  const named = survey.text(match, match.row.bind?.['table']);
  const ofClass = match.row.kind === 'decorator' ? symbol : match.of?.symbol;
  const name =
    named !== '' && named !== HOLE ? named : ofClass === undefined ? '' : className(match.of?.file ?? file, ofClass);
  if (name === '') return [];
  const { models } = survey.record(file);
  models.push([placeKey(match.place), name]);
  if (ofClass !== undefined) models.push([classKey(match.of?.file ?? file, ofClass), name]);
  const columns = columnNames(survey, match);
  return [
    survey.endpoint(match, match.place, {
      key: plainName(name),
      values: { table: bareName(name), columns: columns.join(',') },
    }),
  ];
}

/** Keys of the object that declares columns; the name that a column is given in it counts, not the property. */
function columnNames(survey: Survey, match: Match): string[] {
  if (match.row.kind === 'decorator') return classColumns(match);
  return select(survey.resolver, match, match.row.bind?.['columns'], new Map()).flatMap(({ file, value }) => {
    const object = returnedObject(survey, file, value);
    if (!Array.isArray(object) || object[0] !== 'o') return [];
    return Object.entries(object[1] as Readonly<Record<string, PartialValue>>).flatMap(([name, made]) =>
      name === '...' ? [] : [columnName(survey, file, made) ?? name],
    );
  });
}

function returnedObject(survey: Survey, file: LinkedFile, value: PartialValue): PartialValue {
  if (!Array.isArray(value) || value[0] !== 'f') return value;
  return survey.resolver.calls(file).functions[value[1] as number]?.[4][0] ?? null;
}

/** `varchar('display_name').notNull()`: the text that the innermost call is given. */
function columnName(survey: Survey, file: LinkedFile, value: PartialValue): string | undefined {
  let at = value;
  for (let depth = 0; depth < 12 && Array.isArray(at); depth += 1) {
    if (at[0] === 'm') at = at[1] as PartialValue;
    else if (at[0] === 'c') {
      const record = survey.resolver.calls(file).calls[at[1] as number];
      const below = record?.[3] ?? null;
      if (!Array.isArray(below) || below[0] !== 'm' || (Array.isArray(below[1]) && below[1][0] !== 'c')) {
        const [first] = record?.[4] ?? [];
        return typeof first === 'string' ? first : undefined;
      }
      at = below;
    } else return undefined;
  }
  return undefined;
}

function classColumns({ place: { file }, record: [, symbol] }: Match): string[] {
  const symbols = file.facts?.symbols ?? [];
  return symbols.flatMap((one) =>
    one.parent === symbol && one.kind === 'property' ? [one.name.split('.').at(-1) ?? ''] : [],
  );
}

function ormQuery(survey: Survey, match: Match, models: Models): Endpoint[] {
  const { bind } = match.row;
  return survey
    .variants(match, [bind?.['table']], (text) => text !== HOLE)
    .flatMap(({ site, bound, depth }) => {
      const tables = select(survey.resolver, match, bind?.['table'], bound).flatMap((one) =>
        tableNames(survey, one, models),
      );
      return [...new Set(tables)].map((table) =>
        survey.endpoint(match, site, {
          key: plainName(table),
          ...(depth > 0 ? { confidence: 'pattern' as const } : {}),
          values: { table: bareName(table) },
          query: ormShape(survey, match, table, bound),
        }),
      );
    });
}

function ormShape(survey: Survey, match: Match, table: string, bound: Bound): QueryShape {
  const { bind } = match.row;
  const steps = stepsBehind(survey, match.place);
  const columns = ['columns', 'data'].flatMap((name) =>
    keysOf(survey, select(survey.resolver, match, bind?.[name], bound)),
  );
  const filtered = keysOf(survey, select(survey.resolver, match, bind?.['where'], bound));
  const where = [
    ...new Set([
      ...filtered,
      ...steps.flatMap(({ name, args }) =>
        /^(?:where|andWhere|orWhere|eq|having)/i.test(name) ? wordsOf(survey, match, args) : [],
      ),
    ]),
  ];
  return {
    operation: survey.text(match, bind?.['operation'], bound),
    tables: [bareName(table)],
    columns,
    where,
    steps: [...(filtered.length > 0 ? ['where'] : []), ...steps.map(({ name }) => name)],
    ...contextOf(survey, match.place),
  };
}

interface ChainStep {
  readonly name: string;
  readonly args: readonly PartialValue[];
}

/** Calls made on what this call gives: `.where(…).limit(1)`. */
function stepsBehind(survey: Survey, { file, index }: CallPlace): ChainStep[] {
  const { calls } = survey.resolver.calls(file);
  const found: ChainStep[] = [];
  const next = nextInChain(calls);
  for (let at = next.get(index); at !== undefined && found.length < 30; at = next.get(at)) {
    const [, , , callee, args] = calls[at]!;
    found.push({ name: (callee as readonly unknown[])[2] as string, args });
  }
  return found;
}

const chains = new WeakMap<readonly CallRecord[], Map<number, number>>();

/** For each call, the first one that is made on what it gives. */
function nextInChain(calls: readonly CallRecord[]): Map<number, number> {
  let next = chains.get(calls);
  if (next !== undefined) return next;
  chains.set(calls, (next = new Map()));
  for (const [index, [, , , callee]] of calls.entries()) {
    const on = Array.isArray(callee) && callee[0] === 'm' ? (callee[1] as PartialValue) : null;
    if (Array.isArray(on) && on[0] === 'c' && !next.has(on[1] as number)) next.set(on[1] as number, index);
  }
  return next;
}

function wordsOf(survey: Survey, { place: { file } }: Match, args: readonly PartialValue[], depth = 0): string[] {
  return args.flatMap((value): string[] => {
    if (typeof value === 'string')
      return /^[\w.]+$/.test(value) ? [bareName(value)] : sqlWords(value).words.slice(0, 12);
    if (!Array.isArray(value) || depth > 5) return [];
    if (value[0] === 'm') return [value[2] as string];
    if (value[0] === 'o') return Object.keys(value[1] as object).filter((name) => name !== '...');
    if (value[0] === 'c')
      return wordsOf(
        survey,
        { place: { file } } as Match,
        survey.resolver.calls(file).calls[value[1] as number]?.[4] ?? [],
        depth + 1,
      );
    return value[0] === 'a'
      ? wordsOf(survey, { place: { file } } as Match, value[1] as readonly PartialValue[], depth + 1)
      : [];
  });
}

function keysOf(survey: Survey, placed: readonly Placed[]): string[] {
  return placed.flatMap(({ file, value }) => {
    const object =
      Array.isArray(value) && value[0] !== 'o'
        ? survey.resolver.origins(file, value).find(({ kind }) => kind === 'value')
        : undefined;
    const at = object?.kind === 'value' ? object.value : value;
    return Array.isArray(at) && at[0] === 'o' ? Object.keys(at[1] as object).filter((name) => name !== '...') : [];
  });
}

/** It runs in a loop, or in a function that a transaction is given. */
function contextOf(survey: Survey, { file, index }: CallPlace): Pick<QueryShape, 'inLoop' | 'inTransaction'> {
  const { calls, functions } = survey.resolver.calls(file);
  const record = calls[index];
  let inTransaction = false;
  for (let fn = record?.[7] ?? -1; fn >= 0; fn = functions[fn]?.[5] ?? -1) {
    const [given] = functions[fn]?.[3] ?? [];
    const callee = typeof given === 'number' ? calls[given]?.[3] : undefined;
    if (Array.isArray(callee) && callee[0] === 'm' && /transaction|^begin$|^tx$/i.test(String(callee[2])))
      inTransaction = true;
  }
  return { inLoop: ((record?.[6] ?? 0) & CallFlag.loop) !== 0, inTransaction };
}

/** The tables that a value names: by text, by the model that it is, by the class. */
function tableNames(survey: Survey, { file, value, bound }: Placed, models: Models): string[] {
  const origins = survey.resolver.origins(file, value, bound);
  const named = origins.flatMap((origin) => modelTable(origin, models));
  if (named.length > 0) return named;
  const reading: Reading = { resolver: survey.resolver, bound, needs: new Set() };
  return textsOf(file, value, reading).flatMap((text) =>
    text.includes(HOLE) || !/^[\w."$-]+(?:\s+as\s+\w+|\s+\w+)?$/i.test(text) ? [] : [text.split(/\s/)[0]!],
  );
}

function modelTable(origin: Origin, models: Models): string[] {
  if (origin.kind === 'class' || origin.kind === 'instance')
    return [models.get(classKey(origin.file, origin.symbol)) ?? className(origin.file, origin.symbol)];
  if (origin.kind !== 'path') return [];
  const call = origin.steps.findLast((step) => step.call !== undefined)?.call;
  const table = call && models.get(placeKey(call));
  return table === undefined ? [] : [table];
}

function className(file: LinkedFile, symbol: number): string {
  return (file.facts?.symbols[symbol]?.name ?? '').replace(/(?:Entity|Model)$/, '');
}

function classKey(file: LinkedFile, symbol: number): string {
  return `class ${file.path}#${symbol}`;
}

function sqlQuery(survey: Survey, match: Match, models: Models): Endpoint[] {
  const selector = match.row.bind?.['sql'];
  return survey
    .variants(match, [selector], (text) => sqlWords(text).tables.length > 0)
    .flatMap(({ site, bound }) => {
      const texts = select(survey.resolver, match, selector, bound).flatMap((one) => sqlTexts(survey, one, models));
      return texts.flatMap((sql) => {
        const { operation, tables, words, all, where } = sqlWords(sql);
        const query: QueryShape = {
          operation,
          tables,
          columns: all ? [] : words,
          where,
          steps: where.length > 0 ? ['where'] : [],
          sql,
          ...contextOf(survey, match.place),
        };
        return tables.map((table) => survey.endpoint(match, site, { key: plainName(table), values: { table }, query }));
      });
    });
}

/** SQL with its holes filled where a table's model stands in one. */
function sqlTexts(survey: Survey, { file, value, bound }: Placed, models: Models): string[] {
  if (Array.isArray(value) && value[0] === 't') {
    const [, quasis, holes] = value as readonly ['t', readonly string[], readonly PartialValue[]];
    const reading = { resolver: survey.resolver, bound, needs: new Set<string>() };
    const inside = holes.map(
      (hole) =>
        survey.resolver.origins(file, hole, bound).flatMap((one) => modelTable(one, models))[0] ??
        textsOf(file, hole, reading)[0] ??
        HOLE,
    );
    return [quasis.map((quasi, index) => quasi + (inside[index] ?? '')).join('')];
  }
  return textsOf(file, value, { resolver: survey.resolver, bound, needs: new Set() }).filter((text) => text !== HOLE);
}
