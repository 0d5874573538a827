/** Impact: from reach arrays to records, counts and public graphs; and how symbols are named and found. */
export { centralities } from './centrality.js';
export { fileGraph, impactGraph, graphKey, packageGraph, packageNames, symbolGraph } from './graphs.js';
export type { GraphEdgeAttributes, GraphNodeAttributes, PublicGraph } from './graphs.js';
export { findHubs } from './hubs.js';
export type { Hub } from './hubs.js';
export { listImpacts } from './impact-list.js';
export type { ImpactSource, PathDetail } from './impact-list.js';
export { changedNodes, isApart, nearestImpacts, nearestWorld } from './nearest.js';
export type { NearestImpact } from './nearest.js';
export { ownersOf } from './owners.js';
export { isTestRole, placesOf, testNodes } from './places.js';
export type { GraphPlaces, PlacedPackage } from './places.js';
export { externalId, kindOf, symbolId, symbolIds } from './symbol-id.js';
export type { Descriptor } from './symbol-id.js';
export { listTests, tallyOwners, tallyPackages, touchedFiles } from './tallies.js';
export type { TouchedFiles } from './tallies.js';
export { findSymbols, parseWrittenSymbol, writtenFor } from './written-symbol.js';
export type { FoundSymbols, WrittenSymbol } from './written-symbol.js';
