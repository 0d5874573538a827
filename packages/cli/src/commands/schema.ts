/**
 * `schema`: the JSON schema of the report, as the library publishes it.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import type { Session } from '../session.js';

const HELP = `
Examples:
  $ blast-radius schema > report.schema.json
  $ blast-radius schema | npx ajv-cli validate -s /dev/stdin -d report.json --spec=draft2020

Exit codes: 0 done; 2 could not run.`;

/** Declares `schema`. */
export function addSchemaCommand(program: Command, session: Session): void {
  program
    .command('schema')
    .description('The JSON schema of `report --json`.')
    .addHelpText('after', HELP)
    .action(async () => {
      const file = fileURLToPath(import.meta.resolve('@blast-radius/core/report.schema.json'));
      session.io.stdout.write(await readFile(file, 'utf8'));
    });
}
