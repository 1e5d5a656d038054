import { describe, expect, it } from 'vitest';
import { NEVER } from '../../src/decide/condition.ts';
import { replyIn } from '../../src/decide/replies.ts';
import { aConfig, findingsOf } from '../support/config.ts';

const DESK = 'name: Test desk\nintake: { acknowledgement: thanks }\n';
const LETTER = '---\nsubject: We have it\n---\nThank you.\n';

describe('a reply in several languages', () => {
  const { policy } = aConfig({
    'desk.yaml': DESK,
    'replies/thanks.md': LETTER,
    'replies/thanks.de.md': '---\nsubject: Wir haben es\n---\nDanke.\n',
  });

  it.each([
    ['de', 'Danke.'],
    ['fr', 'Thank you.'],
    [null, 'Thank you.'],
  ])('has the version for %s, or else the one for all', (language, body) => {
    expect(replyIn(policy.replies, { reply: 'thanks', language })?.body).toBe(body);
  });

  it('is named without its language', () => {
    const files = { 'replies/thanks.de.md': LETTER };
    expect(findingsOf({ 'desk.yaml': DESK, ...files })[0]).toMatch(
      /intake\.acknowledgement: "thanks" is not a template in replies\/;/,
    );
    expect(findingsOf({ 'desk.yaml': DESK.replace('thanks', 'thanks.de'), ...files })[0]).toMatch(
      /"thanks\.de" is not a template/,
    );
  });

  it('is checked in each of them', () => {
    const broken = '---\nsubject: Wir haben es\n---\nDanke, {{ reply.author }}.\n';
    expect(findingsOf({ 'desk.yaml': DESK, 'replies/thanks.md': LETTER, 'replies/thanks.de.md': broken })).toEqual([
      'error config/desk.yaml:2:28 intake.acknowledgement: replies/thanks.de.md has the gap "reply.author", which nothing fills here; take it out of replies/thanks.de.md, or name another template here.',
    ]);
  });
});

describe('an answer that agents can take', () => {
  const REFUND = [
    '---',
    'title: How to get a refund',
    'why: Only within 30 days.',
    'suggestWhen:',
    '  category: billing',
    '---',
    'Hello {{ requester.name }}',
  ].join('\n');
  const TRIAGE = 'categories: [billing]\n';

  it('has a title, and of which tickets it is suggested; it needs no subject (A-085)', () => {
    const { policy } = aConfig({ 'triage.yaml': TRIAGE, 'replies/refund.md': REFUND });
    expect(policy.offers.drafts).toEqual([
      {
        reply: 'refund',
        title: 'How to get a refund',
        why: 'Only within 30 days.',
        when: { kind: 'is', field: 'category', values: ['billing'] },
        place: 'replies/refund.md',
      },
    ]);
  });

  it('is one answer in all its languages', () => {
    const { policy } = aConfig({
      'triage.yaml': TRIAGE,
      'replies/refund.md': REFUND,
      'replies/refund.de.md': '---\ntitle: Erstattung\n---\nHallo\n',
      'replies/hola.es.md': '---\ntitle: Saludo\n---\nHola\n',
    });
    expect(policy.offers.drafts.map(({ reply, title }) => [reply, title])).toEqual([
      ['hola', 'Saludo'],
      ['refund', 'How to get a refund'],
    ]);
  });

  it.each([
    [
      'a condition without a title',
      '---\nsubject: a\nsuggestWhen: { category: billing }\n---\nb\n',
      'replies/refund.md:3:14 suggestWhen: is of no use without a title',
    ],
    [
      'a name that leads nowhere',
      REFUND.replace('category: billing', 'category: biling'),
      'replies/refund.md:5:13 suggestWhen.category: "biling" is not a category',
    ],
    [
      'a gap that only some letters have',
      REFUND.replace('requester.name', 'reply.author'),
      'replies/refund.md:7:10 "reply.author" is not a field of a reply',
    ],
  ])('is refused for %s', (_, text, said) => {
    const [finding = ''] = findingsOf({ 'triage.yaml': TRIAGE, 'replies/refund.md': text });
    expect(finding.slice('error config/'.length).split(';')[0]).toBe(said);
  });

  it('is no letter while it has no subject', () => {
    const files = { 'desk.yaml': DESK.replace('thanks', 'refund'), 'triage.yaml': TRIAGE, 'replies/refund.md': REFUND };
    expect(findingsOf(files).filter((line) => line.startsWith('error'))).toEqual([
      'error config/desk.yaml:2:28 intake.acknowledgement: replies/refund.md has no subject, as only agents take it; give it a subject, or name another template here.',
    ]);
  });
});

describe('an article', () => {
  it('has a title, and the words and tickets that it is for (A-086)', () => {
    const text =
      '---\ntitle: Reset your password\nurl: https://help.example.com/p\nkeywords: [locked out]\n---\nGo on.\n';
    const { policy } = aConfig({ 'articles/password.md': text });
    expect(policy.offers.articles).toEqual([
      {
        name: 'password',
        title: 'Reset your password',
        url: 'https://help.example.com/p',
        audience: 'customer',
        approved: false,
        category: null,
        language: null,
        keywords: ['locked out'],
        body: 'Go on.',
        when: NEVER,
        place: 'articles/password.md',
      },
    ]);
  });

  it.each([
    ['no head', 'Go on.', 'articles/a.md:1:1 title: is missing'],
    [
      'another audience',
      '---\ntitle: A\naudience: all\n---\n',
      'articles/a.md:3:11 audience: "all" is not an audience',
    ],
    [
      'a script as its address',
      '---\ntitle: A\nurl: javascript:x\n---\n',
      'articles/a.md:3:6 url: "javascript:x" is not a web address',
    ],
    [
      'a name that leads nowhere',
      '---\ntitle: A\nwhen: { queue: x }\n---\n',
      'articles/a.md:3:16 when.queue: "x" is not a queue',
    ],
  ])('is refused for %s', (_, text, said) => {
    const [finding = ''] = findingsOf({ 'articles/a.md': text });
    expect(finding.slice('error config/'.length).split(';')[0]).toBe(said);
  });
});
