import type { LoadedConfig } from '../../config/live.ts';
import type { Connection } from '../../db/connection.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { Log } from '../../kit/log.ts';
import type { Now } from '../../ports/now.ts';
import { answersTo, isAwaited, isDue, keepAnswer } from './answers.ts';
import { ask, type Outcome } from './ask.ts';
import { type Ask, askName, asksFor } from './asks.ts';

/** A service that fails so often in a row is left alone for a while, so that it holds nobody up. */
const MOST_FAILURES = 3;
const REST = { seconds: 60 };

export interface LookUpParts {
  connection: Connection;
  config: { current(): Pick<LoadedConfig, 'lookUps'> };
  now: Now;
  /** Lets time pass, in milliseconds. */
  pause: (milliseconds: number) => Promise<void>;
  log: Log;
}

/** Asks services about people, outside of every transaction, so that no lane stands still meanwhile. */
export interface LookUps {
  /**
   * Asks whatever is worth asking about these tickets, all at once, and waits as long as the config allows for it.
   * What comes later is kept for the next look at the ticket.
   */
  ask(tickets: readonly Ticket[]): Promise<void>;
  /** The same for what failed before, and is due to be asked once more. */
  askAgain(tickets: readonly Ticket[]): Promise<void>;
}

export function createLookUps(parts: LookUpParts): LookUps {
  const health = createHealth(parts.now);

  async function askAbout(tickets: readonly Ticket[], onlyAwaited: boolean): Promise<void> {
    try {
      await Promise.all((await dueAsks(parts, tickets, onlyAwaited)).map(askOne));
    } catch (err) {
      parts.log.error({ err }, 'look-ups failed by a fault of ours; requests go on without them');
    }
  }

  async function askOne(each: Ask): Promise<void> {
    const { name, timeoutSeconds } = each.lookUp;
    if (health.isResting(name)) return keep(parts, each, { gap: 'resting', code: 'resting' });
    const answered = ask(each);
    const outcome = await Promise.race([answered, parts.pause(timeoutSeconds * 1000).then((): Outcome => SLOW)]);
    health.note(name, outcome);
    await keep(parts, each, outcome);
    if (outcome === SLOW) void keepLate(parts, each, answered);
  }

  return {
    ask: (tickets) => askAbout(tickets, false),
    askAgain: (tickets) => askAbout(tickets, true),
  };
}

/** Each question once, however many tickets raise it. */
async function dueAsks(
  { config, connection, now: clock }: LookUpParts,
  tickets: readonly Ticket[],
  onlyAwaited: boolean,
): Promise<readonly Ask[]> {
  const { lookUps } = config.current();
  const now = clock();
  const all = new Map(tickets.flatMap((ticket) => asksFor(lookUps, ticket, now)).map((each) => [askName(each), each]));
  const known = await answersTo([...all.values()], connection.queries);
  return [...all].flatMap(([name, each]) => {
    const answer = known.get(name);
    return isDue(answer, each, now) && (!onlyAwaited || isAwaited(answer)) ? [each] : [];
  });
}

const SLOW: Outcome = { gap: 'slow', code: 'fetch.too-slow' };

/** The log names the service and never who was asked about. */
async function keep({ connection, now, log }: LookUpParts, each: Ask, outcome: Outcome): Promise<void> {
  const [answer, gap] = 'answer' in outcome ? [outcome.answer, null] : [null, outcome.gap];
  if ('gap' in outcome) log.warn({ lookUp: each.lookUp.name, gap, code: outcome.code }, 'a look-up gave nothing');
  await keepAnswer(each, { answer, gap, triedAt: now() }, connection.queries);
}

/** Nobody waits for it any more. A desk that has closed meanwhile asks anew when the customer writes again. */
async function keepLate(parts: LookUpParts, each: Ask, answered: Promise<Outcome>): Promise<void> {
  try {
    const outcome = await answered;
    if ('answer' in outcome) await keep(parts, each, outcome);
  } catch (err) {
    parts.log.debug({ lookUp: each.lookUp.name, err }, 'a late answer could not be kept');
  }
}

/** Remembers of each service how often it failed in a row. */
function createHealth(now: Now) {
  const failures = new Map<string, { count: number; restsUntil: Temporal.Instant | null }>();
  return {
    isResting(name: string): boolean {
      const restsUntil = failures.get(name)?.restsUntil ?? null;
      return restsUntil !== null && Temporal.Instant.compare(now(), restsUntil) < 0;
    },
    note(name: string, outcome: Outcome): void {
      if ('answer' in outcome) return void failures.delete(name);
      const count = (failures.get(name)?.count ?? 0) + 1;
      failures.set(name, { count, restsUntil: count < MOST_FAILURES ? null : now().add(REST) });
    },
  };
}
