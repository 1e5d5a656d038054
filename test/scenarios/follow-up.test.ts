import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { outbox } from '../../src/db/schema.ts';
import { createPageLinks } from '../../src/kit/page-links.ts';
import { MORNING } from '../support/builders.ts';
import { aConfig } from '../support/config.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aServer, type TestServer } from '../support/http-server.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aClock, aDesk, aForm, allDecisions, allOutgoing, allTickets, postForm } from '../support/pipeline.ts';

/** A template of that text. */
function letter(body: string): string {
  return `---\nsubject: '{{ ticket.number }}'\n---\n\n${body}\n`;
}

const { policy: POLICY } = aConfig(
  {
    'people.yaml': 'agents:\n  Ana: { email: ana@desk.example }\nqueues:\n  support: { members: [Ana] }\n',
    'triage.yaml': 'categories: [billing]\n',
    'replies/reminder.md': letter('Until {{ reminder.until }}.'),
    'replies/summary.md': letter('Done: {{ resolution.text }} {{ resolution.advice }}'),
    'replies/survey.md': letter('{{ survey.link }}\n{{ survey.link4 }}'),
    'follow-up.yaml': `
closing: { after: 3d }
silence: { remindAfter: 24h, resolveAfter: 48h, reminder: reminder }
summary: { template: summary, advice: { billing: Keep a second card. } }
survey: { template: survey, share: 100%, notAgainFor: 30d }
`,
  },
  { PUBLIC_URL: 'https://help.example' },
);

