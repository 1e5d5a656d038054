import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookOf } from '../../src/config/policy/customers.ts';
import { readAudit } from '../../src/db/audit.ts';
import { Customers } from '../../src/config/written/customers.ts';
import { aPolicy } from '../support/builders.ts';
import { aJsonChannel } from '../support/http-server.ts';
import { JsonSettings } from '../../connectors/json/settings.ts';
import { aChannel } from '../support/live-config.ts';
import { aForm, allDecisions, allTickets, postForm, postJson } from '../support/pipeline.ts';
import { aVisitedConsole, type VisitedConsole } from '../support/visited-console.ts';

describe('the page of a requester (A-023)', () => {
  let world: VisitedConsole;
  beforeAll(async () => {
    const customers = bookOf(
      Customers.parse({ accounts: { Acme: { domains: ['acme.example'], tier: 'smb', vip: true } } }),
    );
    const policy = aPolicy({ desk: { firstNumber: 1 }, customers });
    const channels = [
      aChannel({ title: 'Website' }),
      aJsonChannel({ title: 'WhatsApp', settings: JsonSettings.parse({}) }),
    ];
    world = await aVisitedConsole({ policy, channels });
    const { database, desk } = world;
    await postForm(database.connection, aForm('Greta', 'By the form.'));
    await postJson(database.connection, { email: 'greta@example.com', text: 'By chat.', chat_id: 'whatsapp:+4915' });
    await postJson(database.connection, { name: 'Greta', text: 'By chat alone.', chat_id: 'whatsapp:+4915' });
    await postForm(database.connection, { ...aForm('Greta', 'From work.'), email: 'greta@acme.example' });
    await desk.pipeline.drainInbox();
  });
  afterAll(() => world.close());

  /** The address of the page, as a ticket's page links to it. */
  async function pageOf(number: number): Promise<string> {
    const { text } = await world.ana.get(`/tickets/${number}`);
    return /href="(\/requesters\/[^"]+)"/.exec(text)?.[1] ?? 'no link';
  }

  /** Numbers of the tickets that a page shows. */
  async function ticketsOn(address: string): Promise<readonly string[]> {
    const { text } = await world.ana.get(address);
    return [...text.matchAll(/>(T-\d+)</g)].map(([, name = '']) => name).toSorted();
  }

  it('shows what came by form and by chat in one history, and each ticket leads to it', async () => {
    const address = await pageOf(1);
    expect(await pageOf(2)).toBe(address);
    expect(await pageOf(3)).toBe(address);
    expect(await ticketsOn(address)).toEqual(['T-1', 'T-2', 'T-3']);
    const { text } = await world.ana.get(address);
    expect(text).toContain('3 tickets');
    expect(text).toContain('3 messages');
    expect(text).toContain('whatsapp:+4915');
    expect(text).toContain('WhatsApp');
    expect((await world.ana.get('/tickets/3')).text).toContain('Other tickets');
  });

  it('makes one person of two, looks at their open tickets anew, and has a row remember it (A-019)', async () => {
    const [home, work] = [await pageOf(1), await pageOf(4)];
    expect(home).not.toBe(work);
    const { location } = await world.ana.post(`${home}/same`, { same: 'T-4' });
    const together = await pageOf(1);
    expect(location).toBe(`${together}?done=one_person`);
    expect(await ticketsOn(together)).toEqual(['T-1', 'T-2', 'T-3', 'T-4']);
    expect((await world.ana.get(together)).text).toContain('VIP');
    const tickets = await allTickets(world.database.connection);
    expect(tickets.map(({ requester }) => requester.account['name'])).toEqual(['Acme', 'Acme', 'Acme', 'Acme']);
    expect(tickets[3]?.requester.identities).toContainEqual({ kind: 'email', value: 'greta@example.com' });
    const said = (await allDecisions(world.database.connection)).map(({ sentence }) => sentence);
    expect(said).toContain('Ana says that one person is greta@acme.example, greta@example.com and whatsapp:+4915.');
    expect((await world.ana.get(together === home ? work : home)).location).toBe(together);
  });

  it('undoes it when it was a mistake', async () => {
    const home = await pageOf(1);
    const { location } = await world.ana.post(`${home}/other`, { other: 'greta@acme.example' });
    expect(location).toContain('done=other_person');
    expect(await ticketsOn(home)).toEqual(['T-1', 'T-2', 'T-3']);
    expect(await ticketsOn(await pageOf(4))).toEqual(['T-4']);
    const tickets = await allTickets(world.database.connection);
    expect(tickets.map(({ requester }) => requester.account['name'])).toEqual([
      undefined,
      undefined,
      undefined,
      'Acme',
    ]);
  });

  it('takes an address that nobody wrote from yet, and refuses what is none', async () => {
    const home = await pageOf(1);
    await world.ana.post(`${home}/same`, { same: 'greta@private.example' });
    expect((await world.ana.get(home)).text).toContain('greta@private.example');
    expect(await world.ana.post(`${home}/same`, { same: 'nonsense' })).toMatchObject({ status: 422 });
    expect(await world.ana.post(`${home}/other`, { other: 'nobody@x.example' })).toMatchObject({ status: 404 });
    expect(await world.ana.get('/requesters/none')).toMatchObject({ status: 404 });
  });

  it('is another one when the address of a ticket is corrected', async () => {
    const work = await pageOf(4);
    await world.ana.post('/tickets/4/requester', { name: 'Grit', email: 'grit@else.example' });
    expect(await pageOf(4)).not.toBe(work);
    const ticket = (await allTickets(world.database.connection))[3];
    expect(ticket?.requester).toEqual({ name: 'Grit', email: 'grit@else.example', account: {} });
  });

  it('stays apart from who asked first, when the ticket was their first', async () => {
    const home = await pageOf(1);
    await world.ana.post('/tickets/1/requester', { name: 'Gustav', email: 'gustav@else.example' });
    expect(await pageOf(1)).not.toBe(home);
    expect((await world.ana.get(home)).text).not.toContain('gustav@else.example');
  });

  it('gives an admin all that is held in a file, and erases the person once their address is typed', async () => {
    const home = await pageOf(4);
    const held = await world.ana.post(`${home}/held`, {});
    expect(held.headers.get('content-disposition')).toBe('attachment; filename="person.json"');
    expect(JSON.parse(held.text)).toMatchObject({ knownAs: ['grit@else.example'], held: { tickets: [{}] } });
    expect((await world.ana.get(home)).text).toContain(`href="${home}/erasure"`);
    expect((await world.ana.get(`${home}/erasure`)).text).toContain('To erase: T-4.');
    const slip = await world.ana.post(`${home}/erasure`, { confirm: 'greta@example.com' });
    expect(slip).toMatchObject({ status: 422 });
    expect(slip.text).toContain('That is not grit@else.example. Nothing was erased.');
    expect(await pageOf(4)).toBe(home);
    const done = await world.ana.post(`${home}/erasure`, { confirm: ' Grit@else.example' });
    expect(done.location).toBe('/?done=person_erased');
    expect(await world.ana.get(home)).toMatchObject({ status: 404 });
    const ticket = (await allTickets(world.database.connection))[3];
    expect(ticket).toMatchObject({ description: '[erased]', why: 'Ana erased who asked and what was written.' });
    const all = { person: null, kind: null, before: null };
    const acts = (await readAudit(world.database.connection.queries, all, 100)).map(({ act }) => act);
    expect(acts.filter((act) => act.startsWith('person_'))).toEqual(['person_erased', 'person_erased', 'person_shown']);
  });
});
