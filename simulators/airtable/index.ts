/**
 * Airtable as the connector sees it: strict, in memory, with the published limits. What it answers follows the
 * fact sheet whose sections the comments in here name; what nobody could verify is marked [U] where it is decided.
 * https://airtable.com/developers/web/api/introduction
 */
export { createAirtable, type Airtable, type MadeBase, type NewBase, type NewTable } from './create.ts';
export type { DesignedField } from './designers.ts';
export type { Fault, Incoming } from './faults.ts';
export { serveAirtable, type ServedAirtable } from './serve.ts';
export type { Settings } from './settings.ts';
