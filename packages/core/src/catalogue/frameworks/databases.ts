/** Rows: tables as code declares and queries them. */
import type { CatalogueRow } from '../../model/catalogue-row.js';

const PRISMA = [
  'M[PrismaClient].I',
  'M[Prisma].M[TransactionClient].I',
  'M[TransactionClient].I',
  'M[PrismaClient].I.M[$transaction].P[0]',
];
const PRISMA_PACKAGES = ['@prisma/client', '@prisma/client/edge', '.prisma/client'];
const DRIZZLE_TABLES = 'M[pgTable,mysqlTable,sqliteTable,pgTableCreator,pgView,pgMaterializedView]';
const DRIZZLE = [
  'M[drizzle].R',
  'M[NodePgDatabase,PostgresJsDatabase,PgDatabase,NeonHttpDatabase,BetterSQLite3Database,LibSQLDatabase,MySql2Database,PgTransaction,DrizzleD1Database,NeonDatabase].I',
];
const DRIZZLE_FLUENT = [
  'M[transaction].P[0]',
  'M[$with].R',
  'M[with].R',
  'M[$primary]',
  'M[select,selectDistinct,selectDistinctOn].R',
];
const KNEX = [
  'R',
  'M[knex].R',
  'M[Knex].I',
  'M[Knex].M[Transaction].I',
  'R.M[transaction].P[0]',
  'M[knex].R.M[transaction].P[0]',
];
const KYSELY = ['M[Kysely].I', 'M[Transaction].I', 'M[Kysely].I.M[transaction].R.M[execute].P[0]'];
const PG = ['M[Pool,Client].I', 'M[default].M[Pool,Client].I', 'M[Pool].I.M[connect].R', 'M[PoolClient,ClientBase].I'];
const MYSQL = [
  'M[createPool,createConnection,createPoolPromise].R',
  'M[createPool,createConnection].R.M[promise].R',
  'M[createPool].R.M[getConnection].R',
  'M[Pool,Connection,PoolConnection].I',
];

