import { ulid } from 'ulid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CAPABILITIES, type Settings } from '../../../simulators/notion/index.ts';
import type { StoreComments, StoredComment } from '../../../src/ports/ticket-store.ts';
import { deskColumns } from '../../../src/sync/columns.ts';
import { aPolicy } from '../../support/builders.ts';
import { aDeskBase, DATABASE, type DeskBase } from './desk-base.ts';

const COLUMNS = deskColumns(aPolicy());

/** An id that Notion has for nothing. */
const NOWHERE = '1f0e1d2c-3b4a-4958-8776-655443322110';

describe('comments in Notion', () => {
  let base: DeskBase;
  let rowId: string;

  async function open(simulator: Partial<Settings> = {}): Promise<void> {
    base = await aDeskBase(COLUMNS, simulator);
    const [outcome] = await base.store.write([{ id: null, key: ulid(), cells: { status: 'New' } }]);
    rowId = outcome !== undefined && 'id' in outcome ? outcome.id : '';
    base.notion.clearLog();
  }

  beforeEach(() => open());
  afterEach(() => base.close());

  function comments(store = base.store): StoreComments {
    if (store.comments === undefined) throw new Error('no comments');
    return store.comments;
  }

  async function read(store = base.store): Promise<readonly StoredComment[]> {
    const found = await comments(store).read(rowId, { isAwaited: true });
    if (typeof found === 'string') throw new Error(found);
    return found;
  }

  async function told(store = base.store): Promise<[string | null, string][]> {
    return (await read(store)).map(({ by, text }) => [by, text]);
  }

  /** Writes through the API, as programs do. */
  async function post(token: string, body: object): Promise<void> {
    const headers = { authorization: `Bearer ${token}`, 'notion-version': '2026-03-11' };
    const init = { method: 'POST', headers, body: JSON.stringify({ parent: { page_id: rowId }, ...body }) };
    const response = await base.notion.handle(new Request('https://api.notion.com/v1/comments', init));
    expect(response.status).toBe(200);
  }

  it('are told with who wrote them and when, the oldest first, with one request', async () => {
    const id = base.notion.people.as('Ana').comment(DATABASE, rowId, 'Called the customer.');
    await base.clock.pause(120_000);
    base.notion.people.as('Ben').comment(DATABASE, rowId, 'Waits for the invoice.');
    await base.clock.pause(120_000);
    base.notion.people.as('Ana').reply(id, 'It came.');
    await read();
    base.notion.clearLog();
    const at = base.clock.now();
    expect(await read()).toMatchObject([
      { by: 'Ana', text: 'Called the customer.', createdAt: at.subtract({ minutes: 4 }) },
      { by: 'Ben', text: 'Waits for the invoice.', createdAt: at.subtract({ minutes: 2 }) },
      { by: 'Ana', text: 'It came.', createdAt: at },
    ]);
    expect(base.notion.requests().map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /v1/comments?block_id=${rowId}&page_size=100`,
    ]);
  });

  it('are all told where they fill more than a page', async () => {
    for (let number = 0; number < 103; number += 1) base.notion.people.comment(DATABASE, rowId, `No. ${number}`);
    const all = await read();
    expect(all.map(({ text }) => text)).toEqual(Array.from({ length: 103 }, (_, number) => `No. ${number}`));
  });

  it('keep their id when they are corrected', async () => {
    const discussion = base.notion.people.as('Ana').comment(DATABASE, rowId, 'Tomorow.');
    const [before] = await read();
    base.notion.people.as('Ana').correct(discussion, 'Tomorrow.');
    expect(await read()).toEqual([{ ...before, text: 'Tomorrow.' }]);
  });

  it('are those that are neither resolved nor deleted', async () => {
    const { people } = base.notion;
    people.resolve(people.comment(DATABASE, rowId, 'Settled.'));
    people.withdraw(people.comment(DATABASE, rowId, 'Wrong ticket.'));
    people.as('Cy').comment(DATABASE, rowId, 'Stays.');
    expect(await told()).toEqual([['Cy', 'Stays.']]);
  });

  it('read as plain text: mentions, links, formulas and formats', async () => {
    const { id } = base.notion.addUser({ name: 'Dee', email: 'dee@desk.example' });
    const token = base.notion.addConnection({ personId: id, capabilities: CAPABILITIES, shared: [base.ids.database] });
    const text = (content: string) => ({ text: { content }, annotations: { bold: true } });
    const mention = { mention: { user: { id } } };
    const formula = { equation: { expression: '2+2' } };
    await post(token, { rich_text: [text('Ask '), mention, text(' what '), formula, text(' is.')] });
    // Nobody knew of Dee when the members were last looked at.
    expect(await told(base.openStore())).toEqual([['Dee', 'Ask @Dee what 2+2 is.']]);
  });

  it('of programs are left out, whatever they call themselves', async () => {
    const bot = { name: 'Robot', shared: [base.ids.database], capabilities: CAPABILITIES };
    const token = base.notion.addConnection(bot);
    await post(token, { markdown: 'Deployed.' });
    await post(token, { markdown: 'Deployed again.', display_name: { type: 'custom', custom: { name: 'Ana' } } });
    await post(base.token, { markdown: 'We ourselves.' });
    expect(await read()).toEqual([]);
  });

  it('of guests, who are on no list, are told by their names', async () => {
    base.notion.addUser({ name: 'Gil', email: 'gil@elsewhere.example', kind: 'guest' });
    base.notion.people.as('Gil').comment(DATABASE, rowId, 'From outside.');
    expect(await told()).toEqual([['Gil', 'From outside.']]);
  });

  it('are told from those of programs though the connection may know nobody', async () => {
    const capabilities = CAPABILITIES.filter((name) => !name.startsWith('read users') && name !== 'read emails');
    base.notion.people.as('Ana').comment(DATABASE, rowId, 'Hello.');
    await post(base.token, { markdown: 'We ourselves.' });
    expect(await told(base.openStore({ token: base.newToken(capabilities) }))).toEqual([['Ana', 'Hello.']]);
  });

  it('are not allowed without the capability, and nobody is asked a second time for one answer', async () => {
    const capabilities = CAPABILITIES.filter((name) => name !== 'read comments');
    const store = base.openStore({ token: base.newToken(capabilities) });
    expect(await comments(store).read(rowId, { isAwaited: false })).toBe('not_allowed');
    expect(base.notion.counters().requests).toBe(1);
  });

  it('are none beside a row that is gone, or an id that is none of Notion’s', async () => {
    expect(await comments().read(NOWHERE, { isAwaited: true })).toEqual([]);
    base.notion.clearLog();
    expect(await comments().read('rec12345678901234', { isAwaited: true })).toEqual([]);
    expect(base.notion.counters().requests).toBe(0);
  });

  it('are looked at unbidden only while half of the minute is free, and when awaited at any time', async () => {
    await base.clock.pause(120_000);
    let looks = 0;
    while ((await comments().read(rowId, { isAwaited: false })) !== 'no_room') looks += 1;
    expect(looks).toBe(90);
    expect(await comments().read(rowId, { isAwaited: true })).toEqual([]);
    await base.clock.pause(61_000);
    expect(await comments().read(rowId, { isAwaited: false })).toEqual([]);
    expect(comments().looksPerMinute).toBe(18);
  });

  it('throw what keeps Notion from answering', async () => {
    base.notion.settings.faults = () => ({ kind: 'overloaded', retryAfterSeconds: 30 });
    await expect(comments().read(rowId, { isAwaited: true })).rejects.toMatchObject({ code: 'notion.rate-limited' });
    expect(await comments().read(rowId, { isAwaited: false })).toBe('no_room');
  });

  describe('that Notion calls of', () => {
    let bodies: string[];

    beforeEach(async () => {
      await base.close();
      bodies = [];
      await open({
        async post(_, { body }) {
          bodies.push(body);
          return new Response(null, { status: 204 });
        },
      });
      const id = base.notion.webhooks.subscribe({ token: base.token, url: 'https://desk.example' });
      await base.notion.deliverWebhooks();
      const [greeting = '{}'] = bodies.splice(0);
      base.notion.webhooks.verify(id, (JSON.parse(greeting) as { verification_token: string }).verification_token);
    });

    async function calledOf(): Promise<(string | null)[]> {
      await base.notion.deliverWebhooks();
      return bodies.splice(0).map((body) => {
        const call = { headers: {}, body: new TextEncoder().encode(body), token: null, receivedAt: base.clock.now() };
        return comments().calledOf(call);
      });
    }

    it('are looked for at once, new or corrected, beside the row that the call names', async () => {
      const discussion = base.notion.people.as('Ana').comment(DATABASE, rowId, 'Tomorow.');
      base.notion.people.as('Ana').correct(discussion, 'Tomorrow.');
      expect(await calledOf()).toEqual([rowId, rowId]);
    });

    it('are left when they are deleted, or a program wrote them', async () => {
      await post(base.token, { markdown: 'We ourselves.' });
      const discussion = base.notion.people.comment(DATABASE, rowId, 'Wrong ticket.');
      expect(await calledOf()).toEqual([null, rowId]);
      base.notion.people.withdraw(discussion);
      expect(await calledOf()).toEqual([null]);
    });

    it('are not what a call of anything else is about', async () => {
      await base.byHand.editByHand(rowId, { status: 'Open' }, 'Ana');
      await base.clock.pause(60_000);
      expect(await calledOf()).toEqual([null]);
      bodies.push('x', '{}', '{"type":"comment.created"}');
      expect(await calledOf()).toEqual([null, null, null]);
    });
  });
});
