import { expect, it } from 'vitest';
import { sessions } from '../../src/db/schema.ts';
import { createHousekeeping } from '../../src/sweeps/housekeeping.ts';
import { MORNING } from '../support/builders.ts';
import { aDatabase, ENGINES } from '../support/database.ts';

it.each(ENGINES)('housekeeping on %s clears away the sessions that have ended, and no others', async (engine) => {
  const { connection, drop } = await aDatabase(engine);
  const session = { csrfToken: 'token', createdAt: MORNING.subtract({ hours: 12 }) };
  await connection.queries.insert(sessions).values([
    { ...session, id: 'ended', expiresAt: MORNING.subtract({ seconds: 1 }) },
    { ...session, id: 'open', expiresAt: MORNING.add({ seconds: 1 }) },
  ]);
  expect(await createHousekeeping({ connection, now: () => MORNING }).run()).toEqual({ sessions: 1 });
  expect((await connection.queries.select().from(sessions)).map(({ id }) => id)).toEqual(['open']);
  await drop();
});
