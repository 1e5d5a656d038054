import type { Base } from '../base.ts';
import { KeptWebhook } from './wire.ts';

/** Our webhook, with the secret that Airtable showed once; null when there is none. */
export async function keptWebhook({ settings, given }: Base): Promise<KeptWebhook> {
  return KeptWebhook.parse(await given.memory.get(nameOf(settings)));
}

/** Null forgets it. */
export async function keepWebhook({ settings, given }: Base, webhook: KeptWebhook): Promise<void> {
  await given.memory.set(
    nameOf(settings),
    webhook === null
      ? null
      : { ...webhook, lookedAt: webhook.lookedAt.toString(), until: webhook.until?.toString() ?? null },
  );
}

function nameOf({ base }: Base['settings']): string {
  return `airtable.webhook.${base}`;
}
