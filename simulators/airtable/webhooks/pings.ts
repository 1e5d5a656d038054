import { createHmac } from 'node:crypto';
import type { Base, World } from '../world.ts';
import { isoOf } from '../world.ts';
import type { Webhook } from './webhook.ts';

/** All of section 8. */
const ANSWER_WITHIN_MS = 25_000;
const MOST_RETRIES = 13;
const FIRST_RETRY_MS = 10_000;

/** Sends every ping that is due, and returns how many there were. */
export async function deliverPings(world: World): Promise<number> {
  const now = world.settings.now();
  const due = [...world.bases.values()].flatMap((base) =>
    base.webhooks.filter((webhook) => isDue(webhook, now)).map((webhook) => ({ base, webhook })),
  );
  await Promise.all(due.map(({ base, webhook }) => ping(world, base, webhook)));
  return due.length;
}

function isDue({ ping: waiting, notificationUrl, areNotificationsEnabled }: Webhook, now: number): boolean {
  return waiting !== null && notificationUrl !== null && areNotificationsEnabled && waiting.dueAt <= now;
}

/** Says that something changed and not what, signed with the webhook's secret. */
async function ping(world: World, base: Base, webhook: Webhook): Promise<void> {
  const { settings } = world;
  const failures = webhook.ping?.failures ?? 0;
  // What changes from here on gets a ping of its own.
  webhook.ping = null;
  const startedAt = settings.now();
  const error = await failureOf(settings.ping(webhook.notificationUrl ?? '', message(base, webhook, startedAt)));
  const at = settings.now();
  const willBeRetried = error !== null && failures < MOST_RETRIES;
  webhook.lastResult = {
    success: error === null,
    completionTimestamp: isoOf(at),
    durationMs: at - startedAt,
    retryNumber: failures,
    ...(error !== null && { error: { message: error }, willBeRetried }),
  };
  if (error === null) webhook.lastSuccessAt = at;
  else if (willBeRetried)
    webhook.ping = { dueAt: at + retryAfter(failures, settings.pingSpeed), failures: failures + 1 };
  // Payloads go on being kept for whoever reads them.
  else webhook.areNotificationsEnabled = false;
}

function message(base: Base, webhook: Webhook, now: number): RequestInit {
  const body = JSON.stringify({ base: { id: base.id }, webhook: { id: webhook.id }, timestamp: isoOf(now) });
  const key = Buffer.from(webhook.macSecretBase64, 'base64');
  const mac = createHmac('sha256', key).update(body).digest('hex');
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-airtable-content-mac': `hmac-sha256=${mac}` },
    body,
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  };
}

/** What is wrong with the answer, or null. It must be 200 or 204, and empty. */
async function failureOf(asked: Promise<Response>): Promise<string | null> {
  try {
    const response = await asked;
    if (response.status !== 200 && response.status !== 204) {
      return `The HTTP request returned a ${response.status} status code instead of 200 or 204`;
    }
    return (await response.text()) === '' ? null : 'The HTTP response body is not empty';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Ten seconds, twenty, forty, and so on: about a day in all. */
function retryAfter(failures: number, speed: number): number {
  return (FIRST_RETRY_MS * 2 ** failures) / speed;
}
