import { z } from 'zod';
import { Moment } from '../wire.ts';

/** A webhook that was just made. Its secret is shown this once. */
export const MadeWebhook = z.object({
  id: z.string(),
  macSecretBase64: z.string().min(1),
  expirationTime: Moment.nullable().catch(null),
});
export type MadeWebhook = z.output<typeof MadeWebhook>;

/** A webhook in the list of all. One that cannot be read is not ours. */
const ListedWebhook = z.object({
  id: z.string(),
  notificationUrl: z.string().nullable().catch(null),
  areNotificationsEnabled: z.boolean().catch(true),
  isHookEnabled: z.boolean().catch(true),
  /** Null for one that never expires. */
  expirationTime: Moment.nullable().catch(null),
});
export type ListedWebhook = z.output<typeof ListedWebhook>;

export const Webhooks = z.object({
  webhooks: z
    .array(ListedWebhook.nullable().catch(null))
    .transform((webhooks) => webhooks.filter((webhook) => webhook !== null)),
});
export type Webhooks = z.output<typeof Webhooks>;

/** A webhook that was just renewed. */
export const RefreshedWebhook = z
  .object({ expirationTime: Moment.nullable().catch(null) })
  .catch({ expirationTime: null });
export type RefreshedWebhook = z.output<typeof RefreshedWebhook>;

/** Answers of which nothing is needed; most are empty. */
export const Anything = z.unknown();

const Cells = z.record(z.string(), z.unknown());
const CellsOf = z.object({ cellValuesByFieldId: Cells.catch({}) });

const CreatedRecord = CellsOf.extend({ createdTime: Moment });
const ChangedRecord = z.object({ current: CellsOf, unchanged: CellsOf.optional() });
export type ChangedRecord = z.output<typeof ChangedRecord>;

/** What happened in a table. A key of which nothing is told is left out. */
const TableChange = z.object({
  createdRecordsById: z.record(z.string(), CreatedRecord).default({}),
  changedRecordsById: z.record(z.string(), ChangedRecord).default({}),
  destroyedRecordIds: z.array(z.string()).default([]),
});
export type TableChange = z.output<typeof TableChange>;

const Editor = z.object({ id: z.string(), email: z.string().nullish(), name: z.string().nullish() });

/** Who did it: a person, where it was one. */
const Source = z
  .object({ sourceMetadata: z.object({ user: Editor.nullish().catch(null) }).catch({ user: null }) })
  .transform(({ sourceMetadata }) => sourceMetadata.user ?? null)
  .catch(null);

/** One transaction in the base. */
const Told = z.object({
  timestamp: Moment,
  actionMetadata: Source.default(null),
  changedTablesById: z.record(z.string(), TableChange).default({}),
});
export type Told = z.output<typeof Told>;

/** Anything else is a gap: a payload that says so itself, `{error: true}`, or one that we cannot read. */
export const Payloads = z.object({
  payloads: z.array(Told.nullable().catch(null)),
  cursor: z.number().int().positive(),
  mightHaveMore: z.boolean(),
});
export type Payloads = z.output<typeof Payloads>;

/** Our webhook, as it was kept. */
export const KeptWebhook = z
  .object({
    id: z.string(),
    address: z.string(),
    tableId: z.string(),
    fieldIds: z.array(z.string()),
    secret: z.string(),
    /** When it was last looked at in Airtable's list. */
    lookedAt: Moment,
    /** When it ends, as was said last; null for never, or where that was not said. */
    until: Moment.nullable().default(null),
  })
  .nullable()
  .catch(null);
export type KeptWebhook = z.output<typeof KeptWebhook>;

/** Who wrote to the base last, as it was kept. */
export const KeptWriter = z.string().nullable().catch(null);

/** An option in a cell of a payload, by its name; anything else is left as it is. */
export const CellChoice = z
  .object({ name: z.string() })
  .transform(({ name }): unknown => name)
  .or(z.unknown());
