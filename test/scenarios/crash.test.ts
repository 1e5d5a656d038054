import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deskFolders } from '../support/running-desk.ts';
import { startServiceProcess } from '../support/service-process.ts';
import { JSON_TOKEN, startSenders } from '../support/stubborn-senders.ts';
import { until } from '../support/until.ts';
import { type DeskRecord, readDesk, type Told, violationsOf } from '../support/verify-desk.ts';

/** Requests a second, and how many are acknowledged in each of the lives before it is ended. */
const PER_SECOND = 40;
const ACKNOWLEDGED = [30, 15];

describe('a service that is killed in the middle of a burst', () => {
  let folders: Awaited<ReturnType<typeof deskFolders>>;
  beforeEach(async () => {
    folders = await deskFolders();
  });
  afterEach(() => folders.remove());

  it('has each request that it acknowledged as one ticket, twice over (A-002, A-003)', async () => {
    const given = { ...folders, variables: { JSON_TOKEN } };
    const senders = startSenders({ perSecond: PER_SECOND, seed: 7 });
    for (const count of ACKNOWLEDGED) {
      const service = await startServiceProcess(given);
      const before = senders.told.size;
      senders.to(service.address);
      await until('enough are acknowledged', () => senders.told.size >= before + count, { seconds: 60 });
      await service.kill();
      senders.to(null);
    }
    const last = await startServiceProcess(given);
    senders.to(last.address);
    await senders.finish();
    await last.settled();
    expect(await last.stop()).toBe(0);

    const desk = await readDesk(folders.dataFolder);
    expect(violationsOf(desk, senders.told)).toEqual([]);
    expect(desk.tickets.length).toBe(senders.told.size);
    expect(senders.told.size).toBeGreaterThanOrEqual(45);
  }, 120_000);
});

describe('what counts as lost or doubled', () => {
  const told: Told = new Map([['request-1', new Set(['in-1'])]]);
  const WELL: DeskRecord = {
    inbox: [{ id: 'in-1', state: 'done', ticketKey: 'key-1' }],
    tickets: [{ key: 'key-1', number: 1001, queue: 'support', markers: ['request-1'] }],
    messages: [{ ticketKey: 'key-1', markers: ['request-1'] }],
    acknowledgements: [{ ticketKey: 'key-1', count: 1 }],
    rows: [{ key: 'key-1', count: 1 }],
    decided: [{ ticketKey: 'key-1' }],
  };
  const [ticket] = WELL.tickets;
  const [message] = WELL.messages;
  if (ticket === undefined || message === undefined) throw new Error('a desk without a ticket');

  it('is nothing when all is well', () => {
    expect(violationsOf(WELL, told)).toEqual([]);
  });

  it.each<[what: string, desk: Partial<DeskRecord>, told: Told, said: string]>([
    [
      'a request that is no ticket',
      {},
      new Map([['request-2', new Set(['in-1'])]]),
      'request-2 was acknowledged and is no ticket',
    ],
    ['a message that is there twice', { messages: [message, message] }, told, 'request-1 is there 2 times'],
    [
      'a request that lies aside',
      { inbox: [{ id: 'in-1', state: 'lost', ticketKey: null }] },
      told,
      'the request in-1 is lost',
    ],
    ['an id that leads nowhere', { inbox: [] }, told, 'request-1: the request in-1 is not there'],
    [
      'a request under two ids',
      {},
      new Map([['request-1', new Set(['in-1', 'in-2'])]]),
      'request-1 was acknowledged under 2 ids',
    ],
    ['a ticket without an owner', { tickets: [{ ...ticket, queue: null }] }, told, 'ticket 1001 has no owner'],
    ['a number given twice', { tickets: [ticket, { ...ticket, markers: [] }] }, told, 'the number 1001 is there twice'],
    [
      'a second acknowledgement',
      { acknowledgements: [{ ticketKey: 'key-1', count: 2 }] },
      told,
      'ticket 1001 has 2 of: acknowledgement',
    ],
    ['a missing row', { rows: [] }, told, 'ticket 1001 has 0 of: row of the base'],
    [
      'a stray row',
      { rows: [...WELL.rows, { key: 'key-9', count: 1 }] },
      told,
      'a row of the base of no ticket: key-9',
    ],
  ])('is %s', (_what, changed, asTold, said) => {
    expect(violationsOf({ ...WELL, ...changed }, asTold)).toContain(said);
  });
});
