import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAirtable, serveAirtable } from '../../simulators/airtable/index.ts';
import { main } from '../../src/cli/index.ts';
import { audit } from '../../src/db/schema.ts';
import { aRunningDesk, type RunningDesk } from '../support/running-desk.ts';

/** A desk that runs on its own base, and an empty one of a simulated Airtable. */
async function aWorld() {
  const airtable = createAirtable();
  const owner = airtable.addUser({ name: 'Help desk', email: 'helpdesk@example.com' });
  airtable.addBase({ name: 'Support', members: [{ userId: owner.id, role: 'create' }] });
  const served = await serveAirtable(airtable);
  const token = airtable.addToken({ userId: owner.id });
  return { served, token, desk: await aRunningDesk() };
}

describe('tabledesk connect', () => {
  const at = {} as Awaited<ReturnType<typeof aWorld>>;
  beforeEach(async () => void Object.assign(at, await aWorld()));
  afterEach(async () => {
    await at.desk.remove();
    await at.served.close();
  });

  async function connect(...argv: readonly string[]): Promise<{ code: number; out: string }> {
    const { desk, served, token } = at;
    const said = { out: '' };
    const code = await main(['connect', 'airtable', ...argv], {
      stdout: { write: (part) => void (said.out += part) },
      stderr: { write: () => undefined },
      env: {
        TABLEDESK_CONFIG: desk.configFolder,
        TABLEDESK_DATA: desk.dataFolder,
        AIRTABLE_TOKEN: token,
        AIRTABLE_ENDPOINT_URL: served.address,
      },
      cwd: () => join(desk.configFolder, '..'),
    });
    return { code, ...said };
  }

  const WHOLE = ['--base', 'Support', '--new-table', 'Tickets', '--plan', 'business', '--yes'];

  async function notedIn({ afterwards }: RunningDesk) {
    const noted = await afterwards(({ queries }) => queries.select().from(audit));
    return noted.map(({ act, by }) => [act, by]).filter(([act]) => act !== 'base_read');
  }

  it('stands in the audit log of the service that runs beside it', async () => {
    expect(await connect(...WHOLE)).toMatchObject({
      code: 0,
      out: expect.not.stringContaining('audit log') as unknown,
    });
    expect(await notedIn(at.desk)).toEqual([['base_connected', 'api']]);
  });

  it('stands in the audit log of a desk that is at rest, and not where an answer is missing', async () => {
    await at.desk.stop();
    expect(await connect()).toMatchObject({ code: 1 });
    expect(await connect(...WHOLE)).toMatchObject({ code: 0 });
    expect(await notedIn(at.desk)).toEqual([['base_connected', 'command']]);
  });
});
