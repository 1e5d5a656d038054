import { describe, expect, it } from 'vitest';
import { normalise } from '../../src/decide/normalise.ts';
import type { Extract } from '../../src/decide/policy.ts';
import type { Occasion } from '../../src/domain/occasion.ts';
import { sentenceOf } from '../../src/domain/sentence.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { aPolicy, aTicket, aTurn, MORNING, received } from '../support/builders.ts';

const ORDER: Extract = { field: 'order_number', in: 'text', pattern: 'AA-000000', draw: drawer(/[A-Z]{2}-\d{6}/) };

function drawer(pattern: RegExp): Extract['draw'] {
  return (text) => {
    const found = pattern.exec(text);
    return found === null ? null : { value: found[0], start: found.index, end: found.index + found[0].length };
  };
}

function normalised(ticket: Partial<Ticket>, given: { occasion?: Occasion; extract?: Extract[] } = {}) {
  const policy = aPolicy({ intake: { extract: given.extract ?? [ORDER] } });
  const turn = aTurn({ ticket: aTicket(ticket), policy, occasion: given.occasion ?? received() });
  normalise(turn);
  return { fields: turn.ticket.fields, reasons: turn.finish().reasons };
}

function replied(text: string, by: 'customer' | 'agent' = 'customer'): Occasion {
  return { kind: 'replied', by, name: 'Greta', text, at: MORNING };
}

describe('what the requester wrote', () => {
  it('gives fields, each with the words that it is drawn from (A-017)', () => {
    const { fields, reasons } = normalised({ subject: 'Late', description: 'My order AB-123456 is late.' });
    expect(fields).toEqual({ order_number: 'AB-123456' });
    expect(reasons).toMatchObject([
      { stage: 'intake', code: 'intake.drawn', evidence: [{ kind: 'text', quote: 'AB-123456' }], change: null },
    ]);
    expect(reasons.map(sentenceOf)).toEqual(['Order number is “AB-123456”, as the message says.']);
  });

  it('never replaces what a form said, whatever its capitals', () => {
    const { fields, reasons } = normalised({ fields: { Order_Number: 'ZZ-000001' }, description: 'AB-123456' });
    expect(fields).toEqual({ Order_Number: 'ZZ-000001' });
    expect(reasons).toEqual([]);
  });

  it('gives nothing by what it only quotes', () => {
    const { fields } = normalised({ description: 'And now?\n\n> Your order AB-123456 is on its way.' });
    expect(fields).toEqual({});
  });

  it('is looked at in the part that was asked for', () => {
    const inSubject: Extract[] = [{ ...ORDER, in: 'subject' }];
    expect(normalised({ description: 'AB-123456' }, { extract: inSubject }).fields).toEqual({});
    expect(normalised({ subject: 'AB-123456' }, { extract: inSubject }).fields).toEqual({ order_number: 'AB-123456' });
  });

  it('fills with a later message what is still open, and nothing with what we write', () => {
    const occasion = replied('It is AB-654321.');
    expect(normalised({}, { occasion }).fields).toEqual({ order_number: 'AB-654321' });
    const known = { fields: { order_number: 'AB-123456' } };
    expect(normalised(known, { occasion }).fields).toEqual({ order_number: 'AB-123456' });
    expect(normalised({}, { occasion: replied('Is it AB-654321?', 'agent') }).fields).toEqual({});
  });

  it('gives a field to the first that finds something', () => {
    const extract = [ORDER, { ...ORDER, draw: drawer(/AB/) }];
    expect(normalised({ description: 'AB-123456' }, { extract }).fields).toEqual({ order_number: 'AB-123456' });
  });
});
