import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuditEntry, noteAct, type NotedEntry, readAudit } from '../../src/db/audit.ts';
import { audit } from '../../src/db/schema.ts';
import type { AuditAct } from '../../src/domain/audit.ts';
import { aPolicy, aRule, MORNING } from '../support/builders.ts';
import { aVisitor } from '../support/console-visitor.ts';
import { aForm, postForm } from '../support/pipeline.ts';
import { aSubscription } from '../support/subscriptions.ts';
import { aVisitedConsole, type VisitedConsole } from '../support/visited-console.ts';

/** Every form that changes something else than a ticket, with what is noted of it. */
const CHANGES: readonly [address: string, act: AuditAct, target: string | null, fields?: Record<string, string>][] = [
  [
    '/channels/website/secret',
    'secret_set',
    'website, WEBSITE_SECRET',
    { variable: 'WEBSITE_SECRET', value: 'abc-123' },
  ],
  ['/channels/website/test', 'channel_tested', 'website'],
  ['/channels/website/test/close', 'channel_test_closed', 'website'],
  ['/events/crm/test', 'subscription_tested', 'crm'],
  ['/events/crm/again', 'event_sent_again', 'crm'],
  ['/events/crm/off', 'subscription_off', 'crm'],
  ['/events/crm/on', 'subscription_on', 'crm'],
  ['/learning', 'learning_asked', null],
  ['/backtest', 'backtest_begun', 'triage.yaml', { file: 'triage.yaml', text: 'rules: []' }],
  ['/backtest/cancel', 'backtest_ended', null],
  ['/reports/weekly/base', 'review_written', '2026-W46', { week: '2026-W46' }],
  ['/playbook/rule/reviewed', 'rule_reviewed', 'Money', { stage: 'triage', name: 'Money', note: 'a note of mine' }],
  ['/inbox/none/retry', 'request_retried', 'none'],
  ['/inbox/none/insist', 'request_insisted', 'none'],
  ['/outbox/retry', 'letter_retried', 'ack:1', { key: 'ack:1' }],
  ['/addresses/reachable', 'address_reachable', null, { address: 'greta@example.com' }],
  ['/ways/test', 'way_tested', 'team', { way: 'team' }],
  ['/base/tables', 'tables_read', null],
  ['/base/calls', 'calls_opened', null],
  ['/base/write-refused', 'rows_written', null],
  ['/team/away', 'presence_set', 'Ana', { agent: 'Ana', away: 'no' }],
  ['/requesters/none/same', 'persons_joined', 'none', { same: 'greta@example.com' }],
  ['/requesters/none/other', 'persons_parted', 'none', { other: 'greta@example.com' }],
];

/** What all tests of this file share; made before the first. */
const world = {} as VisitedConsole;

const POLICY = aPolicy({
  desk: { firstNumber: 1042 },
  categories: ['billing'],
  triage: { rules: [aRule({ category: 'billing' }, { name: 'Money' })] },
});

beforeAll(async () => {
  Object.assign(world, await aVisitedConsole({ policy: POLICY, subscriptions: [aSubscription()] }));
  await postForm(world.database.connection, aForm('Greta'));
  await world.desk.pipeline.drainInbox();
});
afterAll(() => world.close());

const EVERYTHING = { person: null, kind: null, before: null };

/** What was noted while something was done, the oldest first. */
async function notedBy(work: () => Promise<unknown>): Promise<readonly NotedEntry[]> {
  const { queries } = world.database.connection;
  await queries.delete(audit);
  await work();
  return (await readAudit(queries, EVERYTHING, 100)).toReversed();
}

