import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { channelOf } from '../support/channels.ts';
import { lookUpsOf } from '../../src/config/lookups.ts';
import { bookOf } from '../../src/config/policy/customers.ts';
import { Customers } from '../../src/config/written/customers.ts';
import { lookups } from '../../src/db/schema.ts';
import { createLog } from '../../src/kit/log.ts';
import { createLookUps } from '../../src/pipeline/customers/look-ups.ts';
import { createPipeline } from '../../src/pipeline/create.ts';
import { aPolicy, aRule, aTicket, aRequester } from '../support/builders.ts';
import { aCrm, type Crm, json } from '../support/crm.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aClock, aForm, allDecisions, allTickets, postForm } from '../support/pipeline.ts';

const SECRET = 's3cret-of-the-crm';

describe('a look-up (A-021)', () => {
  let database: TestDatabase;
  let crm: Crm;
  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  beforeEach(async () => {
    await database.empty();
    crm = await aCrm();
  });
  afterEach(() => crm.close());
  afterAll(() => database.drop());

  /** A desk that asks the service for plan and tier; `pause` is how long it waits, for ever when left out. */
  function aDeskThatAsks(given: { pause?: () => Promise<void>; settings?: object } = {}) {
    const written = Customers.parse({
      lookups: [
        {
          name: 'crm',
          url: `${crm.address}/api?email={requester.email}`,
          headers: { Authorization: 'Bearer env:CRM_TOKEN' },
          answers: { plan: 'account.plan', tier: 'account.tier', seats: 'account.seats', vip: 'vip' },
          samePerson: 'contact.emails',
          internal: true,
          ...given.settings,
        },
      ],
    });
    const when = { kind: 'is', field: 'requester.tier', values: ['enterprise'] } as const;
    const policy = aPolicy({
      customers: bookOf(written),
      triage: { rules: [aRule({ category: 'billing' }), aRule({ priority: 'high' }, { name: 'Enterprise', when })] },
    });
    const names = { calendars: {}, timeZone: 'UTC' };
    const config = aLiveConfig({ policy, lookUps: lookUpsOf(written, { CRM_TOKEN: SECRET }, names) });
    const clock = aClock();
    const log: string[] = [];
    const parts = {
      connection: database.connection,
      config,
      now: clock.now,
      pause: given.pause ?? (() => new Promise<void>(() => {})),
      log: createLog('debug', { write: (line: string) => void log.push(line) }),
    };
    const pipeline = createPipeline({
      ...parts,
      channelOf,
      pages: { linkTo: () => null },
      replyTokens: { opens: () => null },
      classifier: () => null,
      findArticles: () => [],
      earlierAnswers: async () => [],
      languageModel: async () => null,
      wake: async () => undefined,
    });
    return { pipeline, clock, log, lookUps: createLookUps(parts) };
  }

  async function told(): Promise<readonly string[]> {
    const decisions = await allDecisions(database.connection);
    return decisions.map(({ sentence }) => sentence).filter((each) => each.includes('crm'));
  }

  it('adds what the config asks for, and nothing else, before triage', async () => {
    crm.answer(json({ account: { plan: 'gold', tier: 'enterprise', secretNote: 'x' }, vip: 'true' }));
    const { pipeline } = aDeskThatAsks();
    await postForm(database.connection, { ...aForm('Greta'), email: 'greta+a&b=c@example.com' });
    await pipeline.drainInbox();
    const [ticket] = await allTickets(database.connection);
    expect(ticket?.requester.account).toEqual({ plan: 'gold', tier: 'enterprise', vip: true });
    expect(ticket?.priority).toBe('high');
    expect(await told()).toEqual(['crm says: plan gold, tier enterprise and vip true.']);
    expect(crm.asked).toEqual(['/api?email=greta%2Ba%26b%3Dc%40example.com']);
    expect(crm.headers()).toMatchObject({ authorization: `Bearer ${SECRET}`, accept: 'application/json' });
  });

  it('is asked once an hour about one person, and again by who writes later', async () => {
    crm.answer(json({ account: { plan: 'gold' } }));
    const { pipeline, clock } = aDeskThatAsks();
    await postForm(database.connection, aForm('Greta', 'The first thing.'));
    await postForm(database.connection, aForm('Greta', 'The second thing.'));
    await pipeline.drainInbox();
    clock.forward({ minutes: 59 });
    await postForm(database.connection, aForm('Greta', 'The third thing.'));
    await pipeline.drainInbox();
    expect(crm.asked).toHaveLength(1);
    crm.answer(json({ account: { plan: 'silver' } }));
    clock.forward({ minutes: 1 });
    await postForm(database.connection, aForm('Greta', 'The fourth thing.'));
    await pipeline.drainInbox();
    const plans = (await allTickets(database.connection)).map(({ requester }) => requester.account['plan']);
    expect(plans).toEqual(['gold', 'gold', 'gold', 'silver']);
  });

  it('that is slow holds up nobody, and its late answer is taken at one more look', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    crm.answer((response) => void released.then(() => json({ account: { tier: 'enterprise' } })(response)));
    const { pipeline, clock } = aDeskThatAsks({ pause: async () => undefined });
    await postForm(database.connection, aForm('Greta'));
    await pipeline.drainInbox();
    const [before] = await allTickets(database.connection);
    expect(before).toMatchObject({ category: 'billing', priority: 'medium' });
    expect(await told()).toEqual(['Goes on without what crm knows: it did not answer in time.']);

    release();
    await lateAnswer();
    clock.forward({ minutes: 1 });
    expect(await pipeline.wakeDue()).toBe(1);
    const [after] = await allTickets(database.connection);
    expect(after).toMatchObject({ priority: 'high', requester: { account: { tier: 'enterprise' } } });
    expect(crm.asked).toHaveLength(1);
    clock.forward({ hours: 1 });
    expect(await pipeline.wakeDue()).toBe(0);
  });

  /** Until what came late is in the tables. */
  async function lateAnswer(): Promise<void> {
    for (;;) {
      const [row] = await database.connection.queries.select().from(lookups);
      if (row?.answer) return;
    }
  }

  it('that is down is noted, asked twice more, and then left until the customer writes again', async () => {
    crm.answer(json({}, 503));
    const { pipeline, clock } = aDeskThatAsks();
    await postForm(database.connection, aForm('Greta'));
    await pipeline.drainInbox();
    expect(await told()).toEqual(['Goes on without what crm knows: it refused to answer.']);
    for (const [minutes, looks] of [
      [1, 1],
      [15, 1],
      [600, 0],
    ] as const) {
      clock.forward({ minutes });
      expect(await pipeline.wakeDue()).toBe(looks);
    }
    expect(crm.asked).toHaveLength(3);
    crm.answer(json({ account: { plan: 'gold' } }));
    await postForm(database.connection, aForm('Greta', 'Anything else.'));
    await pipeline.drainInbox();
    expect(await told()).toEqual([expect.stringContaining('Goes on without'), 'crm says: plan gold.']);
  });

  it('that fails three times in a row is left alone for a minute', async () => {
    crm.answer(json({}, 500));
    const { lookUps, clock } = aDeskThatAsks();
    const asked = async (email: string) => {
      await lookUps.ask([aTicket({ requester: aRequester({ email }) })]);
      return crm.asked.length;
    };
    expect([await asked('a@x.example'), await asked('b@x.example'), await asked('c@x.example')]).toEqual([1, 2, 3]);
    expect(await asked('d@x.example')).toBe(3);
    clock.forward({ seconds: 61 });
    expect(await asked('e@x.example')).toBe(4);
  });

  it('about somebody who is unknown there is no gap', async () => {
    crm.answer(json({ error: 'nobody' }, 404));
    const { pipeline } = aDeskThatAsks();
    await postForm(database.connection, aForm('Greta'));
    await pipeline.drainInbox();
    expect(await told()).toEqual([]);
    expect(await database.connection.queries.select().from(lookups)).toMatchObject([{ gap: null, attempts: 0 }]);
  });

  it.each([
    ['too much', json({ account: { plan: 'x'.repeat(300_000) } })],
    ['no JSON', (response: Parameters<ReturnType<typeof json>>[0]) => void response.end('<html>Sign in</html>')],
    [
      'another address',
      (response: Parameters<ReturnType<typeof json>>[0]) =>
        void response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
    ],
  ])('that gives %s is not believed, nor followed', async (_, answer) => {
    crm.answer(answer);
    const { pipeline } = aDeskThatAsks();
    await postForm(database.connection, aForm('Greta'));
    await pipeline.drainInbox();
    expect(await told()).toEqual(['Goes on without what crm knows: it gave an answer that nobody can read.']);
    const [ticket] = await allTickets(database.connection);
    expect(ticket?.requester.account).toEqual({});
    expect(crm.asked).toHaveLength(1);
  });

  it('leaves out what is no text, no number and no yes or no, or too long', async () => {
    crm.answer(json({ account: { plan: ['gold'], tier: { name: 'x' }, seats: 12 }, vip: 'y'.repeat(201) }));
    const { pipeline } = aDeskThatAsks();
    await postForm(database.connection, aForm('Greta'));
    await pipeline.drainInbox();
    const [ticket] = await allTickets(database.connection);
    expect(ticket?.requester.account).toEqual({ seats: 12 });
  });

  it('asks nothing of a network of our own unless the config allows it', async () => {
    const { pipeline } = aDeskThatAsks({ settings: { internal: false } });
    await postForm(database.connection, aForm('Greta'));
    await pipeline.drainInbox();
    expect(crm.asked).toEqual([]);
    expect(await told()).toEqual(['Goes on without what crm knows: it stands where nothing may be asked.']);
  });

  it('makes one person of the addresses that it gives (A-019)', async () => {
    crm.answer(json({ contact: { emails: ['greta@example.com', 'G.Holm@else.example'] } }));
    const { pipeline } = aDeskThatAsks();
    await postForm(database.connection, aForm('Greta'));
    await pipeline.drainInbox();
    const [ticket] = await allTickets(database.connection);
    expect(ticket?.requester.identities).toEqual([{ kind: 'email', value: 'g.holm@else.example' }]);
  });

  it('tells the log neither who was asked about nor the secret', async () => {
    crm.answer(json({}, 401));
    const { pipeline, log } = aDeskThatAsks();
    await postForm(database.connection, aForm('Greta'));
    await pipeline.drainInbox();
    expect(log.join('')).toContain('a look-up gave nothing');
    expect(log.join('')).not.toContain('greta');
    expect(log.join('')).not.toContain(SECRET);
  });

  it('is asked about what people type, too (A-015)', async () => {
    crm.answer(json({ account: { plan: 'gold' } }));
    const { pipeline } = aDeskThatAsks();
    const requester = { name: 'Greta', email: 'greta@example.com' };
    await pipeline.open({ by: 'Ana', subject: 'A call', text: 'She called.', requester });
    const [ticket] = await allTickets(database.connection);
    expect(ticket?.requester.account).toEqual({ plan: 'gold' });
  });
});
