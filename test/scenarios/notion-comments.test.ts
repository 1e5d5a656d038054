import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CAPABILITIES,
  createNotion,
  type Notion,
  serveNotion,
  type ServedNotion,
} from '../../simulators/notion/index.ts';
import { realTime } from '../../src/main.ts';
import { aNotionDatabase } from '../support/notion/a-notion-database.ts';
import { aRunningDesk, deskFolders, type RunningDesk } from '../support/running-desk.ts';
import { until } from '../support/until.ts';

const DATABASE = 'Tickets';

/** Longer than open tickets go without a look, whatever the hour. */
const LATER = { minutes: 11 };

/** Ticks come every five seconds, and a machine can be busy. */
const PATIENTLY = { seconds: 60 };
const LONG = 90_000;

interface Message {
  author: string;
  authorName: string;
  visibility: string;
  text: string;
  at: string;
}

describe('a desk in Notion where people comment', () => {
  let notion: Notion;
  let served: ServedNotion;
  let folders: Awaited<ReturnType<typeof deskFolders>>;
  let desk: RunningDesk;
  const desks: RunningDesk[] = [];
  let token: string;
  const time = { ahead: Temporal.Duration.from({ seconds: 0 }) };

  beforeAll(async () => {
    notion = createNotion({ plan: 'business' });
    served = await serveNotion(notion);
    folders = await deskFolders();
    const { configFolder } = folders;
    const made = await aNotionDatabase({ notion, address: served.address, configFolder, name: DATABASE });
    token = made.token;
    const now = () => realTime().add(time.ahead);
    desk = await aRunningDesk({ now, variables: { ...made.variables, TABLEDESK_CONFIG: configFolder } });
    desks.push(desk);
    await desk.post({ name: 'Kim', email: 'kim@example.com', subject: 'Invoice', message: 'Where is it?' });
    await rowId();
  });
  afterAll(async () => {
    for (const each of desks) await each.remove();
    await folders?.remove();
    await served?.close();
  });

  function rowId(): Promise<string> {
    return until('the ticket has its row', () => notion.people.rows(DATABASE)[0]?.id);
  }

  function pass(duration: Temporal.DurationLike): void {
    time.ahead = time.ahead.add(duration);
  }

  async function notes(): Promise<Message[]> {
    const { number } = await desk.ticketAbout('Invoice');
    const { messages } = await desk.api<{ messages: Message[] }>(`/api/tickets/${number}`);
    return messages.filter(({ visibility }) => visibility === 'internal');
  }

  function noted(count: number): Promise<Message[]> {
    const seen = async () => {
      const found = await notes();
      return found.length >= count && found;
    };
    return until(`${count} notes`, seen, PATIENTLY);
  }

  /** How often Notion was asked for comments. */
  function looks(): number {
    return notion.requests().filter(({ path }) => path.startsWith('/v1/comments')).length;
  }

  it(
    'has what somebody writes beside a ticket as a note by that person, told in its log',
    async () => {
      notion.people.as('Ana').comment(DATABASE, await rowId(), 'Called the customer, waits for the invoice.');
      pass(LATER);
      expect(await noted(1)).toMatchObject([
        { author: 'agent', authorName: 'Ana', text: 'Called the customer, waits for the invoice.' },
      ]);
      const { number } = await desk.ticketAbout('Invoice');
      const { decisions } = await desk.api<{ decisions: { sentence: string }[] }>(`/api/tickets/${number}/decisions`);
      expect(decisions.map(({ sentence }) => sentence)).toContain(
        'Ana wrote a comment in the base; it is an internal note here.',
      );
    },
    LONG,
  );

  it(
    'never sends it to the customer (A-057)',
    async () => {
      await desk.settled();
      expect(JSON.stringify(notion.people.row(DATABASE, await rowId()))).not.toContain('waits for the invoice');
      const { number } = await desk.ticketAbout('Invoice');
      const { messages } = await desk.api<{ messages: Message[] }>(`/api/tickets/${number}`);
      expect(messages.filter(({ author }) => author === 'agent').map(({ visibility }) => visibility)).toEqual([
        'internal',
      ]);
    },
    LONG,
  );

  it(
    'has it once after a restart, and what was written meanwhile',
    async () => {
      await desk.stop();
      notion.people.as('Ben').comment(DATABASE, await rowId(), 'The invoice came.');
      pass(LATER);
      desk = await desk.startAgain();
      desks.push(desk);
      expect((await noted(2)).map(({ authorName, text }) => [authorName, text])).toEqual([
        ['Ana', 'Called the customer, waits for the invoice.'],
        ['Ben', 'The invoice came.'],
      ]);
      pass(LATER);
      notion.clearLog();
      await until('there was another look', () => looks() > 0, PATIENTLY);
      expect(await notes()).toHaveLength(2);
    },
    LONG,
  );

  it(
    'goes on as before when it may not read comments any more, and asks once',
    async () => {
      notion.setCapabilities(
        token,
        CAPABILITIES.filter((name) => name !== 'read comments'),
      );
      notion.clearLog();
      notion.people.as('Ana').comment(DATABASE, await rowId(), 'Nobody hears this.');
      pass(LATER);
      await until('it was asked', () => looks() === 1, PATIENTLY);
      pass(LATER);
      notion.people.as('Ana').edit(DATABASE, await rowId(), { Priority: 'Critical' });
      const isTaken = async () => (await desk.ticketAbout('Invoice')).priority === 'critical';
      await until('the edit is taken over', isTaken, PATIENTLY);
      await desk.settled();
      pass(LATER);
      expect([looks(), (await notes()).length]).toEqual([1, 2]);
      expect(desk.log.filter((line) => line.includes('does not let us read comments'))).toHaveLength(1);
      expect(desk.log.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
    },
    LONG,
  );
});
