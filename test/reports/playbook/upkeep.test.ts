import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordConfig } from '../../../src/db/config-history.ts';
import { decisions, outbox, tickets } from '../../../src/db/schema.ts';
import { playbookMarkdown } from '../../../src/reports/playbook/markdown.ts';
import { readPlaybook, rulesIn, unusedRules } from '../../../src/reports/playbook/playbook.ts';
import { noteReview } from '../../../src/reports/playbook/standings.ts';
import { createUpkeep, rulesToReview } from '../../../src/reports/playbook/upkeep.ts';
import { aTicket, at } from '../../support/builders.ts';
import { aConfig } from '../../support/config.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../../support/database.ts';
import { aStandingConfig } from '../../support/live-config.ts';
import { aClock, allOutgoing, type FakeClock } from '../../support/pipeline.ts';

const BUSY = { stage: 'triage', name: 'Payments are *billing*' } as const;

const CONFIG = aConfig({
  'people.yaml': `agents: { Ana: { email: ana@example.com } }
queues: { support: { members: [Ana] }, review: { method: none } }
`,
  'triage.yaml': `categories: [billing, bug]
reviewQueue: review
rules:
  - { name: "${BUSY.name}", why: Money., owner: Ana, when: { text: { mentions: payment } }, then: { category: billing } }
  - { name: Crashes are bugs, why: Code., owner: head of support, when: { text: { mentions: crash } }, then: { category: bug } }
`,
});

/** A Monday on which the rules are there. */
const BEGIN = at('2026-08-03T08:00:00Z');

