/**
 * Tables and columns that an SQL script speaks of, statement by statement, by its words: enough to join them with code.
 * In: a script. Out: rows with what each says. What a migration breaks is judged on parsed statements (gather/sensitive/sql).
 */

/** A table or a column of it, at a line. */
export interface SchemaWord {
  readonly table: string;
  readonly column?: string;
  readonly line: number;
  readonly says: string;
}

const NAME = '(?:["`[]?[\\w$]+["`\\]]?\\.)*["`[]?([\\w$]+)["`\\]]?';
const CREATE = new RegExp(
  `^create\\s+(?:(?:global|local|temp|temporary|unlogged)\\s+)*table\\s+(?:if\\s+not\\s+exists\\s+)?${NAME}\\s*\\(`,
  'i',
);
const ALTER = new RegExp(`^alter\\s+table\\s+(?:if\\s+exists\\s+)?(?:only\\s+)?${NAME}\\s+`, 'i');
const DROP = new RegExp(`^drop\\s+table\\s+(?:if\\s+exists\\s+)?${NAME}`, 'i');
const INDEX = new RegExp(`^create\\s+(?:unique\\s+)?index\\s+[^]*?\\bon\\s+(?:only\\s+)?${NAME}`, 'i');
const ACTION =
  /^(?:add|drop|alter|modify|change|rename)\s+(?:column\s+)?(?:if\s+(?:not\s+)?exists\s+)?["`[]?([\w$]+)["`\]]?(?:\s+to\s+["`[]?([\w$]+))?/i;
const NO_COLUMN =
  /^(?:constraint|primary|foreign|unique|check|exclude|index|key|like|partition|to|owner|table|period|fulltext|spatial)$/i;

/** Statements that declare no table. */
const IDLE = /^(?:begin|commit|start transaction|set|pragma|select|comment on|create (?:extension|schema))\b/i;

/** Reads a script. A statement that is none of these gives a row without a table: what it does is not known. Linear. */
export function schemaWords(script: string): SchemaWord[] {
  const text = script.replaceAll(/\/\*[^]*?\*\//g, blank).replaceAll(/--[^\n]*/g, blank);
  const found: SchemaWord[] = [];
  let start = 0;
  for (const statement of text.split(';')) {
    const lead = /^\s*/.exec(statement)?.[0].length ?? 0;
    addStatement(found, statement.slice(lead), lineAt(text, start + lead));
    start += statement.length + 1;
  }
  return found;
}

/** Blanks of the same length and lines. */
function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

function addStatement(found: SchemaWord[], statement: string, line: number): void {
  const says = statement.replaceAll(/\s+/g, ' ').trim();
  const created = CREATE.exec(statement);
  if (created !== null) {
    const table = created[1] ?? '';
    found.push({ table, line, says: `create table ${table}` });
    for (const part of commaParts(statement.slice(created[0].length))) addColumn(found, table, part, line);
    return;
  }
  const altered = ALTER.exec(statement);
  if (altered !== null) {
    for (const part of commaParts(statement.slice(altered[0].length))) addAction(found, altered[1] ?? '', part, line);
    return;
  }
  const table = (DROP.exec(statement) ?? INDEX.exec(statement))?.[1];
  if (table !== undefined) found.push({ table, line, says });
  else if (says !== '' && !IDLE.test(says)) found.push({ table: '', line, says });
}

function addColumn(found: SchemaWord[], table: string, part: string, line: number): void {
  const column = /^\s*["`[]?([\w$]+)/.exec(part)?.[1];
  if (column !== undefined && !NO_COLUMN.test(column))
    found.push({ table, column, line, says: part.replaceAll(/\s+/g, ' ').trim() });
}

function addAction(found: SchemaWord[], table: string, part: string, line: number): void {
  const says = part.replaceAll(/\s+/g, ' ').trim();
  const action = ACTION.exec(says);
  const columns = [action?.[1], action?.[2]].filter((one): one is string => one !== undefined && !NO_COLUMN.test(one));
  if (columns.length === 0) found.push({ table, line, says });
  for (const column of columns) found.push({ table, column, line, says });
}

/** Parts between commas that stand in no brackets, up to the bracket that closes the list. */
function commaParts(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text[at];
    if (unit === '(') depth += 1;
    else if (unit === ')') {
      depth -= 1;
      if (depth < 0) return [...parts, text.slice(start, at)];
    } else if (unit === ',' && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}
