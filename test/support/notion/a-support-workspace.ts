import { z } from 'zod';
import {
  CAPABILITIES,
  createNotion,
  type DesignedProperty,
  type MadeDatabase,
  type Notion,
  type Settings,
} from '../../../simulators/notion/index.ts';

/** Saturday, 21 November 2026, nine in the morning (UTC). */
const NINE = Date.parse('2026-11-21T09:00:00.000Z');

/** A clock that goes on only when it is told to. */
export interface TestClock {
  now: () => number;
  pass: (time: { seconds?: number; minutes?: number; hours?: number; days?: number }) => void;
}

/** A Notion with one database of one help desk, and who works in it. */
export interface SupportWorkspace {
  notion: Notion;
  clock: TestClock;
  /** The page that was shared with the connection, and the database `Tickets` under it. */
  pageId: string;
  database: MadeDatabase;
  /** Lea and Tom are members, Gil is a guest. */
  lea: string;
  tom: string;
  gil: string;
  /** Of the connection, with every capability. */
  token: string;
  /** Asks as the connection, `/v1` left out. The window of requests stands still with the clock. */
  ask: (method: string, path: string, body?: unknown, by?: AskedBy) => Promise<Asked>;
}

export interface AskedBy {
  token?: string | null;
  version?: string | null;
}

export interface Asked {
  status: number;
  body: Record<string, unknown>;
  /** What a list holds. */
  results: { id: string; properties: Record<string, unknown> }[];
  headers: Headers;
}

export function aSupportWorkspace(given: Partial<Settings> = {}): SupportWorkspace {
  const clock = aClock();
  const notion = createNotion({ now: clock.now, wait: async () => {}, requestsPerWindow: 100_000, ...given });
  const lea = notion.addUser({ name: 'Lea', email: 'lea@example.com' }).id;
  const tom = notion.addUser({ name: 'Tom', email: 'tom@example.com' }).id;
  const gil = notion.addUser({ name: 'Gil', email: 'gil@example.com', kind: 'guest' }).id;
  const pageId = notion.addPage('Help desk');
  const database = notion.addDatabase({ name: 'Tickets', parentPageId: pageId, properties: TICKET_PROPERTIES });
  const token = notion.addConnection({ shared: [pageId], capabilities: CAPABILITIES });
  const ask: SupportWorkspace['ask'] = async (method, path, body, by = {}) => {
    const { token: asker = token, version = '2026-03-11' } = by;
    const headers = {
      ...(asker !== null && { authorization: `Bearer ${asker}` }),
      ...(version !== null && { 'notion-version': version }),
    };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const init = body === undefined ? { method, headers } : { method, headers, body: text };
    const response = await notion.handle(new Request(`https://api.notion.com/v1${path}`, init));
    const told = Told.parse(await response.json());
    return { status: response.status, body: told, results: resultsIn(told), headers: response.headers };
  };
  return { notion, clock, pageId, database, lea, tom, gil, token, ask };
}

function aClock(start: number = NINE): TestClock {
  let now = start;
  return {
    now: () => now,
    pass: ({ seconds = 0, minutes = 0, hours = 0, days = 0 }) =>
      void (now += (seconds + minutes * 60 + hours * 3600 + days * 86_400) * 1000),
  };
}

const TICKET_PROPERTIES: readonly DesignedProperty[] = [
  { name: 'Ticket', type: 'title' },
  { name: 'Key', type: 'rich_text' },
  { name: 'Description', type: 'rich_text' },
  { name: 'Email', type: 'email' },
  { name: 'Link', type: 'url' },
  { name: 'Phone', type: 'phone_number' },
  {
    name: 'Status',
    type: 'status',
    options: [
      { name: 'New', group: 'To-do' },
      { name: 'Open', group: 'In progress' },
      { name: 'Closed', group: 'Complete' },
    ],
  },
  { name: 'Priority', type: 'select', options: ['High', 'Low'] },
  { name: 'Tags', type: 'multi_select', options: ['billing', 'bug'] },
  { name: 'Assignee', type: 'people' },
  { name: 'Number', type: 'number' },
  { name: 'Send', type: 'checkbox' },
  { name: 'Due', type: 'date' },
  { name: 'Files', type: 'files' },
  { name: 'ID', type: 'unique_id', config: { prefix: 'TKT' } },
  { name: 'Made', type: 'created_time' },
  { name: 'Edited', type: 'last_edited_time' },
  { name: 'Made by', type: 'created_by' },
  { name: 'Edited by', type: 'last_edited_by' },
  { name: 'Shout', type: 'formula', config: { expression: 'upper(prop("Ticket"))' } },
];

/** An object of an answer, to look into. */
export function inside(value: unknown): Record<string, unknown> {
  return Told.parse(value);
}

/** A text as a request writes it. */
export function text(content: string): { text: { content: string } }[] {
  return [{ text: { content } }];
}

const Told = z.record(z.string(), z.unknown());
const ToldList = z.looseObject({
  results: z.array(z.looseObject({ id: z.string(), properties: Told.default({}) })),
});

function resultsIn(body: unknown): Asked['results'] {
  const list = ToldList.safeParse(body);
  return list.success ? list.data.results : [];
}
