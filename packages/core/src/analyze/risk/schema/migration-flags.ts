/**
 * What a migration's operations break, lock or weaken: one flag for each, by the rules `db/…`.
 * In: changed SQL files as operations. Out: flags in order. Pure.
 * Not here: declarative schemas (table-flags.ts), parsing (gather/sensitive/sql).
 */
import { baseNameOf } from '../../../model/index.js';
import type { FlagEvidence, RiskFlag, SqlChange, SqlOperation } from '../../../model/index.js';
import { evidenceText, flagOf, type Finding } from '../classifier.js';
import { operationFinding } from './operation-rules.js';
import { scriptContext, type ScriptContext } from './script-context.js';

/** The flags of every changed migration; tables made by any of them are new in all. */
export function migrationFlags(changes: readonly SqlChange[]): RiskFlag[] {
  const migrations = changes.filter(({ purpose }) => purpose === 'migration');
  const context = scriptContext(migrations.flatMap((change) => newOperations(change)));
  return migrations.flatMap((change) => [...editedFlags(change), ...fileFlags(change, context)]);
}

function fileFlags(change: SqlChange, all: ScriptContext): RiskFlag[] {
  const operations = newOperations(change);
  const own = scriptContext(operations);
  const context = { ...own, isNew: (table: string | undefined) => own.isNew(table) || all.isNew(table) };
  const seen = new Set<string>();
  const flags: RiskFlag[] = [];
  let inTransaction = false;
  for (const operation of operations) {
    if (operation.action === 'begin') inTransaction = true;
    if (operation.action === 'commit') inTransaction = false;
    for (const { rule, ...finding } of operationFinding(operation, {
      context,
      inTransaction,
      dialect: change.dialect,
    })) {
      const key = `${rule}\0${finding.subject ?? ''}\0${finding.subject === undefined ? operation.line : ''}`;
      if (seen.has(key)) continue;
      seen.add(key);
      flags.push(flagOf(rule, placed(change, operation, finding)));
    }
  }
  return [...flags, ...unreadFlags(change)];
}

function placed(change: SqlChange, operation: SqlOperation, finding: Omit<Finding, 'file' | 'line'>): Finding {
  return { ...finding, file: change.file, line: operation.line, evidence: [statementEvidence(change, operation)] };
}

function statementEvidence({ file, headStatements }: SqlChange, { line, statement }: SqlOperation): FlagEvidence {
  return { file, line, side: 'head', text: evidenceText(headStatements[statement] ?? '') };
}

/** Of an edited file, only statements that the base did not have. */
function newOperations(change: SqlChange): readonly SqlOperation[] {
  if (change.status === 'removed') return [];
  const before = new Set(change.baseStatements.map(folded));
  return change.head.filter(({ statement }) => !before.has(folded(change.headStatements[statement] ?? '')));
}

function folded(statement: string): string {
  return statement.replace(/--.*$/gm, '').replace(/\s+/g, ' ').trim().toLowerCase();
}

/** Comments and format are no edit. */
function editedFlags(change: SqlChange): RiskFlag[] {
  const { file, basePath, status, baseStatements, headStatements } = change;
  if (status === 'added' || baseStatements.length === 0) return [];
  const same = baseStatements.map(folded).join(';') === headStatements.map(folded).join(';');
  // Tools know a migration by its name, not by its folder.
  if (same && (status === 'modified' || (status === 'renamed' && baseNameOf(basePath) === baseNameOf(file)))) return [];
  const how = status === 'modified' ? 'edited' : status;
  return [
    flagOf('db/migration-edited-after-merge', {
      file,
      line: 1,
      message: `A migration that the base already has is ${how}: databases where it ran will not run it again.`,
      subject: file,
    }),
  ];
}

function unreadFlags({ file, unread }: SqlChange): RiskFlag[] {
  return unread.slice(0, 3).map((line) =>
    flagOf('db/statement-not-read', {
      file,
      line,
      message: 'No known SQL dialect reads this statement: what it does to the schema is not known.',
    }),
  );
}
