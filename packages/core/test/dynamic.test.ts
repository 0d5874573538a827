/**
 * What programs find at run time: plugin folders, globs of files, what is registered, what hangs on the global object.
 * A caret stands below the declaration it speaks of. The change is "its body", asked as a what-if.
 */
import { analyze } from '@blast-radius/core';
import { check } from '@blast-radius/testkit';
import { test } from 'vitest';

const holds = (name: string, text: string): void =>
  test(name, () =>
    check(
      text,
      async (root, symbol) => (await analyze({ root, symbols: [symbol], assume: 'body', threads: 0, env: {} })).impacts,
    ),
  );

holds(
  'a folder of plugins, whoever lists it',
  `
  // @file plugins/one.js
  module.exports = function one() { return 1; };
  // @file plugins/two.js
  module.exports = function two() { return 2; };
  // @file other/three.js
  module.exports = function three() { return 3; };
  // @file load.js
  const fs = require('fs');
  const path = require('path');
  const dir = path.join(__dirname, 'plugins');
  exports.named = () => fs.readdirSync(dir).map((file) => require(path.join(dir, file)));
  //      ^ affected by plugins/two.js#export= (runtime)
  //      ^ not affected by other/three.js#export=
  exports.joined = (name) => require(path.join(__dirname, 'plugins', name));
  //      ^ affected by plugins/one.js#export= (runtime)
  //      ^ not affected by other/three.js#export=
  exports.handed = (app) => app.register(autoload, { dir: path.join(__dirname, 'plugins') });
  //      ^ affected by plugins/one.js#export= (runtime)
  // @file plugins/index.js
  const path = require('path');
  exports.beside = (name) => require(path.join(__dirname, name));
  //      ^ affected by plugins/one.js#export= (runtime)
  //      ^ not affected by other/three.js#export=
  `,
);

holds(
  'files named by a glob: below the own folder, below the package, of sources by what is built from them',
  `
  // @file src/entities/user.ts
  export class User { name = () => 'u'; }
  // @file src/entities/order.ts
  export class Order { name = () => 'o'; }
  // @file src/other.ts
  export class Other { name = () => 'x'; }
  // @file src/db.ts
  import { globSync } from 'glob';
  export const added = { entities: [__dirname + '/entities/*.ts'] };
  //           ^ affected by src/entities/user.ts#User (runtime)
  //           ^ not affected by src/other.ts#Other
  export const template = { entities: [\`\${__dirname}/entities/*.js\`] };
  //           ^ affected by src/entities/order.ts#Order (runtime)
  export const found = (): string[] => globSync('src/entities/*.ts');
  //           ^ affected by src/entities/order.ts#Order (runtime)
  //           ^ not affected by src/other.ts#Other
  export const own = (): string[] => globSync('entities/*.ts', { cwd: __dirname });
  //           ^ affected by src/entities/user.ts#User (runtime)
  //           ^ not affected by src/other.ts#Other
  `,
);

holds(
  'the global object under a cast or another name',
  `
  // @file a.ts
  export function run(): number { return 1; }
  const root = globalThis as unknown as { tools?: unknown };
  root.tools = { run };
  // @file b.ts
  const other = globalThis as any;
  export const cast = (): number => (globalThis as any).tools.run();
  //           ^ affected by a.ts#run (runtime)
  export const named = (): number => other.tools.run();
  //           ^ affected by a.ts#run (runtime)
  export const taken = (): number => { const { tools } = globalThis as any; return tools.run(); };
  //           ^ affected by a.ts#run (runtime)
  export const elsewhere = (): number => (globalThis as any).settings.size;
  //           ^ not affected by a.ts#run
  `,
);
