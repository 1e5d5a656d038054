import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNotion, type Notion, serveNotion, type ServedNotion } from '../../simulators/notion/index.ts';
import { PASSWORD } from '../support/console-server.ts';
import { aVisitor, type Visitor } from '../support/console-visitor.ts';
import { aNotionDatabase } from '../support/notion/a-notion-database.ts';
import { aRunningDesk, deskFolders, type RunningDesk, type ShownTicket } from '../support/running-desk.ts';
import { until } from '../support/until.ts';

/** Where the internet would find the desk; calls to it are led to the port that it has here. */
const PUBLIC = 'https://desk.example';
const NEWS = '/stores/notion/news';

const DATABASE = 'Tickets';

describe('a desk in Notion with a public address', () => {
  /** What Notion was answered. */
  const answers: number[] = [];
  let notion: Notion;
  let served: ServedNotion;
  let folders: Awaited<ReturnType<typeof deskFolders>>;
  let desk: RunningDesk;
  let token: string;
  let admin: Visitor;

  beforeAll(async () => {
    notion = createNotion({ post, plan: 'business', aggregationMs: 0 });
    served = await serveNotion(notion);
    folders = await deskFolders();
    const { configFolder } = folders;
    const made = await aNotionDatabase({ notion, address: served.address, configFolder, name: DATABASE });
    const own = { PUBLIC_URL: PUBLIC, TABLEDESK_PASSWORD: PASSWORD, TABLEDESK_CONFIG: configFolder };
    token = made.token;
    desk = await aRunningDesk({ variables: { ...made.variables, ...own } });
    admin = aVisitor(desk.address);
    await admin.signIn();
  });
  afterAll(async () => {
    await desk?.remove();
    await folders?.remove();
    await served?.close();
  });

  async function post(url: string, init: RequestInit): Promise<Response> {
    const response = await fetch(url.replace(PUBLIC, desk.address), init);
    answers.push(response.status);
    return response;
  }

  async function rowOf({ key }: ShownTicket): Promise<string> {
    const row = await until('the ticket has its row', () =>
      notion.people.rows(DATABASE).find(({ fields }) => fields['Key'] === key),
    );
    return row.id;
  }

  function callOf(body: object, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${desk.address}${NEWS}`, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  function tokenOn({ text }: { text: string }): string | null {
    return /id="calls-secret"[^>]* value="([^"]+)"/.exec(text)?.[1] ?? null;
  }

  it('takes no token from anybody before a person wants one', async () => {
    const response = await callOf({ verification_token: 'secret_of_a_stranger_0123456789' });
    expect(response.status).toBe(401);
    const { text } = await admin.get('/health');
    expect(text).toContain('Notion does not call when something changes: <a href="#calls">set that up</a>.');
    expect(tokenOn({ text })).toBeNull();
  });

  it('shows the person the address, and then the token that Notion sends there', async () => {
    await admin.post('/base/calls', {}, { origin: PUBLIC });
    expect((await admin.get('/health')).text).toContain(`value="${PUBLIC}${NEWS}"`);
    const id = notion.webhooks.subscribe({ token, url: `${PUBLIC}${NEWS}` });
    const shown = await until('the token is shown', async () => tokenOn(await admin.get('/health')));
    expect(notion.webhooks.verify(id, shown)).toBe(true);
    await until('Notion has its answer', () => answers.length === 1);
    expect(answers).toEqual([204]);
    expect((await aVisitor(desk.address).get('/health')).text).not.toContain(shown);
    expect(desk.log.join('\n')).not.toContain(shown);
    expect((await callOf({ verification_token: 'secret_of_a_stranger_0123456789' })).status).toBe(401);
    expect(tokenOn(await admin.get('/health'))).toBe(shown);
  });

  it('hears of an edit within moments, long before it would ask for it', async () => {
    await desk.post({ name: 'Kim', email: 'kim@example.com', subject: 'Printer', message: 'It does not print.' });
    const ticket = await desk.ticketAbout('Printer');
    const rowId = await rowOf(ticket);
    await desk.settled();
    notion.people.as('Ana').edit(DATABASE, rowId, { Priority: 'Critical' });
    const edited = await until(
      'the edit is taken over',
      async () => (await desk.ticketAbout('Printer')).priority === 'critical',
      { seconds: 10 },
    );
    expect(edited).toBe(true);
    expect(new Set(answers)).toEqual(new Set([204]));
    const said = 'Notion calls when something changes; the last call came';
    await until('the call is told', async () => (await admin.get('/health')).text.includes(said));
    expect(tokenOn(await admin.get('/health'))).toBeNull();
  });

  it('hears of a comment within moments, and makes a note of it', async () => {
    const { number, ...ticket } = await desk.ticketAbout('Printer');
    const rowId = notion.people.rows(DATABASE).find(({ fields }) => fields['Key'] === ticket.key)?.id ?? '';
    notion.people.as('Ben').comment(DATABASE, rowId, 'Called Kim, the cable was loose.');
    const note = await until(
      'the comment is a note',
      async () => {
        const { messages } = await desk.api<{ messages: { visibility: string }[] }>(`/api/tickets/${number}`);
        return messages.find(({ visibility }) => visibility === 'internal');
      },
      { seconds: 10 },
    );
    expect(note).toMatchObject({ author: 'agent', authorName: 'Ben', text: 'Called Kim, the cable was loose.' });
    expect(new Set(answers)).toEqual(new Set([204]));
  });

  it('asks a few times for what many calls tell, doubled, out of turn and some of them lost', async () => {
    await desk.settled();
    const before = answers.length;
    notion.clearLog();
    const subjects = Array.from({ length: 20 }, (_, at) => `Typed ${at}`);
    let turn = 0;
    notion.settings.deliveries = () => {
      turn += 1;
      return turn % 5 === 0 ? { isLost: true } : { copies: 2, lateMs: 20 * (turn % 7) };
    };
    for (const subject of subjects) notion.people.as('Ben').type(DATABASE, { Subject: subject });
    for (const subject of subjects) await desk.ticketAbout(subject);
    const calls = await until('most calls have come', () => answers.length - before > 20 && answers.length - before);
    const queries = notion.requests().filter(({ path }) => /\/query(?:\?|$)/.test(path)).length;
    expect(queries).toBeLessThan(calls / 2);
    expect(new Set(answers)).toEqual(new Set([204]));
  });

  it('takes no call that is signed with anything else', async () => {
    const wrong = { 'x-notion-signature': `sha256=${'0'.repeat(64)}` };
    expect((await callOf({ type: 'page.created' })).status).toBe(401);
    expect((await callOf({ type: 'page.created' }, wrong)).status).toBe(401);
  });
});
