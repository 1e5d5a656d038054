import Airtable from 'airtable';
import { setupServer } from 'msw/node';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serveAirtable, type Settings } from '../../../simulators/airtable/index.ts';
import { answerAirtable } from '../../support/airtable/answer-airtable.ts';
import { aSupportBase, inside, type SupportBase } from '../../support/airtable/a-support-base.ts';

interface Client {
  desk: SupportBase;
  airtable: Airtable;
  tickets: Airtable.Table<Airtable.FieldSet>;
}

async function aClient(given: Partial<Settings> = {}): Promise<Client> {
  const desk = aSupportBase(given);
  const { address, close } = await serveAirtable(desk.airtable);
  onTestFinished(close);
  const airtable = new Airtable({ apiKey: desk.token, endpointUrl: address, noRetryIfRateLimited: true });
  return { desk, airtable, tickets: airtable.base(desk.base.id)('Tickets') };
}

describe('the npm package `airtable` 0.12.2', () => {
  it('creates, finds, updates, replaces and destroys', async () => {
    const { desk, tickets } = await aClient();
    const [made] = await tickets.create([{ fields: { Ticket: 'a', Status: 'New' } }]);
    const id = made?.id ?? '';
    expect((await tickets.find(id)).fields).toMatchObject({ Ticket: 'a', Status: 'New' });
    await tickets.update(id, { Status: 'Open' });
    await tickets.update([{ id, fields: { Number: 7 } }]);
    expect(desk.airtable.people.row('Tickets', id)).toMatchObject({ Ticket: 'a', Status: 'Open', Number: 7 });
    await tickets.replace([{ id, fields: { Ticket: 'b' } }]);
    expect(desk.airtable.people.row('Tickets', id)).not.toHaveProperty('Number');
    await tickets.destroy([id]);
    expect(desk.airtable.people.rows('Tickets')).toEqual([]);
  });

  it('selects by formula over several pages', async () => {
    const { desk, tickets } = await aClient();
    for (let typed = 0; typed < 250; typed += 1) desk.airtable.people.type('Tickets', { Number: typed });
    const found = await tickets.select({ filterByFormula: '{Number} >= 100', fields: ['Number'] }).all();
    expect(found.map((record) => Number(record.get('Number'))).sort((one, other) => one - other)).toEqual(
      Array.from({ length: 150 }, (_, index) => 100 + index),
    );
    expect(desk.airtable.counters().byKind).toEqual({ list: 2 });
  });

  it('turns to POST for a long formula, with its stray `method` in the body', async () => {
    const { desk, tickets } = await aClient();
    const ids = Array.from({ length: 90 }, () => desk.airtable.people.type('Tickets', {}));
    const names = ids.map((id) => `RECORD_ID()='${id}'`).join(',');
    const filler = Array.from({ length: 1500 }, () => 'FALSE()').join(',');
    const found = await tickets.select({ filterByFormula: `OR(${names},${filler})` }).all();
    expect(found).toHaveLength(90);
    expect(desk.airtable.requests()).toMatchObject([
      { method: 'POST', path: `/v0/${desk.base.id}/Tickets/listRecords` },
    ]);
  });

  it('upserts through `update`, which passes on what it does not know', async () => {
    const { desk, tickets } = await aClient();
    const known = desk.airtable.people.type('Tickets', { Key: 'K1' });
    const records = [{ fields: { Key: 'K1', Number: 1 } }, { fields: { Key: 'K2', Number: 2 } }];
    // The package's types know no record without an id.
    await Reflect.apply(tickets.update, tickets, [records, { performUpsert: { fieldsToMergeOn: ['Key'] } }]);
    expect(desk.airtable.people.row('Tickets', known)).toMatchObject({ Key: 'K1', Number: 1 });
    expect(desk.airtable.people.rows('Tickets')).toHaveLength(2);
  });

  it('gives up at once on a 429 when it is told not to repeat it, and says nothing of which', async () => {
    const { desk, tickets } = await aClient({ monthlyCap: 0 });
    const failure = await failureOf(tickets.select().firstPage());
    expect(failure).toMatchObject({ error: 'TOO_MANY_REQUESTS', statusCode: 429 });
    expect(desk.airtable.counters().requests).toBe(1);
  });

  it('finds the simulator at the real address too, by msw', async () => {
    const desk = aSupportBase();
    const server = setupServer(...answerAirtable(desk.airtable));
    server.listen({ onUnhandledRequest: 'error' });
    onTestFinished(() => server.close());
    const tickets = new Airtable({ apiKey: desk.token }).base(desk.base.id)('Tickets');
    const made = await tickets.create({ Ticket: 'a' });
    expect(desk.airtable.people.row('Tickets', made.id)).toMatchObject({ Ticket: 'a' });
  });

  it('passes on why a value was refused', async () => {
    const { tickets } = await aClient();
    expect(await failureOf(tickets.create([{ fields: { Status: 'Urgent' } }]))).toMatchObject({
      error: 'INVALID_MULTIPLE_CHOICE_OPTIONS',
      message: 'Insufficient permissions to create new select option ""Urgent""',
      statusCode: 422,
    });
  });
});

