import { applyEffect } from '../../../src/decide/apply.ts';
import type { Facts } from '../../../src/decide/facts.ts';
import { decide } from '../../../src/decide/index.ts';
import type { Effect } from '../../../src/domain/effect.ts';
import type { HandoffAnswer, HandoffAsked, Occasion } from '../../../src/domain/occasion.ts';
import { sentenceOf } from '../../../src/domain/sentence.ts';
import type { FieldValue, Ticket, TicketField } from '../../../src/domain/ticket.ts';
import { aPolicy, aQueue, aRule, aTicket, MORNING, type PolicyWishes, someFacts } from '../../support/builders.ts';

export const LATER = MORNING.add({ minutes: 3 });

const QUEUES = [
  aQueue({ name: 'billing', members: ['Ana', 'Ben'] }),
  aQueue({ name: 'technical', members: ['Cy'] }),
  aQueue({ name: 'review', members: [], method: 'none' }),
];

/** Ana and Ben do the billing, Cy the technical things; every request is about billing. */
export function aDeskOfThree({ routing, ...wishes }: PolicyWishes = {}) {
  return aPolicy({
    queues: QUEUES,
    triage: { rules: [aRule({ category: 'billing' })] },
    routing: { rules: [aRule({ queue: 'billing' })], defaultQueue: 'billing', ...routing },
    ...wishes,
  });
}

export const WITH_BEN: Partial<Ticket> = { status: 'open', category: 'billing', queue: 'billing', assignee: 'Ben' };

type Changes = Partial<Record<TicketField, FieldValue>>;

/** A ticket that is looked at, as often as a test likes. */
export function aCase(start: Partial<Ticket> = WITH_BEN, policy = aDeskOfThree()) {
  const held = { ticket: aTicket(start), policy, facts: someFacts() };
  function look(occasion: Occasion, now: Temporal.Instant) {
    const judged = decide(held.ticket, occasion, { policy: held.policy, facts: held.facts, now });
    held.ticket = judged.effects.reduce((seen, effect) => applyEffect(seen, effect, now), held.ticket);
    return {
      ...judged,
      ticket: held.ticket,
      codes: judged.reasons.map(({ code }) => code),
      said: judged.reasons.filter(({ stage }) => stage === 'handoff').map(sentenceOf),
      /** Who is told what. */
      notices: judged.effects.flatMap((effect) => (effect.kind === 'notify' ? [[effect.notice, effect.to]] : [])),
      letters: judged.effects.filter(
        (effect): effect is Extract<Effect, { kind: 'message' }> => effect.kind === 'message',
      ),
    };
  }
  function edit(
    changes: Changes,
    more: { by?: string; handoff?: HandoffAsked; answer?: HandoffAnswer } = {},
    now = MORNING,
  ) {
    const changed = Object.entries(changes).map(([field, to]) => ({
      field: field as TicketField,
      from: held.ticket[field as TicketField],
      to,
    }));
    return look({ kind: 'edited', by: 'Ana', at: now, changes: changed, ...more }, now);
  }
  return {
    look,
    edit,
    /** Ana hands it off, and may change fields in the same go. */
    handOff(asked: Partial<HandoffAsked>, changes: Changes = {}, now = MORNING) {
      return edit(changes, { handoff: { to: 'technical', reason: 'needs a log file', key: 'k1', ...asked } }, now);
    },
    /** Cy, who does the technical things, answers. */
    answer(answer: Partial<HandoffAnswer>, now = LATER, changes: Changes = {}) {
      return edit(changes, { by: 'Cy', answer: { accepts: true, code: null, key: 'a1', ...answer } }, now);
    },
    reply: (name: string, now = LATER) =>
      look({ kind: 'replied', by: 'agent', name, text: 'Look, please.', at: now }, now),
    wake: (now: Temporal.Instant) => look({ kind: 'due' }, now),
    /** What is known beyond the ticket, from now on. */
    learn: (facts: Partial<Facts>) => void (held.facts = someFacts(facts)),
    /** A config was saved. */
    use: (edited: typeof policy) => void (held.policy = edited),
    get ticket() {
      return held.ticket;
    },
  };
}
