import { describe, expect, it } from 'vitest';
import { bookOf } from '../../../src/config/policy/customers.ts';
import { Customers } from '../../../src/config/written/customers.ts';
import { decide } from '../../../src/decide/index.ts';
import type { Customer, LookedUp } from '../../../src/decide/facts.ts';
import type { Policy } from '../../../src/decide/policy.ts';
import type { Occasion } from '../../../src/domain/occasion.ts';
import { identitiesOf, identityOf } from '../../../src/domain/requester.ts';
import { sentenceOf } from '../../../src/domain/sentence.ts';
import type { Ticket } from '../../../src/domain/ticket.ts';
import { applyEffect } from '../../../src/decide/apply.ts';
import {
  anAgent,
  aPolicy,
  aQueue,
  aRequester,
  aRule,
  aTicket,
  MORNING,
  received,
  someFacts,
} from '../../support/builders.ts';

const CUSTOMERS = {
  accounts: {
    Acme: { domains: ['acme.example'], tier: 'enterprise', vip: true, fields: { plan: 'gold' } },
    Corner: { domains: ['corner.example'], tier: 'self-serve' },
  },
  lookups: [{ name: 'crm', url: 'https://crm.example/{requester.email}', answers: { plan: 'p', invoice: 'i' } }],
};

/** One look at a ticket, and what it came to. */
function look(
  ticket: Ticket,
  given: { customer?: Partial<Customer>; policy?: Policy; occasion?: Occasion; customers?: object } = {},
) {
  const policy = given.policy ?? aPolicy({ customers: bookOf(Customers.parse(given.customers ?? CUSTOMERS)) });
  const customer = { identities: identitiesOf(ticket.requester), doubtful: [], lookedUp: [], ...given.customer };
  const judgement = decide(ticket, given.occasion ?? received(), {
    policy,
    facts: someFacts({ customer }),
    now: MORNING,
  });
  const after = judgement.effects.reduce((seen, effect) => applyEffect(seen, effect, MORNING), ticket);
  const told = judgement.reasons.filter(({ stage }) => stage === 'intake').map(sentenceOf);
  return { after, told: told.slice(1), reasons: judgement.reasons, wakeAt: judgement.wakeAt };
}

/** The same of a look that no message came with. */
function saidOf({ reasons }: Pick<ReturnType<typeof look>, 'reasons'>): readonly string[] {
  return reasons.filter(({ stage }) => stage === 'intake').map(sentenceOf);
}

function from(email: string, account = {}): Ticket {
  return aTicket({ requester: aRequester({ email, account }) });
}

