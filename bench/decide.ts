/**
 * How many new tickets a second the judgement alone can take, with as many rules and people as a large desk
 * has. No database, no clock: the policy comes from YAML through the usual loader.
 *
 *     node bench/decide.ts [--rules 500] [--agents 50]
 *     node --cpu-prof --cpu-prof-dir=/tmp/profile bench/decide.ts
 */
import { parseArgs } from 'node:util';
import { decide } from '../src/decide/index.ts';
import type { Policy } from '../src/decide/policy.ts';
import type { InboundMessage } from '../src/domain/message.ts';
import type { AgentLoad } from '../src/domain/person.ts';
import type { Ticket } from '../src/domain/ticket.ts';
import { aMessage, aTicket, at, someFacts } from '../test/support/builders.ts';
import { bigConfig, messageOf } from './support/big-config.ts';
import { atLeast, type Figure, median, printFigures } from './support/figures.ts';

/** Characters of a message: most are short, and mails are longer. */
const LENGTHS = [300, 2000];

/**
 * Different tickets, so that nothing is learned by heart; and rounds, of which the median counts. A service runs for
 * weeks: of 15 rounds half were spent before the engine had compiled what it runs often.
 */
const TICKETS = 500;
const ROUNDS = 61;

/** A Wednesday morning, when everybody works. */
const NOW = at('2026-11-18T09:00:00Z');

const { values } = parseArgs({
  options: { rules: { type: 'string', default: '500' }, agents: { type: 'string', default: '50' } },
});
const [rules, agents] = [Number(values.rules), Number(values.agents)];

const loadStarted = performance.now();
const { policy } = bigConfig({ rules, agents });
const loadMilliseconds = performance.now() - loadStarted;
const loads: readonly AgentLoad[] = policy.agents.map(({ name }, n) => ({
  name,
  open: (n * 7) % 40,
  lastAssignedAt: NOW.subtract({ minutes: n }),
  away: n % 17 === 0,
}));
printFigures(`decide() with ${rules} rules and ${agents} agents`, [
  ...LENGTHS.flatMap((characters) => measure(characters, policy)),
  { what: 'loading and checking the config, once', value: loadMilliseconds, unit: 'ms' },
]);

function measure(characters: number, given: Policy): readonly Figure[] {
  const tickets = Array.from({ length: TICKETS }, (_, n) => newTicket(characters, n));
  const rounds = Array.from({ length: ROUNDS }, () => round(tickets, given));
  const perSecond = rounds.map(({ milliseconds }) => (TICKETS / milliseconds) * 1000);
  const perCpuSecond = rounds.map(({ cpuMilliseconds }) => (TICKETS / cpuMilliseconds) * 1000);
  const what = `tickets of ${characters} characters`;
  return [
    { what: `${what}, by the clock`, value: median(perSecond), unit: '/s' },
    { what: `${what}, by processor time`, value: median(perCpuSecond), unit: '/s', goal: atLeast(5000) },
  ];
}

function newTicket(characters: number, n: number): { ticket: Ticket; message: InboundMessage } {
  const text = messageOf(characters, n);
  const subject = text.slice(0, 60).replaceAll('\n', ' ');
  const from = { name: `Person ${n}`, email: `person-${n}@customer-${n}.example` };
  return {
    ticket: aTicket({ number: 1000 + n, subject, description: text, requester: { ...from, account: {} } }),
    message: aMessage({ subject, text, from }),
  };
}

/** The wall clock counts what others do on this machine; the processor time of this thread does not. */
function round(
  tickets: readonly { ticket: Ticket; message: InboundMessage }[],
  given: Policy,
): { milliseconds: number; cpuMilliseconds: number } {
  const facts = someFacts({ loads });
  const [begun, cpu] = [performance.now(), process.threadCpuUsage()];
  for (const { ticket, message } of tickets) {
    decide(ticket, { kind: 'received', message }, { policy: given, facts, now: NOW });
  }
  const { user, system } = process.threadCpuUsage(cpu);
  return { milliseconds: performance.now() - begun, cpuMilliseconds: (user + system) / 1000 };
}
