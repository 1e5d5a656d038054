import type { Policy } from '../decide/policy.ts';
import { handoffWords } from '../domain/sentences/handoff-words.ts';
import { asked, type DeskColumn, line, listOf, ours, typed, wordsOf, yours } from './desk-column.ts';
import { answersOf, asNamed } from './wording.ts';

const ANSWER = 'Choose whether your team takes it over. It is cleared when the answer is taken.';

/** What hand-offs under a contract need, for desks that have any. */
export function handoffColumns({ routing: { handoffs }, queues }: Policy): DeskColumn[] {
  if (handoffs.length === 0) return [];
  const isAsked = handoffs.some(({ transfer }) => transfer === 'accept');
  const isHelped = handoffs.some(({ transfer }) => transfer === 'collaborate');
  return [
    ours(line('handoffState', 'Hand-off'), ({ ticket }) => ticket.handoff && handoffWords(ticket.handoff)),
    ...(isAsked ? [answerColumn(handoffs)] : []),
    ...(isHelped ? [helping(Object.keys(queues))] : []),
  ];
}

function answerColumn(handoffs: Policy['routing']['handoffs']): DeskColumn {
  const { shown, take } = answersOf(handoffs);
  return {
    ...asked(typed('handoffAnswer', 'Hand-off answer', { kind: 'choice', options: shown, closed: true }), ANSWER),
    take: (cell) => take(wordsOf(cell)),
  };
}

function helping(queues: readonly string[]): DeskColumn {
  const { take } = asNamed(queues);
  return yours(typed('collaborators', 'Helping', { kind: 'choices', options: queues }), {
    target: 'collaborators',
    show: ({ ticket }) => ticket.collaborators,
    take(cell) {
      const known = listOf(cell).map((name) => take(name));
      return known.includes(undefined) ? undefined : known.filter((name) => name !== undefined);
    },
  });
}
