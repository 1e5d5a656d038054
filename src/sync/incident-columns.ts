import type { Policy } from '../decide/policy.ts';
import { statusName } from '../domain/status-names.ts';
import { ticketName } from '../domain/ticket.ts';
import type { Cell } from '../ports/ticket-store.ts';
import { checkbox, count, type DeskColumn, line, ours, text, wordsOf, yours } from './desk-column.ts';

/** Higher numbers are no numbers of tickets. */
const LONGEST_NUMBER = 9;

/** By which people link tickets and tell of incidents; where the desk looks for incidents. */
export function incidentColumns({ incidents, desk: { prefix } }: Policy): DeskColumn[] {
  if (incidents === null) return [];
  return [
    {
      ...yours(line('incident', 'Incident'), {
        target: 'incident',
        show: ({ ticket }) => (ticket.incident === null ? null : ticketName(prefix, ticket.incident)),
        take: numberIn,
      }),
      description: 'The ticket that stands for the incident. Write its number to link this one; empty it to unlink.',
    },
    {
      ...yours(text('incidentMessage', 'Incident message'), {
        target: 'incidentMessage',
        show: ({ ticket }) => ticket.incidentMessage,
        take: (cell) => (wordsOf(cell) === '' ? null : wordsOf(cell)),
      }),
      description: 'What is known of the incident, for those who report it. It goes out when you tick Known incident.',
    },
    {
      ...yours(checkbox('knownIncident', 'Known incident'), {
        target: 'knownIncident',
        show: ({ ticket }) => ticket.knownIncident,
        take: (cell) => cell === true,
      }),
      description: 'Tick it to declare this ticket an incident: what resembles it is linked to it and told of it.',
    },
    ours(count('linkedCount', 'Linked tickets'), ({ ticket }) => ticket.linkedCount),
  ];
}

/** As people write it: `T-1042`, `#1042`, `1042`. What is none goes to the judgement as it is. */
function numberIn(cell: Cell): number | null | undefined {
  const written = wordsOf(cell);
  if (written === '') return null;
  const [, digits = ''] = /^[^\d\s]*?[-#\s]?(\d+)$/.exec(written) ?? [];
  return digits === '' || digits.length > LONGEST_NUMBER ? undefined : Number(digits);
}

/** What there is to read before one begins; where the desk asks for it. */
export function relatedColumn({ related, desk: { prefix, statuses } }: Policy): DeskColumn[] {
  if (related === 0) return [];
  const show: DeskColumn['show'] = ({ ticket }) =>
    ticket.related
      .map((each) => `${ticketName(prefix, each.number)} ${statusName(statuses, each.status)}: ${each.subject}`)
      .join('\n') || null;
  return [ours(text('related', 'Related'), show)];
}
