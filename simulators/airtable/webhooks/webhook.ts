import { z } from 'zod';

/** Where a change may come from [U exact list, section 8]. */
export const SOURCES = [
  'client',
  'publicApi',
  'formSubmission',
  'formPageSubmission',
  'automation',
  'system',
  'sync',
  'anonymousUser',
  'unknown',
] as const;
export type Source = (typeof SOURCES)[number];

const fieldIds = z.array(z.string());

/** What a webhook is asked to tell (section 8). Anything else is refused. */
export const Specification = z.strictObject({
  options: z.strictObject({
    filters: z.strictObject({
      dataTypes: z.array(z.enum(['tableData', 'tableFields', 'tableMetadata'])).min(1),
      recordChangeScope: z.string().optional(),
      changeTypes: z.array(z.enum(['add', 'update', 'remove'])).optional(),
      fromSources: z.array(z.enum(SOURCES)).optional(),
      watchDataInFieldIds: fieldIds.optional(),
      watchSchemasOfFieldIds: fieldIds.optional(),
    }),
    includes: z
      .strictObject({
        includeCellValuesInFieldIds: z.union([z.literal('all'), fieldIds]).optional(),
        includePreviousCellValues: z.boolean().optional(),
        includePreviousFieldDefinitions: z.boolean().optional(),
      })
      .optional(),
  }),
});
export type Specification = z.infer<typeof Specification>;

/** How the last ping went, as the list of webhooks tells it. */
export interface PingResult {
  success: boolean;
  completionTimestamp: string;
  durationMs: number;
  retryNumber: number;
  error?: { message: string };
  willBeRetried?: boolean;
}

export interface KeptPayload {
  at: number;
  cursor: number;
  payload: object;
}

export interface Webhook {
  id: string;
  /** Base64 of the key that pings are signed with. Shown when the webhook is made, and never again. */
  macSecretBase64: string;
  notificationUrl: string | null;
  specification: Specification;
  expiresAt: number;
  areNotificationsEnabled: boolean;
  payloads: KeptPayload[];
  nextCursor: number;
  lastSuccessAt: number | null;
  lastResult: PingResult | null;
  /** When to ping next, and how many times it failed before. Changes until then share the ping. */
  ping: { dueAt: number; failures: number } | null;
}

export function isExpired(webhook: Webhook, now: number): boolean {
  return webhook.expiresAt <= now;
}
