import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tickets } from '../../src/db/schema.ts';
import { aDeskThatAsks, anyAnswer } from '../support/asking-desk.ts';
import { MORNING } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aModelEndpoint, type ModelEndpoint } from '../support/model-endpoint.ts';
import { allTickets, postJson } from '../support/pipeline.ts';

const PAGE = readFileSync(new URL('../../docs/models.md', import.meta.url), 'utf8');

/** Rows of the table of the page, and the word by which each is known in what is sent. */
const MARKERS: Readonly<Record<string, string>> = {
  subject: 'Payment failed: subjectmark',
  message: 'messagemark',
  'what the requester wrote later': 'latermark',
  'what a mail quotes': 'quotemark',
  'name of the requester': 'Namemark',
  'addresses and numbers of the requester': 'addressmark@example.com',
  'account of the requester': 'accountmark',
  'fields of the form': 'fieldmark',
  'files, and their names': 'filemark.pdf',
  'internal notes': 'notemark',
  'people of your team': 'Ana',
};

/** `subject | yes | yes | yes`, by the name of the row. */
function tableOfPage(): Readonly<Record<string, readonly string[]>> {
  const rows = PAGE.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  return Object.fromEntries(
    rows.flatMap(([, name = '', ...cells]) => (name in MARKERS ? [[name, cells.slice(0, 3)]] : [])),
  );
}

const MESSAGE = 'I am Namemark Olsen, addressmark@example.com. messagemark\n\nOn Monday Kim wrote:\n> quotemark';

describe('what models are sent', () => {
  let database: TestDatabase;
  let endpoint: ModelEndpoint;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    endpoint = await aModelEndpoint(anyAnswer);
  });
  afterAll(async () => {
    await endpoint.close();
    await database.drop();
  });

  it('is what the table of the page says, and nothing else of the ticket', async () => {
    const { connection } = database;
    const desk = await aDeskThatAsks(connection, endpoint, { mask: true });
    const who = { name: 'Namemark Olsen', email: 'addressmark@example.com', phone: '+49 30 901820' };
    const files = [{ url: 'https://files.example/1', name: 'filemark.pdf', type: 'application/pdf', size: 4 }];
    const request = {
      ...who,
      subject: 'Payment failed: subjectmark',
      message: MESSAGE,
      company: 'accountmark',
      size: 'fieldmark',
      files,
    };
    await postJson(connection, request);
    await desk.pipeline.drainInbox();
    const [ticket] = await allTickets(connection);
    if (ticket === undefined) throw new Error('No ticket came of it.');
    expect(ticket).toMatchObject({
      subject: 'Payment failed: subjectmark',
      fields: { size: 'fieldmark' },
      assignee: 'Ana',
    });
    const requester = { ...ticket.requester, account: { plan: 'accountmark' } };
    await connection.queries.update(tickets).set({ ticket: { ...ticket, requester } });
    await desk.pipeline.note(ticket.key, { by: 'Ana', text: 'notemark' });
    const more = { ...who, subject: 'More', message: 'latermark, as I forgot.', ticket: `T-${ticket.number}` };
    await postJson(connection, more, { receivedAt: MORNING.add({ minutes: 5 }) });
    await desk.pipeline.drainInbox();
    await desk.pipeline.advise();
    await desk.learn();

    const bodies = endpoint.asked.map(({ path, body }) => ({ path, text: JSON.stringify(body) }));
    const of = (isOne: (body: { path: string; text: string }) => boolean) =>
      bodies.flatMap((body) => (isOne(body) ? [body.text] : [])).join('\n');
    const sent = [
      of(({ text }) => text.includes('You sort requests')),
      of(({ text }) => text.includes('You draft the answer')),
      of(({ path }) => path.endsWith('/embeddings')),
    ];
    expect(sent.map((text) => text.length > 0)).toEqual([true, true, true]);
    const seen = Object.entries(MARKERS).map(([row, marker]) => [row, sent.map((text) => text.includes(marker))]);
    const table = tableOfPage();
    const said = Object.keys(MARKERS).map((row) => [row, table[row]?.map((cell) => cell === 'yes')]);
    expect(seen).toEqual(said);
    const masked = Object.entries(table).flatMap(([row, cells]) => (cells.includes('masked') ? [row] : []));
    expect(masked).toEqual(['name of the requester', 'addresses and numbers of the requester']);
    expect(sent.map((text) => /\[NAME_1\]/.test(text) && /\[EMAIL_1\]/.test(text))).toEqual([true, true, true]);
  });
});
