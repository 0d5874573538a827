import { DirectedGraph } from 'graphology';
import { describe, expect, it } from 'vitest';
import type { PublicGraph } from '@blast-radius/core';
import { shellWord, visible } from '../visible.js';
import { affectedText } from './affected.js';
import { graphText } from './graph/index.js';
import { jsonText } from './json.js';

const evil = 'a"b\\N<i>`c`\n\u001b[31m]#;$(id)\'';

function graph(): PublicGraph {
  const made: PublicGraph = new DirectedGraph();
  made.addNode('web', { label: 'web', package: 'web', changed: false, distance: 1 });
  made.addNode(evil, { label: evil, package: 'x', changed: true, distance: 0 });
  made.addEdge('web', evil, { kind: 'call', weight: 2 });
  made.addEdge(evil, 'web', { kind: 'types', weight: 1 });
  return made;
}

describe('graph formats', () => {
  it('JSON names nodes, and parses back to what went in', () => {
    expect(JSON.parse(graphText(graph(), 'json'))).toEqual({
      nodes: [
        { id: 'web', label: 'web', package: 'web', changed: false, distance: 1 },
        { id: evil, label: evil, package: 'x', changed: true, distance: 0 },
      ],
      edges: [
        { from: 'web', to: evil, kind: 'call', weight: 2 },
        { from: evil, to: 'web', kind: 'types', weight: 1 },
      ],
    });
  });

  it('DOT quotes and doubles backslashes, so that a label ends where it should', () => {
    const text = graphText(graph(), 'dot');
    expect(text).toContain('n0 -> n1 [label="call"];');
    expect(text).toContain('n1 -> n0 [style=dashed];');
    const line = text.split('\n').find((candidate) => candidate.includes('n1 [')) ?? '';
    expect(line).toContain('label="a\\"b\\\\N<i>`c`\\\\x0a\\\\x1b[31m]#;$(id)\'"');
  });

  it('Mermaid writes as entities what it, Markdown or HTML would read', () => {
    const line =
      graphText(graph(), 'mermaid')
        .split('\n')
        .find((candidate) => /^ *n1\[/.test(candidate)) ?? '';
    expect(line).toMatch(/^ {4}n1\["a#34;b#92;N#60;i#62;#96;c#96;[^"`<>[\]\\]*"\]$/);
  });

  it('a package stands in no box of its own, whatever its key is', () => {
    const made: PublicGraph = new DirectedGraph();
    made.addNode('./constructor', { label: 'constructor', package: 'constructor' });
    expect(graphText(made, 'mermaid')).toBe('flowchart LR\n  n0["constructor"]\n');
    expect(graphText(made, 'dot')).not.toContain('cluster');
    made.addNode('id', { label: 'constructor', package: 'constructor', file: 'a.ts', kind: 'function' });
    expect(graphText(made, 'mermaid')).toContain('subgraph p1["constructor"]');
  });

  it('GEXF stays XML', () => {
    const text = graphText(graph(), 'gexf');
    expect(text).toContain('defaultedgetype="directed"');
    expect(text).toContain('a&quot;b\\N&lt;i>');
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});

describe('affected', () => {
  const packages = [
    { name: '@shop/web', root: 'apps/web' },
    { name: 'root', root: '' },
    { name: 'tools/gen', root: 'tools/gen' },
    { name: 'x;rm -rf $HOME', root: 'x' },
  ];

  it.each([
    ['names', '@shop/web\nroot\ntools/gen\nx;rm -rf $HOME\n'],
    ['paths', 'apps/web\n.\ntools/gen\nx\n'],
    ['turbo', "--filter=@shop/web --filter=// '--filter={./tools/gen}' '--filter=x;rm -rf $HOME'\n"],
    ['nx', "-p '@shop/web,root,tools/gen,x;rm -rf $HOME'\n"],
  ] as const)('as %s', (format, expected) => {
    expect(affectedText(packages, format)).toBe(expected);
    expect(affectedText([], format)).toBe('');
  });
});

describe('escapes', () => {
  it('spells control and direction characters and lone surrogates, and leaves other text', () => {
    expect(visible('é漢😀 \t\u007f\u2066\ud800')).toBe('é漢😀 \\x09\\x7f\\u{2066}\\u{d800}');
    expect(visible('a\u00adb\u2028c\u{e0061}')).toBe('a\\xadb\\u{2028}c\\u{e0061}');
  });

  it('quotes for a shell', () => {
    expect(shellWord("it's")).toBe("'it'\\''s'");
    expect(shellWord('')).toBe("''");
    expect(['HEAD~2', 'a.ts#b', '~', '#a', ':~'].map(shellWord)).toEqual(['HEAD~2', 'a.ts#b', "'~'", "'#a'", "':~'"]);
    expect(shellWord('src/a.ts:4')).toBe('src/a.ts:4');
  });

  it('JSON carries no raw C1, format or direction character', () => {
    const hidden = '\u009b\u202e\u00ad\u2029\u{e0061}';
    const text = jsonText({ [evil]: hidden });
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(JSON.parse(text)).toEqual({ [evil]: hidden });
  });
});
