import { expect, it } from 'vitest';
import { hearLanguage } from '../../src/decide/language.ts';
import { sentenceOf } from '../../src/domain/sentence.ts';
import { aRequester, aTicket, aTurn } from '../support/builders.ts';

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
