import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ticket } from '../../src/domain/ticket.ts';
import { aClassifier, anOpinion, aProposal } from '../support/opinions.ts';
import { aPolicy, aRule } from '../support/builders.ts';
import { type ConsoleServer, serveConsole } from '../support/console-server.ts';
import { type Answer, aVisitor, type Visitor } from '../support/console-visitor.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aDesk, aForm, allDecisions, allTickets, postForm, type TestDesk } from '../support/pipeline.ts';

const CATEGORIES = ['billing', 'bug', 'account', 'refund', 'question'];

/** Whoever speaks of a card is taken for billing, but not surely enough. */
const UNSURE = anOpinion({
  categories: [
    { value: 'billing', confidence: 0.71 },
    { value: 'refund', confidence: 0.22 },
  ],
  words: ['card'],
});

const NOTHING = anOpinion({ categories: [], words: [] });

const LOCKED = { kind: 'is', field: 'subject', values: ['Locked out'] } as const;

describe('the review', () => {
  const world = {} as { database: TestDatabase; desk: TestDesk; server: ConsoleServer; ana: Visitor; ben: Visitor };

  beforeAll(async () => {
    const database = await aDatabase('pglite');
    const policy = aPolicy({
      categories: CATEGORIES,
      triage: { rules: [aRule({ category: 'account' }, { name: 'Locked out', when: LOCKED })] },
    });
    const opinionOf = ({ description }: { description: string }) => (description.includes('card') ? UNSURE : NOTHING);
    // Of the priority, where somebody writes that it is urgent.
    const proposalsOf = ({ description }: { description: string }) =>
      description.includes('soon') ? [aProposal()] : [];
    const desk = aDesk(database.connection, {
      config: aLiveConfig({ policy }),
      classifier: () => aClassifier({ opinionOf, proposalsOf }),
    });
    Object.assign(world, { database, desk, server: await serveConsole(database.connection, desk) });
  });
  beforeEach(async () => {
    await world.database.empty();
    world.ana = aVisitor(world.server.address);
    await world.ana.signIn('Ana');
    world.ben = aVisitor(world.server.address);
    await world.ben.signIn('Ben');
  });
  afterAll(async () => {
    await world.server.close();
    await world.database.drop();
  });

  /** Two tickets of which nobody is sure: of the first something is guessed. */
  async function twoWait(): Promise<readonly [Ticket, Ticket]> {
    await postForm(world.database.connection, aForm('Greta', 'My card does not work.'));
    await postForm(world.database.connection, aForm('Hans', 'I need help.'));
    await world.desk.pipeline.drainInbox();
    const [first, second] = await allTickets(world.database.connection);
    if (first === undefined || second === undefined) throw new Error('no tickets');
    return [first, second];
  }

  async function ticketNow(number: number): Promise<Ticket | undefined> {
    return (await allTickets(world.database.connection)).find((ticket) => ticket.number === number);
  }

  function choose(visitor: Visitor, ticket: Ticket, fields: Record<string, string>): Promise<Answer> {
    return visitor.post(`/review/${ticket.number}`, { was: ticket.category ?? '', ...fields });
  }

  async function sentences(): Promise<readonly string[]> {
    return (await allDecisions(world.database.connection)).map(({ sentence }) => sentence);
  }

  it('shows one ticket with its evidence, the guesses with their confidence, and a key for each answer (A-033)', async () => {
    const [first, second] = await twoWait();
    const { text } = await world.ana.get('/review');
    expect(text).toContain('2 tickets to look at');
    expect(text).toContain('My <mark title="Speaks for Billing">card</mark> does not work.');
    expect([...text.matchAll(/data-hotkey="([^"]+)"/g)].map(([, keys]) => keys)).toEqual([
      'o',
      '1 b',
      '2 r',
      'c',
      'a',
      'q',
      's',
    ]);
    expect(text).toMatch(/<bdi>Billing<\/bdi\s*><span class="td-answer-share">71 %/);
    expect(text).toContain(`href="/review?at=${second.number}" data-hotkey="s"`);
    expect(text).toMatch(new RegExp(`href="/review\\?at=${first.number}"\\s+aria-current="page"`));
  });

  it('suggests a priority with its reason, which a key or a click takes as the person’s own choice', async () => {
    await postForm(world.database.connection, aForm('Greta', 'I need my card soon.'));
    await world.desk.pipeline.drainInbox();
    const [ticket] = await allTickets(world.database.connection);
    if (ticket === undefined) throw new Error('no ticket');
    const { text } = await world.ana.get('/review');
    expect(text).toMatch(
      /Priority may better be <strong><bdi>High<\/bdi><\/strong>\s*<span class="td-guess-share">97 %/,
    );
    expect(text).toMatch(/data-hotkey="4"[^>]*>\s*Take it<kbd>4<\/kbd>/);
    const take = (was: string) =>
      world.ana.post(`/tickets/${ticket.number}/proposal`, { field: 'priority', value: 'high', was, on: 'review' });
    expect((await take('low')).location).toBe(`/review?at=${ticket.number}&done=proposal_moved`);
    expect((await ticketNow(ticket.number))?.priority).toBe('medium');
    expect((await take('medium')).location).toBe(`/review?at=${ticket.number}&done=proposal_taken`);
    expect(await ticketNow(ticket.number)).toMatchObject({
      priority: 'high',
      needsReview: true,
      overrides: { priority: { by: 'Ana', from: 'medium', to: 'high' } },
    });
    expect(await sentences()).toContain(
      'Ana changed priority from medium to high, as proposed (learned on 20 November from 240 tickets, 97 %).',
    );
    expect((await world.ana.get('/review')).text).not.toContain('may better be');
  });

  it('takes an answer as the person’s own choice, and goes on to the next at once (A-036)', async () => {
    const [first, second] = await twoWait();
    const { location } = await choose(world.ana, first, { category: 'billing', next: String(second.number) });
    expect(location).toBe(`/review?at=${second.number}&last=${first.number}`);
    const { category, needsReview, overrides } = (await ticketNow(first.number)) ?? first;
    expect({ category, needsReview, by: overrides.category?.by }).toEqual({
      category: 'billing',
      needsReview: false,
      by: 'Ana',
    });
    const { text } = await world.ana.get(location ?? '');
    expect(text).toContain('1 ticket to look at');
    expect(text).toContain('I need help.');
    expect(text).toContain('1 review today, 1 by you');
    expect(text).toContain('The first guess was right in 1 of 1');
  });

  it('names what was wrong when the answer is another (A-099)', async () => {
    const [first] = await twoWait();
    await choose(world.ana, first, { category: 'bug' });
    expect(await sentences()).toContainEqual(
      'Ana changed category to bug, against learned on 20 November from 1,240 tickets (billing, 71 %).',
    );
    expect((await world.ben.get('/review')).text).toMatch(/1 review today, 0 by you.*right in 0 of 1 \(0 %\)/s);
  });

  it('counts what people decide in the base, and not a ticket of which nothing was guessed', async () => {
    const [first, second] = await twoWait();
    const edit = { by: 'Ben', at: world.desk.clock.now() };
    const accepted = [{ field: 'needsReview', from: true, to: false }] as const;
    await world.desk.pipeline.edit(first.key, { ...edit, changes: accepted });
    const chosen = [{ field: 'category', from: null, to: 'bug' }, ...accepted] as const;
    await world.desk.pipeline.edit(second.key, { ...edit, changes: chosen });
    const { text } = await world.ana.get('/review');
    expect(text).toContain('2 reviews today, 0 by you');
    expect(text).toContain('The first guess was right in 1 of 1');
    expect(text).toContain('All looked at');
  });

  it('accepts a category that is shown, of a ticket that a person wants looked at', async () => {
    await postForm(world.database.connection, { ...aForm('Olu', 'Nothing works.'), subject: 'Locked out' });
    await world.desk.pipeline.drainInbox();
    const [ticket] = await allTickets(world.database.connection);
    if (ticket === undefined) throw new Error('no ticket');
    const changes = [{ field: 'needsReview', from: false, to: true }] as const;
    await world.desk.pipeline.edit(ticket.key, { by: 'Ben', at: world.desk.clock.now(), changes });
    expect((await world.ana.get('/review')).text).toMatch(/data-hotkey="1 a"/);
    await choose(world.ana, ticket, { category: 'account' });
    expect(await ticketNow(ticket.number)).toMatchObject({ category: 'account', needsReview: false });
    expect(await sentences()).toContain('Ana accepts “account” as the category.');
  });

  it('takes an answer back, and the ticket waits as before', async () => {
    const [first, second] = await twoWait();
    const { location } = await choose(world.ana, first, { category: 'bug', next: String(second.number) });
    expect((await world.ana.get(location ?? '')).text).toContain(`action="/review/${first.number}/undo"`);
    const undone = await world.ana.post(`/review/${first.number}/undo`);
    expect(undone.location).toBe(`/review?at=${first.number}&done=review_undone`);
    expect(await ticketNow(first.number)).toMatchObject({ category: null, needsReview: true, overrides: {} });
    expect((await world.ana.get('/review')).text).toContain('Nothing reviewed today');
  });

  it('takes back what a person said against a rule: the rule’s category stands again, and waits', async () => {
    await postForm(world.database.connection, { ...aForm('Olu', 'Nothing works.'), subject: 'Locked out' });
    await world.desk.pipeline.drainInbox();
    const [ticket] = await allTickets(world.database.connection);
    if (ticket === undefined) throw new Error('no ticket');
    const changes = [{ field: 'needsReview', from: false, to: true }] as const;
    await world.desk.pipeline.edit(ticket.key, { by: 'Ben', at: world.desk.clock.now(), changes });
    await choose(world.ana, ticket, { category: 'bug' });
    expect(await ticketNow(ticket.number)).toMatchObject({ category: 'bug', needsReview: false });
    await world.ana.post(`/review/${ticket.number}/undo`);
    expect(await ticketNow(ticket.number)).toMatchObject({ category: 'account', needsReview: true });
  });

  it('takes back nobody else’s answer', async () => {
    const [first] = await twoWait();
    await choose(world.ana, first, { category: 'bug' });
    const { location } = await world.ben.post(`/review/${first.number}/undo`);
    expect(location).toBe(`/review?at=${first.number}&done=review_not_undone`);
    expect(await ticketNow(first.number)).toMatchObject({ category: 'bug', needsReview: false });
  });

  it('decides over nobody else’s decision that the page did not show', async () => {
    const [first, second] = await twoWait();
    await choose(world.ben, first, { category: 'bug' });
    const late = await choose(world.ana, first, { category: 'billing', next: String(second.number) });
    expect(late.location).toBe(`/review?at=${second.number}&done=review_done_meanwhile`);
    expect(await ticketNow(first.number)).toMatchObject({ category: 'bug' });
    const stale = await world.ana.post(`/review/${second.number}`, { was: 'account', category: 'billing' });
    expect(stale.location).toBe(`/review?at=${second.number}&done=review_moved`);
    expect(await ticketNow(second.number)).toMatchObject({ category: null, needsReview: true });
  });

  it('takes no category that the config does not have, and finds no ticket that is not there', async () => {
    const [first] = await twoWait();
    await choose(world.ana, first, { category: 'nonsense' });
    expect(await ticketNow(first.number)).toMatchObject({ category: null, needsReview: true });
    expect((await world.ana.post('/review/999999', { category: 'bug' })).status).toBe(404);
  });

  it('comes back to the first after the last that was skipped', async () => {
    const [first, second] = await twoWait();
    const { text } = await world.ana.get(`/review?at=${second.number}`);
    expect(text).toContain(`href="/review?at=${first.number}" data-hotkey="s"`);
  });
});