describe('follow-up, from the first message to the survey', () => {
  const clock = aClock();
  const links = createPageLinks({ secret: 'of the tests', publicAddress: 'https://help.example' });
  let database: TestDatabase;
  let desk: ReturnType<typeof aDesk>;
  let server: TestServer;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    const config = aLiveConfig({ policy: POLICY });
    desk = aDesk(database.connection, { clock, config, pages: links });
    server = await aServer(database.connection, { now: clock.now, pages: links, rate: desk.pipeline.rate });
  });
  beforeEach(async () => {
    clock.set(MORNING);
    await database.empty();
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  /** A ticket of that person that Ana has answered. */
  async function answered(name = 'Greta') {
    await postForm(database.connection, aForm(name), { receivedAt: clock.now() });
    await desk.pipeline.drainInbox();
    const ticket = await newest();
    await desk.pipeline.reply(ticket.key, { by: 'Ana', text: 'Which card was it?' });
    return ticket;
  }

  async function newest() {
    const ticket = (await allTickets(database.connection)).at(-1);
    if (ticket === undefined) throw new Error('no ticket');
    return ticket;
  }

  function setStatus(key: string, to: string) {
    return desk.pipeline.edit(key, { by: 'Ana', at: clock.now(), changes: [{ field: 'status', from: 'open', to }] });
  }

  async function after(hours: number) {
    clock.forward({ hours });
    await desk.pipeline.wakeDue();
  }

  async function letters() {
    return (await allOutgoing(database.connection))
      .map(({ template }) => template)
      .filter((name) => name !== 'assigned');
  }

  /** With the form, which names the ticket. */
  async function writes(message: string, number: number) {
    const fields = { ...aForm('Greta', message), ticket: `T-${number}` };
    await postForm(database.connection, fields, { receivedAt: clock.now() });
    await desk.pipeline.drainInbox();
  }

  /** The page of the survey that the last mail leads to. */
  async function surveyPath() {
    const mail = (await allOutgoing(database.connection)).findLast(({ template }) => template === 'survey');
    return (/https:\/\/help\.example(\/survey\/\S+)/.exec(mail?.text ?? '')?.[1] ?? '').trim();
  }

  function get(path: string) {
    return fetch(`${server.address}${path}`, { headers: { accept: 'text/html' }, redirect: 'manual' });
  }

  function send(path: string, fields: Record<string, string>) {
    const body = new URLSearchParams(fields);
    return fetch(`${server.address}${path}`, {
      method: 'POST',
      headers: { accept: 'text/html' },
      body,
      redirect: 'manual',
    });
  }

  it('reminds, resolves, closes and asks, each at its time and once (A-080, A-081, A-093)', async () => {
    const { key } = await answered();
    await setStatus(key, 'pending');
    const seen: [string, number][] = [];
    for (let hours = 0; hours < 6 * 24; hours += 12) {
      await after(12);
      seen.push([(await newest()).status, (await letters()).length]);
    }
    expect(await letters()).toEqual(['reply', 'reminder', 'survey']);
    expect(seen.map(([status]) => status)).toEqual([
      ...Array.from({ length: 3 }, () => 'pending'),
      ...Array.from({ length: 6 }, () => 'resolved'),
      ...Array.from({ length: 3 }, () => 'closed'),
    ]);
  });

  it('sums up what a person did, with the advice for its category (A-090, A-091)', async () => {
    const { key } = await answered();
    await desk.pipeline.edit(key, {
      by: 'Ana',
      at: clock.now(),
      changes: [
        { field: 'category', from: null, to: 'billing' },
        { field: 'resolution', from: null, to: 'Charge taken back.' },
        { field: 'status', from: 'open', to: 'resolved' },
      ],
    });
    const summary = (await allOutgoing(database.connection)).find(({ template }) => template === 'summary');
    expect(summary).toMatchObject({
      recipient: 'greta@example.com',
      text: 'Done: Charge taken back. Keep a second card.',
    });
  });

  it('takes a reminder back that lies in the outbox when the answer comes', async () => {
    const { key, number } = await answered();
    await setStatus(key, 'pending');
    await after(24);
    expect(await letters()).toEqual(['reply', 'reminder']);
    await writes('It was the blue one', number);
    expect(await letters()).toEqual(['reply']);
    const log = await allDecisions(database.connection);
    expect(log.map(({ sentence }) => sentence)).toContain('Took “reminder” back, which had not left yet.');
    await after(72);
    expect(await letters()).toEqual(['reply']);
  });

  it('does not take back what has left', async () => {
    const { key, number } = await answered();
    await setStatus(key, 'pending');
    await after(24);
    await database.connection.queries.update(outbox).set({ state: 'sent' }).where(eq(outbox.template, 'reminder'));
    await writes('It was the blue one', number);
    expect(await letters()).toEqual(['reply', 'reminder']);
  });

  it('opens for a real reply, not for thanks, and follows with a new ticket after the end (A-082)', async () => {
    const { key, number } = await answered();
    await setStatus(key, 'resolved');
    await writes('Thanks a lot, Ana!', number);
    expect(await newest()).toMatchObject({ status: 'resolved', contactCount: 2 });
    await after(71);
    await writes('It failed again', number);
    expect(await newest()).toMatchObject({ number, status: 'open', reopenCount: 1 });
    await setStatus(key, 'resolved');
    await after(72);
    expect((await newest()).status).toBe('closed');
    await writes('Thank you!', number);
    expect(await allTickets(database.connection)).toHaveLength(1);
    await writes('And now the other card fails', number);
    expect(await newest()).toMatchObject({ number: number + 1, status: 'new', followUpOf: { key, number } });
  });

  it('looks at resolved tickets in a full pass, so that one that was never to be woken closes too', async () => {
    const { key } = await answered();
    desk.config.change({ ...POLICY, followUp: { ...POLICY.followUp, closing: null } });
    await setStatus(key, 'resolved');
    desk.config.change(POLICY);
    clock.forward({ hours: 100 });
    await desk.pipeline.wakeDue();
    expect((await newest()).status).toBe('resolved');
    await desk.pipeline.reviewAll();
    expect((await newest()).status).toBe('closed');
  });

  it('asks nobody twice within the days, also of two tickets that close together', async () => {
    const first = await answered();
    const other = await answered('Tom');
    const again = await answered();
    for (const { key } of [first, other, again]) await setStatus(key, 'resolved');
    await after(72);
    const asked = (await allOutgoing(database.connection)).filter(({ template }) => template === 'survey');
    expect(asked.map(({ recipient }) => recipient).toSorted()).toEqual(['greta@example.com', 'tom@example.com']);
  });

  describe('the page of the survey', () => {
    let path: string;
    beforeEach(async () => {
      const { key } = await answered();
      await setStatus(key, 'resolved');
      await after(72);
      path = await surveyPath();
    });

    it('chooses the score of the link and saves nothing before the button is pressed, as programs follow links', async () => {
      const page = await (await get(`${path}?score=4`)).text();
      expect(page).toMatch(/value="4"\s+required\s+checked/);
      expect(page.match(/checked/g)).toHaveLength(1);
      expect((await newest()).satisfaction).toBeNull();
    });

    it('writes score and comment to the ticket, and says thank you', async () => {
      const sent = await send(path, { score: '4', comment: 'Quick <b>and</b> kind' });
      expect([sent.status, sent.headers.get('location')]).toEqual([303, `${path}/thanks`]);
      expect(await newest()).toMatchObject({
        satisfaction: 4,
        surveyComment: 'Quick <b>and</b> kind',
        status: 'closed',
      });
      const thanks = await (await get(`${path}/thanks`)).text();
      expect(thanks).toContain('<h1>Thank you</h1>');
      expect(thanks).toContain('Your answer is with us: content.');
    });

    it('shows what was answered when it is opened twice, and takes a correction', async () => {
      await send(path, { score: '2', comment: 'Slow <b>' });
      const again = await (await get(path)).text();
      expect(again).toMatch(/value="2"\s+required\s+checked/);
      expect(again).toContain('Slow &#60;b&#62;');
      await send(path, { score: '5', comment: '' });
      await send(path, { score: '5', comment: '' });
      expect(await newest()).toMatchObject({ satisfaction: 5, surveyComment: null });
      const rated = (await allDecisions(database.connection)).filter(({ code }) => code === 'follow_up.rated');
      expect(rated.map(({ sentence }) => sentence)).toEqual([
        'Greta gives 2 of 5 and says “Slow <b>”.',
        'Greta gives 5 of 5.',
      ]);
    });

    it('asks for a score that is missing, and keeps the comment', async () => {
      const page = await send(path, { comment: 'Hm' });
      expect(page.status).toBe(422);
      expect(await page.text()).toMatch(/Please choose one of the five\.[^]*Hm<\/textarea>/);
      expect((await send(path, { score: '6' })).status).toBe(422);
      expect((await newest()).surveyComment).toBeNull();
    });

    it('opens by no forged, foreign or broken address', async () => {
      const { key } = await newest();
      const end = path.split('.')[1] ?? '';
      const other = createPageLinks({ secret: 'another', publicAddress: 'https://help.example' });
      const foreign = new URL(other.linkTo('survey', key, clock.now()) ?? '').pathname;
      const broken = [path.slice(0, -1), path.replace(`.${end}.`, '.zzzzzz.'), foreign, '/survey/x', `/survey/${key}`];
      for (const address of broken) expect((await send(address, { score: '1' })).status).toBe(404);
      expect((await newest()).satisfaction).toBeNull();
    });

    it('ends after thirty days, and says so', async () => {
      clock.forward({ hours: 30 * 24 + 1 });
      const page = await get(path);
      expect([page.status, await page.text()]).toEqual([410, expect.stringContaining('This survey has ended.')]);
      expect((await send(path, { score: '1' })).status).toBe(410);
    });

    it('holds back who asks without end, and leaves its address out of the log', async () => {
      const answers = [];
      for (let times = 0; times < 25; times += 1) answers.push((await get(path)).status);
      expect(answers.at(0)).toBe(200);
      expect(answers.at(-1)).toBe(429);
      expect(server.log.join('\n')).not.toContain(path);
    });
  });
});
