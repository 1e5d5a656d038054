import { storable } from '../kit/storable-text.ts';

/** Headers by which a body is read, or by which a person finds its sender. */
const KEPT = new Set(['content-type', 'content-encoding', 'user-agent', 'idempotency-key', 'origin']);

/** What senders say about a delivery: its signature, the time that it signs, its id and kind. */
const ABOUT_DELIVERY = /(^|-)(signature|timestamp|delivery|event|topic|webhook-id|message-type)(-|$)/;

/** Names that may hold what opens a door, whatever else they say. */
const SECRET = /token|secret|authorization|cookie|password|api-?key/;

/** The headers that are worth keeping with a request; never one that holds a secret. */
export function keptHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kept = Object.entries(headers).filter(([name]) => isKept(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, storable(value)]));
}

function isKept(name: string): boolean {
  return KEPT.has(name) || (ABOUT_DELIVERY.test(name) && !SECRET.test(name));
}
