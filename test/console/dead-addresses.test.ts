import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outbox, undeliverable } from '../../src/db/schema.ts';
import { anAgent, aPolicy, aQueue, MORNING } from '../support/builders.ts';
import { allTickets } from '../support/pipeline.ts';
import { aVisitedConsole, type VisitedConsole } from '../support/visited-console.ts';

const POLICY = aPolicy({
  agents: [anAgent({ name: 'Ana', email: 'ana@desk.example' })],
  queues: [aQueue({ members: ['Ana'] }), aQueue({ name: 'review', members: [], method: 'none' })],
});

describe('an address at which nothing arrives', () => {
  let visited: VisitedConsole;
  const page = async (path: string) => (await visited.ana.get(path)).text;
  beforeAll(async () => {
    visited = await aVisitedConsole({ policy: POLICY });
    const { database, desk } = visited;
    const requester = { name: 'Greta', email: 'greta@example.com' };
    const { ticketKey } = await desk.pipeline.open({ by: 'Ana', subject: 'Printer', text: 'It burns.', requester });
    const reason = '550 5.1.1 <no such user>';
    const dead = ['greta@example.com', 'ana@desk.example'].map((address) => ({
      address,
      since: MORNING,
      reason,
      ticketKey,
    }));
    await database.connection.queries.insert(undeliverable).values(dead);
    await database.connection.queries.insert(outbox).values({
      key: 'summary:1',
      ticketKey,
      kind: 'message',
      recipient: 'greta@example.com',
      subject: 'What we did',
      text: 'This.',
      template: 'summary',
      state: 'not_sent',
      nextAt: MORNING,
      createdAt: MORNING,
      problem: { code: 'outbox.too-many', message: 'Not sent: too many.', fix: 'See why.' },
    });
  });
  afterAll(() => visited.close());

  it('warns where an answer is written, which goes there all the same', async () => {
    const ticket = await page('/tickets/1000');
    expect(ticket).toContain('Nothing arrives at <bdi>greta@example.com</bdi> since');
    expect(ticket).toContain('550 5.1.1 &#60;no such user&#62;. Your answer goes there all the same.');
  });

  it('shows on Health, that of the team first and as what needs somebody, as letters do that are too many', async () => {
    const health = await page('/health');
    expect(health.indexOf('<bdi>ana@desk.example</bdi>')).toBeLessThan(
      health.indexOf('<bdi>greta@example.com</bdi></strong'),
    );
    expect(health).toContain('Notices to ana@desk.example come back.');
    expect(health).toContain('Too many letters to one address');
    expect(health).toContain('Not sent: too many.');
    expect(health.match(/id="[a-z-]+-title"/g)?.length).toBe(new Set(health.match(/id="[a-z-]+-title"/g)).size);
  });

  it('is forgotten when somebody says that it works', async () => {
    const form = { address: 'greta@example.com', next: '/tickets/1000' };
    await visited.ana.post('/addresses/reachable', form);
    expect(await page('/tickets/1000?done=reachable')).toContain('Letters go to that address again.');
    expect(await page('/tickets/1000')).not.toContain('Nothing arrives at');
    expect((await allTickets(visited.database.connection)).map(({ mute }) => mute)).toEqual([null]);
  });
});
