import { describe, expect, it } from 'vitest';
import { budgetOf } from '../../../connectors/airtable/plan.ts';
import { AirtableSettings } from '../../../connectors/airtable/settings.ts';

const BASE = 'appA1b2C3d4E5f6G7';

describe('settings of an Airtable base', () => {
  it('need nothing but the base', () => {
    expect(AirtableSettings.parse({ base: BASE })).toEqual({
      base: BASE,
      table: 'Tickets',
      columns: {},
      plan: 'free',
      timeoutSeconds: 20,
    });
  });

  it.each([
    ['a name for a base', { base: 'Help desk' }],
    ['a title for a field', { base: BASE, columns: { status: 'Status' } }],
    ['a plan that does not exist', { base: BASE, plan: 'pro' }],
    ['a key that nobody knows', { base: BASE, token: 'pat' }],
  ])('refuse %s', (_, settings) => {
    expect(AirtableSettings.safeParse(settings).success).toBe(false);
  });
});

describe('the budget of a plan', () => {
  it.each([
    ['free', 1000, 1000],
    ['team', 100_000, 50_000],
    ['business', null, 125_000],
    ['enterprise', null, 500_000],
  ] as const)('knows what %s allows', (plan, requests, records) => {
    expect(budgetOf({ plan })).toMatchObject({ requestsPerMonth: requests, recordsPerBase: records });
  });

  it.each([
    ['free', 220, 510],
    ['team', 220, 510],
  ] as const)('spends less than half of the month of %s on looking for edits', (plan, busyHours, quietHours) => {
    const { pollSeconds, requestsPerMonth, schemaSeconds } = budgetOf({ plan });
    const looks = (busyHours * 3600) / pollSeconds.busy + (quietHours * 3600) / pollSeconds.quiet;
    const schema = ((busyHours + quietHours) * 3600 * 2) / schemaSeconds;
    expect(looks / (requestsPerMonth ?? 0)).toBeLessThan(0.46);
    expect((looks + schema) / (requestsPerMonth ?? 0)).toBeLessThan(0.55);
  });

  it('looks every ten seconds where calls cost nothing', () => {
    expect(budgetOf({ plan: 'business' }).pollSeconds).toEqual({ busy: 10, quiet: 60 });
  });

  it('takes an allowance of its own before that of the plan', () => {
    expect(budgetOf({ plan: 'business', requestsPerMonth: 1000 })).toMatchObject({
      requestsPerMonth: 1000,
      pollSeconds: { busy: 2263, quiet: 18_360 },
      writeDelaySeconds: { awaited: 5, other: 600 },
    });
  });
});
