import type { Airtable } from '../../../simulators/airtable/index.ts';
import type { ChaosRecord, DecidedThing, SeenTicket } from '../../../test/support/chaos-check.ts';
import type { MailServer } from '../../../test/support/mail-server.ts';
import type { ServiceProcess } from '../../../test/support/service-process.ts';
import type { Told } from '../../../test/support/verify-desk.ts';
import { TABLE } from '../base-desk.ts';
import type { BusyPeople } from '../busy-people.ts';

/** Who saw something of a run. */
export interface Witnesses {
  service: ServiceProcess;
  base: Airtable;
  mail: MailServer;
  told: Told;
  people: BusyPeople;
}

/** A desk that goes on moving after so many readings has something that never ends. */
const MOST_READINGS = 20;

/** How long what moves may take to come to rest, in seconds. */
const PATIENCE = 600;

/** Gathers what each side saw, while nothing moved: what was learned last may have tickets judged again. Reads only. */
export async function readRecord(witnesses: Witnesses): Promise<ChaosRecord> {
  for (let reading = 0; reading < MOST_READINGS; reading += 1) {
    const before = await readTickets(witnesses.service);
    const record = await readOnce(witnesses, before);
    const after = await readTickets(witnesses.service);
    if (JSON.stringify(after) === JSON.stringify(before)) return record;
    await witnesses.service.settled({ seconds: PATIENCE });
  }
  throw new Error(`The desk did not come to rest in ${MOST_READINGS} readings.`);
}

type Read = Omit<SeenTicket, 'decisions'>;

async function readTickets(service: ServiceProcess): Promise<readonly Read[]> {
  const tickets: Read[] = [];
  for (let cursor: string | null = '0'; cursor !== null;) {
    type Page = { tickets: Read[]; next: string | null };
    const page: Page = await service.api<Page>(`/api/tickets?limit=200&cursor=${cursor}`);
    tickets.push(...page.tickets);
    cursor = page.next;
  }
  return tickets;
}

async function readOnce({ service, base, mail, told, people }: Witnesses, read: readonly Read[]): Promise<ChaosRecord> {
  const tickets: SeenTicket[] = [];
  for (const ticket of read) {
    const path = `/api/tickets/${ticket.number}/decisions`;
    tickets.push({ ...ticket, ...(await service.api<{ decisions: DecidedThing[] }>(path)) });
  }
  return {
    told: [...told].map(([marker, ids]) => ({ marker, ids: [...ids] })),
    tickets,
    rows: base.people.rows(TABLE),
    calls: base.requests().map(({ at, kind, status, fault }) => ({ at, kind, status, fault })),
    mails: [...mail.arrived],
    edits: people.lastEdits(),
    answers: people.answers(),
  };
}
