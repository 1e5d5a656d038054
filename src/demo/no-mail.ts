import { Problem } from '../domain/problem.ts';
import type { Notifier } from '../ports/notifier.ts';
import { GONE, SLOW } from './cast.ts';

const OWN_DESK = 'On a desk of your own it goes out over SMTP_URL.';

/**
 * The way out of a demo: there is none. Whatever the environment says, nothing is sent, and each message
 * says so. Two addresses are refused as mail servers do it, so that the pages have a dead letter to show.
 */
export function createNoMail(): Notifier {
  return {
    async send({ to }) {
      if (to === GONE.email) throw refused(to);
      if (to === SLOW.email) throw putOff(to);
      return { kind: 'not_configured', reason: 'not sent: this is a demo, which sends nothing', fix: OWN_DESK };
    },
  };
}

function refused(to: string): Problem {
  return new Problem({
    code: 'email.rejected',
    message: `The mail server refuses the message: 550 5.1.1 <${to}> no such mailbox (made up, for the demo).`,
    fix: 'Correct the address of the requester, then send the message again.',
  });
}

function putOff(to: string): Problem {
  return new Problem({
    code: 'email.put-off',
    message: `The mail server puts the message off: 451 4.7.1 <${to}> come again later (made up, for the demo).`,
    fix: 'Nothing is to be done: it is tried again by itself.',
    retry: 'later',
  });
}
