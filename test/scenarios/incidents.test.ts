import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { IncidentPolicy } from '../../src/decide/policy.ts';
import type { FieldChange } from '../../src/domain/occasion.ts';
import { aPolicy, aRule } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { OUTAGES } from '../support/outage-reports.ts';
import { aClock, aDesk, allOutgoing, allTickets, postForm, type TestDesk } from '../support/pipeline.ts';

const INCIDENTS: IncidentPolicy = {
  windowMinutes: 240,
  similarity: 0.3,
  reports: 3,
  when: { kind: 'all', of: [] },
  notify: ['lead@desk.example'],
  template: 'known',
  resolvedTemplate: 'solved',
};

const REPLIES = {
  known: { name: 'known', subject: 'We know of it', body: '{{ incident.number }}: {{ incident.message }}' },
  solved: { name: 'solved', subject: 'It is solved', body: '{{ incident.number }} is solved.' },
};

const UNRELATED = { subject: 'Receipt for March', text: 'I need a receipt for our tax adviser, please.' };

describe('reports of one incident, from the first message to the end', () => {
  let database: TestDatabase;
  let desk: TestDesk;
  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  beforeEach(async () => {
    await database.empty();
    const triage = { rules: [aRule({ category: 'technical' })] };
    const config = aLiveConfig({ policy: aPolicy({ incidents: INCIDENTS, related: 2, replies: REPLIES, triage }) });
    desk = aDesk(database.connection, { clock: aClock(), config });
  });
  afterAll(() => database.drop());

  /** Each from a customer of another house; a minute after the one before. */
  async function report(...texts: readonly { subject: string; text: string }[]): Promise<void> {
    const before = (await allTickets(database.connection)).length;
    for (const [index, { subject, text: message }] of texts.entries()) {
      desk.clock.forward({ minutes: 1 });
      const name = `Customer ${before + index}`;
      const sender = { name, email: `someone@house-${before + index}.example` };
      await postForm(database.connection, { ...sender, subject, message }, { receivedAt: desk.clock.now() });
    }
    await desk.pipeline.drainInbox();
  }

  async function tickets() {
    return allTickets(database.connection);
  }

  async function links(): Promise<readonly (number | null)[]> {
    return (await tickets()).map(({ incident }) => incident);
  }

  async function edit(number: number, ...changes: readonly FieldChange[]): Promise<void> {
    const ticket = (await tickets()).find((each) => each.number === number);
    await desk.pipeline.edit(ticket?.key ?? '', { by: 'Ana', at: desk.clock.now(), changes });
  }

  async function letters(template: string): Promise<readonly string[]> {
    const sent = await allOutgoing(database.connection);
    return sent.filter((each) => each.template === template).map(({ recipient, text }) => `${recipient}: ${text}`);
  }

  it('makes one incident with four linked of five wordings, and leaves an unrelated ticket alone (A-020)', async () => {
    const [first, second, third, fourth, fifth] = outage('booking page');
    await report(first, UNRELATED, second, third, fourth, fifth);
    expect(await links()).toEqual([null, null, 1000, 1000, 1000, 1000]);
    const [incident, unrelated] = await tickets();
    expect([incident?.linkedCount, unrelated?.linkedCount]).toEqual([4, 0]);
    expect(await letters('incident')).toHaveLength(1);
    expect((await letters('incident'))[0]).toContain('Reports: T-1000, T-1003, T-1004');
  });

  it('links all that came in one batch, also over a second run of the same', async () => {
    await report(...outage('booking page'));
    await desk.pipeline.reviewAll();
    expect(await links()).toEqual([null, 1000, 1000, 1000, 1000]);
    expect(await letters('incident')).toHaveLength(1);
  });

  it('gives a report to nobody while its incident goes on, and to somebody when it is unlinked (A-020)', async () => {
    await report(...outage('booking page'));
    await report({ subject: 'Booking page down', text: 'Your booking page is down: site cannot be reached.' });
    const [first, , , , , last] = await tickets();
    expect([first?.assignee === null, last?.incident, last?.assignee]).toEqual([false, 1000, null]);
    await edit(1005, { field: 'incident', from: 1000, to: null });
    await desk.pipeline.reviewAll();
    const unlinked = (await tickets())[5];
    expect([unlinked?.incident, unlinked?.assignee === null]).toEqual([null, false]);
    expect((await tickets())[0]?.linkedCount).toBe(4);
  });

  it('resolves the reports with their incident, tells each once, and lets a reply open one again (A-020)', async () => {
    await report(...outage('booking page'));
    desk.clock.forward({ minutes: 30 });
    await edit(1000, { field: 'status', from: 'open', to: 'resolved' });
    await desk.pipeline.wakeDue();
    expect((await tickets()).map(({ status }) => status)).toEqual(Array(5).fill('resolved'));
    expect(await letters('solved')).toHaveLength(4);
    desk.clock.forward({ minutes: 5 });
    await edit(1002, { field: 'status', from: 'resolved', to: 'open' });
    await edit(1000, { field: 'status', from: 'resolved', to: 'open' });
    await desk.pipeline.reviewAll();
    expect((await tickets()).map(({ status }) => status)).toEqual(['open', 'resolved', 'open', 'resolved', 'resolved']);
    expect(await letters('solved')).toHaveLength(4);
  });

  it('links to a known incident from the first on, with its message, and what came before (A-020)', async () => {
    const [first, second, third] = outage('text message reminders');
    await report(first, second);
    expect(await links()).toEqual([null, null]);
    await edit(1000, { field: 'knownIncident', from: false, to: true });
    expect((await tickets())[0]?.why).toBe(
      'Not declared yet: write what is known into Incident message, then tick Known incident; the letter quotes it.',
    );
    const message = { field: 'incidentMessage', from: null, to: 'Our provider is down.' } as const;
    await edit(1000, { field: 'knownIncident', from: false, to: true }, message);
    await report(third);
    expect(await links()).toEqual([null, 1000, 1000]);
    expect(await letters('known')).toEqual([
      'someone@house-1.example: T-1000: Our provider is down.',
      'someone@house-2.example: T-1000: Our provider is down.',
    ]);
    await edit(1000, { field: 'knownIncident', from: true, to: false });
    await desk.pipeline.wakeDue();
    expect(await links()).toEqual([null, null, null]);
  });

  it('takes a link by hand, also written by its name alone, and refuses one that leads nowhere', async () => {
    await report(UNRELATED, { subject: 'Opening hours', text: 'When do you open on Sundays?' });
    await edit(1001, { field: 'incident', from: null, to: 1000 });
    expect(await links()).toEqual([null, 1000]);
    await edit(1000, { field: 'incident', from: null, to: 1001 });
    await edit(1000, { field: 'incident', from: null, to: 4711 });
    await edit(1000, { field: 'incident', from: null, to: 'the one from Monday' });
    expect(await links()).toEqual([null, 1000]);
    expect((await tickets())[0]?.why).toBe(
      'Not linked, because “the one from Monday” is no ticket here. Write a number such as T-1042.',
    );
  });

  it('resolves sixty reports twenty at a time, and all of them when it is stopped midway', async () => {
    await report(...outage('booking page'));
    const [, linked] = await tickets();
    await copies(linked?.key ?? '', 60);
    await edit(1000, { field: 'status', from: 'open', to: 'resolved' });
    const resolved = async () => (await tickets()).filter(({ status }) => status === 'resolved').length;
    expect(await resolved()).toBe(21);
    expect(desk.woken).toContain('sweep');
    await desk.pipeline.wakeDue();
    expect(await resolved()).toBe(65);
  });

  it('keeps with a new ticket what was solved about the same, and what its requester asked before (A-087)', async () => {
    const [first, second] = outage('invoice download');
    await report(first);
    await edit(1000, { field: 'status', from: 'open', to: 'resolved' });
    await report(second);
    expect((await tickets())[1]?.related).toEqual([
      { number: 1000, by: 'text', status: 'resolved', subject: 'Invoice PDFs are empty' },
    ]);
  });

  async function copies(key: string, count: number): Promise<void> {
    await database.connection.script(`
      insert into tickets (key, ticket, fingerprint, opened_at, updated_at)
      select key || copy, ticket || jsonb_build_object('key', key || copy, 'number', 2000 + copy), fingerprint,
        opened_at, updated_at
      from tickets, generate_series(1, ${count}) copies(copy) where key = '${key}'
    `);
  }
});

function outage(name: string) {
  const found = OUTAGES.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no outage ${name}`);
  const [first, second, third, fourth, fifth] = found.reports;
  if (!first || !second || !third || !fourth || !fifth) throw new Error(`too few reports of ${name}`);
  return [first, second, third, fourth, fifth] as const;
}
