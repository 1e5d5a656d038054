import { describe, expect, it } from 'vitest';
import { createArticleSearch } from '../../src/knowledge/article-search.ts';
import { withoutGreeting } from '../../src/kit/without-greeting.ts';
import { findGaps } from '../../src/knowledge/gaps.ts';
import type { SolvedTicket } from '../../src/knowledge/solved-tickets.ts';
import { INJECTIONS } from '../fixtures/injections.ts';
import { anArticle, MORNING } from '../support/builders.ts';

/** What would lead somewhere, run, or be calculated. */
const HARMFUL = /:\/\/|\bwww\.|evil\.example|javascript:|mailto:|<|>|\{\{|\{%|^- [=+\-@|]|[\p{Cf}\u2028\u2029]/mu;

const SINCE = MORNING.subtract({ hours: 24 * 56 });

const EXPORTS = [
  'How do I export my contacts to a spreadsheet?',
  'Export contacts to a spreadsheet',
  'Can I export all contacts as a spreadsheet file',
  'contacts export into spreadsheet',
];

function solved(text: string, number: number, its: Partial<SolvedTicket> = {}): SolvedTicket {
  return {
    key: `key-${number}`,
    number,
    subject: text,
    text,
    category: 'question',
    channel: 'website',
    requester: `${number}@example.com`,
    asker: { name: '', email: `${number}@example.com` },
    openedAt: MORNING.subtract({ hours: 24 * (60 - number) }),
    reopenCount: 0,
    satisfaction: null,
    answer: null,
    ...its,
  };
}

function gapsOf(
  tickets: readonly SolvedTicket[],
  articles = [anArticle({ title: 'Get a refund', body: 'In 30 days.' })],
) {
  return findGaps(tickets, { articles, findArticles: createArticleSearch(), own: [], since: SINCE, now: MORNING });
}

const OTHERS = ['My lamp flickers', 'Wrong name on the parcel', 'When is the shop open?'].map((text, at) =>
  solved(text, 30 + at),
);

describe('recurring questions without an article (A-098)', () => {
  it('are told with who asks, how often, and whether it becomes more', async () => {
    const asked = EXPORTS.map((text, at) => solved(text, 40 + at, at === 0 ? { openedAt: SINCE } : {}));
    const [gap, ...others] = await gapsOf([...asked, ...OTHERS]);
    expect(others).toEqual([]);
    expect(gap).toMatchObject({ category: 'question', tickets: [43, 42, 41, 40], requesters: 4, later: 3, earlier: 1 });
    expect(EXPORTS).toContain(gap?.title);
  });

  it('are none once an article for customers answers them; a runbook does not', async () => {
    const asked = EXPORTS.map((text, at) => solved(text, 40 + at));
    const article = anArticle({ name: 'export', title: 'Export contacts to a spreadsheet' });
    expect(await gapsOf(asked, [article])).toEqual([]);
    expect(await gapsOf(asked, [{ ...article, audience: 'internal' }])).toHaveLength(1);
  });

  it('are none of one person who asks again and again, nor of two', async () => {
    const asked = EXPORTS.map((text, at) => solved(text, 40 + at, { requester: `${at % 2}@example.com` }));
    expect(await gapsOf(asked)).toEqual([]);
    expect(await gapsOf([])).toEqual([]);
  });

  it('have an outline of the questions and of answers that settled them, without whom these were written to', async () => {
    const good = 'Hello Greta,\n\nopen Contacts, then choose Export at the top of the list.';
    const answers = [
      { answer: 'Done.' },
      { answer: 'Please try to restart the browser and to log in again.', reopenCount: 1 },
      { answer: good, satisfaction: 5 },
      {},
    ];
    const [gap] = await gapsOf(EXPORTS.map((text, at) => solved(text, 40 + at, answers[at])));
    expect(gap?.outline).toMatch(/^---\ntitle: ".*"\ncategory: "question"\napproved: false\n---\n/);
    for (const question of EXPORTS) expect(gap?.outline).toContain(`- ${question}`);
    expect(gap?.outline).toContain('## What helps\n\nopen Contacts, then choose Export at the top of the list.');
    expect(gap?.outline).not.toMatch(/Greta|restart|Done/);
  });

  it('have an outline that leads nowhere, whoever agreed to ask the same', async () => {
    for (const { subject, text, wants } of INJECTIONS) {
      const asked = `${subject} ${text} ${Object.values(wants).map(String).join(' ')}`.slice(0, 200);
      const tickets = [1, 2, 3].map((at) => solved(`Export contacts ${asked}`, 40 + at, { subject: asked }));
      const [gap] = await gapsOf([...tickets, ...OTHERS]);
      expect(gap?.outline).toMatch(
        /^---\ntitle: "[^\n]*"\ncategory: "question"\napproved: false\n---\n\n## What people ask\n/,
      );
      expect(gap?.outline).not.toMatch(HARMFUL);
    }
  });

  it('have an outline without whom its answers were about', async () => {
    const answer =
      'Greta, we wrote to greta@example.com: reset it at https://shop.example/reset?token=8f3a, then sign in.';
    const asker = { name: 'Greta Holm', email: 'greta@example.com' };
    const [gap] = await gapsOf(
      EXPORTS.map((text, at) => solved(`${text} greta@example.com`, 40 + at, { asker, answer })),
    );
    expect(gap?.outline).toContain('reset it at https://shop.example/reset');
    expect(gap?.outline).not.toMatch(/Greta|greta@|8f3a/);
  });
});

it.each([
  ['Hello Greta,\n\nplease restart.', 'please restart.'],
  ['Guten Tag Frau Holm,\nbitte neu starten.', 'bitte neu starten.'],
  ['Hello is what the button says.', 'Hello is what the button says.'],
])('a greeting is left out: %j', (text, rest) => {
  expect(withoutGreeting(text)).toBe(rest);
});
