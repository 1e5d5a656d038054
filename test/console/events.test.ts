import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { events } from '../../src/db/schema.ts';
import { MORNING } from '../support/builders.ts';
import { aForm, postForm } from '../support/pipeline.ts';
import { aSubscription } from '../support/subscriptions.ts';
import { aVisitedConsole, type VisitedConsole } from '../support/visited-console.ts';
import { aReceiver, type Receiver } from '../support/webhook-receiver.ts';

describe('the pages of events', () => {
  let receiver: Receiver;
  let house: VisitedConsole;
  beforeAll(async () => {
    receiver = await aReceiver(() => MORNING);
    const crm = aSubscription({ url: `${receiver.address}?token=s3cret`, messages: true });
    const erp = aSubscription({ name: 'erp', secrets: [], missingSecrets: ['ERP_SECRET'] });
    house = await aVisitedConsole({ subscriptions: [crm, erp] });
    await postForm(house.database.connection, aForm('Greta', '<b>It burns.</b>'));
    await house.desk.pipeline.drainInbox();
  });
  afterAll(async () => {
    await house.close();
    await receiver.close();
  });

  const text = async (path: string) => (await house.ana.get(path)).text;
  const post = (path: string, fields: Record<string, string> = {}) => house.ana.post(path, fields);
  /** The page to which a form leads. */
  const after = async (path: string, fields: Record<string, string> = {}) =>
    text((await post(path, fields)).location ?? '/');

  it('list who follows, how each stands, and nothing that is secret', async () => {
    const page = await text('/events');
    expect(page).toContain(`http://127.0.0.1:${receiver.port}/…`);
    expect(page).not.toContain('s3cret');
    expect(page).toMatch(/[1-9]\d* events? waits?/);
    expect(page).toContain('Set ERP_SECRET in the environment');
    expect(await text('/health')).toContain('href="/events/crm"');
  });

  it('show what was sent, escaped, and what came back', async () => {
    receiver.answer((response) => response.writeHead(422).end('<i>no such field</i>'));
    expect(await after('/events/crm/test')).toContain('Not taken');
    const page = await text('/events/crm');
    expect(page).toContain('answered 422 in 0 ms');
    expect(page).toContain('&#60;i&#62;no such field');
    expect(page).toContain('&#60;b&#62;It burns.');
    expect(page).not.toContain('<b>It burns.');
  });

  it('switch off and on, with what waited, by who is signed in', async () => {
    receiver.answer((response) => response.writeHead(204).end());
    expect(await after('/events/crm/off')).toContain('Ana switched it off');
    expect(await after('/events/crm/on', { kept: 'send' })).toContain('It is told again what happens.');
    await expect.poll(async () => await text('/events/crm')).toContain('0 events wait');
    expect(receiver.called.at(-1)?.verified).toMatchObject({ type: expect.stringContaining('ticket.') as string });
  });

  it('send one again under the same id', async () => {
    const [first] = await house.database.connection.queries.select().from(events).orderBy(events.seq);
    const before = receiver.called.filter(({ id }) => id === first?.id).length;
    await post('/events/crm/again', { id: first?.id ?? '' });
    await expect.poll(() => receiver.called.filter(({ id }) => id === first?.id)).toHaveLength(before + 1);
  });

  it('are there for subscriptions alone, and take forms of ours alone', async () => {
    expect((await house.ana.get('/events/nobody')).status).toBe(404);
    expect((await house.ana.get('/events/constructor')).status).toBe(404);
    expect((await post('/events/nobody/off')).status).toBe(404);
    expect((await post('/events/crm/again', { id: 'evt_unknown' })).status).toBe(404);
    expect((await post('/events/erp/test')).status).toBe(422);
    expect((await post('/events/crm/off', { _csrf: 'forged' })).status).toBe(403);
  });
});
