import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/domain/problem.ts';
import { type OldTicket, oldTicketsIn } from '../../../src/reports/value/old-tickets.ts';
import { at } from '../../support/builders.ts';

const BERLIN = { timeZone: 'Europe/Berlin', renamed: {} };

function read(csv: string, renamed: Readonly<Record<string, string>> = {}): readonly OldTicket[] {
  return oldTicketsIn(csv, { ...BERLIN, renamed });
}

function problemOf(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}

describe('a CSV file of old tickets', () => {
  it('is read by the names of its columns, by the clock of the desk where a moment names no zone', () => {
    const csv = [
      'Ticket;Created at;First reply;Resolved;Assignments;Category;Missed;Triage minutes',
      '1;2026-03-12 10:05;2026-03-12 11:05;2026-03-13T10:05:00+01:00;2;Billing;no;3.5',
      '2;2026-03-12 9:00;;;;;yes;',
    ].join('\n');
    expect(read(csv)).toEqual([
      {
        openedAt: at('2026-03-12T09:05:00Z'),
        firstRespondedAt: at('2026-03-12T10:05:00Z'),
        resolvedAt: at('2026-03-13T09:05:00Z'),
        assignmentCount: 2,
        firstReplyKept: true,
        category: 'Billing',
        triageMinutes: 3.5,
      },
      {
        openedAt: at('2026-03-12T08:00:00Z'),
        firstRespondedAt: null,
        resolvedAt: null,
        assignmentCount: null,
        firstReplyKept: false,
        category: null,
        triageMinutes: null,
      },
    ]);
  });

  it('may count waits in minutes, and changes of owners in place of owners', () => {
    const csv = 'created,first reply minutes,resolution minutes,owner changes\n2026-03-12T09:00:00Z,90,1440,1\n';
    expect(read(csv)).toMatchObject([
      {
        firstRespondedAt: at('2026-03-12T10:30:00Z'),
        resolvedAt: at('2026-03-13T09:00:00Z'),
        assignmentCount: 2,
      },
    ]);
  });

  it('may call its columns otherwise, where somebody says how', () => {
    const csv = 'Erstellt am,Gelöst am\n2026-03-12T09:00:00Z,2026-03-12T10:00:00Z\n';
    const renamed = { 'Erstellt am': 'created', 'Gelöst am': 'resolved' };
    expect(read(csv, renamed)).toMatchObject([{ resolvedAt: at('2026-03-12T10:00:00Z') }]);
  });

  it('is refused with line and column of each cell that cannot be read, and nothing of it is taken', () => {
    const csv = [
      'Created,Resolved,Reassignments,Missed',
      '12/03/2026,2026-03-13 10:00,0,no',
      '2026-03-12 10:00,2026-03-11 10:00,some,perhaps',
      '"",2026-03-13 10:00,0,no',
      '2026-03-12 10:00,"2026-03-13',
      '10:00",0,no',
      '2026-02-30 10:00,,,',
    ].join('\n');
    expect(problemOf(() => read(csv))).toMatchObject({
      code: 'baseline.rows',
      message: [
        'Nothing was imported, as the file has mistakes:',
        '  line 2, column Created: "12/03/2026" is not a moment, such as 2026-03-12 10:05',
        '  line 3, column Reassignments: "some" is not a number of 0 or more',
        '  line 3, column Missed: "perhaps" is not yes or no',
        '  line 3, column Resolved: it lies before the request itself',
        '  line 4, column Created: it is empty, and each ticket needs one',
        '  line 5, column Resolved: "2026-03-13\n10:00" is not a moment, such as 2026-03-12 10:05',
        '  line 7, column Created: "2026-02-30 10:00" is not a moment, such as 2026-03-12 10:05',
      ].join('\n'),
    });
  });

  it('tells ten mistakes, and how many more there are', () => {
    const rows = Array.from({ length: 12 }, () => 'yesterday,');
    const { message } = problemOf(() => read(['created,resolved', ...rows].join('\n')));
    expect(message.split('\n')).toHaveLength(12);
    expect(message).toMatch(/\n {2}and 2 more$/);
  });

  it.each([
    [
      'Opened by,Resolved\nAna,\n',
      'The file does not say when a ticket was created. Its columns are Opened by, Resolved.',
    ],
    ['created,category\n2026-03-12 10:00,billing\n', 'The file does not say what became of its tickets.'],
    ['', 'The file does not say when a ticket was created. Its columns are none.'],
  ])('is refused where a column is missing: %j', (csv, message) => {
    const problem = problemOf(() => read(csv));
    expect(problem.code).toBe('baseline.columns');
    expect(problem.message).toContain(message);
    expect(problem.fix).toContain('created, first reply, first reply minutes, resolved');
  });

  it('names the nearest column to one that is not there', () => {
    const problem = problemOf(() => read('Created,Resolved\n', { Resolvd: 'resolved' }));
    expect(problem.message).toBe('The file has no column "Resolvd"; perhaps "Resolved" is meant.');
  });

  it('is refused without a row', () => {
    expect(problemOf(() => read('created,resolved\n')).message).toContain('no row below the names of the columns');
  });
});
