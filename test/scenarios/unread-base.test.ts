import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Airtable, createAirtable, serveAirtable, type ServedAirtable } from '../../simulators/airtable/index.ts';
import { anAirtableTable } from '../support/airtable/an-airtable-table.ts';
import { aRunningDesk, deskFolders, type RunningDesk } from '../support/running-desk.ts';
import { until } from '../support/until.ts';

const TABLE = 'Tickets';

/** One more than the hundred of a page (Airtable Web API, "List records"). */
const ROWS = 101;

describe('a desk whose base cannot be read to its end', () => {
  /** Whether all pages but the first fail. */
  const trouble = { isOn: true };
  let airtable: Airtable;
  let served: ServedAirtable;
  let folders: Awaited<ReturnType<typeof deskFolders>>;
  let desk: RunningDesk;

  beforeAll(async () => {
    airtable = createAirtable({
      faults: (asked) =>
        trouble.isOn && isReading(asked) && readings().length > 0
          ? { kind: 'unavailable', retryAfterSeconds: 1 }
          : null,
    });
    served = await serveAirtable(airtable);
    folders = await deskFolders();
    const { configFolder } = folders;
    const { variables } = await anAirtableTable({ airtable, address: served.address, configFolder, name: TABLE });
    const ana = airtable.people.as('Ana');
    for (let n = 1; n <= ROWS; n += 1) ana.type(TABLE, { Subject: `Typed by hand, the ${n}th` });
    desk = await aRunningDesk({ variables: { ...variables, TABLEDESK_CONFIG: configFolder } });
  });
  afterAll(async () => {
    await desk?.remove();
    await folders?.remove();
    await served?.close();
  });

  it('takes requests meanwhile, and makes no ticket of them before it knows every row (A-002)', async () => {
    expect(await desk.post({ name: 'Kim', email: 'kim@example.com', subject: 'Printer', message: 'No ink.' })).toBe(
      202,
    );
    await until('the second page has failed', () => readings().some(({ status }) => status === 503));
    await until('the inbox was looked at', async () => (await runsOf('inbox')) > 0);
    expect(await desk.tickets()).toEqual([]);
    expect(await desk.api('/api/status')).toMatchObject({ inbox: { waiting: 1, lost: 0 } });

    trouble.isOn = false;
    await until('the request is a ticket', async () => (await desk.tickets()).some(isPrinter), { seconds: 50 });
  }, 60_000);

  function readings() {
    return airtable.requests().filter(isReading);
  }

  async function runsOf(lane: string): Promise<number> {
    const text = await (await fetch(`${desk.address}/metrics`)).text();
    const line = new RegExp(`^tabledesk_lane_run_seconds_count\\{lane="${lane}",result="done"\\} (\\d+)`, 'm');
    return Number(line.exec(text)?.[1] ?? 0);
  }
});

function isReading({ path }: { path: string }): boolean {
  return path.endsWith('/listRecords');
}

function isPrinter({ subject }: { subject: string }): boolean {
  return subject === 'Printer';
}
