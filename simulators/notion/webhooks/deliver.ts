import { createHmac } from 'node:crypto';
import type { Posted } from '../settings.ts';
import type { World } from '../world.ts';
import type { WebhookEvent } from './event.ts';
import type { Happening, Outgoing, Subscription } from './subscription.ts';

/** How long the other side may take; not published [U]. */
const ANSWER_WITHIN_MS = 25_000;

/** Up to eight times over about a day (section 8): 80 s, four minutes, twelve, and so on. */
const MOST_ATTEMPTS = 8;
const FIRST_RETRY_MS = 80_000;
const RETRY_FACTOR = 3;

const API_VERSION = '2026-03-11';

/** Sends every handshake and event that is due, and returns how many there were. */
export async function deliverWebhooks(world: World): Promise<number> {
  const sent = await Promise.all(world.subscriptions.map((subscription) => deliver(world, subscription)));
  return sent.reduce((sum, count) => sum + count, 0);
}

async function deliver(world: World, subscription: Subscription): Promise<number> {
  if (!subscription.isVerified) return greet(world, subscription);
  const now = world.settings.now();
  const told = subscription.happenings.filter(({ dueAt }) => dueAt <= now);
  subscription.happenings = subscription.happenings.filter(({ dueAt }) => dueAt > now);
  for (const happening of told) subscription.outgoing.push(...outgoing(world, subscription, happening));
  const due = subscription.outgoing.filter(({ dueAt }) => dueAt <= now);
  subscription.outgoing = subscription.outgoing.filter(({ dueAt }) => dueAt > now);
  await Promise.all(due.map((one) => send(world, subscription, one)));
  return due.length;
}

/** The token comes once, unsigned [U], and a person pastes it back (section 8). */
async function greet({ settings }: World, subscription: Subscription): Promise<number> {
  if (!subscription.isGreetingDue) return 0;
  subscription.isGreetingDue = false;
  await isTaken(settings.post(subscription.url, message({ verification_token: subscription.verificationToken }, null)));
  return 1;
}

/** What is sent of an event: nothing, once or more often, now or late. */
function outgoing(world: World, subscription: Subscription, happening: Happening): Outgoing[] {
  const { settings } = world;
  const event = eventOf(world, subscription, happening);
  const { isLost = false, copies = 1, lateMs = 0 } = settings.deliveries(event);
  if (isLost) return [];
  return Array.from({ length: copies }, () => ({ event, attempt: 1, dueAt: settings.now() + lateMs }));
}

function eventOf(
  world: World,
  subscription: Subscription,
  { type, entity, data, authors, at }: Happening,
): WebhookEvent {
  return {
    id: world.ids.uuid(),
    timestamp: new Date(at).toISOString(),
    workspace_id: world.workspaceId,
    workspace_name: world.settings.workspaceName,
    subscription_id: subscription.id,
    integration_id: subscription.connectionId,
    authors,
    api_version: API_VERSION,
    entity,
    type,
    data,
  };
}

async function send({ settings }: World, subscription: Subscription, { event, attempt }: Outgoing): Promise<void> {
  const body = { ...event, attempt_number: attempt };
  if (await isTaken(settings.post(subscription.url, message(body, subscription.verificationToken)))) return;
  if (attempt === MOST_ATTEMPTS) return;
  const wait = (FIRST_RETRY_MS * RETRY_FACTOR ** (attempt - 1)) / settings.webhookSpeed;
  subscription.outgoing.push({ event, attempt: attempt + 1, dueAt: settings.now() + wait });
}

/** HMAC-SHA256 of the bytes as they are sent, keyed by the text of the token (section 8). */
function message(body: object, key: string | null): Posted {
  const text = JSON.stringify(body);
  const signature = key === null ? null : createHmac('sha256', key).update(text).digest('hex');
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(signature !== null && { 'x-notion-signature': `sha256=${signature}` }),
    },
    body: text,
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  };
}

/** Any 2xx will do (section 8). */
async function isTaken(asked: Promise<Response>): Promise<boolean> {
  try {
    const response = await asked;
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
