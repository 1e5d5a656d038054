import { z } from 'zod';
import { JsonText } from '../../src/kit/json-text.ts';

/** A schema of something that Airtable answers. Loose: new keys in an answer break nothing. */
export type Shape<Value> = z.ZodType<Value>;

/** A request that said no, in whichever of the shapes that were seen; where none fits, nothing is known. */
export const Refusal = z
  .union([
    z
      .object({ error: z.object({ type: z.string().catch(''), message: z.string().catch('') }) })
      .transform((body) => body.error),
    z.object({ error: z.string() }).transform(({ error }) => ({ type: error, message: '' })),
    z
      .object({ errors: z.array(z.object({ error: z.string(), message: z.string().catch('') })).min(1) })
      .transform(({ errors: [first] }) => ({ type: first?.error ?? '', message: first?.message ?? '' })),
  ])
  .catch({ type: '', message: '' });

/** What the official client rejects with: our own error, or one of its own without the body. */
export const ClientFailure = z
  .object({ error: z.string().catch(''), statusCode: z.number().nullish().catch(null) })
  .catch({ error: '', statusCode: null });

/** An instant, as Airtable writes it. */
export const Moment = z.string().transform((written, context) => {
  try {
    return Temporal.Instant.from(written);
  } catch {
    context.addIssue({ message: 'must be a moment', code: 'custom' });
    return z.NEVER;
  }
});

/**
 * Empty cells are left out, so a key that we cannot read would look like a cell that somebody emptied. We ask
 * for field ids, and take nothing else.
 */
const Fields = z.record(z.string().startsWith('fld'), z.unknown());

export const AirtableRecord = z.object({ id: z.string(), createdTime: Moment, fields: Fields });
export type AirtableRecord = z.output<typeof AirtableRecord>;

export const Page = z.object({ records: z.array(AirtableRecord), offset: z.string().optional() });
export type Page = z.output<typeof Page>;

/** The records of a write, in the order in which they were sent. */
export const Written = z.object({
  records: z.array(z.object({ id: z.string(), createdTime: Moment.nullable().catch(null), fields: Fields })),
});
export type Written = z.output<typeof Written>;

/** With whatever else it has, such as its colour, since it is sent back when another is added. */
const Choice = z.looseObject({ id: z.string(), name: z.string() });

export const Field = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  options: z
    .object({
      choices: z.array(Choice).optional().catch(undefined),
      precision: z.number().optional().catch(undefined),
      /** What a computed field is computed from, in its own table. */
      referencedFieldIds: z.array(z.string()).optional().catch(undefined),
      recordLinkFieldId: z.string().optional().catch(undefined),
    })
    .nullish()
    .catch(null),
});
export type Field = z.output<typeof Field>;

export const Table = z.object({ id: z.string(), name: z.string(), fields: z.array(Field) });
export type Table = z.output<typeof Table>;

export const Tables = z.object({ tables: z.array(Table) });

export const Bases = z.object({
  bases: z.array(z.object({ id: z.string(), name: z.string(), permissionLevel: z.string() })),
  offset: z.string().optional(),
});

export type Bases = z.output<typeof Bases>;

export const Account = z.object({ id: z.string(), email: z.string().nullish().catch(null) });

export type Account = z.output<typeof Account>;

/** People with access of their own, by the base or by its workspace. */
const Members = z
  .array(
    z.object({ userId: z.string(), email: z.string().nullish(), name: z.string().nullish() }).nullable().catch(null),
  )
  .catch([])
  .transform((members) => members.filter((member) => member !== null));

export const Collaborators = z.object({
  individualCollaborators: z
    .object({ baseCollaborators: Members, workspaceCollaborators: Members })
    .catch({ baseCollaborators: [], workspaceCollaborators: [] }),
});

/** A person in a cell. */
export const CellPerson = z.object({ id: z.string(), email: z.string().nullish(), name: z.string().nullish() });

/** What a person reads in a value that is an object: of a person the name, of a barcode the text. */
export const CellWords = z
  .object({
    name: z.string().nullish(),
    email: z.string().nullish(),
    text: z.string().nullish(),
    value: z.string().nullish(),
  })
  .transform(({ name, email, text, value }) => name ?? email ?? text ?? value ?? null)
  .catch(null);

/** The files of a cell; an empty cell is left out. */
export const CellFiles = z.array(z.object({ filename: z.string().catch(''), size: z.number().catch(-1) })).catch([]);
export type CellFiles = z.output<typeof CellFiles>;

/** The row in which a file was put. */
export const Uploaded = z.object({ id: z.string() });

/** Ids of fields that the token's owner may not edit, as they were kept. */
export const KeptLocks = z.array(z.string()).catch([]);

/** How many rows the table had when it was last read through, as it was kept. */
export const KeptCount = z.number().int().nonnegative().nullable().catch(null);

/** Where reading left off, as it was kept between reads. */
export const Place = JsonText.pipe(
  z.object({
    /** Changes up to here are read; null before everything was read once. */
    since: Moment.nullable(),
    /** A reading that is under way. */
    reading: z.object({ begunAt: Moment, offset: z.string(), rows: z.number() }).nullable(),
    /** Up to where a webhook's payloads are read; null before the first. */
    heard: z.object({ webhook: z.string(), cursor: z.number() }).nullable().default(null),
  }),
);
export type Place = z.output<typeof Place>;

/** The same for a table beside the tickets' own. */
export const TablePlace = JsonText.pipe(
  z.object({
    since: Moment.nullable(),
    reading: z.object({ begunAt: Moment, offset: z.string() }).nullable(),
    /** Ids of the fields that were read: under others everything is read anew. */
    fields: z.array(z.string()),
  }),
);
export type TablePlace = z.output<typeof TablePlace>;
