import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connector } from '../../connectors/json/index.ts';
import { recall, memoryOf } from '../../src/sync/memory.ts';
import { MORNING } from '../support/builders.ts';
import { aConfig } from '../support/config.ts';
import { serveConsole } from '../support/console-server.ts';
import { aVisitor } from '../support/console-visitor.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aChannel, aLiveConfig } from '../support/live-config.ts';
import { aDesk, allDecisions, allOutgoing, allTickets, postJson } from '../support/pipeline.ts';

/** The config of docs/intake.md, in short. */
const FILES = {
  'channels.yaml': 'channels: { json: { kind: json } }\n',
  'people.yaml': 'agents: { Ana: {}, Ben: {} }\nqueues: { support: { members: [Ana] }, app: { members: [Ben] } }\n',
  'intake.yaml': `
extract:
  - { field: order_number, patterns: ['\\b[A-Z]{2}-\\d{6}\\b'] }
clarify:
  - name: Which product
    why: Each product has a team of its own.
    owner: head of support
    when: { channel: json }
    ask:
      - { field: fields.product, question: Which product is it about?, choices: [Web shop, App] }
    template: missing
`,
  'routing.yaml':
    'rules:\n  - { name: App, why: They made it., owner: Ana, when: { fields.product: App }, then: { queue: app } }\n',
  'triage.yaml':
    'categories: [bug]\nrules:\n  - { name: All, why: w, owner: Ana, when: {}, then: { category: bug } }\n',
  'replies/missing.md': "---\nsubject: 'One question [{{ ticket.number }}]'\n---\n\n{{ missing.questions }}\n",
};

describe('a request without its product', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  beforeEach(() => database.empty());
  afterAll(() => database.drop());

  it('is asked about, and the answer brings it to its team without staff (A-012, A-017, A-024)', async () => {
    const { connection } = database;
    const json = aChannel({ name: 'json', kind: 'json', settings: connector.channel?.settings.parse(undefined) });
    const desk = aDesk(connection, { config: aLiveConfig({ policy: aConfig(FILES).policy, channels: [json] }) });
    const headers = { From: 'Greta Holm <greta@example.com>', To: 'help@desk.example' };

    await postJson(connection, { subject: 'Late', message: 'Order AB-123456 is late.', headers });
    await desk.pipeline.drainInbox();
    const [waiting] = await allTickets(connection);
    expect(waiting).toMatchObject({
      status: 'needs_info',
      queue: 'support',
      assignee: null,
      fields: { order_number: 'AB-123456' },
    });
    const [letter, ...others] = await allOutgoing(connection);
    expect(others).toEqual([]);
    expect([letter?.subject, letter?.text]).toEqual([
      'One question [T-1001]',
      'Which product is it about? (Web shop, App)',
    ]);
    if (waiting === undefined) throw new Error('there is no ticket');
    const memory = memoryOf({ ticket: waiting, replyKey: null }, Infinity);
    expect(recall(memory, waiting.key)?.ticket.clarification).toEqual(waiting.clarification);

    desk.clock.set(MORNING.add({ hours: 24 }));
    await desk.pipeline.wakeDue();
    expect((await allOutgoing(connection)).map(({ key }) => key.split(':')[1])).toEqual(['asked', 'reminded']);

    const answer = 'The app, on my phone.\n\nOn Friday Help desk wrote:\n> Which product is it about? (Web shop, App)';
    await postJson(connection, { subject: 'Re: One question [T-1001]', message: answer, headers });
    await desk.pipeline.drainInbox();
    const [after, ...more] = await allTickets(connection);
    expect(more).toEqual([]);
    expect(after).toMatchObject({
      status: 'new',
      category: 'bug',
      queue: 'app',
      assignee: 'Ben',
      fields: { product: 'App' },
    });
    desk.clock.forward({ hours: 48 });
    await desk.pipeline.wakeDue();
    expect((await allOutgoing(connection)).filter(({ kind }) => kind === 'message')).toHaveLength(2);

    const sentences = (await allDecisions(connection)).map(({ sentence }) => sentence);
    expect(sentences).toContain('Order number is “AB-123456”, as the message says.');
    const server = await serveConsole(connection, desk);
    const visitor = aVisitor(server.address);
    await visitor.signIn();
    const page = (await visitor.get('/tickets/1001')).text.replaceAll(/\s+/g, ' ');
    await server.close();
    expect(page).toContain('Asked before triage');
    expect(page).toContain('<dt>Which product is it about?</dt> <dd dir="auto">App</dd>');
    expect(page).toContain('Order number is “AB-123456”, as the message says.');
  });

  it('is not asked about again for as long as the answer is remembered (A-024)', async () => {
    const { connection } = database;
    const remembering = { ...FILES, 'intake.yaml': FILES['intake.yaml'].replace('App] }', 'App], remember: 90d }') };
    const json = aChannel({ name: 'json', kind: 'json', settings: connector.channel?.settings.parse(undefined) });
    const config = aLiveConfig({ policy: aConfig(remembering).policy, channels: [json] });
    const desk = aDesk(connection, { config });
    const headers = { From: 'Greta Holm <greta@example.com>', To: 'help@desk.example' };
    const write = async (subject: string, message: string, daysLater: number) => {
      desk.clock.forward({ hours: 24 * daysLater });
      await postJson(connection, { subject, message, headers }, { receivedAt: desk.clock.now() });
      await desk.pipeline.drainInbox();
      return (await allTickets(connection)).at(-1);
    };

    await write('It crashes', 'Every time that I open it.', 0);
    expect(await write('Re: One question [T-1001]', 'The app.', 1)).toMatchObject({ number: 1001, queue: 'app' });
    expect(await write('Slow', 'It takes minutes to begin.', 60)).toMatchObject({ status: 'new', queue: 'app' });
    expect(await write('Dark', 'Nothing but a black screen.', 20)).toMatchObject({ status: 'new', queue: 'app' });
    // Ninety days after the first, however often it was taken over since.
    expect(await write('Again', 'Today it is black and slow.', 20)).toMatchObject({ status: 'needs_info' });
    const remembered = (await allDecisions(connection)).filter(({ code }) => code === 'clarify.remembered');
    expect(remembered.map(({ sentence }) => sentence)).toEqual([
      'Need not ask for product: on T-1001 the requester said “App”.',
      'Need not ask for product: on T-1001 the requester said “App”.',
    ]);
  });
});
