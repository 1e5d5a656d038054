import { z } from 'zod';
import { badRequest, noAccess, notFound, refused } from '../refusal.ts';
import { KEPT_MS } from '../webhooks/record.ts';
import { isExpired, Specification, type Webhook } from '../webhooks/webhook.ts';
import type { Base } from '../world.ts';
import { isoOf } from '../world.ts';
import { Count, expectNoQuery, parsed } from './parsed.ts';
import type { Answer, BaseRoute, BaseVisit } from './route.ts';

/** All of section 2 and 8. */
const LIFE_MS = 7 * 24 * 60 * 60 * 1000;
const READABLE_AFTERWARDS_MS = 7 * 24 * 60 * 60 * 1000;
const MOST_PER_BASE = 10;
const MOST_PAYLOADS = 50;
const SECRET_BYTES = 32;

const NewWebhook = z.strictObject({ notificationUrl: z.url().nullish(), specification: Specification });
const PayloadsQuery = z.strictObject({
  cursor: Count.pipe(z.int().min(1)).default(1),
  limit: Count.pipe(z.int().min(1).max(MOST_PAYLOADS)).default(MOST_PAYLOADS),
});
const Enable = z.strictObject({ enable: z.boolean() });

const ALL = '/bases/:base/webhooks';
const ONE = `${ALL}/:webhook`;

/** Webhooks (section 8). */
export const WEBHOOKS: readonly BaseRoute[] = [
  { ...webhooks('create'), method: 'GET', path: ALL, answer: list },
  { ...webhooks('create'), method: 'POST', path: ALL, answer: create },
  { ...webhooks('create'), method: 'DELETE', path: ONE, answer: remove },
  { ...webhooks('read'), method: 'GET', path: `${ONE}/payloads`, answer: payloads },
  { ...webhooks('create'), method: 'POST', path: `${ONE}/refresh`, answer: refresh },
  { ...webhooks('create'), method: 'POST', path: `${ONE}/enableNotifications`, answer: enableNotifications },
];

function webhooks(role: 'read' | 'create'): Pick<BaseRoute, 'about' | 'kind' | 'scopes' | 'role' | 'isData'> {
  // Reading payloads counts against the month as reading records does [U, section 8].
  return { about: 'base', kind: 'webhooks', scopes: ['webhook:manage'], role, isData: true };
}

function list({ world, call, base }: BaseVisit): Answer {
  expectNoQuery(call.query);
  const now = world.settings.now();
  return { body: { webhooks: known(base, now).map((webhook) => webhookBody(webhook, now)) } };
}

/** The secret is told here and never again. */
function create(visit: BaseVisit): Answer {
  const { world, call, base, token, body } = visit;
  expectNoQuery(call.query);
  const { notificationUrl = null, specification } = parsed(NewWebhook, body);
  const { dataTypes, recordChangeScope: scope } = specification.options.filters;
  // Of what one may not read one is not told (section 8).
  const needed = dataTypes.includes('tableData') ? 'data.records:read' : 'schema.bases:read';
  if (!token.scopes.includes(needed)) throw noAccess();
  if (scope !== undefined && !isInBase(base, scope)) throw badRequest();
  const now = world.settings.now();
  if (known(base, now).length >= MOST_PER_BASE) {
    throw refused(422, 'TOO_MANY_WEBHOOKS_IN_BASE', `A base may have no more than ${MOST_PER_BASE} webhooks`);
  }
  const webhook: Webhook = {
    id: world.ids.next('ach'),
    macSecretBase64: Buffer.from(world.ids.bytes(SECRET_BYTES)).toString('base64'),
    notificationUrl,
    specification,
    expiresAt: now + LIFE_MS,
    areNotificationsEnabled: true,
    payloads: [],
    nextCursor: 1,
    lastSuccessAt: null,
    lastResult: null,
    ping: null,
  };
  base.webhooks.push(webhook);
  const { id, macSecretBase64, expiresAt } = webhook;
  return { body: { id, macSecretBase64, expirationTime: isoOf(expiresAt) } };
}

function isInBase({ tables }: Base, scope: string): boolean {
  return tables.some(({ id, views }) => id === scope || views.some((view) => view.id === scope));
}

/** Every reading keeps the webhook for seven days more. */
function payloads(visit: BaseVisit): Answer {
  const { cursor, limit } = parsed(PayloadsQuery, visit.call.query);
  const webhook = webhookAt(visit);
  const now = visit.world.settings.now();
  if (!isExpired(webhook, now)) webhook.expiresAt = now + LIFE_MS;
  const kept = webhook.payloads.filter((payload) => payload.at > now - KEPT_MS && payload.cursor >= cursor);
  const page = kept.slice(0, limit);
  const last = page.at(-1);
  return {
    body: {
      payloads: page.map(({ payload }) => payload),
      cursor: last === undefined ? Math.max(cursor, webhook.nextCursor) : last.cursor + 1,
      mightHaveMore: kept.length > page.length,
      payloadFormat: 'v0',
    },
  };
}

/** What has expired stays so [U]. */
function refresh(visit: BaseVisit): Answer {
  expectNoQuery(visit.call.query);
  const webhook = webhookAt(visit);
  const now = visit.world.settings.now();
  if (isExpired(webhook, now)) throw badRequest('The webhook has expired.');
  webhook.expiresAt = now + LIFE_MS;
  return { body: { expirationTime: isoOf(webhook.expiresAt) } };
}

/** Answers with an empty body. */
function enableNotifications(visit: BaseVisit): Answer {
  expectNoQuery(visit.call.query);
  const { enable } = parsed(Enable, visit.body);
  const webhook = webhookAt(visit);
  const now = visit.world.settings.now();
  if (enable && !webhook.areNotificationsEnabled && webhook.payloads.length > 0) {
    webhook.ping = { dueAt: now, failures: 0 };
  }
  webhook.areNotificationsEnabled = enable;
  return { body: undefined };
}

/** Answers with an empty body. */
function remove(visit: BaseVisit): Answer {
  expectNoQuery(visit.call.query);
  const webhook = webhookAt(visit);
  visit.base.webhooks = visit.base.webhooks.filter(({ id }) => id !== webhook.id);
  return { body: undefined };
}

/** Expired ones can be read for another seven days (section 8). */
function known(base: Base, now: number): Webhook[] {
  return base.webhooks.filter(({ expiresAt }) => expiresAt + READABLE_AFTERWARDS_MS > now);
}

function webhookAt({ world, base, params }: BaseVisit): Webhook {
  const webhook = known(base, world.settings.now()).find(({ id }) => id === params['webhook']);
  if (webhook === undefined) throw notFound();
  return webhook;
}

function webhookBody(webhook: Webhook, now: number): object {
  const { id, notificationUrl, specification, areNotificationsEnabled, lastSuccessAt, lastResult } = webhook;
  return {
    id,
    areNotificationsEnabled,
    cursorForNextPayload: webhook.nextCursor,
    isHookEnabled: !isExpired(webhook, now),
    expirationTime: isoOf(webhook.expiresAt),
    lastSuccessfulNotificationTime: lastSuccessAt === null ? null : isoOf(lastSuccessAt),
    lastNotificationResult: lastResult,
    notificationUrl,
    specification,
  };
}