/** All that was answered, kept: section 10 of the fact sheet. */
class Refused extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    super(`Airtable answered ${status}.`);
    this.status = status;
    this.body = body;
  }
}

// The package's type is its own class of error; whatever is returned here is what `makeRequest` rejects with.
type CheckedStatus = ReturnType<InstanceType<typeof Airtable.Base>['_checkStatusForError']>;

class OwnBase extends Airtable.Base {
  override _checkStatusForError(status: number, body?: unknown): CheckedStatus {
    return status >= 400 ? (new Refused(status, body) as never) : null;
  }
}

describe('the workable way to use the package', () => {
  it('keeps status and body of what was refused, so that the two meanings of 429 can be told apart', async () => {
    const { desk, airtable } = await aClient({ requestsPerSecond: 1 });
    const base = new OwnBase(airtable, desk.base.id);
    await base.makeRequest({ path: '/Tickets' });
    const tooFast = await failureOf(base.makeRequest({ path: '/Tickets' }));
    expect(tooFast).toMatchObject({ status: 429, body: { errors: [{ error: 'RATE_LIMIT_REACHED' }] } });
    desk.clock.pass({ seconds: 30 });
    desk.airtable.setMonthlyCap(0);
    const spent = await failureOf(base.makeRequest({ path: '/Tickets' }));
    expect(spent).toBeInstanceOf(Refused);
    expect(spent).toMatchObject({ status: 429, body: { errors: [{ error: 'PUBLIC_API_BILLING_LIMIT_EXCEEDED' }] } });
  });

  it('upserts with the ids of what was made and what was changed', async () => {
    const { desk, airtable } = await aClient();
    const base = new OwnBase(airtable, desk.base.id);
    const { body } = await base.makeRequest({
      method: 'patch',
      path: `/${desk.table.id}`,
      body: { performUpsert: { fieldsToMergeOn: ['Key'] }, records: [{ fields: { Key: 'K1' } }] },
    });
    expect(body).toMatchObject({
      records: [{ fields: { Key: 'K1' } }],
      createdRecords: { length: 1 },
      updatedRecords: [],
    });
  });

  it('reaches the schema as the base `meta`, and webhooks as the base `bases`', async () => {
    const { desk, airtable } = await aClient();
    const meta = new OwnBase(airtable, 'meta');
    const tables = await meta.makeRequest({ path: `/bases/${desk.base.id}/tables` });
    expect(tables.body).toMatchObject({ tables: [{ name: 'Tickets' }] });
    expect((await meta.makeRequest({ path: '/whoami' })).body).toMatchObject({ id: desk.lea });
    const bases = new OwnBase(airtable, 'bases');
    const specification = { options: { filters: { dataTypes: ['tableData'] } } };
    const made = await bases.makeRequest({
      method: 'post',
      path: `/${desk.base.id}/webhooks`,
      body: { notificationUrl: null, specification },
    });
    const id = String(inside(made.body)['id']);
    desk.airtable.people.type('Tickets', { Ticket: 'a' });
    const { body } = await bases.makeRequest({ path: `/${desk.base.id}/webhooks/${id}/payloads`, qs: { cursor: 1 } });
    expect(body).toMatchObject({ cursor: 2, payloads: { length: 1 } });
  });

  it('cannot tell an HTML answer from any other trouble, nor a broken connection from silence', async () => {
    const { desk, airtable } = await aClient({
      faults: ({ number }) => ({ kind: number === 1 ? 'bad-gateway' : 'reset' }),
    });
    const base = new OwnBase(airtable, desk.base.id);
    expect(await failureOf(base.makeRequest({ path: '/Tickets' }))).toMatchObject({
      error: 'UNEXPECTED_ERROR',
      statusCode: 502,
    });
    expect(await failureOf(base.makeRequest({ path: '/Tickets' }))).toMatchObject({ error: 'CONNECTION_ERROR' });
  });
});

/** What a promise was rejected with: what the package throws is no Error. */
async function failureOf(asked: Promise<unknown>): Promise<unknown> {
  try {
    await asked;
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail.');
}
