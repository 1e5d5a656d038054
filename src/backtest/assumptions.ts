import type { Summary } from './summary.ts';

/** What nobody can know of a past that did not happen, and how it is taken here. Said with each result. */
export function assumptionsOf({ fromTicket, awaitingModel }: Summary): readonly string[] {
  return [
    'People answered, edited and handed off when they did, whoever would have had the ticket; a person’s edit wins in both runs.',
    'What was left out at intake stays out, messages belong to the tickets that they joined, and tickets report the incidents that they were found to report.',
    'Models and look-ups said from the first moment what they said last; columns of the team’s own say what they say now.',
    'Nobody was away but those who are away now, since they are; agents have the people.yaml of either config all along.',
    'Both runs go by one config from the first ticket on, whatever was in force then.',
    ...(fromTicket === 0
      ? []
      : [
          `${tickets(fromTicket)} replayed by the words that the ticket keeps: the request is not there any more, or a person typed it.`,
        ]),
    ...(awaitingModel === 0
      ? []
      : [
          `${awaitingModel === 1 ? '1 ticket waits' : `${awaitingModel} tickets wait`} for a language model that was not asked then; what it would say nobody knows.`,
        ]),
  ];
}

function tickets(count: number): string {
  return count === 1 ? '1 ticket was' : `${count.toLocaleString('en-GB')} tickets were`;
}