describe('the audit log', () => {
  it.each(CHANGES)('notes %s as %s', async (address, act, target, fields = {}) => {
    const entries = await notedBy(() => world.ana.post(address, fields));
    expect(entries).toEqual([
      {
        id: expect.any(Number),
        at: MORNING,
        act,
        by: 'console',
        person: 'Ana',
        access: 'admin',
        target,
        address: '127.0.0.1',
      },
    ]);
  });

  it('notes who comes in, as whom they go on, and who goes; and who is not let in', async () => {
    const visitor = aVisitor(world.server.address);
    const entries = await notedBy(async () => {
      await visitor.postBare('/signin', { secret: 'a guess' });
      await visitor.signIn('Ben', 'agent');
      await visitor.post('/signout');
    });
    expect(entries.map(({ act, person, access, target }) => [act, person, access, target])).toEqual([
      ['sign_in_refused', null, null, 'password'],
      ['signed_in', null, 'agent', 'password'],
      ['named', null, 'agent', 'Ben'],
      ['signed_out', 'Ben', 'agent', null],
    ]);
  });

  it('notes nothing of what happens to tickets, which the decision log has, nor of colours', async () => {
    const entries = await notedBy(async () => {
      await world.ana.post('/tickets/1042/note', { text: 'A note.' });
      await world.ana.post('/tickets/1042/edit', { priority: 'high', 'was.priority': 'medium' });
      await world.ana.post('/theme', { theme: 'dark' });
    });
    expect(entries).toEqual([]);
  });

  it('notes nothing of forms that are not ours, or not for whoever sends them', async () => {
    const viewer = aVisitor(world.server.address);
    await viewer.signIn('Vera', 'viewer');
    const entries = await notedBy(async () => {
      await world.ana.postBare('/learning');
      await viewer.post('/learning');
      await aVisitor(world.server.address).postBare('/learning');
    });
    expect(entries).toEqual([]);
  });

  it('holds no secret, no word that was guessed and nothing that anybody wrote', async () => {
    await notedBy(async () => {
      for (const [address, , , fields = {}] of CHANGES) await world.ana.post(address, fields);
      await aVisitor(world.server.address).postBare('/signin', { secret: 'my-real-mail-password' });
    });
    const rows = JSON.stringify(await world.database.connection.queries.select().from(audit));
    for (const word of ['abc-123', 'rules: []', 'a note of mine', 'greta@example.com', 'my-real-mail-password'])
      expect(rows).not.toContain(word);
  });

  it('has the entry before the change is tried', async () => {
    const entries = await notedBy(async () => {
      expect((await world.ana.post('/ways/test', { way: 'nowhere' })).status).toBe(422);
    });
    expect(entries.map(({ act, target }) => [act, target])).toEqual([['way_tested', 'nowhere']]);
  });

  it('keeps from being done what cannot be noted', async () => {
    const { queries } = world.database.connection;
    const state = async () => (await world.ana.get('/events/crm')).text.includes('Switch on');
    await world.ana.post('/events/crm/on');
    await queries.execute(sql`alter table audit rename to audit_elsewhere`);
    const { status } = await world.ana.post('/events/crm/off');
    await queries.execute(sql`alter table audit_elsewhere rename to audit`);
    expect([status, await state()]).toEqual([500, false]);
  });
});

describe('the page of the audit log', () => {
  const page = async (address: string) =>
    (await world.ana.get(address)).text
      .replace(/^.*<tbody>/s, '')
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim();

  async function noteSome(count: number, changes: Partial<AuditEntry> = {}): Promise<void> {
    const entry: AuditEntry = {
      at: MORNING,
      act: 'learning_asked',
      by: 'console',
      person: 'Ana',
      access: 'admin',
      target: null,
      address: '192.0.2.1',
    };
    for (let each = 0; each < count; each++) await noteAct(world.database.connection.queries, { ...entry, ...changes });
  }

  it('says when, who, what and from where, the latest first', async () => {
    await notedBy(async () => {
      await noteSome(1, { act: 'secret_set', target: 'website, <b>TOKEN</b>' });
      await noteSome(1, { by: 'api', person: null, act: 'baseline_imported' });
      await noteSome(1, { by: 'command', person: 'root', act: 'base_read', address: null });
    });
    expect(await page('/audit')).toMatch(
      /^Fri 20 Nov, 11:00 root admin, as the machine says had the base read this machine Fri 20 Nov, 11:00 A token of the API admin imported the baseline 192\.0\.2\.1 Fri 20 Nov, 11:00 Ana admin set or ended a secret of the channel website, &#60;b&#62;TOKEN&#60;\/b&#62; 192\.0\.2\.1/,
    );
  });

  it('shows those of one person, or of one kind, a hundred at a time', async () => {
    await notedBy(async () => {
      await noteSome(101);
      await noteSome(1, { person: 'Ben & Co', act: 'sign_in_refused', access: null, target: 'password' });
    });
    const counted = async (address: string) => (await page(address)).split('192.0.2.1').length - 1;
    expect(await counted('/audit')).toBe(100);
    expect(await counted('/audit?kind=refused')).toBe(1);
    expect(await counted('/audit?person=Ben+%26+Co')).toBe(1);
    expect(await counted('/audit?person=Ana&kind=sign_in')).toBe(0);
    const { text } = await world.ana.get('/audit?person=Ana&kind=change');
    const older =
      /href="(\/audit\?[^"]+)"[^>]*>Older/.exec(text)?.[1]?.replaceAll('&#38;', '&').replaceAll('&#61;', '=') ?? '';
    expect(await counted(older)).toBe(1);
    expect((await world.ana.get(older)).text).not.toContain('>Older<');
  });

  it('shows what a later version noted by the name that it has', async () => {
    await notedBy(() => noteSome(1, { act: 'moon_painted' as AuditAct }));
    expect(await page('/audit')).toContain('Ana admin moon_painted 192.0.2.1');
  });
});
