import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../../../src/domain/problem.ts';
import { createKeptAnswers } from '../../../src/knowledge/model/kept-answers.ts';
import { createModelLedger } from '../../../src/knowledge/model/ledger.ts';
import { modelReadings, modelStanding } from '../../../src/knowledge/model/standing.ts';
import type { ModelSettings } from '../../../src/ports/language-model.ts';
import { at } from '../../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../../support/database.ts';
import { modelSettings } from '../../support/language-models.ts';

const PRICES = { input: 1, cachedInput: 1, output: 1, currency: 'EUR' };
const SPENDING = { inputTokens: 400, cachedTokens: 0, outputTokens: 60, cost: 0.4 };
const BROKEN = new Problem({ code: 'model.too-slow', message: 'Too slow.', fix: 'Wait.' });

describe.each(ENGINES)('the budget of language models on %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  beforeEach(() => database.empty());
  afterAll(() => database.drop());

  function aLedger(caps: Partial<ModelSettings['caps']> = {}, when = '2026-11-20T10:00:00Z', name = 'm') {
    const settings = modelSettings({ name, prices: PRICES });
    return createModelLedger({
      connection: database.connection,
      settings: { ...settings, caps: { ...settings.caps, ...caps } },
      timeZone: 'Europe/Berlin',
      now: () => at(when),
    });
  }

  it('takes no request beyond the cap of a day, however many ask at once', async () => {
    const claims = Array.from({ length: 8 }, () => aLedger({ callsPerDay: 3 }).claim());
    const outcomes = await Promise.allSettled(claims);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: {
        code: 'model.budget-spent',
        message: 'The language model has taken the 3 requests that a day may have.',
        // Midnight in Berlin is 13 hours away.
        retry: { afterSeconds: 13 * 3600 },
      },
    });
  });

  it('begins anew with the day and the month of the desk', async () => {
    await aLedger({ callsPerDay: 1 }, '2026-11-29T22:59:59Z').claim();
    await expect(aLedger({ callsPerDay: 1 }, '2026-11-29T22:59:59Z').claim()).rejects.toThrow('a day may have');
    await aLedger({ callsPerDay: 1, callsPerMonth: 2 }, '2026-11-29T23:00:00Z').claim();
    await expect(aLedger({ callsPerMonth: 2 }, '2026-11-30T22:00:00Z').claim()).rejects.toMatchObject({
      message: 'The language model has taken the 2 requests that a month may have.',
      retry: { afterSeconds: 3600 },
    });
    await aLedger({ callsPerMonth: 2 }, '2026-11-30T23:00:00Z').claim();
  });

  it('counts what all models cost together', async () => {
    const ledger = aLedger({}, '2026-11-20T10:00:00Z', 'other');
    await ledger.claim();
    await ledger.spend({ ...SPENDING, cost: 1.5 });
    await aLedger({ costPerDay: 1.6 }).claim();
    await expect(aLedger({ costPerDay: 1.5 }).claim()).rejects.toThrow('the 1.5 EUR that a day may have');
    await expect(aLedger({ costPerMonth: 1 }, '2026-11-25T10:00:00Z').claim()).rejects.toThrow(
      'the 1 EUR that a month',
    );
  });

  it('is shown with how readings ended', async () => {
    const ledger = aLedger();
    await ledger.claim();
    await ledger.spend(SPENDING);
    await ledger.ended({ problem: null, isKept: false, milliseconds: 900 });
    await ledger.ended({ problem: null, isKept: true, milliseconds: 0 });
    await ledger.ended({ problem: BROKEN, isKept: false, milliseconds: 2100 });
    const today = Temporal.PlainDate.from('2026-11-20');
    expect(await modelStanding(database.connection.queries, { model: 'm', today })).toEqual({
      spent: { day: { requests: 1, cost: 0.4 }, month: { requests: 1, cost: 0.4 } },
      own: { requests: 1, cost: 0.4 },
      readings: 2,
      kept: 1,
      failures: 1,
      meanMilliseconds: 1500,
      failed: {
        problem: { code: 'model.too-slow', message: 'Too slow.', fix: 'Wait.' },
        at: at('2026-11-20T10:00:00Z'),
        day: '2026-11-20',
      },
    });
    const readings = await modelReadings(database.connection.queries);
    expect(readings.map(({ name, value, labels }) => [name, value, Object.values(labels ?? {}).join(' ')])).toEqual([
      ['tabledesk_model_requests', 1, 'm'],
      ['tabledesk_model_tokens', 400, 'm input'],
      ['tabledesk_model_tokens', 60, 'm output'],
      ['tabledesk_model_cost', 0.4, 'm'],
      ['tabledesk_model_tickets', 1, 'm read'],
      ['tabledesk_model_tickets', 1, 'm known'],
      ['tabledesk_model_tickets', 1, 'm failed'],
    ]);
  });

  it('keeps an answer for thirty days, and then forgets it', async () => {
    const on = (day: string) => createKeptAnswers(database.connection, () => at(`${day}T10:00:00Z`));
    await on('2026-11-01').set('k', { category: 'billing' });
    expect(await on('2026-12-01').get('k')).toEqual({ category: 'billing' });
    expect(await on('2026-12-02').get('k')).toBeNull();
    await on('2026-12-02').set('other', { category: null });
    expect(await on('2026-11-02').get('k')).toBeNull();
    expect(await on('2026-12-02').get('unknown')).toBeNull();
  });
});
