import type { Base } from '../base.ts';
import { mayBeGone } from '../problems.ts';
import { Anything, type ListedWebhook, MadeWebhook, Payloads, RefreshedWebhook, Webhooks } from './wire.ts';

/** Payloads to a request (developers/web/api/list-webhook-payloads). */
const PAGE = 50;

/**
 * Where changes come from that we want to hear of: all but the public API, by which we write ourselves
 * (developers/web/api/model/webhooks-specification).
 */
const SOURCES = [
  'client',
  'formSubmission',
  'formPageSubmission',
  'automation',
  'system',
  'sync',
  'anonymousUser',
  'unknown',
];

/** What a webhook is to tell, and whom. */
export interface Wanted {
  address: string;
  tableId: string;
  /** Fields of which a change is told. */
  fieldIds: readonly string[];
}

export async function listWebhooks(base: Base): Promise<readonly ListedWebhook[]> {
  const { value } = await base.client.ask({
    ...place(base),
    method: 'GET',
    shape: Webhooks,
    isRepeatable: true,
  });
  return value.webhooks;
}

/** Not asked twice: each time makes another. One whose answer was lost is found by its address, and removed. */
export async function makeWebhook(base: Base, { address, tableId, fieldIds }: Wanted): Promise<MadeWebhook> {
  const { value } = await base.client.ask({
    ...place(base),
    method: 'POST',
    body: {
      notificationUrl: address,
      specification: {
        options: {
          filters: {
            dataTypes: ['tableData'],
            recordChangeScope: tableId,
            changeTypes: ['add', 'update', 'remove'],
            fromSources: SOURCES,
            watchDataInFieldIds: fieldIds,
          },
          includes: { includeCellValuesInFieldIds: 'all' },
        },
      },
    },
    shape: MadeWebhook,
    isRepeatable: false,
  });
  return value;
}

/** One that is gone already is removed too. */
export async function removeWebhook(base: Base, id: string): Promise<void> {
  await change(base, `/${id}`, { method: 'DELETE' }).catch((error: unknown) => {
    if (!mayBeGone(error)) throw error;
  });
}

/** Seven days more. Returns when it ends then. */
export async function refreshWebhook(base: Base, id: string): Promise<Temporal.Instant | null> {
  const asked = {
    ...place(base, `/${id}/refresh`),
    method: 'POST',
    shape: RefreshedWebhook,
    isRepeatable: true,
    mayBeEmpty: true,
  } as const;
  return (await base.client.ask(asked)).value.expirationTime;
}

/** Airtable switches them off when its calls failed for about a day. */
export async function enableNotifications(base: Base, id: string): Promise<void> {
  await change(base, `/${id}/enableNotifications`, { method: 'POST', body: { enable: true } });
}

/** What happened since a cursor; asked once, as a listing can stand in for it. */
export async function listPayloads(base: Base, id: string, cursor: number): Promise<Payloads> {
  const { value } = await base.client.ask({
    ...place(base, `/${id}/payloads`),
    method: 'GET',
    query: { cursor, limit: PAGE },
    shape: Payloads,
    isRepeatable: false,
  });
  return value;
}

async function change(base: Base, path: string, asked: { method: 'POST' | 'DELETE'; body?: unknown }): Promise<void> {
  await base.client.ask({ ...place(base, path), ...asked, shape: Anything, isRepeatable: true, mayBeEmpty: true });
}

/** A spent month stops these as it stops rows. */
function place({ settings }: Base, path = '') {
  return { kind: 'rows', room: 'bases', path: `/${settings.base}/webhooks${path}` } as const;
}
