import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connector } from '../../connectors/json/index.ts';
import type { Policy } from '../../src/decide/policy.ts';
import { ALWAYS, aPolicy, type PolicyWishes } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aChannel, aLiveConfig } from '../support/live-config.ts';
import { aDesk, allDecisions, allOutgoing, allTickets, postJson, type TestDesk } from '../support/pipeline.ts';

const ROBOT = 'helpdesk@other.example';

const REPLIES: Policy['replies'] = {
  received: { name: 'received', subject: 'We have it [{{ ticket.number }}]', body: 'Thank you, {{ requester.name }}.' },
  missing: { name: 'missing', subject: 'A question [{{ ticket.number }}]', body: '{{ missing.questions }}' },
};

const ASKS: Policy['intake']['clarify'] = [
  {
    name: 'Which product',
    why: 'Each has a team.',
    owner: 'lead',
    place: 'intake.yaml:1',
    when: ALWAYS,
    ask: [{ field: 'product', question: 'Which product?', choices: ['Shop', 'App'], rememberMinutes: null }],
    template: 'missing',
    remindAfterMinutes: null,
    giveUpAfterMinutes: 2880,
    calendar: null,
  },
];

/** What a machine at the other end makes of the nth letter of ours. */
type Robot = (n: number, letter: { subject: string; text: string }) => { subject: string; text: string };

const ROBOTS: readonly { does: string; answers: Robot; tickets: number }[] = [
  {
    does: 'says the same in a new thread',
    answers: (n) => ({ subject: `Your mail ${n}`, text: 'Thank you. We answer within a day.' }),
    tickets: 3,
  },
  {
    does: 'keeps the thread',
    answers: (_, { subject }) => ({ subject: `Re: ${subject}`, text: 'Thank you. We answer within a day.' }),
    tickets: 1,
  },
  {
    does: 'counts its own tickets up, under our letter',
    answers: (n, { text }) => ({ subject: `Case ${n}`, text: `Your case AX-${n} was opened.\n\n${text}` }),
    tickets: 3,
  },
  {
    does: 'says something else each time',
    answers: (n) => ({
      subject: `News ${n}`,
      text: ['We are here.', 'Soon more.', 'All busy.', 'Hold on.'][n] ?? 'Still.',
    }),
    tickets: 3,
  },
];

describe('a loop with a machine that hides what it is', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  beforeEach(() => database.empty());
  afterAll(() => database.drop());

  function desk(intake: PolicyWishes['intake'] = {}): TestDesk {
    const policy = aPolicy({ intake: { acknowledgement: 'received', ...intake }, replies: REPLIES });
    const json = aChannel({ name: 'json', kind: 'json', settings: connector.channel?.settings.parse(undefined) });
    return aDesk(database.connection, { config: aLiveConfig({ policy, channels: [json] }) });
  }

  /** It has the message at once. */
  async function write({ pipeline, clock }: TestDesk, { subject, text, from = ROBOT }: Written): Promise<void> {
    const headers = { 'Message-ID': '<1@other.example>', To: 'help@desk.example', From: from };
    await postJson(database.connection, { subject, message: text, headers }, { receivedAt: clock.now() });
    await pipeline.drainInbox();
  }

  async function letters() {
    return (await allOutgoing(database.connection)).filter(({ kind }) => kind === 'message');
  }

  /** The machine answers each letter of ours twenty seconds after it, for as long as there are any. */
  async function converse(at: TestDesk, answers: Robot): Promise<void> {
    await write(at, { subject: 'Printer', text: 'It burns.' });
    for (let answered = 0; answered < 8; answered += 1) {
      const letter = (await letters())[answered];
      if (letter === undefined) return;
      at.clock.forward({ seconds: 20 });
      await write(at, answers(answered, letter));
    }
  }

  it.each(ROBOTS)('ends after two letters of ours, when it $does (pain 15)', async ({ answers, tickets }) => {
    const at = desk();
    await converse(at, answers);
    expect((await letters()).length).toBe(tickets === 1 ? 1 : 2);
    expect(await allTickets(database.connection)).toHaveLength(tickets);
  });

  it.each(ROBOTS)(
    'ends so with questions instead of acknowledgements, too, when it $does (pain 15)',
    async ({ answers }) => {
      const at = desk({ clarify: ASKS });
      await converse(at, answers);
      const sent = (await letters()).map(({ template }) => template);
      expect(sent.length).toBeGreaterThan(0);
      expect(sent.length).toBeLessThanOrEqual(2);
    },
  );

  it('says of the letter that stays why it does, and has the ticket (pain 16)', async () => {
    for (const [index, why] of [
      [0, 'a machine seems to answer, as the sender said the same before'],
      [3, 'a machine seems to answer, as our last two letters were answered at once'],
    ] as const) {
      await database.empty();
      const robot = ROBOTS[index];
      if (robot !== undefined) await converse(desk(), robot.answers);
      const said = (await allDecisions(database.connection)).filter(({ code }) => code === 'respond.withheld');
      const [ticket] = (await allTickets(database.connection)).slice(-1);
      expect(said.map(({ ticketKey, sentence, params }) => [ticketKey, sentence, params['why']])).toEqual([
        [ticket?.key, `Held back the letter “received”: ${why}.`, 'loop'],
      ]);
    }
  });

  it('is none with a person who writes twice within a minute, or asks something else the same day', async () => {
    const at = desk();
    const from = 'Greta Holm <greta@example.com>';
    await write(at, { subject: 'Printer', text: 'It burns.', from });
    at.clock.forward({ seconds: 40 });
    await write(at, { subject: 'Screen', text: 'It is black.', from });
    expect(await letters()).toHaveLength(2);
    at.clock.forward({ hours: 3 });
    await write(at, { subject: 'Keyboard', text: 'It sticks.', from });
    expect(await letters()).toHaveLength(3);
  });

  it('is none with a person who asks the same a day later', async () => {
    const at = desk();
    const again = { subject: 'Password', text: 'Please reset my password.', from: 'greta@example.com' };
    await write(at, again);
    at.clock.forward({ hours: 23 });
    await write(at, again);
    expect(await letters()).toHaveLength(1);
    at.clock.forward({ hours: 24 });
    await write(at, again);
    expect(await letters()).toHaveLength(2);
  });

  it('is seen among messages that are taken in together', async () => {
    const at = desk();
    await write(at, { subject: 'Printer', text: 'It burns.' });
    at.clock.forward({ minutes: 10 });
    const { connection } = database;
    for (const n of [1, 2, 3]) {
      const headers = { 'Message-ID': '<1@other.example>', To: 'help@desk.example', From: ROBOT };
      const body = { subject: `Case ${n}`, message: `Case ${n} is open.`, headers };
      await postJson(connection, body, { receivedAt: at.clock.now() });
    }
    await at.pipeline.drainInbox();
    expect(await allTickets(connection)).toHaveLength(4);
    expect(await letters()).toHaveLength(2);
  });
});

interface Written {
  subject: string;
  text: string;
  from?: string;
}
