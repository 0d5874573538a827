/**
 * Synthetic symbol graphs from a seeded generator: the same on every machine.
 * Out: `{ count, from, to }`, edge `i` from the dependent `from[i]` to what it depends on. Not here: measuring them.
 */
import { seeded } from '../statistics.mjs';

/** Node i + 1 depends on node i. */
export function chain(count) {
  const to = Uint32Array.from({ length: count - 1 }, (_, i) => i);
  return { count, from: to.map((i) => i + 1), to };
}

/** Dependents point at random nodes before them, as modules do, with 0.5 % pointing anywhere: one large cycle. */
export function random(count, edges) {
  const next = seeded(7);
  return made(count, edges, () => {
    const from = 1 + Math.floor(next() * (count - 1));
    return [from, Math.floor(next() * (next() < 0.005 ? count : from))];
  });
}

/** The same without cycles: sets of all sizes, none of them near each other. */
export function randomAcyclic(count, edges) {
  const next = seeded(7);
  return made(count, edges, () => {
    const from = 1 + Math.floor(next() * (count - 1));
    return [from, Math.floor(next() * from)];
  });
}

/** Preferential attachment: seven in ten depend on what somebody depends on already, so that degrees follow a power law. */
export function powerLaw(count, edges) {
  const next = seeded(9);
  const to = [];
  return made(count, edges, (i) => {
    const from = 1 + Math.floor((i * (count - 1)) / edges);
    const copied = i > 0 && next() < 0.7;
    to.push(copied ? Math.min(to[Math.floor(next() * i)], from - 1) : Math.floor(next() * from));
    return [from, to[i]];
  });
}

/** As code is laid out: mostly the neighbours in a file, then the package, then hubs that everybody uses. */
export function nested(count, edges) {
  const next = seeded(5);
  return made(count, edges, () => {
    const from = 1 + Math.floor(next() * (count - 1));
    const kind = next();
    if (kind < 0.9) return [from, Math.max(0, from - 1 - Math.floor(next() * (kind < 0.6 ? 40 : 4000)))];
    return [from, Math.floor(next() ** 3 * from)];
  });
}

/** Ten layers, each at random over the one below: the dearest shape found, half of the sets neither small nor full. */
export function layered(count, edges) {
  const next = seeded(3);
  const width = count / 10;
  return made(count, edges, () => {
    const layer = 1 + Math.floor(next() * 9);
    return [layer * width + Math.floor(next() * width), (layer - 1) * width + Math.floor(next() * width)];
  });
}

function made(count, edges, edge) {
  const from = new Uint32Array(edges);
  const to = new Uint32Array(edges);
  for (let i = 0; i < edges; i++) [from[i], to[i]] = edge(i);
  return { count, from, to };
}
