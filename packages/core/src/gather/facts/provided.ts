/**
 * Tokens of dependency injection: `{ provide: TOKEN, useClass: Store }` as Angular and NestJS take it.
 * In: an object literal that is read while no function is. Out: a mutation of the token: whoever asks for it gets what stands here.
 * Not here: containers that are called (`container.bind(TOKEN).to(Store)`, mutations.ts), providers that a function makes.
 */
import { mutationSymbol } from './mutation-symbols.js';
import { placeOf } from './places.js';
import type { Scope } from './scope.js';
import type { Node } from './syntax.js';
import { keyName } from './syntax.js';
import type { Walk } from './walk.js';

const FILE = { prefix: '', parent: -1 };
const GIVES = new Set(['useClass', 'useExisting', 'useFactory', 'useValue']);

/** Notes what an object literal provides for a token. */
export function noteProvided(walk: Walk, node: Node): void {
  const properties = node.properties as Node[];
  const token = properties.find((one) => isNamed(one, (name) => name === 'provide'));
  if (token === undefined || isInFunction(walk.scope)) return;
  const given = properties.find((one) => isNamed(one, (name) => GIVES.has(name)));
  const place = given === undefined ? undefined : placeOf(walk, token.value);
  if (place?.root.target === undefined) return;
  const { eager, called } = walk;
  walk.eager = false;
  walk.called = false;
  walk.into(mutationSymbol(walk, FILE, place.root, node), () => {
    walk.surface = false;
    walk.refer(place.root, [], 'write', 0, node);
    if (place.path.length > 0) walk.refer(place.root, place.path, 'write', 0, node);
    walk.visit(given?.value);
  });
  walk.eager = eager;
  walk.called = called;
}

function isNamed({ type, key, computed }: Node, fits: (name: string) => boolean): boolean {
  return type === 'Property' && fits(keyName(key, computed) ?? '');
}

function isInFunction(scope: Scope): boolean {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) if (at.fn !== undefined) return true;
  return false;
}
