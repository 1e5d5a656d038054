import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALWAYS, aPolicy, aRule } from '../support/builders.ts';
import { OUTAGES } from '../support/outage-reports.ts';
import { allTickets, postForm } from '../support/pipeline.ts';
import { aVisitedConsole, type VisitedConsole } from '../support/visited-console.ts';

const POLICY = aPolicy({
  desk: { firstNumber: 1000 },
  triage: { rules: [aRule({ category: 'technical' })] },
  incidents: {
    windowMinutes: 240,
    similarity: 0.3,
    reports: 3,
    when: ALWAYS,
    notify: [],
    template: 'known',
    resolvedTemplate: null,
  },
  related: 2,
  replies: { known: { name: 'known', subject: 'Known', body: '{{ incident.message }}' } },
});

/** What all tests of this file share; made before the first. */
const world = {} as VisitedConsole;

beforeAll(async () => {
  Object.assign(world, await aVisitedConsole({ policy: POLICY }));
  const outage = OUTAGES.find(({ name }) => name === 'booking page')?.reports ?? [];
  const old = { subject: 'Bill <of> May', text: 'Where is the bill of May? I cannot find it.' };
  const news = { subject: 'Bill of May?', text: 'I cannot find the bill of May.' };
  for (const [index, { subject, text: message }] of [old, ...outage, news].entries()) {
    if (index === 6) await settleFirst();
    const sender = { name: `Customer ${index}`, email: `someone@house-${index}.example` };
    await postForm(world.database.connection, { ...sender, subject, message });
    await world.desk.pipeline.drainInbox();
  }
});
afterAll(() => world.close());

async function settleFirst(): Promise<void> {
  const [first] = await allTickets(world.database.connection);
  const key = first?.key ?? '';
  await world.desk.pipeline.reply(key, { by: 'Ana', text: 'It lies under Settings, <b>Invoices</b>.' });
  const changes = [{ field: 'status', from: 'open', to: 'resolved' }] as const;
  await world.desk.pipeline.edit(key, { by: 'Ana', at: world.desk.clock.now(), changes });
}

async function page(address: string): Promise<string> {
  const { text } = await world.ana.get(address);
  return text.replaceAll(/\s+/g, ' ').replaceAll('&#61;', '=').replaceAll('&#60;', '&lt;').replaceAll('&#62;', '&gt;');
}

async function ticket(number: number) {
  return (await allTickets(world.database.connection)).find((each) => each.number === number);
}

describe('incidents in the console', () => {
  it('stand in a view of their own, with how many tickets report each', async () => {
    const list = await page('/?incidents=1');
    expect(list).toContain('<h1 id="list-title">Incidents</h1>');
    expect(list).toContain('href="/tickets/1001"');
    expect(list).toContain('4 linked');
    expect(list).not.toContain('href="/tickets/1002"');
    expect(await page('/')).toContain('href="/?incidents=1"');
  });

  it('list their reports, and a report leads to its incident', async () => {
    expect(await page('/tickets/1001')).toContain('4 other tickets linked');
    expect(await page('/tickets/1001')).toContain('href="/tickets/1005"');
    expect(await page('/tickets/1002')).toContain('Unlink');
  });

  it('let a person unlink a report, and link it again by its name', async () => {
    expect((await world.ana.post('/tickets/1005/link', { to: '' })).location).toBe('/tickets/1005?done=unlinked');
    expect((await ticket(1005))?.incident).toBeNull();
    expect((await world.ana.post('/tickets/1005/link', { to: 'T-4711' })).location).toContain('not_linked');
    expect(await page('/tickets/1005')).toContain('is no ticket here');
    expect((await world.ana.post('/tickets/1005/link', { to: 't-1001' })).location).toBe('/tickets/1005?done=linked');
    expect((await ticket(1005))?.incident).toBe(1001);
  });

  it('are declared with a message, and withdrawn', async () => {
    const declare = (message: string) => world.ana.post('/tickets/1001/incident', { do: 'declare', message });
    expect((await declare(' ')).location).toContain('not_declared');
    expect((await declare('The <page> is down.')).location).toContain('changed');
    expect(await page('/tickets/1001')).toContain('The &lt;page&gt; is down.');
    expect((await ticket(1001))?.knownIncident).toBe(true);
    expect(await page('/tickets/1001')).toContain('Who reports it from now on gets a letter with it');
    await world.ana.post('/tickets/1001/incident', { do: 'withdraw', message: 'The <page> is down.' });
    expect([(await ticket(1001))?.knownIncident, (await ticket(1002))?.incident]).toEqual([false, null]);
  });

  it('show with a new ticket what was solved about the same, and with which answer (A-087)', async () => {
    const text = await page('/tickets/1006');
    expect(text).toContain('About the same, solved');
    expect(text).toContain('<bdi>Bill &lt;of&gt; May</bdi>');
    expect(text).toContain('It lies under Settings, &lt;b&gt;Invoices&lt;/b&gt;.');
  });
});
