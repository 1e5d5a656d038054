import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aContract, aPolicy, aQueue, aRule } from '../support/builders.ts';
import { aForm, allTickets, postForm } from '../support/pipeline.ts';
import { aVisitedConsole, type VisitedConsole } from '../support/visited-console.ts';

const POLICY = aPolicy({
  queues: [
    aQueue({ name: 'billing', members: ['Ana', 'Ben'] }),
    aQueue({ name: 'technical', members: ['Cy'] }),
    aQueue({ name: 'review', members: [], method: 'none' }),
  ],
  triage: { rules: [aRule({ category: 'billing' })] },
  routing: {
    rules: [aRule({ queue: 'billing' })],
    defaultQueue: 'billing',
    handoffs: [aContract({ from: ['billing'], to: ['technical'], transfer: 'collaborate', needs: [] })],
  },
});

describe('a queue that helps', () => {
  let world: VisitedConsole;
  beforeAll(async () => {
    world = await aVisitedConsole({ policy: POLICY });
    const { database, desk } = world;
    for (const name of ['Greta', 'Hans']) await postForm(database.connection, aForm(name));
    await desk.pipeline.drainInbox();
    const [ticket] = await allTickets(database.connection);
    const handoff = { to: 'technical', reason: 'A look at the log, please.', key: 'asked' };
    await desk.pipeline.edit(ticket?.key ?? '', { by: 'Ana', at: desk.clock.now(), changes: [], handoff });
  });
  afterAll(() => world.close());

  it('has the ticket on its list, marked as one that it helps with, and counted (A-052)', async () => {
    const { text } = await world.ana.get('/?queue=technical');
    expect(text.match(/href="\/tickets\/\d+"/g)).toEqual(['href="/tickets/1000"']);
    expect(text).toMatch(/<bdi>technical<\/bdi> helps/);
    expect(text).toMatch(/<bdi>technical<\/bdi><span class="td-count">1<\/span>/);
  });

  it('takes it from nobody else’s list', async () => {
    const { text } = await world.ana.get('/?queue=billing');
    expect(text.match(/href="\/tickets\/\d+"/g)).toHaveLength(2);
  });
});
