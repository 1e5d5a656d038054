import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ticket } from '../../src/domain/ticket.ts';
import { createPageLinks } from '../../src/kit/page-links.ts';
import { formatFinding } from '../../src/config/finding.ts';
import { at } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { EXAMPLE_ADDRESS, exampleFiles, EXAMPLES, loadedFiles } from '../support/example-config.ts';
import { aServer, type TestServer } from '../support/http-server.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aClock, aDesk, allOutgoing, allTickets, postForm } from '../support/pipeline.ts';

/** A Tuesday on which all of them work: morning in New York, afternoon in Amsterdam. */
const TUESDAY = at('2026-12-01T14:30:00Z');

/** One request of each desk, from its first message to its survey. */
interface Story {
  example: string;
  channel: string;
  asks: { name: string; email: string; subject: string; message: string };
  /** What triage and routing make of it. */
  becomes: Partial<Ticket>;
  /** Who answers, and the letters that the requester has had by the end, oldest first. */
  answeredBy: string;
  letters: readonly string[];
}

const STORIES: readonly Story[] = [
  {
    example: 'bramble',
    channel: 'website',
    asks: {
      name: 'Greta Holm',
      email: 'greta@studio.example',
      subject: 'Charged twice',
      message: 'We were charged twice for November, please give us our money back.',
    },
    becomes: { category: 'refund', priority: 'high', queue: 'billing' },
    answeredBy: 'Mira Shah',
    letters: ['acknowledgement', 'reply', 'survey'],
  },
  {
    example: 'shop',
    channel: 'website',
    asks: {
      name: 'Niamh Daly',
      email: 'niamh@home.example',
      subject: 'Boots',
      message: 'The boots of order LF-1234567 are too small, I would like to send them back.',
    },
    becomes: {
      category: 'return',
      priority: 'low',
      queue: 'returns',
      fields: { order_number: 'LF-1234567' },
    },
    answeredBy: 'Daniel Roche',
    letters: ['acknowledgement', 'reply', 'summary', 'survey'],
  },
  {
    example: 'it-desk',
    channel: 'intranet',
    asks: {
      name: 'Paul Stern',
      email: 'paul@institute.example',
      subject: 'Strange mail',
      message: 'I clicked a link in a phishing mail on my laptop INV-20417.',
    },
    becomes: {
      category: 'security',
      priority: 'critical',
      queue: 'security',
      fields: { asset: 'INV-20417' },
      escalationLevel: 2,
    },
    answeredBy: 'Omar Haddad',
    letters: ['acknowledgement', 'reply', 'summary', 'survey'],
  },
];

describe('the examples', () => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await aDatabase('pglite')));
  afterAll(() => database.drop());

  it('have a story each', () => {
    expect(STORIES.map(({ example }) => example).toSorted()).toEqual(readdirSync(EXAMPLES).toSorted());
  });

  describe.each(STORIES)('$example', (story) => {
    const clock = aClock(TUESDAY);
    const pages = createPageLinks({ secret: 'of the tests', publicAddress: EXAMPLE_ADDRESS });
    let desk: ReturnType<typeof aDesk>;
    let server: TestServer;
    beforeAll(async () => {
      await database.empty();
      clock.set(TUESDAY);
      const { policy, channels } = loadedFiles(exampleFiles(story.example));
      const { survey } = policy.followUp;
      // Whether a ticket is drawn hangs on its key; here all are.
      const followUp = { ...policy.followUp, survey: survey && { ...survey, share: 1 } };
      desk = aDesk(database.connection, {
        clock,
        config: aLiveConfig({ policy: { ...policy, followUp }, channels: Object.values(channels) }),
        pages,
      });
      server = await aServer(database.connection, { now: clock.now, pages, rate: desk.pipeline.rate });
    });
    afterAll(() => server.close());

    async function theTicket() {
      const [ticket, ...others] = await allTickets(database.connection);
      expect(others).toEqual([]);
      if (ticket === undefined) throw new Error('There is no ticket.');
      return ticket;
    }

    it('is in order', () => {
      expect(loadedFiles(exampleFiles(story.example)).warnings.map(formatFinding)).toEqual([]);
    });

    it('leads from the first message to the score of the survey (A-110)', async () => {
      const { asks, channel, becomes, answeredBy } = story;
      await postForm(database.connection, asks, { channel, receivedAt: clock.now() });
      await desk.pipeline.drainInbox();
      const ticket = await theTicket();
      expect(ticket).toMatchObject({ ...becomes, status: 'new' });

      clock.forward({ minutes: 20 });
      await desk.pipeline.reply(ticket.key, { by: answeredBy, text: 'It is done in an hour.' });
      clock.forward({ minutes: 60 });
      const changes = [{ field: 'status', from: 'open', to: 'resolved' } as const];
      await desk.pipeline.edit(ticket.key, { by: answeredBy, at: clock.now(), changes });
      for (let hours = 0; hours < 8 * 24; hours += 4) {
        clock.forward({ hours: 4 });
        await desk.pipeline.wakeDue();
      }
      expect(await theTicket()).toMatchObject({ status: 'closed', slaState: 'met' });

      const sent = (await allOutgoing(database.connection)).filter(({ recipient }) => recipient === asks.email);
      expect(sent.map(({ template }) => template)).toEqual(story.letters);
      const page = /https:\/\/help\.example(\/survey\/\S+)/.exec(sent.at(-1)?.text ?? '')?.[1] ?? '';
      const answer = new URLSearchParams({ score: '5', comment: 'Quick.' });
      const saved = await fetch(`${server.address}${page.split('?')[0]}`, { method: 'POST', body: answer });
      expect(saved.ok).toBe(true);
      expect(await theTicket()).toMatchObject({ satisfaction: 5, surveyComment: 'Quick.' });
    });
  });
});
