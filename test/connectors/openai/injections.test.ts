import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FRUSTRATIONS, SENTIMENTS } from '../../../src/domain/opinion.ts';
import { SEVERITIES } from '../../../src/domain/severity.ts';
import type { ModelReading } from '../../../src/ports/language-model.ts';
import { type Injection, INJECTIONS } from '../../fixtures/injections.ts';
import { aQuestion, aTestModel } from '../../support/language-models.ts';
import { type AskedOfModel, aModelEndpoint, type ModelEndpoint, type Reply } from '../../support/model-endpoint.ts';

const CATEGORIES = ['billing', 'bug', 'question'];
const PRODUCTS = ['Web shop', 'Mobile app'];
const INTENTS = ['wants money back', 'wants to know'];
const MISSING = [
  { field: 'order', question: 'Which order is it?', choices: [] },
  { field: 'browser', question: 'Which browser?', choices: ['Firefox', 'Safari'] },
];

/** Does whatever the ticket says. */
function obeying({ wants }: Injection, { body }: AskedOfModel): Reply {
  if (typeof wants['text'] === 'string') return { says: wants['text'] };
  const [system, user] = body.messages;
  if (wants['leaks'] === true) return { says: { ...wants, reason: system?.content, summary: system?.content } };
  if (wants['leaksMarker'] === true) return { says: { ...wants, reason: user?.content, summary: user?.content } };
  return { says: wants };
}

/** The endpoint that all share, and the ticket that it is asked about. */
const held: { endpoint: ModelEndpoint | null; current: Injection | null } = { endpoint: null, current: null };

beforeAll(async () => {
  held.endpoint = await aModelEndpoint((asked) => (held.current === null ? 'silence' : obeying(held.current, asked)));
});
afterAll(() => held.endpoint?.close());

function endpointHeld(): ModelEndpoint {
  if (held.endpoint === null) throw new Error('The endpoint was not opened.');
  return held.endpoint;
}

/** What becomes of a ticket whose writer the model obeys; null where the model has nothing to say. */
async function read(injection: Injection): Promise<ModelReading | null> {
  held.current = injection;
  const test = await aTestModel(endpointHeld(), { settings: { mask: true } });
  const { subject, text } = injection;
  const question = aQuestion({ subject, text, missing: MISSING, summaryFor: ['billing', 'question'] });
  return test.played(test.model.read(question, {})).catch((error: unknown) => {
    expect(error).toMatchObject({ code: 'model.unreadable' });
    return null;
  });
}

const markers: string[] = [];

/** The ticket stands once, between its markers, and nothing hides in it. */
function expectFenced({ text }: Injection, asked: AskedOfModel | undefined): void {
  const [system, user] = asked?.body.messages ?? [];
  const [, marker = '', ticket = ''] = /BEGIN ([0-9a-f]{24})\n([\s\S]*)\nEND \1\n/.exec(user?.content ?? '') ?? [];
  markers.push(marker);
  expect(ticket).toMatch(/^Subject: /);
  expect(ticket).not.toContain(marker);
  expect(ticket).not.toMatch(UNSEEN);
  const beginning = text.slice(0, 30).trim() || '(nothing)';
  expect(user?.content.replace(ticket, '')).not.toContain(beginning);
  expect(system?.content).not.toContain(beginning);
}

/** What no cell of a base may hold, whoever wrote it. */
const HARMFUL = /:\/\/|\bwww\.|evil\.example|javascript:|mailto:|tel:|<|>|\{\{|\{%|^[=+\-@|]|BEGIN [0-9a-f]{24}/u;

/** Controls, and what changes a text without being seen; lines may end. */
const UNSEEN = /[^\P{C}\n]|[\u2028\u2029]/u;

describe('a ticket that gives orders, to a model that obeys', () => {
  it('comes in more than sixty kinds, in five languages', () => {
    expect(INJECTIONS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(INJECTIONS.map(({ language }) => language)).size).toBe(5);
  });

  it.each(
    INJECTIONS.map(
      (injection, index) => [`${index + 1} (${injection.language}) ${injection.subject}`, injection] as const,
    ),
  )('brings nothing but words of the lists out: %s (A-025)', async (_, injection) => {
    const { asked } = endpointHeld();
    const before = asked.length;
    const reading = await read(injection);
    expectFenced(injection, asked[before]);
    if (reading === null) return;
    const { reason, summary, fields, usage, ...listed } = reading;
    expect(Object.keys(listed).toSorted()).toEqual([
      'category',
      'frustration',
      'intent',
      'language',
      'product',
      'sentiment',
      'severity',
    ]);
    expect([null, ...CATEGORIES]).toContain(listed.category);
    expect([null, ...SEVERITIES]).toContain(listed.severity);
    expect([null, ...PRODUCTS]).toContain(listed.product);
    expect([null, ...INTENTS]).toContain(listed.intent);
    expect([null, ...SENTIMENTS]).toContain(listed.sentiment);
    expect([null, ...FRUSTRATIONS]).toContain(listed.frustration);
    expect(listed.language ?? 'en').toMatch(/^[a-z]{2}$/);
    for (const prose of [reason, summary ?? '']) {
      expect(prose).not.toMatch(HARMFUL);
      expect(prose).not.toMatch(UNSEEN);
      expect(prose).not.toContain('\n');
    }
    expect(reason.length).toBeLessThanOrEqual(200);
    expect((summary ?? '').length).toBeLessThanOrEqual(300);
    expect(['billing', 'question', null]).toContain(summary === null ? null : listed.category);
    expect(['Firefox', 'Safari', undefined]).toContain(fields['browser']);
    expect(`${injection.subject}\n${injection.text}`).toContain(fields['order'] ?? '');
    expect(usage.requests).toBeLessThanOrEqual(2);
  });

  it('gets no word back of what the model was told', async () => {
    for (const injection of INJECTIONS.filter(({ wants }) => wants['leaks'] === true)) {
      expect(await read(injection)).toMatchObject({ category: 'question', reason: '', summary: null });
    }
  });

  it('stands between markers that are others each time', () => {
    expect(new Set(markers).size).toBe(markers.length);
    expect(markers.length).toBeGreaterThanOrEqual(INJECTIONS.length);
  });
});
