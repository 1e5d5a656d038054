/**
 * Notion as the connector sees it: strict, in memory, with the published limits. What it answers follows the fact
 * sheet whose sections the comments in here name; what nobody could verify is marked [U] where it is decided.
 * https://developers.notion.com/reference/intro
 */
export { createNotion, type MadeDatabase, type NewDatabase, type Notion } from './create.ts';
export type { DesignedProperty } from './designers.ts';
export type { Fault, Incoming } from './faults.ts';
export { serveNotion, type ServedNotion } from './serve.ts';
export type { Settings } from './settings.ts';
export type { Delivery, WebhookEvent } from './webhooks/event.ts';
export { CAPABILITIES } from './world.ts';
