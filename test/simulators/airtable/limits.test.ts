import { describe, expect, it } from 'vitest';
import { aSupportBase } from '../../support/airtable/a-support-base.ts';

const TOO_FAST = {
  status: 429,
  body: { errors: [{ error: 'RATE_LIMIT_REACHED', message: 'Rate limit exceeded. Please try again later' }] },
};

describe('the rate of a base', () => {
  it('lets five requests through in any second and refuses everything for 30 seconds after the sixth', async () => {
    const { ask, base, clock } = aSupportBase({ requestsPerSecond: 5 });
    const path = `/${base.id}/Tickets`;
    for (let asked = 0; asked < 5; asked += 1) expect((await ask('GET', path)).status).toBe(200);
    expect(await ask('GET', path)).toMatchObject(TOO_FAST);
    clock.pass({ seconds: 29 });
    expect(await ask('GET', path)).toMatchObject(TOO_FAST);
    clock.pass({ seconds: 1 });
    expect((await ask('GET', path)).status).toBe(200);
  });

  it('lets five requests a second through for as long as they come', async () => {
    const { ask, airtable, base, clock } = aSupportBase({ requestsPerSecond: 5 });
    for (let asked = 0; asked < 50; asked += 1) {
      await ask('GET', `/${base.id}/Tickets`);
      clock.pass({ seconds: 0.2 });
    }
    expect(airtable.counters()).toMatchObject({ requests: 50, tooMany: 0, mostInASecond: 5 });
  });

  it('counts each base for itself, the schema and webhooks of a base with it', async () => {
    const { ask, airtable, base, lea } = aSupportBase({ requestsPerSecond: 2 });
    const other = airtable.addBase({ name: 'Other', members: [{ userId: lea, role: 'owner' }] });
    await ask('GET', `/meta/bases/${base.id}/tables`);
    await ask('GET', `/bases/${base.id}/webhooks`);
    expect(await ask('GET', `/${base.id}/Tickets`)).toMatchObject(TOO_FAST);
    expect((await ask('GET', `/meta/bases/${other.id}/tables`)).status).toBe(200);
  });

  it('keeps a shorter pause where that is set', async () => {
    const { ask, base, clock } = aSupportBase({ requestsPerSecond: 1, penaltySeconds: 2 });
    await ask('GET', `/${base.id}/Tickets`);
    expect(await ask('GET', `/${base.id}/Tickets`)).toMatchObject(TOO_FAST);
    clock.pass({ seconds: 2 });
    expect((await ask('GET', `/${base.id}/Tickets`)).status).toBe(200);
  });

  it('refuses more than 50 requests of one token in a second, over all bases', async () => {
    const { ask, airtable } = aSupportBase();
    for (let asked = 0; asked < 51; asked += 1) await ask('GET', '/meta/whoami');
    expect(airtable.requests().map(({ status }) => status)).toEqual([...Array(50).fill(200), 429]);
  });
});

describe('the month of a workspace', () => {
  it('answers in the other meaning of 429 when it is spent, on data alone', async () => {
    const { ask, airtable, base, clock } = aSupportBase({ monthlyCap: 2 });
    await ask('GET', `/${base.id}/Tickets`);
    await ask('GET', `/${base.id}/Tickets`);
    const spent = await ask('GET', `/${base.id}/Tickets`);
    expect(spent).toMatchObject({ status: 429, body: { errors: [{ error: 'PUBLIC_API_BILLING_LIMIT_EXCEEDED' }] } });
    expect((await ask('GET', `/meta/bases/${base.id}/tables`)).status).toBe(200);
    expect(airtable.usedThisMonth()).toBe(3);
    clock.pass({ days: 10 });
    expect(airtable.usedThisMonth()).toBe(0);
    expect((await ask('GET', `/${base.id}/Tickets`)).status).toBe(200);
  });

  it('takes another cap while it runs', async () => {
    const { ask, airtable, base } = aSupportBase();
    airtable.setMonthlyCap(0);
    expect((await ask('GET', `/${base.id}/Tickets`)).status).toBe(429);
    airtable.setMonthlyCap(null);
    expect((await ask('GET', `/${base.id}/Tickets`)).status).toBe(200);
  });
});

describe('the records of a base', () => {
  it('refuses to become more than the plan allows, and takes none of the batch', async () => {
    const { ask, airtable, base } = aSupportBase({ recordsPerBase: 2 });
    const three = { records: [{ fields: {} }, { fields: {} }, { fields: {} }] };
    expect(await ask('POST', `/${base.id}/Tickets`, three)).toMatchObject({
      status: 422,
      body: { error: { type: 'LIMIT_CHECK_FAILED' } },
    });
    expect(airtable.people.rows('Tickets')).toEqual([]);
  });
});

describe('the log', () => {
  it('says of each request what it was, when, how it went and about how many records', async () => {
    const { ask, airtable, base, clock } = aSupportBase();
    await ask('POST', `/${base.id}/Tickets`, { records: [{ fields: {} }, { fields: {} }] });
    clock.pass({ seconds: 1 });
    await ask('GET', `/${base.id}/Tickets?pageSize=1`);
    expect(airtable.requests()).toEqual([
      {
        number: 1,
        method: 'POST',
        path: `/v0/${base.id}/Tickets`,
        status: 200,
        at: clock.now() - 1000,
        kind: 'create',
        records: 2,
        fault: null,
      },
      {
        number: 2,
        method: 'GET',
        path: `/v0/${base.id}/Tickets?pageSize=1`,
        status: 200,
        at: clock.now(),
        kind: 'list',
        records: 1,
        fault: null,
      },
    ]);
    expect(airtable.counters()).toEqual({
      requests: 2,
      byKind: { create: 1, list: 1 },
      tooMany: 0,
      recordsWritten: 2,
      recordsRead: 1,
      mostInASecond: 1,
    });
    airtable.clearLog();
    expect(airtable.counters().requests).toBe(0);
  });

  it('dates its answers by its clock', async () => {
    const { ask, base } = aSupportBase();
    const { headers } = await ask('GET', `/${base.id}/Tickets`);
    expect(headers.get('date')).toBe('Sat, 21 Nov 2026 09:00:00 GMT');
  });

  it('makes the same ids for the same seed, and others for another', () => {
    expect(aSupportBase().base).toEqual(aSupportBase().base);
    expect(aSupportBase({ seed: 2 }).base.id).not.toBe(aSupportBase().base.id);
    expect(aSupportBase().base.id).toMatch(/^app[A-Za-z0-9]{14}$/);
  });
});