describe('what is known of who asks', () => {
  it('comes from the account of the domain, with a reason that names both (A-005, A-019)', () => {
    const { after, told } = look(from('greta@corner.example'));
    expect(after.requester.account).toEqual({ name: 'Corner', tier: 'self-serve' });
    expect(told).toEqual(['Belongs to Corner, by the domain corner.example: tier self-serve.']);
  });

  it('counts from the hand-kept account before a look-up, and from that before the sender', () => {
    const lookedUp = [{ lookup: 'crm', answer: { plan: 'silver', invoice: 'unpaid' }, gap: null, askAgainAt: null }];
    const ticket = from('greta@acme.example', { plan: 'free', invoice: 'paid', seats: 3 });
    const { after, told } = look(ticket, { customer: { lookedUp } });
    expect(after.requester.account).toEqual({
      name: 'Acme',
      tier: 'enterprise',
      vip: true,
      plan: 'gold',
      invoice: 'unpaid',
      seats: 3,
    });
    expect(after.requester.said).toEqual({ plan: 'free', invoice: 'paid', seats: 3 });
    expect(told[0]).toBe('crm says: plan silver and invoice unpaid.');
  });

  it('goes on without a look-up that gives nothing, says so, and asks to be looked at anew (A-021)', () => {
    const askAgainAt = MORNING.add({ minutes: 1 });
    const lookedUp = [{ lookup: 'crm', answer: null, gap: 'slow', askAgainAt } as const];
    const { after, told, wakeAt } = look(from('greta@else.example'), { customer: { lookedUp } });
    expect(after.requester.account).toEqual({});
    expect(after.status).toBe('new');
    expect(told).toEqual(['Goes on without what crm knows: it did not answer in time.']);
    expect(wakeAt).toEqual(askAgainAt);
  });

  it('keeps what a look-up said before while it is silent, and drops what it no longer says', () => {
    const first = look(from('greta@else.example'), {
      customer: { lookedUp: [{ lookup: 'crm', answer: { plan: 'gold' }, gap: null, askAgainAt: null }] },
    }).after;
    const reply: Occasion = { kind: 'replied', by: 'customer', name: 'Greta', text: 'And?', at: MORNING };
    const silent = look(first, {
      occasion: reply,
      customer: { lookedUp: [{ lookup: 'crm', answer: null, gap: 'unreachable', askAgainAt: null }] },
    });
    expect(silent.after.requester.account).toEqual({ plan: 'gold' });
    const gone = look(first, {
      occasion: reply,
      customer: { lookedUp: [{ lookup: 'crm', answer: {}, gap: null, askAgainAt: null }] },
    });
    expect(gone.after.requester.account).toEqual({});
  });

  it('is told again by a look-up only where that comes to count', () => {
    const lookedUp = [{ lookup: 'crm', answer: { plan: 'silver' }, gap: null, askAgainAt: null }];
    const first = look(from('greta@acme.example'), { customer: { lookedUp } }).after;
    expect(saidOf(look(first, { occasion: { kind: 'due' }, customer: { lookedUp } }))).toEqual([]);
    const alone = {
      customer: { lookedUp },
      occasion: { kind: 'due' },
      customers: { lookups: CUSTOMERS.lookups },
    } as const;
    expect(saidOf(look(first, alone))).toEqual(['crm says: plan silver.']);
    const nothing = [{ lookup: 'crm', answer: {}, gap: null, askAgainAt: null }];
    const gone = look(look(first, alone).after, { ...alone, customer: { lookedUp: nothing } });
    expect(saidOf(gone)).toEqual(['crm says: no plan.']);
    expect(gone.after.requester.account).toEqual({});
  });

  it('is not guessed where two accounts claim the person, and that is noted (A-019)', () => {
    const accounts = { Acme: { domains: ['both.example'] }, Beta: { domains: ['both.example'] } };
    const { after, told } = look(from('greta@both.example'), { customers: { accounts } });
    expect(after.requester.account).toEqual({});
    expect(told).toEqual(['No account is taken: Acme and Beta all claim both.example.']);
  });

  it('follows the list when the desk changes it, and says nothing twice', () => {
    const first = look(from('greta@acme.example')).after;
    const again = look(first, { occasion: { kind: 'due' } });
    expect(again.after.requester).toBe(first.requester);
    expect(again.told).toEqual([]);
    const { after } = look(first, { occasion: { kind: 'due' }, customers: { accounts: { Other: {} } } });
    expect(after.requester.account).toEqual({});
  });

  it('remembers by what else the person is known, so that the row does', () => {
    const identities = ['greta@else.example', 'phone:+4915112345'].flatMap((each) => identityOf(each) ?? []);
    const { after } = look(from('greta@else.example'), { customer: { identities } });
    expect(after.requester.identities).toEqual([{ kind: 'phone', value: '+4915112345' }]);
  });

  it('leaves a closed ticket as it is', () => {
    const ticket = { ...from('greta@acme.example'), status: 'closed' as const, closedAt: MORNING };
    expect(look(ticket, { occasion: { kind: 'due' } }).after.requester).toBe(ticket.requester);
  });
});

describe('a tier', () => {
  const policy = aPolicy({
    customers: bookOf(Customers.parse(CUSTOMERS)),
    triage: {
      rules: [
        aRule(
          { priority: 'high' },
          { name: 'Enterprise is in a hurry', when: { kind: 'is', field: 'requester.tier', values: ['enterprise'] } },
        ),
      ],
    },
  });

  it('gives the same text two priorities, and the reason names it (A-027)', () => {
    const enterprise = look(from('greta@acme.example'), { policy });
    const selfServe = look(from('greta@corner.example'), { policy });
    expect([enterprise.after.priority, selfServe.after.priority]).toEqual(['high', 'medium']);
    const why = enterprise.reasons.find(({ change }) => change?.field === 'priority');
    expect(why && sentenceOf(why)).toContain('the requester’s tier is enterprise');
  });

  it('that is learned late has the ticket triaged by the rules that ask for it', () => {
    const before = look(from('greta@else.example'), { policy }).after;
    expect(before.priority).toBe('medium');
    const lookedUp = [{ lookup: 'crm', answer: { tier: 'enterprise' }, gap: null, askAgainAt: null }];
    const late = look(before, { policy, occasion: { kind: 'due' }, customer: { lookedUp } });
    expect(late.after.priority).toBe('high');
  });
});

