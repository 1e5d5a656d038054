import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/kit/log.ts';
import { keepPlace, pullPlace } from '../../src/sync/place.ts';
import { monthOf } from '../../src/sync/request-meter.ts';
import { ticketBase } from '../../src/sync/ticket-base.ts';
import { MORNING } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aSyncedDesk } from './synced-desk.ts';

describe('the base of tickets, as channels know it', () => {
  let database: TestDatabase;
  const lines: string[] = [];
  const wakes: string[] = [];
  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  afterAll(() => database.drop());

  function aTicketBase({ wake = async () => void wakes.push('pull'), spent = 0 } = {}) {
    const { connection } = database;
    const { abilities } = aSyncedDesk(connection).store;
    return ticketBase({
      connection,
      store: { abilities: { ...abilities, requestsPerMonth: 1000 } },
      meter: { spentThisMonth: () => spent },
      wake,
      now: () => MORNING,
      log: createLog('warn', { write: (line) => void lines.push(line) }),
    });
  }

  it('has no rows of which another system could tell, unless its store says so', () => {
    expect(aTicketBase().holds(['appA1b2C3d4E5f6G7'])).toBe(false);
  });

  it('is read at once when somebody asks for it', async () => {
    await keepPlace(database, { nextAt: MORNING.add({ hours: 6 }).toString() });
    await aTicketBase().look();
    expect(wakes).toEqual(['pull']);
    expect((await pullPlace(database)).nextAt).toBeNull();
  });

  it('is read within the hour when asking has taken its share of the month', async () => {
    await keepPlace(database, {
      nextAt: MORNING.add({ hours: 6 }).toString(),
      pages: { month: monthOf(MORNING), count: 900 },
    });
    await aTicketBase({ spent: 900 }).look();
    expect(wakes).toEqual(['pull']);
    expect((await pullPlace(database)).nextAt).toBe(MORNING.add({ hours: 1 }).toString());
  });

  it('is read at its usual pace when it cannot be asked for sooner, and nobody hears of that but the log', async () => {
    await keepPlace(database, { pages: { month: '', count: 0 } });
    await aTicketBase({ wake: () => Promise.reject(new Error('no queue')) }).look();
    expect(lines.join('')).toContain('the base is read at its usual pace, although something changed there');
  });
});
