import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { livingInstances } from '../../src/db/instances.ts';
import { createLog } from '../../src/kit/log.ts';
import type { Role } from '../../src/kit/role.ts';
import { createPresence } from '../../src/sweeps/presence.ts';
import type { Tick } from '../../src/sweeps/schedule.ts';
import { aDatabase, type Engine, type TestDatabase } from '../support/database.ts';
import { aClock } from '../support/pipeline.ts';

const databases = {} as Record<Engine, TestDatabase>;
beforeAll(async () => {
  Object.assign(databases, { pglite: await aDatabase('pglite'), postgres: await aDatabase('postgres') });
});
beforeEach(() => Promise.all([databases.pglite.empty(), databases.postgres.empty()]));
afterAll(() => Promise.all([databases.pglite.drop(), databases.postgres.drop()]));

/** Processes on one database, whose ticks come when a test says so. */
function together(engine: Engine) {
  const { connection } = databases[engine];
  const clock = aClock();
  const [ticks, caught]: [Tick[], string[]] = [[], []];
  function aProcess(id: string, role: Role) {
    return createPresence({
      connection,
      id,
      role,
      secretsPrint: 'same',
      configVersion: () => 'v1',
      catchUp: async () => void caught.push(id),
      schedule(tick) {
        ticks.push(tick);
        return () => void ticks.splice(ticks.indexOf(tick), 1);
      },
      now: clock.now,
      log: createLog('silent', { write: () => undefined }),
    });
  }
  const living = async () =>
    (await livingInstances(connection.queries, clock.now())).map(({ id, role }) => `${id} ${role}`);
  return { clock, ticks, caught, aProcess, living };
}

describe('processes that share a database', () => {
  it('know of each other, and take over what another found at each beat', async () => {
    const { clock, ticks, caught, aProcess, living } = together('postgres');
    const [first, second] = [aProcess('a', 'web'), aProcess('b', 'worker')];
    await first.start();
    clock.forward({ seconds: 1 });
    await second.start();
    expect(await living()).toEqual(['a web', 'b worker']);
    await ticks[0]?.work();
    expect(caught).toEqual(['a', 'b', 'a']);
    await second.stop();
    expect([await living(), ticks]).toEqual([['a web'], [expect.objectContaining({ cron: '*/10 * * * * *' })]]);
  });

  it('take one that was killed for gone when it missed three beats', async () => {
    const { clock, ticks, aProcess, living } = together('postgres');
    await aProcess('killed', 'worker').start();
    await aProcess('b', 'web').start();
    clock.forward({ seconds: 34 });
    expect(await living()).toEqual(['b web', 'killed worker']);
    await ticks[1]?.work();
    clock.forward({ seconds: 2 });
    expect(await living()).toEqual(['b web']);
  });

  it('write nothing on the embedded database, where there is one', async () => {
    const { ticks, aProcess, living } = together('pglite');
    const only = aProcess('a', 'all');
    await only.start();
    expect([ticks, await living()]).toEqual([[], []]);
    await only.stop();
  });
});
