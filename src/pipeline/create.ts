import { eq } from 'drizzle-orm';
import { tickets } from '../db/schema.ts';
import { ticketSaid } from '../decide/ticket-said.ts';
import type { Occasion } from '../domain/occasion.ts';
import { createIds } from '../kit/new-ids.ts';
import { advise } from './advise.ts';
import { askAhead } from './ask-ahead.ts';
import { atDesk, type PipelineParts } from './at-desk.ts';
import { createLookUps, type LookUpParts } from './customers/look-ups.ts';
import { openContactTables } from './customers/tables.ts';
import { tableChanged } from './customers/table-news.ts';
import { type Desk, type Held, heldTicket } from './desk.ts';
import { drainInbox, retryInbox } from './drain.ts';
import type { Edit, Pipeline, TypedTicket } from './index.ts';
import { reviewAll, wakeDue } from './look-again.ts';
import { adoptRow, answer, messageOf, openByHand, takeEdit, writeNote } from './people.ts';
import { createRecentTexts } from './recent-texts.ts';
import { reconsider } from './reconsider.ts';
import { otherPerson, samePerson } from './requesters.ts';
import { restoreTickets } from './restore.ts';
import { tellOfSwitchedOff } from './switched-off.ts';
import { takeTurn } from './take-turn.ts';
import { setAway, welcome } from './team.ts';
import { setReachable } from './undelivered.ts';
import { writeDrafts } from './write-drafts.ts';

/** The pipeline over our own database; `index.ts` says what it promises. */
export function createPipeline(
  given: Omit<PipelineParts, 'newId' | 'recent' | 'tables' | 'lookUps'> &
    Partial<Pick<PipelineParts, 'newId'>> &
    Pick<LookUpParts, 'pause'>,
): Pipeline {
  const known = { recent: createRecentTexts(), tables: openContactTables() };
  const parts = { ...given, ...known, newId: given.newId ?? createIds(), lookUps: createLookUps(given) };
  return {
    drainInbox: () => drainInbox(parts),
    wakeDue: () => wakeDue(parts),
    async advise() {
      await advise(parts);
      await reconsider(parts);
      // What was placed just now may want a draft.
      await writeDrafts(parts);
    },
    reviewAll: () => reviewAll(parts),
    tableChanged: (table) => tableChanged(parts, table),
    async open(typed) {
      await lookUpTyped(parts, typed, 'console');
      return atDesk(parts, (desk) => openByHand(desk, typed));
    },
    async adopt(row) {
      await lookUpTyped(parts, row, 'base');
      return atDesk(parts, (desk) => adoptRow(desk, row));
    },
    restore: (remembered) => atDesk(parts, (desk) => restoreTickets(desk, remembered)),
    async edit(key, edit) {
      await lookUpCorrected(parts, key, edit);
      return onTicket(parts, key, (desk, held) => takeEdit(desk, held, edit));
    },
    reply: (key, reply) => onTicket(parts, key, (desk, held) => answer(desk, held, reply)),
    note: (key, note) => onTicket(parts, key, (desk, held) => writeNote(desk, held, note)),
    giveBack: (key, by) => onTicket(parts, key, (desk) => ({ kind: 'asked', by, at: desk.now, what: 'give_back' })),
    samePerson: (said) => atDesk(parts, (desk) => samePerson(desk, said)),
    otherPerson: (said) => atDesk(parts, (desk) => otherPerson(desk, said)),
    setAway: (agent, presence) => atDesk(parts, (desk) => setAway(desk, agent, presence)),
    welcome: (agents) => welcome(parts, agents),
    reachable: (address, by) => atDesk(parts, (desk) => setReachable(desk, address, by)),
    rate: (key, rating) => onTicket(parts, key, (desk) => ({ kind: 'rated', ...rating, at: desk.now })),
    tellOfSwitchedOff: (off) => atDesk(parts, (desk) => tellOfSwitchedOff(desk, off)),
    retryInbox: (id) => retryInbox(parts, id, { insisted: false }),
    insistInbox: (id) => retryInbox(parts, id, { insisted: true }),
  };
}

/** A ticket that somebody types is as good as any: what is known of who asks is asked for before. */
function lookUpTyped(parts: PipelineParts, typed: TypedTicket, channel: string): Promise<void> {
  const { config, now } = parts;
  const given = { policy: config.current().policy, now: now() };
  return askAhead(parts, () => [ticketSaid(messageOf(typed), { channel, receivedAt: now() }, given)]);
}

/** The same when somebody corrects the address. */
async function lookUpCorrected({ config, connection, lookUps }: PipelineParts, key: string, edit: Edit): Promise<void> {
  const { email } = edit.requester ?? {};
  if (email === undefined || config.current().lookUps.length === 0) return;
  const [row] = await connection.queries.select({ ticket: tickets.ticket }).from(tickets).where(eq(tickets.key, key));
  if (row === undefined) return;
  await lookUps.ask([{ ...row.ticket, requester: { ...row.ticket.requester, email } }]);
}

/** One occasion on one ticket; null when there is nothing to judge. */
function onTicket(
  parts: PipelineParts,
  key: string,
  act: (desk: Desk, held: Held) => Occasion | null | Promise<Occasion | null>,
): Promise<void> {
  return atDesk(parts, async (desk) => {
    const held = await heldTicket(desk, key);
    const occasion = await act(desk, held);
    if (occasion !== null) await takeTurn(desk, held, occasion);
  });
}