/** See the file's head. */
export const DATABASE_ROWS: readonly CatalogueRow[] = [
  { id: 'prisma.query', role: 'orm.query', pkg: PRISMA_PACKAGES, recv: PRISMA, fluent: ['M[$extends].R'], call: '**.M[#prismaReads,#prismaWrites]', bind: { table: '$path', operation: '$member', where: 'A0.where', columns: 'A0.select', data: 'A0.data' } },
  { id: 'prisma.raw', role: 'sql.query', pkg: PRISMA_PACKAGES, recv: PRISMA, fluent: ['M[$extends].R'], call: 'M[$queryRawUnsafe,$executeRawUnsafe]', bind: { sql: 'A0' } },
  { id: 'prisma.raw-template', role: 'sql.query', pkg: PRISMA_PACKAGES, recv: PRISMA.map((one) => `${one}.M[$queryRaw,$executeRaw]`), call: 'tpl', bind: { sql: 'A0' } },
  { id: 'drizzle.table', role: 'orm.model', pkg: ['drizzle-orm'], recv: [DRIZZLE_TABLES, 'M[pgSchema,mysqlSchema].R.M[table]', 'M[pgTableCreator,mysqlTableCreator,sqliteTableCreator].R'], call: '', when: { minArgs: 2 }, bind: { table: 'A0', columns: 'A1' } },
  { id: 'drizzle.from', role: 'orm.query', pkg: ['drizzle-orm'], recv: DRIZZLE, fluent: DRIZZLE_FLUENT, call: 'M[from]', bind: { table: 'A0', operation: 'const:select', columns: 'recv.A0' } },
  { id: 'drizzle.write', role: 'orm.query', pkg: ['drizzle-orm'], recv: DRIZZLE, fluent: DRIZZLE_FLUENT, call: 'M[insert,update,delete]', bind: { table: 'A0', operation: '$member' } },
  { id: 'drizzle.join', role: 'orm.query', pkg: ['drizzle-orm'], recv: DRIZZLE, fluent: [...DRIZZLE_FLUENT, 'M[from].R', 'M[leftJoin,innerJoin,rightJoin,fullJoin,where,groupBy].R'], call: 'M[leftJoin,innerJoin,rightJoin,fullJoin]', bind: { table: 'A0', operation: 'const:select' } },
  { id: 'drizzle.relational', role: 'orm.query', pkg: ['drizzle-orm'], recv: DRIZZLE.map((one) => `${one}.M[query]`), fluent: [], call: '**.M[findMany,findFirst]', bind: { table: '$path', operation: '$member', where: 'A0.where', columns: 'A0.columns' } },
  { id: 'drizzle.sql', role: 'sql.query', pkg: ['drizzle-orm'], recv: ['M[sql]'], call: 'tpl', bind: { sql: 'A0' } },
  { id: 'typeorm.entity', role: 'orm.model', kind: 'decorator', pkg: ['typeorm'], call: 'M[Entity,ViewEntity]', bind: { table: 'A0|A0.name|A0.tableName' } },
  { id: 'typeorm.repository', role: 'orm.query', pkg: ['typeorm'], recv: ['M[Repository,TreeRepository,MongoRepository].I', 'M[DataSource,EntityManager,Connection].I.M[getRepository].R', 'M[getRepository].R', 'M[DataSource].I.M[manager].M[getRepository].R'], call: 'M[#typeormQueries]', bind: { table: 'recv.T0|recv.A0', operation: '$member', where: 'A0.where|A0' } },
  { id: 'nestjs.typeorm', role: 'orm.query', pkg: ['@nestjs/typeorm'], recv: ['M[InjectRepository].R'], call: 'M[#typeormQueries]', bind: { table: 'recv.A0', operation: '$member', where: 'A0.where|A0' } },
  { id: 'typeorm.manager', role: 'orm.query', pkg: ['typeorm'], recv: ['M[EntityManager].I', 'M[DataSource].I.M[manager]', 'M[DataSource].I.M[transaction].P[0]', 'M[QueryRunner].I.M[manager]'], call: 'M[#typeormQueries]', when: { minArgs: 2 }, bind: { table: 'A0', operation: '$member', where: 'A1.where|A1' } },
  { id: 'typeorm.raw', role: 'sql.query', pkg: ['typeorm'], recv: ['M[DataSource,EntityManager,QueryRunner,Repository].I', 'M[DataSource].I.M[manager]', 'M[getManager,getConnection].R'], call: 'M[query]', bind: { sql: 'A0' } },
  { id: 'sequelize.define', role: 'orm.model', pkg: ['sequelize'], recv: ['I', 'M[Sequelize].I'], call: 'M[define]', bind: { table: 'A2.tableName|A0', columns: 'A1' } },
  { id: 'sequelize.init', role: 'orm.model', pkg: ['sequelize'], recv: ['M[Model]'], call: 'M[init]', bind: { table: 'A1.tableName|$class', columns: 'A0' } },
  { id: 'sequelize-typescript.table', role: 'orm.model', kind: 'decorator', pkg: ['sequelize-typescript'], call: 'M[Table]', bind: { table: 'A0.tableName' } },
  { id: 'sequelize.query', role: 'orm.query', pkg: ['sequelize', 'sequelize-typescript'], recv: ['M[Model]', 'I.M[define].R', 'M[Sequelize].I.M[define].R'], call: 'M[#sequelizeQueries]', bind: { table: 'recv.A2.tableName|recv.A0|$class', operation: '$member', where: 'A0.where|A1.where' } },
  { id: 'sequelize.raw', role: 'sql.query', pkg: ['sequelize', 'sequelize-typescript'], recv: ['I', 'M[Sequelize].I'], call: 'M[query]', bind: { sql: 'A0|A0.query' } },
  { id: 'knex.table', role: 'orm.query', pkg: ['knex'], recv: KNEX, call: '', when: { text: 'A0' }, bind: { table: 'A0' } },
  { id: 'knex.from', role: 'orm.query', pkg: ['knex'], recv: KNEX, fluent: ['M[select,distinct,withSchema].R'], call: 'M[from,table,into,insert]', when: { text: 'A0' }, bind: { table: 'A0' } },
  { id: 'knex.raw', role: 'sql.query', pkg: ['knex'], recv: KNEX, call: 'M[raw]', bind: { sql: 'A0' } },
  { id: 'kysely.query', role: 'orm.query', pkg: ['kysely'], recv: KYSELY, fluent: ['M[with,withSchema,withRecursive].R'], call: 'M[selectFrom,insertInto,updateTable,deleteFrom,mergeInto,replaceInto]', bind: { table: 'A0|A0.0', operation: '$member' } },
  { id: 'kysely.join', role: 'orm.query', pkg: ['kysely'], recv: KYSELY, fluent: ['M[selectFrom].R', 'M[innerJoin,leftJoin,where,select].R'], call: 'M[innerJoin,leftJoin,rightJoin,fullJoin]', bind: { table: 'A0', operation: 'const:select' } },
  { id: 'kysely.sql', role: 'sql.query', pkg: ['kysely'], recv: ['M[sql]'], call: 'tpl', bind: { sql: 'A0' } },
  { id: 'kysely.schema', role: 'schema.change', pkg: ['kysely'], recv: ['M[Kysely].I.M[schema]'], call: 'M[createTable,alterTable,dropTable]', bind: { table: 'A0', operation: '$member' } },
  { id: 'knex.schema', role: 'schema.change', pkg: ['knex'], recv: KNEX.map((one) => `${one}.M[schema]`), fluent: ['M[createTable,table,alterTable].R'], call: 'M[createTable,table,alterTable,dropTable,dropTableIfExists,renameTable]', bind: { table: 'A0', operation: '$member' } },
  { id: 'mongoose.model', role: 'orm.model', pkg: ['mongoose'], recv: ['M[model]', 'M[models]'], call: '', when: { minArgs: 1 }, bind: { table: 'A0', columns: 'A1.made.A0' } },
  { id: 'mongoose.query', role: 'orm.query', pkg: ['mongoose'], recv: ['M[model].R', 'M[Model].I', 'M[connection].M[model].R', 'M[createConnection].R.M[model].R'], call: 'M[#mongooseQueries]', bind: { table: 'recv.A0|recv.T0', operation: '$member', where: 'A0' } },
  { id: 'nestjs.mongoose', role: 'orm.query', pkg: ['@nestjs/mongoose'], recv: ['M[InjectModel].R'], call: 'M[#mongooseQueries]', bind: { table: 'recv.A0', operation: '$member', where: 'A0' } },
  { id: 'mongodb.collection', role: 'orm.query', pkg: ['mongodb'], recv: ['M[MongoClient].I.M[db].R.M[collection].R', 'M[MongoClient].M[connect].R.M[db].R.M[collection].R', 'M[Db].I.M[collection].R'], call: 'M[#mongooseQueries,insertOne]', bind: { table: 'recv.A0', operation: '$member', where: 'A0' } },
  { id: 'pg.query', role: 'sql.query', pkg: ['pg', '@neondatabase/serverless', '@vercel/postgres', 'pg-promise'], recv: [...PG, 'R.R'], call: 'M[query,any,one,oneOrNone,none,many,manyOrNone]', bind: { sql: 'A0|A0.text' } },
  { id: 'postgres.template', role: 'sql.query', pkg: ['postgres', '@vercel/postgres', '@neondatabase/serverless', 'slonik', '@databases/pg', 'sqlstring'], recv: ['R', 'M[sql]', 'M[neon].R', 'R.M[begin].P[0]', 'M[sql].M[unsafe,type].R'], call: 'tpl', bind: { sql: 'A0' } },
  { id: 'postgres.unsafe', role: 'sql.query', pkg: ['postgres'], recv: ['R'], call: 'M[unsafe]', bind: { sql: 'A0' } },
  { id: 'mysql2.query', role: 'sql.query', pkg: ['mysql2', 'mysql'], recv: MYSQL, call: 'M[query,execute]', bind: { sql: 'A0|A0.sql' } },
  { id: 'better-sqlite3.prepare', role: 'sql.query', pkg: ['better-sqlite3', 'node:sqlite', '@libsql/client', 'sqlite3', 'bun:sqlite'], recv: ['I', 'M[Database,DatabaseSync].I', 'M[createClient].R'], call: 'M[prepare,exec,execute,query,run,all,get]', when: { text: 'A0|A0.sql' }, bind: { sql: 'A0|A0.sql' } },
  { id: 'supabase.from', role: 'orm.query', pkg: ['@supabase/supabase-js', '@supabase/ssr'], recv: ['M[createClient,createServerClient,createBrowserClient].R', 'M[SupabaseClient].I'], fluent: ['M[schema].R'], call: 'M[from]', when: { text: 'A0' }, bind: { table: 'A0' } },
  { id: 'sql.text', role: 'sql.query', pkg: ['*'], call: '', when: { text: 'A0' }, bind: { sql: 'A0' }, confidence: 'medium' },
  { id: 'sql.text-template', role: 'sql.query', pkg: ['*'], call: 'tpl', when: { text: 'A0' }, bind: { sql: 'A0' }, confidence: 'medium' },
]; // prettier-ignore
