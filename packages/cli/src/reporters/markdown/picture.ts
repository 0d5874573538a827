/**
 * The impact at a glance: packages and apps, from what changed to what is reached, as a Mermaid flowchart.
 * In: a report. Out: a fenced block; nothing where only one package is concerned. Edges are those of the impacts' paths.
 * Not here: symbols; the largest packages stand for the rest, which is counted.
 */
import type { Report, ReportPackage } from '@blast-radius/core';
import { mermaidLabel } from '../graph/mermaid.js';
import { plural } from '../words.js';

/** More boxes than this are no glance. */
const MOST_PACKAGES = 8;
const LONGEST_LABEL = 60;

/** The picture, in lines. */
export function picture(report: Report): readonly string[] {
  const concerned = report.packages.filter(({ changed, total }) => changed || total > 0);
  const shown = concerned.slice(0, MOST_PACKAGES);
  const edges = packageEdges(report, new Set(shown.map(keyOf)));
  if (shown.length < 2 || edges.length === 0) return [];
  const joined = new Set(edges.flat());
  const drawn = shown.filter((one) => joined.has(keyOf(one)));
  const ids = new Map(drawn.map((one, index) => [keyOf(one), `p${index}`]));
  const changed = drawn.filter((one) => one.changed).map((one) => ids.get(keyOf(one)));
  const left = concerned.length - drawn.length;
  return [
    '```mermaid',
    'flowchart LR',
    ...drawn.map((one) => `  ${ids.get(keyOf(one))}${box(one, hubsOf(report, one))}`),
    ...edges.map(([from, to]) => `  ${ids.get(from)} --> ${ids.get(to)}`),
    ...(changed.length === 0 ? [] : ['  classDef changed fill:#fde2e1,stroke:#b91c1c,color:#450a0a', `  class ${changed.join(',')} changed`]), // prettier-ignore
    '```',
    '',
    `<sub>Red: changed. Rounded: an app. An arrow goes from what changed to what it reaches${left === 0 ? '' : `; ${plural(left, 'more package')} not drawn`}.</sub>`,
  ];
}

function keyOf({ name }: ReportPackage): string {
  return name;
}

/** Name, and what is reached; apps are rounded. */
function box({ name, root, app, total }: ReportPackage, hubs: readonly string[]): string {
  const lines = [
    label(name === '' ? root || '(root)' : name),
    ...(total === 0 ? [] : [plural(total, 'impacted file')]),
    ...hubs.map((hub) => `through ${label(hub)}`),
  ];
  const text = `"${lines.join('<br/>')}"`;
  return app ? `([${text}])` : `[${text}]`;
}

/** The hubs of a package: each is in one box only. */
function hubsOf({ hubs, impacts, changes }: Report, { name }: ReportPackage): string[] {
  const packages = new Map([...changes, ...impacts].map((node) => [node.id, node.package]));
  return hubs
    .filter(({ id }) => packages.get(id) === name)
    .map(({ symbol, file }) => (symbol === '<module>' ? file : symbol));
}

/** From changed to reached, each once, in the order of the impacts. */
function packageEdges(report: Report, shown: ReadonlySet<string>): (readonly [string, string])[] {
  const packages = new Map([...report.changes, ...report.impacts].map((node) => [node.id, node.package]));
  const edges = new Map<string, readonly [string, string]>();
  for (const { path, test } of report.impacts) {
    if (test) continue;
    const on = path
      .map((id) => packages.get(id))
      .filter((name): name is string => name !== undefined && shown.has(name));
    for (let at = 1; at < on.length; at++) {
      const [from, to] = [on[at - 1]!, on[at]!];
      if (from !== to) edges.set(`${from}\0${to}`, [from, to]);
    }
  }
  return [...edges.values()];
}

/** A name that fits in a box. */
function label(name: string): string {
  return mermaidLabel(name.length <= LONGEST_LABEL ? name : `${name.slice(0, LONGEST_LABEL - 1)}…`);
}
