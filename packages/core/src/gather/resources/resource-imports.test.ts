import { describe, expect, test } from 'vitest';
import { memoryTree } from '../tree-memory.js';
import { readWorkspace } from '../workspace/read-workspace.js';
import { documentImports, readResourceImports, styleImports } from './resource-imports.js';

describe('what stylesheets name', () => {
  test.each([
    ['@use "a"; @forward \'./b\' show x;', ['a', './b']],
    ['@import "a", "b",\n  "c";', ['a', 'b', 'c']],
    ['@import url("a.css") screen; @import url(b.css);', ['a.css', 'b.css']],
    ['@import (reference) "a";', ['a']],
    ['@use "a" with ($font: "Inter");', ['a']],
    ['.x { composes: y z from "./y.css"; }', ['./y.css']],
    [
      '@reference "../app.css";\n@plugin "./p.js";\n@config "./tailwind.config.js";',
      ['../app.css', './p.js', './tailwind.config.js'],
    ],
    ['/* @import "a"; */ // @use "b";\n@use "c";', ['c']],
    ['@media print { .a { background: url("x.png") } }', []],
  ])('%s', (text, expected) => {
    expect(styleImports(text)).toEqual(expected);
  });

  test('documents of GraphQL', () => {
    expect(documentImports('#import "./a.graphql"\n# import B from "b.graphql"\n# a comment\nquery { x }')).toEqual([
      './a.graphql',
      'b.graphql',
    ]);
  });
});

test('each revision is answered by its own files', async () => {
  const files = {
    'package.json': '{}',
    'a.scss': '@use "b"; @use "c"; @use "none"; @use "sass:math";',
    '_b.scss': '',
  };
  const head = memoryTree({ ...files, 'c/_index.scss': '@import "../a";' });
  const base = memoryTree({ ...files, 'c.css': '' });
  const { workspace } = await readWorkspace(head);
  const diffs = [
    { status: 'removed', path: 'c.css' },
    { status: 'added', path: 'c/_index.scss' },
  ] as const;
  const found = await readResourceImports(head, base, diffs, workspace);
  const lines = (of: 'base' | 'head'): string[] => found[of].map(({ from, to }) => `${from.join()} → ${to}`);
  expect(lines('base')).toEqual(['a.scss → _b.scss', 'a.scss → c.css']);
  expect(lines('head')).toEqual(['a.scss → _b.scss', 'c/_index.scss → a.scss', 'a.scss → c/_index.scss']);
  const asked: string[] = [];
  const watched = { ...base, read: (paths: readonly string[]) => (asked.push(...paths), base.read(paths)) };
  const again = await readResourceImports(watched, undefined, [], workspace, found.written);
  expect(again.head).toEqual(found.base);
  expect(asked).toEqual(['c.css']);
});
