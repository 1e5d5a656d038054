import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connector } from '../../connectors/json/index.ts';
import type { Article, Policy } from '../../src/decide/policy.ts';
import type { FieldValue, Ticket, TicketField } from '../../src/domain/ticket.ts';
import { ALWAYS, anAgent, anArticle, aPolicy, aQueue, aRule, MORNING, type PolicyWishes } from '../support/builders.ts';
import { serveConsole } from '../support/console-server.ts';
import { aVisitor } from '../support/console-visitor.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aChannel, aLiveConfig } from '../support/live-config.ts';
import {
  aClock,
  aDesk,
  aForm,
  allDecisions,
  allOutgoing,
  allTickets,
  postForm,
  postJson,
  type TestDesk,
} from '../support/pipeline.ts';
import { anSlaPolicy, aTarget } from '../decide/sla/clocked-ticket.ts';

const STEPS = ['Receive', 'Validate', 'Replicate', 'Solve', 'Notify', 'Close'];

const PRODUCT: Policy['intake']['clarify'][number] = {
  name: 'Which product',
  why: 'Each has a way of its own.',
  owner: 'lead',
  place: 'intake.yaml:1',
  when: ALWAYS,
  ask: [{ field: 'product', question: 'Which product?', choices: [], rememberMinutes: null }],
  template: 'missing',
  remindAfterMinutes: null,
  giveUpAfterMinutes: 2880,
  calendar: null,
};

function letter(name: string) {
  return { name, subject: `${name} [{{ ticket.number }}]`, body: name };
}

const ANSWER = '{{ article.title }}: {{ article.text }}\n\n{{ answer.person }}';

