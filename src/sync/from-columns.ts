import { isKeptAsChosen } from '../decide/apply.ts';
import type { Policy } from '../decide/policy.ts';
import { SCORES } from '../domain/follow-up.ts';
import { isOpen, type Override, type Status, type Ticket, undecidedTicket } from '../domain/ticket.ts';
import { storable } from '../kit/storable-text.ts';
import type { Cell, StoredRow } from '../ports/ticket-store.ts';
import { deskColumns } from './columns.ts';
import { chosenFields } from './merge.ts';
import { rowSeen, teamColumns } from './team-columns.ts';
import { Chosen } from './wire.ts';
import { SOMEBODY } from './wording.ts';

/** Higher numbers are no numbers of tickets, and counting on from one would leave only such. */
const HIGHEST_NUMBER = 999_999_999;

interface Given {
  policy: Policy;
  now: Temporal.Instant;
}

/** The ticket that a row shows by its columns alone; what they leave open is as in one that just came in. */
export function ticketShown(row: StoredRow & { key: string }, given: Given): Ticket {
  const { cells, key } = row;
  const { triage, routing } = given.policy;
  const chosen = Chosen.parse(chosenFields(deskColumns(given.policy), cells));
  return {
    ...undecidedTicket({ priority: triage.defaultPriority, queue: routing.defaultQueue, now: given.now }),
    ...chosen,
    ...lifeShown(row, chosen.status ?? 'new'),
    key,
    number: numberIn(cells['number'], { from: 1, to: HIGHEST_NUMBER }) ?? 0,
    subject: wordsIn(cells['subject']),
    description: textIn(cells['description']),
    requester: {
      name: wordsIn(cells['requesterName']),
      email: nameIn(cells['requesterEmail'])?.toLowerCase() ?? null,
      account: {},
    },
    channel: nameIn(cells['channel']) ?? 'base',
    externalId: nameIn(cells['externalId']),
    row: rowSeen(teamColumns(given.policy), cells),
    needsReview: cells['needsReview'] === true,
    confidence: fractionIn(cells['confidence']),
    summary: nameIn(cells['summary']),
    why: wordsIn(cells['why']),
    satisfaction: SCORES.find((score) => score === cells['satisfaction']) ?? null,
    surveyComment: nameIn(cells['surveyComment']),
    assignmentCount: chosen.assignee === undefined ? 0 : 1,
    ...incidentShown(row, given),
  };
}

/**
 * Nobody remembers any more what a person chose and what we did, so all that is filled in counts as chosen:
 * better a field that we leave alone than a person's choice undone.
 */
export function chosenIn({ cells }: StoredRow, { policy, now }: Given): Pick<Ticket, 'overrides'> {
  const chosen = Object.entries(chosenFields(deskColumns(policy), cells));
  const overrides = chosen
    .filter(([field]) => isKeptAsChosen(field))
    .map(([field, to]): [string, Override] => [field, { by: SOMEBODY, at: now, from: null, to }]);
  return { overrides: Object.fromEntries(overrides) };
}

/** Who was told of what is forgotten, so that only what ends from now on is told. */
function incidentShown({ cells }: StoredRow, { policy, now }: Given) {
  const link = deskColumns(policy).find(({ name }) => name === 'incident');
  const taken = link?.take(cells['incident'] ?? null);
  const incident = typeof taken === 'number' ? taken : null;
  return {
    incident,
    incidentReport: incident === null ? null : { isTold: true, endedAt: now },
    knownIncident: cells['knownIncident'] === true,
    incidentMessage: nameIn(cells['incidentMessage']),
    linkedCount: numberIn(cells['linkedCount'], { from: 0, to: HIGHEST_NUMBER }) ?? 0,
  };
}

/** What has ended has ended at some time. */
function lifeShown({ cells, createdAt }: StoredRow, status: Status) {
  const lastAt = momentIn(cells['lastAgentMessageAt']) ?? momentIn(cells['lastCustomerMessageAt']) ?? createdAt;
  const openedAt = momentIn(cells['openedAt']) ?? createdAt;
  return {
    openedAt,
    createdAt,
    firstResponseDueAt: momentIn(cells['firstResponseDueAt']),
    resolutionDueAt: momentIn(cells['resolutionDueAt']),
    firstRespondedAt: momentIn(cells['firstRespondedAt']),
    resolvedAt: momentIn(cells['resolvedAt']) ?? (isOpen(status) ? null : lastAt),
    closedAt: momentIn(cells['closedAt']) ?? (status === 'closed' ? lastAt : null),
    lastCustomerMessageAt: momentIn(cells['lastCustomerMessageAt']) ?? openedAt,
    lastAgentMessageAt: momentIn(cells['lastAgentMessageAt']),
    reopenCount: numberIn(cells['reopenCount'], { from: 0, to: HIGHEST_NUMBER }) ?? 0,
    contactCount: numberIn(cells['contactCount'], { from: 0, to: HIGHEST_NUMBER }) ?? 1,
  };
}

function textIn(cell: Cell | undefined): string {
  return typeof cell === 'string' ? storable(cell) : '';
}

function wordsIn(cell: Cell | undefined): string {
  return textIn(cell).trim();
}

function nameIn(cell: Cell | undefined): string | null {
  const words = wordsIn(cell);
  return words === '' ? null : words;
}

function numberIn(cell: Cell | undefined, { from, to }: { from: number; to: number }): number | null {
  return typeof cell === 'number' && Number.isInteger(cell) && cell >= from && cell <= to ? cell : null;
}

function fractionIn(cell: Cell | undefined): number | null {
  return typeof cell === 'number' && cell >= 0 && cell <= 1 ? cell : null;
}

function momentIn(cell: Cell | undefined): Temporal.Instant | null {
  try {
    return typeof cell === 'string' ? Temporal.Instant.from(cell) : null;
  } catch {
    return null;
  }
}
