import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NEVER } from '../../src/decide/condition.ts';
import { ALWAYS, anAgent, aPolicy, aQueue, aRule } from '../support/builders.ts';
import { aForm, allDecisions, allOutgoing, allTickets, postForm } from '../support/pipeline.ts';
import { aVisitedConsole, type VisitedConsole } from '../support/visited-console.ts';

const CARD = {
  name: 'card',
  subject: '',
  body: 'Hello {{ requester.name }},\n\nplease try {{ ticket.subject }} again.',
};

const POLICY = aPolicy({
  desk: { firstNumber: 1042 },
  agents: [anAgent({ cap: 1 }), anAgent({ name: 'Ben', cap: 1 })],
  queues: [aQueue({ members: ['Ana', 'Ben'] }), aQueue({ name: 'review', members: [], method: 'none' })],
  triage: { rules: [aRule({ category: 'billing' })] },
  replies: { card: CARD, other: { name: 'other', subject: '', body: 'Something else.' } },
  offers: {
    drafts: [
      { reply: 'card', title: 'Try the card <again>', why: 'Only once.', when: ALWAYS, place: 'replies/card.md' },
      { reply: 'other', title: 'Something else', why: null, when: NEVER, place: 'replies/other.md' },
    ],
    articles: [
      {
        name: 'payment',
        title: 'When a payment fails',
        url: 'https://help.example.com/payment',
        audience: 'internal',
        approved: false,
        category: null,
        language: null,
        keywords: [],
        body: 'Ask the bank & wait.',
        when: NEVER,
        place: 'articles/payment.md',
      },
    ],
  },
});

/** What all tests of this file share; made before the first. */
const world = {} as VisitedConsole;

beforeAll(async () => {
  Object.assign(world, await aVisitedConsole({ policy: POLICY }));
  await postForm(world.database.connection, { ...aForm('Greta'), subject: 'Payment {{ desk.name }}' });
  await world.desk.pipeline.drainInbox();
});
afterAll(() => world.close());

async function page(address: string): Promise<string> {
  const { text } = await world.ana.get(address);
  return text;
}

describe('what is offered to whoever answers', () => {
  it('stands on the page, and nobody is sent it (A-085, A-086)', async () => {
    const shown = await page('/tickets/1042');
    expect(shown).toMatch(/Try the card &(?:lt|#60);again/);
    expect(shown).toContain('Hello Greta,\n\nplease try Payment {{ desk.name }} again.');
    expect(shown).toContain('href="https://help.example.com/payment"');
    expect(shown).toContain('For the team alone');
    expect(shown).toMatch(/Ask the bank &(?:amp|#38); wait\./);
    expect(shown).not.toContain('name="draft"');
    expect((await allOutgoing(world.database.connection)).filter(({ kind }) => kind === 'message')).toEqual([]);
  });

  it('comes into the box when it is taken, suggested or not', async () => {
    const taken = await page('/tickets/1042?draft=other');
    expect(taken).toMatch(/<textarea[^>]*id="reply-text"[^>]*>\s*Something else\.<\/textarea>/);
    expect(taken).toContain('<input type="hidden" name="draft" value="other" />');
    expect(await page('/tickets/1042?draft=nothing')).toMatch(/<textarea[^>]*id="reply-text"[^>]*>\s*<\/textarea>/);
  });

  it('is compared with what was sent (A-097)', async () => {
    const text = 'Hello Greta,\n\nplease try another card.';
    await world.ana.post('/tickets/1042/reply', { text, draft: 'card' });
    const [compared] = (await allDecisions(world.database.connection)).filter(
      ({ code }) => code === 'respond.draft_compared',
    );
    expect(compared?.params).toMatchObject({ reply: 'card', rewritten: 0.43 });
    expect(await page('/tickets/1042')).not.toContain('Suggested:');
  });
});

describe('the switch to away', () => {
  it('keeps new tickets from whoever is away, bears who switched it and when, and gives out what waits on the way back', async () => {
    const { connection } = world.database;
    for (const agent of ['Ana', 'Ben']) await world.ana.post('/team/away', { agent, away: 'yes' });
    expect(await page('/team')).toMatch(/Away<\/span\s*><small>switched by <bdi>Ana<\/bdi>, <time/);
    await postForm(connection, aForm('Hans'));
    await world.desk.pipeline.drainInbox();
    const hans = async () => (await allTickets(connection)).find(({ requester }) => requester.name === 'Hans');
    expect(await hans()).toMatchObject({ assignee: null, queue: 'support' });
    const answer = await world.ana.post('/team/away', { agent: 'Ben', away: 'no' });
    expect(answer.location).toBe('/team?done=back');
    expect(await hans()).toMatchObject({ assignee: 'Ben' });
    await world.ana.post('/team/away', { agent: 'Ana', away: 'no' });
    expect(await page('/team')).toContain('switched back by');
  });

  it('is of nobody who does not work here', async () => {
    const answer = await world.ana.post('/team/away', { agent: 'Zoe', away: 'yes' });
    expect(answer.status).toBe(404);
    expect(answer.text).toContain('There is no agent Zoe');
  });
});

describe('a ticket that a person types', () => {
  it.each([
    ['phone', 'the phone'],
    ['in_person', 'the counter'],
  ])('came the way that the person says: %s (A-015)', async (channel, words) => {
    const typed = { channel, name: 'Ida', email: '', subject: `Payment ${channel}`, text: 'It fails again.' };
    const { location } = await world.ana.post('/tickets', typed);
    const ticket = (await allTickets(world.database.connection)).at(-1);
    expect(ticket).toMatchObject({ channel, category: 'billing', queue: 'support', suggestion: { reply: 'card' } });
    expect(await page(location ?? '')).toContain(`Came in over <bdi>${words}</bdi>`);
  });
});
