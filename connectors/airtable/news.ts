import { createHmac } from 'node:crypto';
import { isOneOf } from '../../src/kit/constant-time.ts';
import type { RawRequest } from '../../src/ports/channel.ts';
import type { StoreNews } from '../../src/ports/ticket-store.ts';
import type { Base } from './base.ts';
import { AirtableProblem, noWebhooks } from './problems.ts';
import { fieldIdsWatched } from './read.ts';
import {
  enableNotifications,
  listWebhooks,
  makeWebhook,
  refreshWebhook,
  removeWebhook,
  type Wanted,
} from './webhooks/calls.ts';
import { keepWebhook, keptWebhook } from './webhooks/kept.ts';
import type { KeptWebhook, ListedWebhook } from './webhooks/wire.ts';

/** Who signed a call (developers/web/api/webhooks-overview). */
const SIGNATURE = 'x-airtable-content-mac';

/** How often Airtable's list is looked at: whether the webhook is there, and its calls are switched on. */
const LOOK_HOURS = 24;

/** A webhook lives for seven days; with less than this left it is renewed, on any of four looks. */
const RENEW_HOURS = 96;

/** After Airtable refused a webhook, it is asked for another so much later, or after a restart. */
const REFUSED_HOURS = 24;

/**
 * Airtable's webhooks (developers/web/api/webhooks-overview): a call that says only that something changed,
 * and payloads that are kept for whoever reads them.
 */
export function createNews(base: Base): StoreNews {
  const refused: { at: Temporal.Instant | null } = { at: null };
  return {
    async subscribe(address) {
      const now = base.given.now();
      if (refused.at !== null && hoursBetween(refused.at, now) < REFUSED_HOURS) return;
      const schema = base.schema.known() ?? (await base.schema.current());
      try {
        await keepWatch(base, { address, tableId: schema.table.id, fieldIds: fieldIdsWatched(schema) });
        refused.at = null;
      } catch (error) {
        if (!(error instanceof AirtableProblem) || ![403, 422].includes(error.answer.status)) throw error;
        refused.at = now;
        throw noWebhooks(error.answer);
      }
    },
    isAuthentic: (call) => isSigned(base, call),
    async agreement() {
      const kept = await keptWebhook(base);
      return kept === null ? null : { until: kept.until };
    },
  };
}

/** Costs nothing while all is as it was at the last look. */
async function keepWatch(base: Base, wanted: Wanted): Promise<void> {
  const kept = await keptWebhook(base);
  const isWanted = kept !== null && isFor(kept, wanted);
  if (isWanted && hoursBetween(kept.lookedAt, base.given.now()) < LOOK_HOURS) return;
  const all = await listWebhooks(base);
  const own = isWanted ? all.find((webhook) => webhook.id === kept.id && isAlive(base, webhook)) : undefined;
  // Ours of another address or with other fields, and those whose secret is lost. Others belong to others.
  const useless = all.filter(({ id, notificationUrl }) => id === kept?.id || notificationUrl === wanted.address);
  for (const { id } of useless) if (id !== own?.id) await removeWebhook(base, id);
  if (own === undefined || !isWanted) return make(base, wanted);
  await keepWebhook(base, { ...kept, lookedAt: base.given.now(), until: await renew(base, own) });
}

function isFor({ address, tableId, fieldIds }: NonNullable<KeptWebhook>, wanted: Wanted): boolean {
  const sameFields = new Set(fieldIds).symmetricDifference(new Set(wanted.fieldIds)).size === 0;
  return address === wanted.address && tableId === wanted.tableId && sameFields;
}

function isAlive({ given }: Base, { isHookEnabled, expirationTime }: ListedWebhook): boolean {
  return isHookEnabled && (expirationTime === null || hoursBetween(given.now(), expirationTime) > 0);
}

async function make(base: Base, wanted: Wanted): Promise<void> {
  const { id, macSecretBase64: secret, expirationTime: until } = await makeWebhook(base, wanted);
  await keepWebhook(base, { ...wanted, fieldIds: [...wanted.fieldIds], id, secret, lookedAt: base.given.now(), until });
}

/** Returns when it ends. */
async function renew(
  base: Base,
  { id, expirationTime, areNotificationsEnabled }: ListedWebhook,
): Promise<Temporal.Instant | null> {
  const isLapsing = expirationTime !== null && hoursBetween(base.given.now(), expirationTime) < RENEW_HOURS;
  const until = isLapsing ? await refreshWebhook(base, id) : expirationTime;
  if (!areNotificationsEnabled) await enableNotifications(base, id);
  return until;
}

async function isSigned(base: Base, { headers, body }: RawRequest): Promise<boolean> {
  const kept = await keptWebhook(base);
  if (kept === null) return false;
  const mac = createHmac('sha256', Buffer.from(kept.secret, 'base64')).update(body).digest('hex');
  return isOneOf(headers[SIGNATURE] ?? '', [`hmac-sha256=${mac}`]);
}

function hoursBetween(from: Temporal.Instant, to: Temporal.Instant): number {
  return from.until(to).total('hours');
}
