/**
 * What happens to a ticket when nobody works on it any more: the reminder of a customer who does not answer, the
 * summary of what was done, check-ins, the end of the waiting period, and the question how it was. What time
 * alone brings is in `next-steps.ts`; `docs/follow-up.md` tells the rules to those who write them.
 */
import type { Turn } from '../turn.ts';
import { checkIn } from './check-ins.ts';
import { close } from './closing.ts';
import { nextSteps } from './next-steps.ts';
import { waitForCustomer } from './silence.ts';
import { summarise } from './summary.ts';
import { survey } from './survey.ts';

/** Does what has come due, and asks to be woken for what is to come. */
export function followUp(turn: Turn): void {
  waitForCustomer(turn);
  summarise(turn);
  checkIn(turn);
  close(turn);
  survey(turn);
  lookAgain(turn);
}

/** Begins to wait for the requester, for a stage that asks them something later in the turn. */
export function awaitRequester(turn: Turn): void {
  waitForCustomer(turn);
  lookAgain(turn);
}

function lookAgain(turn: Turn): void {
  for (const { at } of nextSteps(turn.ticket, turn.policy)) turn.wakeAt(at);
}
