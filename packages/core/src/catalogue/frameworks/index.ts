/** All rows of the catalogue, area by area: a new framework is a row in one of these files. */
import type { CatalogueRow } from '../../model/catalogue-row.js';
import { ACCESS_ROWS } from './access.js';
import { DATABASE_ROWS } from './databases.js';
import { HTTP_CLIENT_ROWS } from './http-clients.js';
import { HTTP_SERVER_ROWS } from './http-servers.js';
import { MESSAGING_ROWS } from './messaging.js';
import { RESOURCE_OPTION_ROWS } from './resources.js';
import { RPC_ROWS } from './rpc.js';

/** Every row; ids are unique. */
export const CATALOGUE: readonly CatalogueRow[] = [
  ...HTTP_SERVER_ROWS,
  ...HTTP_CLIENT_ROWS,
  ...RPC_ROWS,
  ...MESSAGING_ROWS,
  ...DATABASE_ROWS,
  ...ACCESS_ROWS,
  ...RESOURCE_OPTION_ROWS,
];
