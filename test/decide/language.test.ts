import { describe, expect, it } from 'vitest';
import { hearLanguage } from '../../src/decide/language.ts';
import { sentenceOf } from '../../src/domain/sentence.ts';
import type { Heard } from '../../src/decide/facts.ts';
import { aRequester, aTicket, aTurn, MORNING, someFacts } from '../support/builders.ts';

/** A turn in which the account becomes known. */
function turnOn(ticket = aTicket({ language: 'en' })) {
  const turn = aTurn({ ticket });
  turn.keep('requester', aRequester({ account: { language: 'German' } }));
  hearLanguage(turn);
  return turn;
}

it('takes what becomes known of the account for the language, and says so', () => {
  const turn = turnOn();
  expect(turn.ticket.language).toBe('de');
  expect(turn.finish().reasons.map(sentenceOf)).toEqual(['Is answered in German, as the account says.']);
});

it('believes the form first, and says nothing of what is known', () => {
  expect(turnOn(aTicket({ language: 'fr', fields: { language: 'fr' } })).ticket.language).toBe('fr');
  expect(turnOn(aTicket({ language: 'de' })).finish().reasons).toEqual([]);
  const turn = aTurn({ ticket: aTicket({ language: 'en', requester: aRequester({ account: { language: 'de' } }) }) });
  hearLanguage(turn);
  expect(turn.ticket.language).toBe('en');
});

const SURE = { language: 'no', isSure: true };
const DOUBTFUL = { language: 'no', isSure: false };
const EARLIER = { language: 'da', number: 1040, by: null };
const CHOSEN = { language: 'da', number: 1040, by: 'Ana' };

describe('words and memory', () => {
  it.each<[string, Heard, string | null]>([
    ['sure words', { words: SURE, earlier: null }, 'no'],
    ['sure words before an earlier ticket', { words: SURE, earlier: EARLIER }, 'no'],
    ['an earlier ticket before doubtful words', { words: DOUBTFUL, earlier: EARLIER }, 'da'],
    ['an earlier ticket where words do not tell', { words: null, earlier: EARLIER }, 'da'],
    ['doubtful words where nothing else is known', { words: DOUBTFUL, earlier: null }, 'no'],
    ['what a person chose before sure words', { words: SURE, earlier: CHOSEN }, 'da'],
    ['nothing where nothing tells', { words: null, earlier: null }, null],
  ])('tell the language by %s (A-039)', (_, language, expected) => {
    const turn = aTurn({ ticket: aTicket(), facts: someFacts({ language }) });
    hearLanguage(turn);
    expect(turn.ticket.language).toBe(expected);
  });

  it('count for nothing against what the form says, or a person chose on the ticket', () => {
    const facts = someFacts({ language: { words: SURE, earlier: CHOSEN } });
    const stated = aTurn({ ticket: aTicket({ fields: { language: 'Svenska' } }), facts });
    hearLanguage(stated);
    expect(stated.ticket.language).toBe('sv');
    const language = { by: 'Ana', at: MORNING, from: null, to: 'fi' };
    const chosen = aTurn({ ticket: aTicket({ language: 'fi', overrides: { language } }), facts });
    chosen.keep('requester', aRequester({ account: { language: 'German' } }));
    hearLanguage(chosen);
    expect(chosen.ticket.language).toBe('fi');
  });
});
