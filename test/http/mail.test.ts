import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aServer, type TestServer } from '../support/http-server.ts';
import { aChannel } from '../support/live-config.ts';
import { recorded } from '../support/recorded.ts';

const settings = { plusAddress: true };
const secrets = { tokens: ['right-token'], signing: [] };

describe('a provider of mail at the door', () => {
  let database: TestDatabase;
  let server: TestServer;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    server = await aServer(database.connection, {
      channels: [
        aChannel({ name: 'postmark', kind: 'postmark', secrets, settings }),
        aChannel({ name: 'sendgrid', kind: 'sendgrid', secrets, settings }),
        aChannel({ name: 'small', kind: 'sendgrid', secrets, settings, maxBytes: 100 }),
        aChannel({ name: 'mailgun', kind: 'mailgun', secrets: { tokens: [], signing: ['key'] }, settings }),
      ],
    });
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  /** What a recorded request is answered at an address. */
  async function answerTo(system: string, name: string, address: string): Promise<readonly [number, unknown]> {
    const { headers, body } = recorded(system, name);
    const response = await fetch(`${server.address}${address}`, { method: 'POST', headers, body: Buffer.from(body) });
    return [response.status, await response.json()];
  }

  it('is told that a mail is kept, and of the same mail in another form that it was there', async () => {
    const [status, first] = await answerTo('postmark', 'inbound', '/hooks/postmark/right-token');
    expect([status, first]).toEqual([202, expect.objectContaining({ id: expect.any(String) })]);
    expect((await answerTo('postmark', 'raw', '/hooks/postmark/right-token'))[1]).toMatchObject(first as object);
  });

  it('is refused so that it drops no mail', async () => {
    expect((await answerTo('postmark', 'inbound', '/hooks/postmark/wrong'))[0]).toBe(401);
    expect((await answerTo('mailgun', 'parsed', '/hooks/mailgun'))[0]).toBe(401);
    expect((await answerTo('sendgrid', 'raw', '/hooks/sendgrid/wrong'))[0]).toBe(503);
    expect((await answerTo('sendgrid', 'raw', '/hooks/small/right-token'))[0]).toBe(503);
    expect((await answerTo('sendgrid', 'raw', '/hooks/sendgrid/right-token'))[0]).toBe(202);
  });
});
