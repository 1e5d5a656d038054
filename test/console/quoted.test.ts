import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPolicy, MORNING } from '../support/builders.ts';
import { aChannel } from '../support/live-config.ts';
import { aMail } from '../support/mails.ts';
import { postJson } from '../support/pipeline.ts';
import { aVisitedConsole, type VisitedConsole } from '../support/visited-console.ts';

/** What all tests of this file share; made before the first. */
const world = {} as VisitedConsole;

beforeAll(async () => {
  const channels = [aChannel({ name: 'mail', kind: 'postmark', settings: { plusAddress: true } })];
  Object.assign(world, await aVisitedConsole({ policy: aPolicy({ desk: { firstNumber: 1042 } }), channels }));
  const quoting = 'Still broken.\n\nOn Monday Desk <help@desk.example> wrote:\n> Is it <b>plugged</b> in?\n-- \nGreta';
  const mails = [
    aMail({ headers: ['Subject: Printer', 'Message-ID: <1@example.com>'], body: 'It is broken.\n-- \nGreta' }),
    aMail({ headers: ['In-Reply-To: <1@example.com>'], body: quoting }),
  ];
  for (const [minutes, raw] of mails.entries()) {
    const body = { MessageID: 'p', RawEmail: raw.toString() };
    const receivedAt = MORNING.add({ minutes });
    await postJson(world.database.connection, body, { channel: 'mail', receivedAt });
    await world.desk.pipeline.drainInbox();
  }
});
afterAll(() => world.close());

describe('an answer by mail in the conversation', () => {
  it('ends with its own words, and what it quotes is a click away', async () => {
    const { text } = await world.ana.get('/tickets/1042');
    const [, own = '', quoted = ''] =
      /<pre class="td-text" dir="auto">\n(Still[^<]*)<\/pre>\s*<details class="td-quoted">(.*?)<\/details>/s.exec(
        text,
      ) ?? [];
    expect(own).toBe('Still broken.');
    expect(quoted).toContain('What is quoted below');
    expect(quoted).toMatch(/On Monday Desk .* wrote:\n.*Is it &(?:lt|#60);b/);
    expect(quoted).toContain('Greta');
  });

  it('while the request itself stands there whole', async () => {
    const { text } = await world.ana.get('/tickets/1042');
    expect(text).toMatch(/It is broken\.\n-- \nGreta<\/pre>/);
  });
});