describe.each(ENGINES)('a playbook that is kept on %s', (engine) => {
  const world = {} as { database: TestDatabase; clock: FakeClock; woken: number };

  beforeAll(async () => {
    world.database = await aDatabase(engine);
    world.clock = aClock(BEGIN);
    world.woken = 0;
    await recordConfig(world.database.connection.queries, CONFIG, BEGIN);
    const ticket = aTicket({ openedAt: BEGIN });
    const row = { key: ticket.key, ticket, fingerprint: 'f', openedAt: BEGIN, updatedAt: BEGIN };
    await world.database.connection.queries.insert(tickets).values(row);
    await run();
    for (let week = 0; week < 9; week += 1) await fire(BEGIN.add({ hours: week * 7 * 24 + 1 }), 10);
  });
  afterAll(() => world.database.drop());

  function run() {
    const { connection } = world.database;
    const wake = async () => void (world.woken += 1);
    const config = aStandingConfig(CONFIG);
    return createUpkeep({
      connection,
      config,
      publicAddress: 'https://desk.example',
      wake,
      now: world.clock.now,
    }).run();
  }

  /** So many turns in which the busy rule gave the category, a minute apart. */
  async function fire(from: Temporal.Instant, times: number): Promise<void> {
    const rows = Array.from({ length: times }, (_, index) => ({
      id: `${from.epochMilliseconds}-${index}`,
      ticketKey: aTicket().key,
      at: from.add({ minutes: index }),
      stage: BUSY.stage,
      code: 'triage.category_by_rule',
      params: {},
      field: 'category',
      fromValue: null,
      toValue: 'billing',
      sentence: 'Billing.',
      evidence: [],
      source: { kind: 'rule' as const, name: BUSY.name, owner: 'Ana' },
      configVersion: CONFIG.version,
    }));
    await world.database.connection.queries.insert(decisions).values(rows);
  }

  const playbook = () =>
    readPlaybook({ queries: world.database.connection.queries, config: CONFIG, now: world.clock.now() });

  async function busy() {
    const rule = rulesIn(await playbook()).find(({ name }) => name === BUSY.name);
    if (rule === undefined) throw new Error('the rule is gone');
    return rule;
  }

  it('asks for nothing while a rule does what it always did', async () => {
    world.clock.set(at('2026-10-05T00:30:00Z'));
    expect(await run()).toEqual({ reminded: 0 });
    expect((await busy()).dues).toEqual([]);
    expect(await rulesToReview(world.database.connection.queries)).toBe(0);
  });

  it('calls for a look when a rule fires much more than it did, and says by how much', async () => {
    await fire(at('2026-10-05T09:00:00Z'), 60);
    world.clock.set(at('2026-10-12T01:00:00Z'));
    const [due] = (await busy()).dues;
    expect(due).toMatchObject({ part: 'logic', since: null });
    expect(due?.why).toMatch(/^Fired 60 times in the last 7 days; its weeks before had 10, and \d+ to \d+ would be no/);
  });

  it('waits with its reminder for the morning, and sends one', async () => {
    expect(await run()).toEqual({ reminded: 0 });
    expect(await rulesToReview(world.database.connection.queries)).toBe(1);
    world.clock.set(at('2026-10-12T09:00:00Z'));
    expect(await run()).toEqual({ reminded: 1 });
    expect(await run()).toEqual({ reminded: 0 });
    expect(world.woken).toBe(1);
    const letters = await allOutgoing(world.database.connection);
    expect(letters).toMatchObject([{ kind: 'notify', recipient: 'ana@example.com', template: 'playbook_review' }]);
    expect(letters[0]?.subject).toBe(`Playbook: “${BUSY.name}” to look at`);
    expect(letters[0]?.text).toContain('Fired 60 times');
    expect(letters[0]?.text).toContain('https://desk.example/playbook');
  });

  it('asks no second time when the letter to the owner did not arrive, and keeps the rule on the page', async () => {
    const { queries } = world.database.connection;
    await queries.update(outbox).set({ state: 'dead', finishedAt: world.clock.now() });
    world.clock.forward({ hours: 24 });
    expect(await run()).toEqual({ reminded: 0 });
    expect(await rulesToReview(queries)).toBe(1);
    expect((await busy()).dues).toHaveLength(1);
    world.clock.forward({ hours: -24 });
  });

  it('is content once somebody looked, and keeps who it was', async () => {
    const review = { part: 'logic', at: world.clock.now(), by: 'Ben', note: 'A sale, as planned.' } as const;
    await noteReview(world.database.connection.queries, BUSY, review);
    const rule = await busy();
    expect(rule.dues).toEqual([]);
    expect(rule.last.logic).toEqual(review);
    expect(rule.next.logic?.toString()).toBe('2027-01-12T09:00:00Z');
  });

  it('writes who has no address into the page alone', async () => {
    world.clock.set(at('2026-11-03T09:00:00Z'));
    const dues = rulesIn(await playbook()).flatMap((rule) => rule.dues.map(({ part }) => `${rule.name}: ${part}`));
    expect(dues).toContain('Crashes are bugs: logic');
    expect(dues).not.toContain(`${BUSY.name}: logic`);
    const before = (await allOutgoing(world.database.connection)).length;
    await run();
    expect((await allOutgoing(world.database.connection)).length).toBe(before);
  });

  it('tells of a rule that had nothing to do for 90 days, once the desk has so many, until somebody looked', async () => {
    const { queries } = world.database.connection;
    const unusedAt = async (moment: string) =>
      unusedRules(await readPlaybook({ queries, config: CONFIG, now: at(moment) }));
    expect(await unusedAt('2026-11-01T12:00:00Z')).toEqual([]);
    expect(await unusedAt('2026-11-02T12:00:00Z')).toEqual([
      {
        stage: 'triage',
        name: 'Crashes are bugs',
        sentence: 'Has never fired, in 90 days or more; see whether anything still needs it.',
      },
    ]);
    const [, crashes] = rulesIn(await playbook());
    expect(crashes?.dues[0]?.why).toContain('see whether anything still needs it.');
    if (crashes === undefined) throw new Error('the rule is gone');
    await noteReview(queries, crashes, { part: 'logic', at: world.clock.now(), by: 'Ben', note: 'Winter.' });
    expect(await unusedAt('2026-11-03T12:00:00Z')).toEqual([]);
    expect((await unusedAt('2027-02-02T12:00:00Z')).map(({ name, sentence }) => [name, sentence])).toEqual([
      [BUSY.name, 'Fired last on 2026-10-05; see whether anything still needs it.'],
      ['Crashes are bugs', 'Has never fired, in 90 days or more; see whether anything still needs it.'],
    ]);
  });

  it('is a page of Markdown, in which names are only text', async () => {
    const text = playbookMarkdown(await playbook(), 'Test <desk>');
    expect(text).toContain('# Playbook of Test \\<desk\\>\n');
    expect(text).toContain('### Payments are \\*billing\\*\n\nMoney.\n\n- **When** the text mentions “payment”\n');
    expect(text).toContain('- **Fired** 0, 60, 140; changed by people 0, 0, 0; last 2026-10-05');
    expect(text).toContain('- **Logic** looked at by Ben on 2026-10-12; next by 2027-01-12');
  });

  it('begins the quarter anew when a rule says something else', async () => {
    const files = {
      ...CONFIG.files,
      'triage.yaml': (CONFIG.files['triage.yaml'] ?? '').replace('mentions: crash', 'mentions: crash*'),
    };
    const changed = aConfig(files);
    const { queries } = world.database.connection;
    await recordConfig(queries, changed, world.clock.now());
    const [, crashes] = rulesIn(await readPlaybook({ queries, config: changed, now: world.clock.now() }));
    expect(crashes?.name).toBe('Crashes are bugs');
    expect(crashes?.changedAt?.toString()).toBe(world.clock.now().toString());
    expect(crashes?.dues).toEqual([]);
  });
});
