import { z } from 'zod';

/** What a way of this kind needs stands beside its settings: address, secret, and whether it is in our own network. */
export const WebhookSettings = z.strictObject({});
export type WebhookSettings = z.output<typeof WebhookSettings>;
