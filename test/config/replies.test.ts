import { describe, expect, it } from 'vitest';
import { Liquid } from 'liquidjs';
import { renderReply, templateFaults } from '../../src/config/replies.ts';
import { at } from '../support/builders.ts';
import { findingsOf } from '../support/config.ts';
import { fc } from '../support/properties.ts';

const BODY = '{% if reminder.until != "" %}Until {{ reminder.until }}.{% endif %}';
const DESK = { timeZone: 'Europe/Berlin', language: 'en' };

function written(name: string, until: Temporal.Instant | '' = at('2026-11-22T10:00:00Z'), desk = DESK): string {
  return renderReply({ name, subject: '', body: BODY }, { 'reminder.until': until }, desk).text;
}

describe('a moment in a letter', () => {
  it.each([
    ['reminder', 'Until Sun 22 Nov 11:00 (Europe/Berlin).'],
    ['reminder.de', 'Until Sonntag, 22. November um 11:00 (Europe/Berlin).'],
    ['reminder.fr', 'Until dimanche 22 novembre à 11:00 (Europe/Berlin).'],
    ['reminder.es', 'Until domingo, 22 de noviembre, 11:00 (Europe/Berlin).'],
    ['reminder.xx', 'Until Sunday 22 November at 11:00 (Europe/Berlin).'],
  ])('is told in the language of its text, in the desk’s time: %s', (name, text) => {
    expect(written(name)).toBe(text);
  });

  it('is told in the desk’s language where the text is for all', () => {
    const desk = { ...DESK, language: 'de' };
    expect(written('reminder', undefined, desk)).toBe('Until Sonntag, 22. November um 11:00 (Europe/Berlin).');
    expect(written('reminder.en', undefined, desk)).toBe('Until Sun 22 Nov 11:00 (Europe/Berlin).');
  });

  it('leaves its gap empty where there is none', () => {
    expect(written('reminder.de', '')).toBe('');
  });

  it('is told in no language that is none', () => {
    expect(findingsOf({ 'desk.yaml': 'language: German\n' })).toEqual([
      'error config/desk.yaml:1:11 language: "German" is not the two letters of a language; for example: en.',
    ]);
  });
});

describe('the filters of a letter', () => {
  /** All that liquidjs has, but for those that a template here may not use. */
  const bodies = Object.keys(new Liquid().filters)
    .flatMap((name) => ['', ': 1', ': "a"', ': "a", "b"'].map((args) => `{{ ticket.subject | ${name}${args} }}`))
    .filter((body) => templateFaults(body, ['ticket.subject']).length === 0);
  const words = fc.oneof(fc.string(), fc.constantFrom('%ZZ', '=', '[1', '{{ x }}', '\u0000', '-', '<a', 'Zürich 🙈'));

  it('leave every letter writable, whatever its ticket says', () => {
    expect(bodies.length).toBeGreaterThan(100);
    fc.assert(
      fc.property(fc.constantFrom(...bodies), words, (body, subject) => {
        const template = { name: 'x', subject: '', body };
        expect(() => renderReply(template, { 'ticket.subject': subject }, DESK)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  it('are tried by the check, as some take only so much', () => {
    expect(templateFaults('{{ ticket.subject | append: "a", "b" }}', ['ticket.subject'])).toMatchObject([
      { line: 1, message: 'append expect 2 arguments' },
    ]);
  });

  it('that fail on some words are named by the check', () => {
    const files = { 'replies/thanks.md': '---\nsubject: Thanks\n---\nOf {{ ticket.subject | url_decode }}\n' };
    expect(findingsOf(files).join('\n')).toContain('undefined filter: url_decode');
  });
});
