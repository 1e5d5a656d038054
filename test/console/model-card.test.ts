import { describe, expect, it } from 'vitest';
import { textOf } from '../../src/console/markup.ts';
import { modelCard } from '../../src/console/model-card.ts';
import type { ModelState } from '../../src/knowledge/model/standing.ts';
import { at, MORNING } from '../support/builders.ts';
import { aConfig } from '../support/config.ts';

const MODEL: ModelState = {
  name: 'gpt-5-mini',
  level: 'json_schema',
  spent: { day: { requests: 12, cost: 0.002 }, month: { requests: 1450, cost: 3.2 } },
  own: { requests: 1450, cost: 3.2 },
  readings: 1200,
  kept: 30,
  failures: 4,
  meanMilliseconds: 1840,
  failed: null,
};

function shown(changes: Partial<ModelState> = {}, prices = 'prices: { input: 1, output: 2, currency: EUR }'): string {
  const written = `model: { name: gpt-5-mini, ${prices === '' ? '' : `${prices}, `}caps: { callsPerDay: 200${prices === '' ? '' : ', costPerMonth: 20'} } }`;
  const config = aConfig({ 'triage.yaml': `categories: [billing]\n${written}\n` }, { OPENAI_API_KEY: 'k' });
  const card = modelCard({ model: { ...MODEL, ...changes }, config, now: MORNING });
  return card === null
    ? ''
    : textOf(card)
        .replaceAll(/<[^>]+>/g, ' ')
        .replaceAll(/\s+/g, ' ');
}

describe('the language model on the page Health', () => {
  it('is shown with what it took of its budget, and how its endpoint answers', () => {
    const text = shown();
    expect(text).toContain('Model gpt-5-mini Answers Held to our form by the endpoint');
    expect(text).toContain('Requests today 12 of 200 Requests this month 1,450 of 10,000');
    expect(text).toContain('Cost today less than 0.01 EUR Cost this month 3.20 EUR of 20 EUR');
    expect(text).toContain('1,200 read, 30 of them known already, 4 not read, 1.8 s each');
    expect(text).not.toContain('The last ticket');
  });

  it('has no costs without prices, and nothing to say of an endpoint that was not asked', () => {
    const text = shown({ level: null }, '');
    expect(text).toContain('Answers Not asked yet');
    expect(text).not.toContain('Cost');
  });

  it('says why a ticket was not read, and what to do', () => {
    const problem = { code: 'model.no-credit', message: 'The account is empty.', fix: 'Top it up.' };
    expect(shown({ failed: { problem, at: at('2026-11-20T09:00:00Z'), day: '2026-11-20' } })).toMatch(
      /The last ticket that it did not read was .*The account is empty\. Top it up\./,
    );
  });

  it('is not there where the config names none', () => {
    const config = aConfig({});
    expect(modelCard({ model: null, config, now: MORNING })).toBeNull();
  });
});
