/** Files as they lie on the disk: a folder without git as a tree, and the safe reading that git's working tree shares. */
export * from './blobId.js';
export * from './byteCache.js';
export * from './diskSource.js';
export * from './fileTree.js';
export * from './folderTree.js';
export * from './linkTarget.js';
export * from './safeRead.js';
