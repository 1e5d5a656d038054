/**
 * Erases what the desk holds of somebody: who they are and what was written, by them and to them. How many tickets there
 * were, when, of which category, and who worked on them stays, so that reports still add up.
 */
import type { LoadedConfig } from '../config/live.ts';
import type { Connection } from '../db/connection.ts';
import { inLane } from '../db/lane.ts';
import type { Reason } from '../domain/decision.ts';
import { identityName } from '../domain/requester.ts';
import type { Now } from '../ports/now.ts';
import { eraseTickets, type ErasedTickets, type ErasingTickets, newNames } from './erase-tickets.ts';
import { forgetLearned } from './forget-learned.ts';
import { forgetSubjects } from './forget-subjects.ts';
import { findPerson } from './person.ts';

export interface ErasingParts {
  connection: Connection;
  config: { current(): LoadedConfig };
  now: Now;
}

/** By what the person was known, and what was erased. */
export interface ErasedPerson {
  knownAs: readonly string[];
  erased: ErasedTickets;
}

/**
 * Erases a person with everything by which they are known.
 *
 * @throws Problem `person.not-named`
 */
export function erasePerson(parts: ErasingParts, asked: { who: string; by: string }): Promise<ErasedPerson> {
  return inLane(parts.connection, (tx) => eraseIn({ ...parts, tx }, asked));
}

/** What erasing would do: all of it is done, and then undone with its transaction. */
export async function wouldErase(parts: ErasingParts, asked: { who: string; by: string }): Promise<ErasedPerson> {
  const undone: { would?: ErasedPerson } = {};
  const onlyTried = new Error('It was only tried.');
  await inLane(parts.connection, async (tx) => {
    undone.would = await eraseIn({ ...parts, tx }, asked);
    throw onlyTried;
  }).catch((error: unknown) => {
    if (error !== onlyTried) throw error;
  });
  if (undone.would === undefined) throw new Error('It was not tried.');
  return undone.would;
}

async function eraseIn(
  parts: Omit<ErasingTickets, 'nameOf'>,
  { who, by }: { who: string; by: string },
): Promise<ErasedPerson> {
  const { tx, now } = parts;
  const { identities, names, tickets: theirs } = await findPerson(tx, who);
  const keys = theirs.map(({ key }) => key);
  const traces = { keys, values: identities.map(({ value }) => value), names, isSought: true };
  const erased = await eraseTickets({ ...parts, nameOf: newNames(now()) }, traces, () => reasonOf(by));
  await forgetSubjects(tx, { numbers: erased.tickets, now: now() });
  if (erased.tickets.length > 0) await forgetLearned(tx);
  return { knownAs: identities.map(identityName), erased };
}

function reasonOf(by: string): Reason {
  const source = { kind: 'person' as const, name: by };
  return { stage: 'edit', code: 'edit.erased', params: { by }, change: null, evidence: [], source, opinion: null };
}
