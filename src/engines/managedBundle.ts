/** What `dist/engine-managed.js` gives. */
export { managedConsent } from './managed/consent';
export { createManagedDreamer } from './managed/managedDreamer';
