import { readFile, rename, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAirtable, serveAirtable } from '../../simulators/airtable/index.ts';
import { aCommandLine } from '../support/command-line.ts';
import { until } from '../support/until.ts';

/** A simulated Airtable with an empty base, and a desk that knows nothing of it yet. */
async function aWorld() {
  const airtable = createAirtable();
  const owner = airtable.addUser({ name: 'Help desk', email: 'helpdesk@example.com' });
  const base = airtable.addBase({ name: 'Support', members: [{ userId: owner.id, role: 'create' }] });
  const served = await serveAirtable(airtable);
  const commandLine = await aCommandLine({ AIRTABLE_ENDPOINT_URL: served.address });
  return {
    ...commandLine,
    airtable,
    base,
    token: airtable.addToken({ userId: owner.id }),
    rows: () => airtable.people.rows('Tickets').map(({ id, fields }) => ({ id, ...fields })),
    async drop() {
      await served.close();
      await commandLine.remove();
    },
  };
}

describe('a desk in Airtable, from an empty base on', () => {
  const at: { world: Awaited<ReturnType<typeof aWorld>> | null } = { world: null };
  beforeAll(async () => void (at.world = await aWorld()));
  afterAll(() => at.world?.drop());

  function world() {
    if (at.world === null) throw new Error('The world was not made.');
    return at.world;
  }

  it('is refused in a script that does not say what it must, and nothing is written', async () => {
    const { run, token, env } = world();
    const file = join(env.TABLEDESK_CONFIG, 'desk.yaml');
    const before = await readFile(file, 'utf8');
    expect(await run(['connect', 'airtable'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('Set AIRTABLE_TOKEN in the environment or in .env.') as unknown,
    });
    expect(await run(['connect', 'airtable'], { AIRTABLE_TOKEN: token })).toMatchObject({
      code: 1,
      err: expect.stringContaining('Say it with --base, one of: ') as unknown,
    });
    expect(await run(['connect', 'paper'])).toMatchObject({
      code: 1,
      err: 'There is no base of the kind "paper" to connect.\nWrite npx tabledesk connect and one of: airtable, notion.\n',
    });
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it('is connected by one command, which checks itself and leaves no secret in the config', async () => {
    const { run, token, base, env, cwd } = world();
    const argv = ['connect', 'airtable', '--base', 'Support', '--new-table', 'Tickets', '--plan', 'business', '--yes'];
    const { code, out, err } = await run(argv, { AIRTABLE_TOKEN: token });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('✓ Airtable     It lets us in, and has everything that we need.\n');
    expect(out).toContain(`The base is at https://airtable.com/${base.id}/tbl`);
    expect(out).toContain(
      '  Breached (Grid)\n    Filter: SLA state is Breached, and Status is none of Resolved, Closed\n',
    );
    expect(out).not.toContain(token);
    const desk = await readFile(join(env.TABLEDESK_CONFIG, 'desk.yaml'), 'utf8');
    expect(desk).toContain(`  kind: airtable\n  settings:\n    base: ${base.id} # Support\n`);
    expect(desk).not.toContain(token);
    // What the environment has already is not written a second time.
    await expect(stat(join(cwd, '.env'))).rejects.toMatchObject({ code: 'ENOENT' });
  }, 60_000);

  it('takes a request to a row, a person’s edit to the ticket, and finds itself again in the base', async () => {
    const { run, token, start, rows, airtable, env } = world();
    const variables = { AIRTABLE_TOKEN: token };
    Object.assign(env, variables);
    const service = await start();
    const request = {
      name: 'Greta',
      email: 'greta@example.com',
      subject: 'Paid twice',
      message: 'Payment failed twice.',
    };
    await fetch(`${service.address}/hooks/website`, { method: 'POST', body: new URLSearchParams(request) });
    const row = await until('the row', () => rows().find((each) => 'Subject' in each && 'Owner' in each), {
      seconds: 60,
    });
    expect(row).toMatchObject({ Subject: 'Paid twice', Category: 'billing', Priority: 'High', Number: 1001 });
    expect((await run(['doctor'])).out).toMatch(
      /^✓ Database {5}Embedded, in .+; a process of Tabledesk runs and has it\.$/m,
    );
    expect(await run(['resync'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('Stop the service, run this, and start it again') as unknown,
    });
    await service.stop();

    airtable.people.edit('Tickets', row.id, { Priority: 'Low' });
    await rm(env.TABLEDESK_DATA, { recursive: true });
    const resynced = await run(['resync']);
    expect(resynced).toMatchObject({ code: 0, err: '' });
    expect(resynced.out).toBe(
      'Reading the base: done.\n  1 ticket restored from the base\n  1 ticket changed in the base and taken over\n',
    );
    const explained = await run(['explain', 'T-1001']);
    expect(explained.out).toContain('T-1001 Paid twice\n');
    expect(explained.out).toMatch(/^\w+, low, billing; owner /m);
    expect((await run(['resync'])).out).toBe('Reading the base: done.\nEverything was as it should be.\n');
  }, 120_000);

  it('leaves out a column that is locked, says so, and fills it once it is open and doctor has run', async () => {
    const { run, start, rows, airtable } = world();
    const service = await start();
    airtable.designers.lockField('Tickets', 'Priority', 'Help desk');
    const request = { name: 'Ada', email: 'ada@example.com', subject: 'Late parcel', message: 'Where is it?' };
    await fetch(`${service.address}/hooks/website`, { method: 'POST', body: new URLSearchParams(request) });
    const row = () => rows().find((each) => 'Subject' in each && each.Subject === 'Late parcel' && 'Owner' in each);
    expect(await until('the row', row, { seconds: 60 })).not.toHaveProperty('Priority');
    const locked =
      '! Airtable     Airtable does not let the token\'s owner edit the column "Priority", so it is left out of what is written.\n';
    const { code, out } = await run(['doctor']);
    expect(code).toBe(0);
    expect(out).toContain(locked);
    expect(out).not.toContain('It lets us in, and has everything that we need.');
    airtable.designers.unlockField('Tickets', 'Priority', 'Help desk');
    await run(['doctor']);
    const filled = () =>
      rows().find((each) => 'Priority' in each && 'Subject' in each && each.Subject === 'Late parcel');
    await until('the priority', filled, { seconds: 60 });
    expect((await run(['doctor'])).out).toContain('✓ Airtable     It lets us in, and has everything that we need.\n');
    expect(airtable.counters().tooMany).toBe(0);
    await service.stop();
  }, 120_000);

  it('does not start on a damaged database, and does what its Problem says: every ticket is back, and the next has the next number', async () => {
    const { start, rows, env } = world();
    const before = rows();
    const database = join(env.TABLEDESK_DATA, 'database');
    await truncate(join(database, 'global/pg_control'), 0);
    await expect(start()).rejects.toMatchObject({
      code: 'database.damaged',
      fix: expect.stringContaining(`rename ${database} and start again`) as unknown,
    });
    await rename(database, `${database}-damaged`);

    const service = await start();
    const request = { name: 'Ida', email: 'ida@example.com', subject: 'Refund', message: 'When is it?' };
    await fetch(`${service.address}/hooks/website`, { method: 'POST', body: new URLSearchParams(request) });
    const isNew = (row: { id: string }) => before.every(({ id }) => id !== row.id);
    const next = () => rows().find((row) => isNew(row) && 'Owner' in row);
    expect(await until('the next row', next, { seconds: 60 })).toMatchObject({ Subject: 'Refund', Number: 1003 });
    expect(rows().filter((row) => !isNew(row))).toEqual(before);
    const answer = await fetch(`${service.address}/api/tickets`, {
      headers: { authorization: `Bearer ${service.token}` },
    });
    expect(await answer.json()).toMatchObject({
      tickets: [{ subject: 'Paid twice' }, { subject: 'Late parcel' }, { subject: 'Refund' }],
    });
    await service.stop();
  }, 120_000);
});
