import { describe, expect, it } from 'vitest';
import { renderReply } from '../../src/config/replies.ts';
import { at } from '../support/builders.ts';
import { findingsOf } from '../support/config.ts';

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
