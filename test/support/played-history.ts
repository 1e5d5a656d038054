import { asc, isNotNull } from 'drizzle-orm';
import type { LoadedConfig } from '../../src/config/live.ts';
import type { Connection } from '../../src/db/connection.ts';
import { tickets } from '../../src/db/schema.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { isOpen, ticketName } from '../../src/domain/ticket.ts';
import { at } from './builders.ts';
import { createChance } from './chance.ts';
import { aStandingConfig } from './live-config.ts';
import { aClock, aDesk, allTickets, postForm, type TestDesk } from './pipeline.ts';

/** A Monday morning in Amsterdam, where the example desk of Bramble is. */
export const BEGIN = at('2026-11-09T08:00:00Z');

/** What people ask: rules of the example know most of it, and nobody knows the rest. */
const ASKED: readonly (readonly [string, string])[] = [
  ['Card charged twice', 'We were charged twice for October. Please give us our money back.'],
  ['Nobody can book', 'Since this morning nobody can book any room, the calendar stays empty.'],
  ['Cannot log in', 'I cannot log in, the password reset mail does not come.'],
  ['How do I move a room', 'How do I move a room to another floor?'],
  ['Export is broken', 'The export is broken, it shows an error. This is urgent.'],
  ['Umzug', 'Wir ziehen um und möchten unsere Daten mitnehmen, wie geht das?'],
  ['Hello', 'I have something to ask about the thing we spoke of.'],
];

const MINUTES_BETWEEN = 240;

interface Story {
  desk: TestDesk;
  connection: Connection;
  config: LoadedConfig;
  chance(): number;
}

/** Has a desk live for some days: requests come, people answer, correct, hand over and end. Returns its end. */
export async function playHistory(
  connection: Connection,
  given: { config: LoadedConfig; seed: number; acts: number },
): Promise<{ desk: TestDesk; config: LoadedConfig; tickets: readonly Ticket[] }> {
  const config = { ...aStandingConfig(given.config), change: () => undefined };
  const desk = aDesk(connection, { config, clock: aClock(BEGIN) });
  const story: Story = { desk, connection, config: given.config, chance: createChance(given.seed) };
  for (let act = 0; act < given.acts; act++) {
    await passMinutes(story, 1 + Math.floor(story.chance() * MINUTES_BETWEEN));
    const open = (await allTickets(connection)).filter(({ status }) => isOpen(status));
    const [ticket] = open.length === 0 || story.chance() < 0.4 ? [] : [one(story, open)];
    if (ticket === undefined) await ask(story, act);
    else await work(story, ticket);
  }
  return { desk, config: given.config, tickets: await allTickets(connection) };
}

/** Sweeps come with the minute, whenever something is due. */
async function passMinutes({ desk: { clock, pipeline }, connection }: Story, minutes: number): Promise<void> {
  const until = clock.now().add({ minutes });
  for (;;) {
    const [next] = await connection.queries
      .select({ wakeAt: tickets.wakeAt })
      .from(tickets)
      .where(isNotNull(tickets.wakeAt))
      .orderBy(asc(tickets.wakeAt))
      .limit(1);
    const tick = next?.wakeAt?.round({ smallestUnit: 'minute', roundingMode: 'ceil' });
    if (tick === undefined || Temporal.Instant.compare(tick, until) > 0) break;
    clock.set(tick);
    await pipeline.wakeDue();
  }
  clock.set(until);
}

async function ask({ desk, connection, chance }: Story, act: number): Promise<void> {
  const [subject, message] = ASKED[Math.floor(chance() * ASKED.length)] ?? ['', ''];
  const person = `person-${Math.floor(chance() * 4)}`;
  const fields = { name: person, email: `${person}@example.com`, subject, message: `${message} (${act})` };
  await postForm(connection, fields, { receivedAt: desk.clock.now() });
  await desk.pipeline.drainInbox();
}

async function work(story: Story, ticket: Ticket): Promise<void> {
  const { desk, config, connection } = story;
  const { pipeline, clock } = desk;
  const { key, number, requester } = ticket;
  const by = ticket.assignee ?? 'Iris Baker';
  const edit = (field: 'status' | 'priority' | 'category' | 'assignee' | 'queue', to: string) =>
    pipeline.edit(key, { by, at: clock.now(), changes: [{ field, from: ticket[field], to }] });
  const acts = [
    () => pipeline.reply(key, { by, text: 'Thanks, we look into it.' }),
    () => edit('status', 'resolved'),
    () => edit('status', 'pending'),
    () => edit('priority', one(story, ['low', 'high', 'critical'])),
    () => edit('category', one(story, config.policy.categories)),
    () => edit('assignee', one(story, config.policy.agents).name),
    () => pipeline.note(key, { by, text: 'Looked into it.' }),
    () => (ticket.assignee === null ? Promise.resolve() : pipeline.giveBack(key, by)),
    () => {
      const queue = one(story, Object.keys(config.policy.queues));
      const handoff = { to: queue, reason: 'They know better.', key: `ask-${key}-${clock.now().epochMilliseconds}` };
      return pipeline.edit(key, { by, at: clock.now(), changes: [], handoff });
    },
    async () => {
      const name = ticketName(config.policy.desk.prefix, number);
      const said = { name: requester.name, email: requester.email ?? '', subject: `Re: ${ticket.subject}` };
      const message = `There is more to say at ${clock.now().toString()}.`;
      await postForm(connection, { ...said, message, ticket: name }, { receivedAt: clock.now() });
      await pipeline.drainInbox();
    },
  ];
  await one(story, acts)();
}

function one<Item>({ chance }: Pick<Story, 'chance'>, items: readonly Item[]): Item {
  const item = items[Math.floor(chance() * items.length)];
  if (item === undefined) throw new Error('There is nothing to choose from.');
  return item;
}
