import { describe, expect, it } from 'vitest';
import { type ChaosRecord, type SeenTicket, violationsOf } from '../support/chaos-check.ts';

const TICKET: SeenTicket = {
  key: 'K1',
  number: 1001,
  category: 'bug',
  priority: 'high',
  status: 'open',
  assignee: 'Ana Torres',
  decisions: [
    {
      code: 'respond.acknowledged',
      field: null,
      to: null,
      source: { kind: 'policy' },
      params: { to: 'g@example.com' },
    },
    { code: 'override', field: 'status', to: 'resolved', source: { kind: 'person' }, params: {} },
  ],
};

const ROW = {
  id: 'rec1',
  fields: {
    Key: 'K1',
    Number: 1001,
    Description: 'It is broken. [[request-1]]',
    Owner: 'Ana Torres',
    Category: 'bug',
    Priority: 'High',
    Status: 'Open',
    Assignee: 'Ana Torres',
    'Requester email': 'g@example.com',
  },
};

const ACKNOWLEDGEMENT = { to: 'g@example.com', messageId: '<1>', text: 'Subject: We have it [T-1001]\n' };
const ANSWER = { to: 'g@example.com', messageId: '<2>', text: 'Subject: Re: Broken [T-1001]\n\nSwitch it off.' };

/** A desk on which all is well, but for what is given. */
function aRecord(given: Partial<ChaosRecord> = {}): ChaosRecord {
  return {
    told: [{ marker: 'request-1', ids: ['id-1'] }],
    tickets: [TICKET],
    rows: [ROW],
    calls: [],
    mails: [ACKNOWLEDGEMENT, ANSWER],
    edits: [],
    answers: [{ row: 'rec1', text: 'Switch it off.' }],
    ...given,
  };
}

/** The row with other cells. */
function aRow(fields: Readonly<Record<string, unknown>>): ChaosRecord['rows'][number] {
  return { ...ROW, fields: { ...ROW.fields, ...fields } };
}

function calls(...at: readonly number[]): ChaosRecord['calls'] {
  return at.map((each) => ({ at: each, kind: 'list', status: 200, fault: null }));
}

describe('the checker of a chaos run', () => {
  it('finds nothing where all is well, a mail that came twice under one id included', () => {
    expect(violationsOf(aRecord())).toEqual([]);
    expect(violationsOf(aRecord({ mails: [ACKNOWLEDGEMENT, ANSWER, ANSWER] }))).toEqual([]);
    expect(violationsOf(aRecord({ calls: calls(0, 250, 500, 750, 999, 1000) }))).toEqual([]);
    expect(violationsOf(aRecord({ edits: [{ row: 'rec1', column: 'Priority', value: 'High' }] }))).toEqual([]);
    // It was made so by a person, and what followed is in the log too.
    expect(violationsOf(aRecord({ edits: [{ row: 'rec1', column: 'Status', value: 'Resolved' }] }))).toEqual([]);
  });

  it.each<[string, Partial<ChaosRecord>, readonly string[]]>([
    [
      'a request that was acknowledged and is no row',
      { told: [...aRecord().told, { marker: 'request-2', ids: ['id-2'] }] },
      ['acknowledged and no row'],
    ],
    [
      'a request in two rows',
      { rows: [ROW, aRow({ Key: 'K2', Number: 1002 })] },
      ['a request in several rows', 'a row of no ticket'],
    ],
    [
      'a row that was made twice',
      { rows: [ROW, { ...aRow({ Description: '' }), id: 'rec2' }] },
      ['a key in several rows', 'a number of several rows'],
    ],
    [
      'a request that has two ids',
      { told: [{ marker: 'request-1', ids: ['id-1', 'id-2'] }] },
      ['acknowledged under several ids'],
    ],
    [
      'a number that was given twice',
      { tickets: [TICKET, { ...TICKET, key: 'K2', decisions: [] }] },
      ['a number of several tickets', 'a ticket without a row'],
    ],
    ['a row that nobody owns', { rows: [aRow({ Owner: '' })] }, ['a row without an owner']],
    [
      'a row that says something else than the ticket',
      { rows: [aRow({ Priority: 'Low' })] },
      ['the base and the desk say different things'],
    ],
    [
      'a person’s edit that is gone',
      { edits: [{ row: 'rec1', column: 'Subject', value: 'By phone' }] },
      ['a person’s edit was lost'],
    ],
    [
      'a person’s edit that nobody ever took',
      { edits: [{ row: 'rec1', column: 'Assignee', value: 'Ben Okafor' }] },
      ['a person’s edit was lost'],
    ],
    ['an answer that never left', { mails: [ACKNOWLEDGEMENT] }, ['an answer was not sent exactly once']],
    [
      'an answer that left twice',
      { mails: [ACKNOWLEDGEMENT, ANSWER, { ...ANSWER, messageId: '<3>' }] },
      ['an answer was not sent exactly once'],
    ],
    [
      'an answer to somebody else',
      { mails: [ACKNOWLEDGEMENT, { ...ANSWER, to: 'other@example.com' }] },
      ['an answer was not sent exactly once'],
    ],
    [
      'a mail that nothing explains',
      { mails: [ACKNOWLEDGEMENT, ANSWER, { ...ACKNOWLEDGEMENT, messageId: '<3>' }] },
      ['more mails than decisions'],
    ],
    ['a letter that was decided and never left', { mails: [ANSWER] }, ['decided and never sent']],
    [
      'six calls within a second',
      { calls: calls(0, 250, 500, 600, 750, 999, 2000) },
      ['more calls to the base than it lets in'],
    ],
  ])('finds %s', (_, given, found) => {
    expect(violationsOf(aRecord(given)).map(({ what }) => what)).toEqual(found);
  });
});
