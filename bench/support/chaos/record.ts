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

/** Gathers what each side saw. Reads only. */
export async function readRecord({ service, base, mail, told, people }: Witnesses): Promise<ChaosRecord> {
  const tickets: SeenTicket[] = [];
  for (let cursor: string | null = '0'; cursor !== null;) {
    type Page = { tickets: Omit<SeenTicket, 'decisions'>[]; next: string | null };
    const page: Page = await service.api<Page>(`/api/tickets?limit=200&cursor=${cursor}`);
    for (const ticket of page.tickets) {
      const path = `/api/tickets/${ticket.number}/decisions`;
      tickets.push({ ...ticket, ...(await service.api<{ decisions: DecidedThing[] }>(path)) });
    }
    cursor = page.next;
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
