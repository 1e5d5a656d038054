import type { StoredProblem } from '../db/schema.ts';
import type { NoTicket } from '../decide/not-ticket.ts';
import type { Policy } from '../decide/policy.ts';
import type { AutomaticKind } from '../domain/message.ts';

/** What a machine wrote, in words; how it is known follows. */
const OF_MACHINES: Readonly<Record<AutomaticKind, string>> = {
  own: 'A message of ours that came back',
  bounce: 'A letter that came back, of no ticket that we know',
  auto_reply: 'An automatic answer',
  list: 'A newsletter, or mail to a list',
  spam: 'Spam, as the mail server says',
  notification: 'A notice that a machine sent',
};

const FIX = 'Make a ticket of it if it is one.';

/** Why something is under lost and found, and what to do about it. */
export function leftOutBecause(why: NoTicket, { policy, sender }: { policy: Policy; sender: string }): StoredProblem {
  const code = 'inbox.ignored';
  switch (why.kind) {
    case 'machine': {
      const { kind, evidence } = why.automatic;
      const ofList = kind === 'list' ? ' If requests come over this list, name it under ownLists in intake.yaml.' : '';
      return { code, message: `${OF_MACHINES[kind]} (${evidence}).`, fix: `${FIX}${ofList}` };
    }
    case 'thanks':
      return { code, message: 'It only says thanks, and belongs to no open ticket.', fix: FIX };
    case 'talk':
      return {
        code,
        message: 'People talk among themselves there: it belongs to no ticket, and asks for none.',
        fix: FIX,
      };
    case 'rule':
      return { code, message: `No ticket by the rule “${why.rule.name}”: ${why.rule.why}`, fix: FIX };
    case 'too_many':
      return tooMany(sender, policy);
  }
}

function tooMany(sender: string, { intake: { breaker } }: Policy): StoredProblem {
  const { messages = 0, withinMinutes = 0 } = breaker ?? {};
  return {
    code: 'inbox.too-many',
    message: `${sender} wrote more than ${messages} messages within ${withinMinutes} minutes; those beyond wait here.`,
    fix: 'Find out whether a machine writes there, and make a ticket of what is one.',
  };
}
