import type { Policy } from '../decide/policy.ts';
import type { ColumnType } from '../ports/ticket-store.ts';
import { type DeskColumn, line, listOf, typed, wordsOf, yours } from './desk-column.ts';
import { LEVEL_WORDING } from './wording.ts';

/** Only for desks that escalate: the others have enough columns. */
export function escalationColumns({ escalation }: Policy): DeskColumn[] {
  if (escalation.definitions.length === 0) return [];
  const levels: ColumnType = { kind: 'choice', options: LEVEL_WORDING.shown, closed: true };
  return [
    {
      ...yours(typed('escalationLevel', 'Escalation', levels), {
        target: 'escalationLevel',
        show: ({ ticket }) => LEVEL_WORDING.show(String(ticket.escalationLevel)),
        take: (cell) => levelOf(wordsOf(cell)),
      }),
      description: 'Choose a level to escalate the ticket by hand; empty it to end the escalation.',
    },
    {
      ...yours(line('accountable', 'Accountable'), {
        target: 'accountable',
        show: ({ ticket }) => ticket.accountable,
        take: (cell) => wordsOf(cell) || null,
      }),
      description:
        'Who answers for the escalation: an agent, a queue or a mail address. Your choice stays until it ends.',
    },
  ];
}

function levelOf(written: string): number | undefined {
  if (written === '') return 0;
  const level = LEVEL_WORDING.take(written);
  return level === undefined ? undefined : Number(level);
}

/** The steps of all categories, as a base offers the same choices in every row; only where a category has some. */
export function stepColumns({ triage }: Policy): DeskColumn[] {
  const options = [...new Set(Object.values(triage.steps).flat())];
  if (options.length === 0) return [];
  return [
    {
      ...yours(typed('stepsDone', 'Steps done', { kind: 'choices', options }), {
        target: 'stepsDone',
        show: ({ ticket }) => ticket.stepsDone,
        take: listOf,
      }),
      description: 'Add each step when it is done. Who did it, and when, is in the log.',
    },
  ];
}