describe('a VIP (A-030)', () => {
  const queues = (mayExceedCap: boolean) => [
    aQueue({ members: ['Ana'], mayExceedCap }),
    aQueue({ name: 'review', members: [], method: 'none' }),
  ];
  const busy = { name: 'Ana', open: 2, lastAssignedAt: null, away: false };

  function placed(mayExceedCap: boolean) {
    const policy = aPolicy({
      customers: bookOf(Customers.parse({ vips: ['greta@else.example'] })),
      agents: [anAgent({ cap: 2 })],
      queues: queues(mayExceedCap),
      triage: { rules: [aRule({ category: 'billing' })] },
    });
    const ticket = from('greta@else.example');
    const customer = { identities: identitiesOf(ticket.requester), doubtful: [], lookedUp: [] };
    const facts = someFacts({ customer, loads: [busy] });
    return decide(ticket, received(), { policy, facts, now: MORNING }).reasons.map(sentenceOf);
  }

  it('stands at the head of the right queue, with the reason', () => {
    expect(placed(false)).toContain('Greta Holm is a VIP by greta@else.example: goes before all who are not.');
    expect(placed(false)).toContain(
      'Waits at the head of support as a VIP, because nobody can take it now: Ana: at cap.',
    );
  });

  it('goes one over the cap only where the queue says so', () => {
    expect(placed(true).some((said) => said.includes('one over the cap because a VIP asks'))).toBe(true);
    expect(placed(false).some((said) => said.includes('one over the cap'))).toBe(false);
  });
});

describe('what a table of the base says', () => {
  const lookups = [
    {
      name: 'contacts',
      table: 'Contacts',
      match: { email: 'Email' },
      answers: { account: 'Company', tier: 'Plan', vip: 'VIP' },
    },
  ];

  function told(answer: LookedUp['answer'], unsure?: LookedUp['unsure']): { customer: { lookedUp: LookedUp[] } } {
    const lookedUp = { lookup: 'contacts', answer, gap: null, askAgainAt: null, ...(unsure && { unsure }) };
    return { customer: { lookedUp: [lookedUp] } };
  }

  it('of account, tier and VIP means what the list means by them (A-019, A-030)', () => {
    const { after, told: said } = look(from('greta@else.example'), {
      ...told({ name: 'Acme', tier: 'gold', vip: true }),
      customers: { lookups },
    });
    expect(after.requester.account).toEqual({ name: 'Acme', tier: 'gold', vip: true });
    expect(said).toEqual([
      'contacts says: account Acme, tier gold and vip true.',
      'Greta Holm is a VIP: goes before all who are not.',
    ]);
  });

  it('names an account of the list, whose word counts more', () => {
    const customers = { ...CUSTOMERS, lookups };
    const corner = look(from('greta@else.example'), { ...told({ name: 'corner', tier: 'gold' }), customers });
    expect(corner.after.requester.account).toEqual({ name: 'Corner', tier: 'self-serve' });
    expect(corner.told).toContain('Belongs to Corner, by contacts: tier self-serve.');
    const acme = look(from('greta@acme.example'), { ...told({ name: 'Corner', vip: false }), customers });
    expect(acme.after.requester.account).toMatchObject({ name: 'Acme', tier: 'enterprise', vip: true });
  });

  it('is not guessed where several rows fit, and the ticket says so once a message (A-019)', () => {
    const unsure = told({}, { what: 'greta@else.example', rows: 2 });
    const sentence = 'Nothing is taken from contacts: 2 of its rows fit greta@else.example.';
    const first = look(from('greta@else.example'), { ...unsure, customers: { lookups } });
    expect(first.after.requester.account).toEqual({});
    expect(first.told).toEqual([sentence]);
    const again = look(first.after, { ...unsure, occasion: { kind: 'due' }, customers: { lookups } });
    expect(saidOf(again)).toEqual([]);
    const known = look(from('greta@else.example'), { ...told({ vip: true }), customers: { lookups } }).after;
    const lost = look(known, { ...unsure, occasion: { kind: 'due' }, customers: { lookups } });
    expect(lost.after.requester.account).toEqual({});
    expect(saidOf(lost)).toEqual([sentence]);
  });
});
