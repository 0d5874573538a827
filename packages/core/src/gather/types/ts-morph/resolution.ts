/**
 * Where the program's specifiers lead: in-repository ones as our own resolver says, the others to installed packages.
 * In: a program's input. Out: what ts-morph asks of a resolution host, and the specifiers that led nowhere.
 * Not here: our own resolver (gather/resolve).
 */
import type { ResolutionHostFactory, ts as TS } from 'ts-morph';
import type { TypeProgramInput } from '../../../model/index.js';
import { programName, repoPathOf } from './file-host.js';

/** A resolution host whose input may be exchanged. */
export interface Resolution {
  readonly factory: ResolutionHostFactory;
  use(input: TypeProgramInput): void;
}

/** TypeScript reads these by itself. */
const READABLE = /\.(?:[cm]?[jt]sx?|json|vue|svelte|astro)$/;

/** See {@link Resolution}; `ts` is the compiler inside ts-morph. */
export function createResolution(ts: typeof TS, input: TypeProgramInput): Resolution {
  let current = input;
  const external = new Map<string, TS.ResolvedModuleFull | undefined>();

  const factory: ResolutionHostFactory = (host, optionsOf) => {
    /** Bare specifiers mean the same throughout a folder. */
    function installedModule(specifier: string, importer: string): TS.ResolvedModuleFull | undefined {
      const key = `${specifier}\n${importer.slice(0, importer.lastIndexOf('/'))}`;
      if (!external.has(key)) {
        external.set(key, ts.resolveModuleName(specifier, importer, optionsOf(), host).resolvedModule);
      }
      return external.get(key);
    }
    function resolve(specifier: string, importer: string): TS.ResolvedModuleFull | undefined {
      const file = repoPathOf(current.root, importer);
      const target = file === undefined ? undefined : current.resolutions.get(file)?.get(specifier);
      if (target !== undefined && current.texts.has(target) && READABLE.test(target)) {
        const name = programName(current.root, target);
        return { resolvedFileName: name, extension: extensionOf(name), isExternalLibraryImport: false };
      }
      return target === undefined ? installedModule(specifier, importer) : undefined;
    }
    return {
      resolveModuleNames: (specifiers, importer) => specifiers.map((specifier) => resolve(specifier, importer)),
    };
  };

  return {
    factory,
    use: (next) => {
      current = next;
      external.clear();
    },
  };
}

function extensionOf(name: string): string {
  return /\.d\.[cm]?ts$/.exec(name)?.[0] ?? /\.[^.]*$/.exec(name)?.[0] ?? '';
}
