/** Cases of `db/…`: a migration that fires the rule, and one much like it that does not. */
import type { RuleCase, Step } from './rule-case.js';

const migration = (sql: string): Step => [{}, { 'db/migrations/0002_next.sql': sql }];
const both = (fires: string, silent: string): RuleCase => ({ fires: migration(fires), silent: migration(silent) });
const prisma = (base: string, head: string): Step => [{ 'schema.prisma': base }, { 'schema.prisma': head }];
const model = (fields: string): string => `model User {\n  id Int @id\n${fields}\n}\n`;
const NEW = 'CREATE TABLE t (id int, a text);';

export const DATABASE_CASES: Readonly<Record<string, RuleCase>> = {
  'db/table-dropped': both('DROP TABLE t', `${NEW} DROP TABLE t`),
  'db/table-renamed': both('ALTER TABLE t RENAME TO u', `${NEW} ALTER TABLE t RENAME TO u`),
  'db/table-rebuilt': both(
    'CREATE TABLE "new_t" (id int); INSERT INTO "new_t" SELECT id FROM t; DROP TABLE t; ALTER TABLE "new_t" RENAME TO t;',
    'CREATE TABLE "new_t" (id int); DROP TABLE t;',
  ),
  'db/table-added': both(NEW, 'ALTER TABLE t ADD COLUMN a int'),
  'db/column-dropped': both('ALTER TABLE t DROP COLUMN a', `${NEW} ALTER TABLE t DROP COLUMN a`),
  'db/column-renamed': both('ALTER TABLE t RENAME COLUMN a TO b', 'ALTER TABLE t ADD COLUMN b int'),
  'db/column-type-narrowed': {
    fires: prisma(model('  a String'), model('  a String @db.VarChar(20)')),
    silent: prisma(model('  a String @db.VarChar(20)'), model('  a String @db.VarChar(30)')),
  },
  'db/column-type-changed-rewrite': both(
    'ALTER TABLE t ALTER COLUMN a TYPE int',
    `${NEW} ALTER TABLE t ALTER COLUMN a TYPE int`,
  ),
  'db/column-type-widened': {
    fires: prisma(model('  a Int'), model('  a BigInt')),
    silent: prisma(model('  a BigInt'), model('  a Int')),
  },
  'db/column-not-null-added': both(
    'ALTER TABLE t ALTER COLUMN a SET NOT NULL',
    'ALTER TABLE t ALTER COLUMN a DROP NOT NULL',
  ),
  'db/column-not-null-dropped': both(
    'ALTER TABLE t ALTER COLUMN a DROP NOT NULL',
    'ALTER TABLE t ALTER COLUMN a SET NOT NULL',
  ),
  'db/column-added-required': both(
    'ALTER TABLE t ADD COLUMN a int NOT NULL',
    'ALTER TABLE t ADD COLUMN a int NOT NULL DEFAULT 0',
  ),
  'db/column-added-volatile-default': both(
    'ALTER TABLE t ADD COLUMN a uuid DEFAULT gen_random_uuid()',
    'ALTER TABLE t ADD COLUMN a timestamptz DEFAULT now()',
  ),
  'db/column-added-nullable': both('ALTER TABLE t ADD COLUMN a int', `${NEW} ALTER TABLE t ADD COLUMN b int`),
  'db/default-changed': both(
    'ALTER TABLE t ALTER COLUMN a SET DEFAULT 1',
    'ALTER TABLE t ADD COLUMN a int; ALTER TABLE t ALTER COLUMN a SET DEFAULT 1',
  ),
  'db/default-dropped': both(
    'ALTER TABLE t ALTER COLUMN a DROP DEFAULT',
    'ALTER TABLE t ADD COLUMN a int DEFAULT 1; ALTER TABLE t ALTER COLUMN a DROP DEFAULT',
  ),
  'db/pk-changed': both(
    'ALTER TABLE t DROP CONSTRAINT t_pkey',
    'ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX i',
  ),
  'db/unique-added': both('ALTER TABLE t ADD CONSTRAINT u UNIQUE (a)', 'ALTER TABLE t ADD COLUMN a int UNIQUE'),
  'db/unique-dropped': both(
    'ALTER TABLE t DROP CONSTRAINT t_a_key',
    'ALTER TABLE t DROP CONSTRAINT t_a_key; ALTER TABLE t ADD CONSTRAINT t_a_key UNIQUE (a, b)',
  ),
  'db/fk-added-validating': both(
    'ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES b(c)',
    'ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES b(c) NOT VALID',
  ),
  'db/fk-dropped': both('ALTER TABLE t DROP CONSTRAINT t_a_fkey', 'ALTER TABLE t DROP CONSTRAINT t_a_check'),
  'db/fk-action-changed': both(
    'ALTER TABLE t DROP CONSTRAINT f_fk; ALTER TABLE t ADD CONSTRAINT f_fk FOREIGN KEY (a) REFERENCES b(c) ON DELETE CASCADE',
    'ALTER TABLE t ADD CONSTRAINT f_fk FOREIGN KEY (a) REFERENCES b(c)',
  ),
  'db/check-added-validating': both(
    'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)',
    'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID',
  ),
  'db/constraint-dropped': both('ALTER TABLE t DROP CONSTRAINT limits', 'ALTER TABLE t DROP CONSTRAINT t_a_fkey'),
  'db/enum-value-removed': both(
    `CREATE TYPE "E_new" AS ENUM ('a'); ALTER TABLE t ALTER COLUMN e TYPE "E_new" USING e::text::"E_new"; ALTER TYPE "E" RENAME TO "E_old"; ALTER TYPE "E_new" RENAME TO "E"; DROP TYPE "E_old";`,
    `ALTER TYPE "E" ADD VALUE 'b'`,
  ),
  'db/enum-value-added': both(`ALTER TYPE e ADD VALUE 'b'`, `CREATE TYPE e AS ENUM ('a'); ALTER TYPE e ADD VALUE 'b'`),
  'db/enum-value-renamed': both(`ALTER TYPE e RENAME VALUE 'a' TO 'b'`, `ALTER TYPE e ADD VALUE 'b'`),
  'db/enum-reordered': {
    fires: prisma('enum E {\n  A\n  B\n}\n', 'enum E {\n  B\n  A\n}\n'),
    silent: prisma('enum E {\n  A\n  B\n}\n', 'enum E {\n  A\n  X\n  B\n}\n'),
  },
  'db/type-dropped': both('DROP TYPE e', `DROP TYPE e; CREATE TYPE e AS ENUM ('a')`),
  'db/index-added-blocking': both('CREATE INDEX i ON t (a)', 'CREATE INDEX CONCURRENTLY i ON t (a)'),
  'db/index-dropped': both('DROP INDEX i', 'DROP INDEX i; CREATE INDEX i ON t (a, b)'),
  'db/index-concurrent-in-tx': both(
    'BEGIN; CREATE INDEX CONCURRENTLY i ON t (a); COMMIT;',
    'BEGIN; COMMIT; CREATE INDEX CONCURRENTLY i ON t (a);',
  ),
  'db/view-changed': both('CREATE OR REPLACE VIEW v AS SELECT 1 AS a', 'CREATE VIEW v AS SELECT 1 AS a'),
  'db/function-signature-changed': both(
    'DROP FUNCTION f(int)',
    `CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'select 1'`,
  ),
  'db/trigger-changed': both('DROP TRIGGER g ON t', `${NEW} CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f()`),
  'db/truncate': both('TRUNCATE t', `${NEW} TRUNCATE t`),
  'db/data-deleted': both('DELETE FROM t', 'DELETE FROM t WHERE a = 1'),
  'db/data-backfill-in-migration': both('UPDATE t SET a = 1', 'INSERT INTO t (a) VALUES (1)'),
  'db/migration-edited-after-merge': {
    fires: [{ 'migrations/1.sql': 'SELECT 1;' }, { 'migrations/1.sql': 'SELECT 2;' }],
    silent: [{ 'migrations/1.sql': 'SELECT 1;' }, { 'migrations/1.sql': '-- why\nSELECT  1;' }],
  },
  'db/statement-not-read': both('THIS IS NO SQL;', `DO $$ BEGIN ALTER TABLE t ADD COLUMN a int; END $$;`),
  'db/scalar-to-list': {
    fires: prisma(model('  a String'), model('  a String[]')),
    silent: prisma(model('  a String[]'), model('  a String[]\n  b String[]')),
  },
  'db/rls-enabled': both('ALTER TABLE t ENABLE ROW LEVEL SECURITY', `${NEW} ALTER TABLE t ENABLE ROW LEVEL SECURITY`),
  'db/rls-disabled': both('ALTER TABLE t DISABLE ROW LEVEL SECURITY', 'ALTER TABLE t ENABLE ROW LEVEL SECURITY'),
  'db/policy-changed': both(
    'CREATE POLICY p ON t FOR SELECT USING (true)',
    `${NEW} CREATE POLICY p ON t FOR SELECT USING (true)`,
  ),
  'db/grant-changed': both('GRANT SELECT ON t TO u', `${NEW} GRANT SELECT ON t TO u`),
};
