/**
 * `graph`: the dependency graph, or the part of it that a change reaches, for programs and pictures.
 */
import { Option, type Command } from 'commander';
import type { PublicGraph } from '@blast-radius/core';
import { analyzeWith, loadLibrary, withRepository } from '../analysis.js';
import {
  addComparisonFlags,
  addOutputFlags,
  addRepositoryFlags,
  type AnalysisFlags,
  type OutputFlags,
} from '../flags.js';
import type { CliIo } from '../io.js';
import { deliver } from '../output.js';
import type { GraphFormat } from '../reporters/graph/index.js';
import { MERMAID_EDGES } from '../reporters/graph/mermaid.js';
import type { Session } from '../session.js';
import { CommandLineError } from '../usage.js';

interface GraphFlags extends AnalysisFlags, OutputFlags {
  readonly of: 'packages' | 'files' | 'impact' | 'symbols';
  readonly format?: GraphFormat;
}

const HELP = `
Examples:
  $ blast-radius graph --format mermaid                     packages, for a README
  $ blast-radius graph --of impact --base main --format dot | dot -Tsvg > impact.svg
  $ blast-radius graph --of files --format gexf --output files.gexf
  $ blast-radius graph --of symbols --json

Edges go from a dependent to what it depends on. packages, files and symbols are the head as it is;
impact is what a change reaches, along the paths of the report (and takes the flags of "Which change").

Exit codes: 0 done; 2 could not run.`;

/** Declares `graph`. */
export function addGraphCommand(program: Command, session: Session): void {
  const command = program
    .command('graph')
    .description('The dependency graph, or what a change reaches: JSON, DOT, Mermaid, GEXF.')
    .addHelpText('after', HELP);
  addComparisonFlags(addRepositoryFlags(command))
    .optionsGroup('Graph:')
    .addOption(
      new Option('--of <what>', 'nodes').choices(['packages', 'files', 'impact', 'symbols']).default('packages'),
    )
    .addOption(
      new Option('--format <format>', 'how to write it (default: json)').choices(['json', 'dot', 'mermaid', 'gexf']),
    );
  addOutputFlags(command);
  command.action((flags: GraphFlags) => draw(session.io, flags));
}

async function draw(io: CliIo, flags: GraphFlags): Promise<void> {
  const format = formatOf(flags);
  demandHeadOnly(flags);
  const graph = await graphOf(io, flags);
  const { graphText } = await import('../reporters/graph/index.js');
  await deliver(io, flags.output, graphText(graph, format));
  if (format === 'mermaid' && graph.size > MERMAID_EDGES) {
    io.stderr.write(
      `warning: ${graph.size} edges are more than the ${MERMAID_EDGES} that Mermaid draws unless maxEdges is raised; --of packages or --format dot may serve better.\n`,
    );
  }
}

function formatOf({ json, format }: GraphFlags): GraphFormat {
  if (json === true && (format ?? 'json') !== 'json') {
    throw new CommandLineError(`--json and --format ${format} say two things; give one.`);
  }
  return format ?? 'json';
}

/** A flag that would do nothing is a misunderstanding. */
function demandHeadOnly(flags: GraphFlags): void {
  if (flags.of === 'impact') return;
  const { base, exactBase, patch, files, symbol, assume } = flags;
  const given = Object.entries({ base, 'exact-base': exactBase, patch, files, symbol, assume });
  const idle = given.find(([, value]) => value !== undefined);
  if (idle !== undefined) {
    throw new CommandLineError(`--${idle[0]} says which change; only \`graph --of impact\` has one.`);
  }
}

async function graphOf(io: CliIo, flags: GraphFlags): Promise<PublicGraph> {
  if (flags.of === 'impact') {
    const report = await analyzeWith(io, flags);
    return (await loadLibrary()).impactGraph(report);
  }
  const { of } = flags;
  return withRepository(io, flags, ({ graph }, library) => {
    if (of === 'packages') return library.packageGraph(graph);
    return of === 'files' ? library.fileGraph(graph) : library.symbolGraph(graph);
  });
}