describe('a ticket whose requester can help themselves', () => {
  let database: TestDatabase;
  let desk: TestDesk;
  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  beforeEach(async () => {
    await database.empty();
    desk = deskWith();
  });
  afterAll(() => database.drop());

  function deskWith(
    wishes: Partial<Pick<PolicyWishes, 'intake'>> = {},
    {
      urgent = false,
      priority = 'medium',
      articles = [],
      withArticle = null,
    }: { urgent?: boolean; priority?: string; articles?: readonly Article[]; withArticle?: number | null } = {},
  ) {
    const policy = aPolicy({
      agents: [anAgent()],
      queues: [
        aQueue({ members: [] }),
        aQueue({ name: 'accounts', members: ['Ana'] }),
        aQueue({ name: 'review', members: [], method: 'none' }),
      ],
      triage: {
        rules: [aRule({ category: 'account', priority: priority as Ticket['priority'] })],
        steps: { account: STEPS },
        selfService: {
          account: { template: 'reset', steps: ['Receive', 'Solve', 'Notify', 'Close'], urgent, withArticle },
        },
      },
      routing: { rules: [aRule({ queue: 'accounts' })] },
      sla: { policies: [anSlaPolicy([aTarget('first_reply', 60, { calendar: null })])], pausedIn: {} },
      intake: { acknowledgement: 'received', ...wishes.intake },
      followUp: {
        silence: {
          statuses: ['pending'],
          calendar: null,
          remindMinutes: 60,
          resolveMinutes: 120,
          reminder: 'reminder',
        },
        summary: { wait: { minutes: 0, calendar: null }, template: 'summary', advice: {}, afterSilence: true },
        closing: { minutes: 600, calendar: null },
      },
      replies: {
        ...Object.fromEntries(
          ['received', 'reset', 'reminder', 'summary', 'missing'].map((name) => [name, letter(name)]),
        ),
        ...(withArticle !== null && { reset: { name: 'reset', subject: 'How to', body: ANSWER } }),
      },
      offers: { articles },
    });
    const json = aChannel({ name: 'json', kind: 'json', settings: connector.channel?.settings.parse(undefined) });
    const config = aLiveConfig({ policy, channels: [aChannel(), json] });
    return aDesk(database.connection, { config, clock: aClock() });
  }

  async function ask(): Promise<void> {
    await postForm(database.connection, aForm('Greta', 'I cannot log in.'), { receivedAt: desk.clock.now() });
    await desk.pipeline.drainInbox();
  }

  async function answer(message: string, minutes = 10): Promise<void> {
    desk.clock.forward({ minutes });
    const { number } = await theTicket();
    const fields = { ...aForm('Greta', message), ticket: `T-${number}` };
    await postForm(database.connection, fields, { receivedAt: desk.clock.now() });
    await desk.pipeline.drainInbox();
  }

  async function pass(minutes: number): Promise<void> {
    desk.clock.forward({ minutes });
    await desk.pipeline.wakeDue();
  }

  async function edit(changes: Partial<Record<TicketField, FieldValue>>): Promise<void> {
    const ticket = await theTicket();
    const all = Object.entries(changes) as [TicketField, FieldValue][];
    const made = all.map(([field, to]) => ({ field, from: ticket[field], to }));
    await desk.pipeline.edit(ticket.key, { by: 'Ana', at: desk.clock.now(), changes: made });
  }

  async function theTicket(): Promise<Ticket> {
    const [ticket] = await allTickets(database.connection);
    if (ticket === undefined) throw new Error('no ticket');
    return ticket;
  }

  async function sent(): Promise<readonly string[]> {
    return (await allOutgoing(database.connection)).map(({ template }) => template);
  }

  async function said(code: string): Promise<readonly string[]> {
    const all = await allDecisions(database.connection);
    return all.filter((each) => each.code === code).map(({ sentence }) => sentence);
  }

  it('is received, answered, solved by the requester and closed, without anybody of the team (A-078)', async () => {
    await ask();
    expect(await sent()).toEqual(['reset']);
    expect(await theTicket()).toMatchObject({ status: 'pending', queue: 'accounts', assignee: null, stepsDone: [] });
    await answer('That solved it, thank you!\n\nGreta', 90);
    expect(await theTicket()).toMatchObject({
      status: 'resolved',
      stepsDone: ['Receive', 'Solve', 'Notify', 'Close'],
      assignee: null,
      firstRespondedAt: MORNING,
      slaState: 'met',
      selfService: { how: 'solved' },
    });
    expect((await theTicket()).why).toBe('Solved by self-service: Greta says so, “That solved it, thank you! Greta”.');
    await pass(700);
    expect(await theTicket()).toMatchObject({ status: 'closed' });
    expect(await sent()).toEqual(['reset']);
  });

  it('goes on with the team when it did not help: validated, replicated, solved, notified, closed (A-078)', async () => {
    await ask();
    await answer('I did all that, and still it says that my account is locked.');
    expect(await theTicket()).toMatchObject({ status: 'open', assignee: 'Ana', selfService: { how: 'not_solved' } });
    expect(await said('respond.self_service_not_solved')).toHaveLength(1);
    for (const [index] of STEPS.slice(0, 4).entries()) await edit({ stepsDone: STEPS.slice(0, index + 1) });
    const { key } = await theTicket();
    await desk.pipeline.reply(key, { by: 'Ana', text: 'I unlocked it.' });
    await edit({ status: 'resolved', stepsDone: STEPS });
    await pass(700);
    expect(await theTicket()).toMatchObject({ status: 'closed', stepsDone: STEPS });
    expect(await sent()).toEqual(['reset', 'assigned', 'reply', 'summary']);
  });

  it('shows on its page what went out, and what came of it', async () => {
    const server = await serveConsole(database.connection, desk);
    const visitor = aVisitor(server.address);
    await visitor.signIn();
    const page = async () => (await visitor.get('/tickets/1000')).text.replaceAll(/\s+/g, ' ');
    await ask();
    const waiting = await page();
    await answer('Works now.');
    const solved = await page();
    await server.close();
    expect(waiting).toMatch(/The request, as it was written.*td-message-system.*sent by the desk.*reset/);
    expect(solved).toMatch(/td-message-system.*Works now\./);
    expect(waiting).toMatch(/Self-service<\/h2>.*<strong>reset<\/strong>.*Waits for whether it helped/);
    expect(solved).toMatch(/Self-service<\/h2>.*<strong>reset<\/strong>.*It helped, /);
  });

  it('counts mere thanks as no word on it: somebody looks', async () => {
    await ask();
    await answer('Thanks!');
    expect(await theTicket()).toMatchObject({ status: 'open', assignee: 'Ana' });
  });

  it('opens again when the requester takes it back', async () => {
    await ask();
    await answer('Works now.');
    await answer('No, it is locked again.');
    expect(await theTicket()).toMatchObject({ status: 'open', assignee: 'Ana', reopenCount: 1 });
  });

  it('is answered by the article that fits, once; a word brings a person, with the article in view (A-088)', async () => {
    const article = anArticle({
      name: 'password',
      title: 'A new password',
      keywords: ['log in', 'locked'],
      body: 'Choose **Forgot password**.',
      approved: true,
    });
    desk = deskWith({}, { articles: [article], withArticle: 0.1 });
    await ask();
    const [letter, ...others] = await allOutgoing(database.connection);
    expect(others).toEqual([]);
    expect(letter?.text).toContain('A new password: Choose Forgot password.');
    expect(letter?.text).toContain('just answer this message, with the word “person”');
    expect(await theTicket()).toMatchObject({ status: 'pending', assignee: null });
    await answer('person');
    expect(await theTicket()).toMatchObject({
      status: 'open',
      assignee: 'Ana',
      selfService: { article: { title: 'A new password' }, how: 'not_solved' },
    });
    await answer('I cannot log in, still.');
    expect((await allOutgoing(database.connection)).filter(({ kind }) => kind === 'message')).toHaveLength(1);
  });

  it('has a person as ever where no article fits well enough, and is acknowledged (A-088)', async () => {
    const article = anArticle({ name: 'password', title: 'A new password', keywords: ['log in'], approved: true });
    desk = deskWith({}, { articles: [article], withArticle: 0.95 });
    await ask();
    expect(await theTicket()).toMatchObject({ status: 'new', assignee: 'Ana', selfService: null });
    expect(await sent()).toContain('received');
  });

  it('is reminded of and resolved when nobody says whether it helped (A-080)', async () => {
    await ask();
    await pass(60);
    expect(await sent()).toContain('reminder');
    await pass(60);
    expect(await theTicket()).toMatchObject({ status: 'resolved', stepsDone: [], selfService: { how: 'over' } });
  });

  it('is given to somebody once a person takes it in hand', async () => {
    await ask();
    await edit({ status: 'open' });
    expect(await theTicket()).toMatchObject({ assignee: 'Ana', selfService: { how: 'taken_over' } });
  });

  it('is asked first what is missing (A-012)', async () => {
    desk = deskWith({ intake: { clarify: [PRODUCT] } });
    await ask();
    expect(await sent()).toEqual(['missing']);
    await answer('Product: Shop');
    expect(await sent()).toEqual(['missing', 'reset']);
    expect(await theTicket()).toMatchObject({ status: 'pending', assignee: null });
    await answer('It works again.');
    expect(await theTicket()).toMatchObject({ status: 'resolved' });
  });

  it('goes to the team at once when it is urgent, unless the config says otherwise', async () => {
    desk = deskWith({}, { priority: 'high' });
    await ask();
    expect(await sent()).toEqual(['assigned', 'received']);
    expect(await said('respond.not_self_served')).toEqual(['Sent no self-service answer: it is urgent.']);
    await database.empty();
    desk = deskWith({}, { priority: 'high', urgent: true });
    await ask();
    expect(await sent()).toEqual(['reset']);
  });

  it('goes to the team at once when a person typed it, or a machine wrote it', async () => {
    const requester = { name: 'Greta', email: 'greta@example.com' };
    await desk.pipeline.open({ by: 'Ana', channel: 'phone', subject: 'Log in', text: 'He cannot.', requester });
    const headers = { From: 'no-reply@shop.example', 'Message-ID': '<1@shop.example>', To: 'help@desk.example' };
    await postJson(database.connection, { subject: 'Locked', message: 'Locked out.', headers });
    await desk.pipeline.drainInbox();
    expect(await sent()).not.toContain('reset');
    expect(await said('respond.not_self_served')).toEqual([
      'Sent no self-service answer: a person typed it.',
      'Sent no self-service answer: the sender looks like a machine.',
    ]);
  });
});
