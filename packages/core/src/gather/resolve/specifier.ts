/**
 * What a specifier is, by its letters alone: relative, a package, a builtin, a bundler's invention.
 * In: the string after `from`. Out: its parts. Not here: any look at the repository.
 */
import { builtinModules } from 'node:module';

const BUILTINS: ReadonlySet<string> = new Set(builtinModules);

/** Virtual modules by their prefix: what a bundler or framework makes up at build time. */
const VIRTUAL = [
  /^virtual:/,
  /^\0/,
  /^astro:/,
  /^~icons\//,
  /^~react-pages$|^~pages$|^~console\//,
  /^\$app\/|^\$env\/|^\$service-worker$|^__sveltekit\//,
  /^#(?:imports|app|build|components|head|nuxt|vue-router|entry|nitro|spa|unhead|auth-utils|content|internal)(?:[-/].*)?$/,
  /^#(?:nitro|nuxt)-/,
  /^uno\.css$|^virtual-/,
  /^@theme(?:-original|-init)?\//,
  /^@generated\//,
  /^@vite\/client$|^\/@(?:vite|react-refresh|id|fs)/,
  /^@embroider\/virtual/,
  /^solid-start:|^starlight:|^fumadocs-mdx:/,
] as const;

/** True for modules that no file stands for. */
export function isVirtual(specifier: string): boolean {
  const first = specifier.charCodeAt(0);
  // Most specifiers begin with a dot; none of those is virtual.
  return first !== 46 && VIRTUAL.some((pattern) => pattern.test(specifier));
}

/** `fs`, `node:fs`, `bun:test`, `cloudflare:workers`, `sass:math`: what the runtime brings. */
export function builtinName(specifier: string): string | undefined {
  if (/^(?:node|bun|cloudflare|workerd|deno|ext|electron|sass):/.test(specifier)) return specifier;
  if (specifier === 'bun' || specifier === 'deno') return specifier;
  return BUILTINS.has(specifier) ? specifier : undefined;
}

/** Package and subpath of a bare specifier (`@acme/ui/button` → `@acme/ui`, `/button`); `undefined` where it can't be a package. */
export function splitPackage(specifier: string): { readonly name: string; readonly subpath: string } | undefined {
  const match = /^(@[a-z0-9~._-][\w~.-]*\/[a-z0-9~._-][\w~.-]*|[a-z0-9_-][\w~.-]*)(\/.*)?$/i.exec(specifier);
  const name = match?.[1];
  return name === undefined ? undefined : { name, subpath: (match?.[2] ?? '').replace(/\/$/, '') };
}

/** A package named by a registry protocol: `npm:react@19/jsx-runtime`, `jsr:@std/path`. */
export function registryPackage(specifier: string): { readonly name: string; readonly subpath: string } | undefined {
  const match = /^(?:npm|jsr|esm):\/?((?:@[^/@]+\/)?[^/@]+)(?:@[^/]*)?(\/.*)?$/.exec(specifier);
  const name = match?.[1];
  return name === undefined ? undefined : { name, subpath: match?.[2] ?? '' };
}

/** `http:`, `data:`, `blob:`, `//cdn`: resources that are not in any repository. */
export function isUrl(specifier: string): boolean {
  return /^(?:https?|data|blob|file|about|chrome|mailto|ws|wss|tel|javascript):|^\/\//.test(specifier);
}

/** `./x`, `../x`, `.`, `..`. */
export function isRelative(specifier: string): boolean {
  return /^\.{1,2}(?:\/|$)/.test(specifier);
}

/** Without loader prefixes (`raw-loader!./x`) and without a query (`./x?worker`). */
export function withoutDecorations(specifier: string): string {
  const bang = specifier.lastIndexOf('!');
  const path = bang >= 0 && bang < specifier.length - 1 ? specifier.slice(bang + 1) : specifier;
  const query = path.indexOf('?');
  return query > 0 ? path.slice(0, query) : path;
}
