import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { phraseOf } from '../../src/decide/conditions/words.ts';
import { createLog } from '../../src/kit/log.ts';
import { createFlush } from '../../src/sync/flush.ts';
import { createPull } from '../../src/sync/pull.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { anEmbeddedStore, byHand } from '../connectors/embedded/desk-rows.ts';
import { ALWAYS, anAgent, aPolicy, aQueue, aRule } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aFreeMeter } from '../support/free-meter.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aDesk, allDecisions, allOutgoing, allTickets, type TestDesk } from '../support/pipeline.ts';

/** A desk that answers failed payments from a draft, in English and in German, and promises an answer in an hour. */
const POLICY = aPolicy({
  agents: [anAgent({ skills: ['german'] }), anAgent({ name: 'Ben' })],
  queues: [aQueue({ members: ['Ben', 'Ana'] }), aQueue({ name: 'review', members: [], method: 'none' })],
  triage: { rules: [aRule({ category: 'billing', priority: 'high' })] },
  routing: {
    rules: [aRule({ preferredSkills: ['german'] }, { when: { kind: 'is', field: 'language', values: ['de'] } })],
  },
  sla: {
    policies: [
      {
        name: 'Standard',
        why: 'What we promise.',
        owner: 'Lea',
        when: ALWAYS,
        place: 'sla.yaml:1',
        promises: [],
        targets: [{ metric: 'first_reply', minutes: { high: 60 }, calendar: null, warnShare: 0.8 }],
      },
    ],
  },
  replies: {
    card: { name: 'card', subject: '', body: 'Please try the card again, {{ requester.name }}.' },
    'card.de': { name: 'card.de', subject: '', body: 'Bitte versuchen Sie es noch einmal, {{ requester.name }}.' },
  },
  offers: {
    drafts: [
      {
        reply: 'card',
        title: 'Try the card again',
        why: null,
        when: { kind: 'mentions', in: 'text', phrases: [phraseOf('karte')] },
        place: 'replies/card.md',
      },
    ],
    articles: [
      {
        name: 'karte',
        title: 'Karte abgelehnt',
        url: 'https://help.example.com/karte',
        audience: 'customer',
        approved: false,
        category: null,
        language: null,
        keywords: [],
        body: '',
        when: ALWAYS,
        place: 'articles/karte.md',
      },
    ],
  },
});

/** What all tests of this file share; made before the first. */
const world = {} as { database: TestDatabase; desk: TestDesk; sync(): Promise<void> };

beforeAll(async () => {
  world.database = await aDatabase('pglite');
  const { connection } = world.database;
  world.desk = aDesk(connection, { config: aLiveConfig({ policy: POLICY }) });
  const { clock, pipeline } = world.desk;
  const parts = {
    connection,
    store: anEmbeddedStore(connection, deskColumns(POLICY)),
    pipeline,
    policy: () => POLICY,
    meter: aFreeMeter(),
    now: clock.now,
    pause: async (milliseconds: number) => clock.forward({ milliseconds }),
    log: createLog('silent'),
  };
  const [flush, pull] = [createFlush(parts), createPull(parts)];
  world.sync = async () => {
    await pull.run();
    await flush.run();
    await pull.run();
  };
});
afterAll(() => world.database.drop());

describe('a call that somebody types into the base', () => {
  it('is numbered, triaged, routed, timed and answered as any other request (A-015, A-039, A-085)', async () => {
    const { connection } = world.database;
    const hand = byHand(connection);
    const rowId = await hand.addByHand(
      {
        subject: 'Karte abgelehnt',
        description: 'Meine Karte wird seit gestern bei jeder Zahlung abgelehnt.',
        requesterName: 'Greta',
        requesterEmail: 'greta@example.com',
        channel: 'phone',
      },
      'Ben',
    );
    await world.sync();

    const [ticket] = await allTickets(connection);
    expect(ticket).toMatchObject({ number: 1000, channel: 'phone', language: 'de', assignee: 'Ana', priority: 'high' });
    expect((await hand.readBack(rowId))?.cells).toMatchObject({
      number: 1000,
      channel: 'phone',
      category: 'billing',
      owner: 'Ana',
      suggestedReply: 'Bitte versuchen Sie es noch einmal, Greta.',
      suggestedArticles: 'Karte abgelehnt: https://help.example.com/karte',
    });
    expect(ticket?.firstResponseDueAt).not.toBeNull();
    expect((await allOutgoing(connection)).filter(({ kind }) => kind === 'message')).toEqual([]);

    await hand.editByHand(rowId, { sendSuggestion: true }, 'Ana');
    await world.sync();
    await world.sync();
    const sent = (await allOutgoing(connection)).filter(({ kind }) => kind === 'message');
    expect(sent.map(({ recipient, text }) => [recipient, text])).toEqual([
      ['greta@example.com', 'Bitte versuchen Sie es noch einmal, Greta.'],
    ]);
    const cells = (await hand.readBack(rowId))?.cells;
    expect(cells).toMatchObject({ sendSuggestion: false, suggestedReply: null });
    const told = (await allDecisions(connection)).map(({ sentence }) => sentence);
    expect(told).toContain('Ana sent the answer “Try the card again” word for word.');
  });
});
