import { z } from 'zod';
import {
  createAirtable,
  type Airtable,
  type DesignedField,
  type MadeBase,
  type Settings,
} from '../../../simulators/airtable/index.ts';

/** Saturday, 21 November 2026, nine in the morning (UTC). */
const NINE = Date.parse('2026-11-21T09:00:00.000Z');

/** A clock that goes on only when it is told to. */
export interface TestClock {
  now: () => number;
  pass: (time: { seconds?: number; hours?: number; days?: number }) => void;
}

/** An Airtable with one base of one help desk, and who works in it. */
export interface SupportBase {
  airtable: Airtable;
  clock: TestClock;
  base: MadeBase;
  /** The table `Tickets`: its id, and the ids of its fields by name. */
  table: { id: string; fields: Readonly<Record<string, string>> };
  /** Lea owns the base, Tom may edit it. */
  lea: string;
  tom: string;
  /** Lea's, with every scope. */
  token: string;
  /** Asks as the owner of the token, `/v0` left out. The limit of requests stands still with the clock. */
  ask: (method: string, path: string, body?: unknown, by?: { token?: string; origin?: string }) => Promise<Asked>;
}

export interface Asked {
  status: number;
  body: unknown;
  /** The records in it, of a list or the one that it is. */
  records: { id: string; createdTime: string; fields: Record<string, unknown> }[];
  headers: Headers;
}

export function aSupportBase(given: Partial<Settings> = {}): SupportBase {
  const clock = aClock();
  const airtable = createAirtable({ now: clock.now, wait: async () => {}, requestsPerSecond: 1000, ...given });
  const lea = airtable.addUser({ name: 'Lea', email: 'lea@example.com' }).id;
  const tom = airtable.addUser({ name: 'Tom', email: 'tom@example.com' }).id;
  const base = airtable.addBase({
    name: 'Support',
    members: [
      { userId: lea, role: 'owner' },
      { userId: tom, role: 'edit' },
    ],
    tables: [{ name: 'Tickets', fields: TICKET_FIELDS }],
  });
  const token = airtable.addToken({ userId: lea });
  const table = base.tables['Tickets'] ?? { id: '', fields: {} };
  const ask: SupportBase['ask'] = async (method, path, body, by = {}) => {
    const init = { method, headers: { authorization: `Bearer ${by.token ?? token}` } };
    const url = `${by.origin ?? 'https://api.airtable.com'}/v0${path}`;
    const response = await airtable.handle(
      new Request(url, body === undefined ? init : { ...init, body: JSON.stringify(body) }),
    );
    const text = await response.text();
    const told: unknown = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, body: told, records: recordsIn(told), headers: response.headers };
  };
  return { airtable, clock, base, table, lea, tom, token, ask };
}

function aClock(start: number = NINE): TestClock {
  let now = start;
  return {
    now: () => now,
    pass: ({ seconds = 0, hours = 0, days = 0 }) => void (now += (seconds + hours * 3600 + days * 86_400) * 1000),
  };
}

const TICKET_FIELDS: readonly DesignedField[] = [
  { name: 'Ticket', type: 'singleLineText' },
  { name: 'Key', type: 'singleLineText' },
  { name: 'Description', type: 'multilineText' },
  { name: 'Email', type: 'email' },
  { name: 'Status', type: 'singleSelect', choices: ['New', 'Open', 'Closed'] },
  { name: 'Tags', type: 'multipleSelects', choices: ['billing', 'bug'] },
  { name: 'Assignee', type: 'singleCollaborator' },
  { name: 'Watchers', type: 'multipleCollaborators' },
  { name: 'Number', type: 'number', options: { precision: 0 } },
  { name: 'Confidence', type: 'number', options: { precision: 2 } },
  { name: 'Score', type: 'rating', options: { max: 5 } },
  { name: 'Send', type: 'checkbox' },
  { name: 'Day', type: 'date' },
  { name: 'Due', type: 'dateTime', options: { timeZone: 'Europe/Berlin' } },
  { name: 'Files', type: 'multipleAttachments' },
  { name: 'Count', type: 'autoNumber' },
  { name: 'Made', type: 'createdTime' },
  { name: 'Shout', type: 'formula', options: { formula: "UPPER({Ticket}) & '!'" } },
];

/** A record as an answer tells it. */
const Told = z.object({ id: z.string(), createdTime: z.string(), fields: z.record(z.string(), z.unknown()) });
const ToldList = z.object({ records: z.array(Told) });

function recordsIn(body: unknown): z.infer<typeof Told>[] {
  const list = ToldList.safeParse(body);
  if (list.success) return list.data.records;
  const one = Told.safeParse(body);
  return one.success ? [one.data] : [];
}

/** An object of an answer, to look into. */
export function inside(body: unknown): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(body);
}
