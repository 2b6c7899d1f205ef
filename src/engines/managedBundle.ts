/** What `dist/engine-managed.js` gives. */
export { createManagedDreamer } from './managed/managedDreamer';
