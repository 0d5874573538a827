/** What published packages promise, by their manifests. */
export { publishedEntries } from './entries.js';
export { stricterRequirements } from './requirements.js';
