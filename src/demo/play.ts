import { eq, min, sql } from 'drizzle-orm';
import { countArticleUse } from '../db/article-uses.ts';
import { inbox as inboxTable, tickets } from '../db/schema.ts';
import { appBody, formBody, rawJson } from './bodies.ts';
import { type Cast, perform } from './perform.ts';
import { post } from './post.ts';
import type { Mishap, Reading, Scene, Story } from './scene.ts';
import { actorOf, readTicket, type Stage, whoIsThere } from './stage.ts';

/** The outbox is looked into this often; nothing leaves anyway. */
const POST_EVERY = { hours: 6 };

/** Longer than the base rests after a first failure. */
const BREATH = { seconds: 2 };

/** One thing that happens, when its time has come. */
interface Moment {
  at: Temporal.Instant;
  run(): Promise<void>;
}

/**
 * Plays a story to its end through the parts of a real desk, with its sweeps, its outbox and its base. The
 * work of ninety days is some thousand turns.
 *
 * @param onProgress told now and then which share is done, from 0 to 1
 */
export async function playStory(stage: Stage, story: Story, onProgress: (share: number) => void): Promise<void> {
  const moments = momentsOf(stage, story);
  const time = createTime(stage, story.begin);
  for (const [index, moment] of moments.entries()) {
    await time.passTo(moment.at);
    await moment.run();
    onProgress(index / moments.length);
  }
  await time.passTo(story.end);
  await time.settle();
  onProgress(1);
}

/** Everything that happens before the end, in the order of time. */
function momentsOf(stage: Stage, { end, scenes, mishaps, readings }: Story): readonly Moment[] {
  return [
    ...scenes.flatMap((scene, index) => sceneMoments(stage, scene, index)),
    ...mishaps.flatMap((mishap, index) => mishapMoments(stage, mishap, index)),
    ...readings.map((reading) => ({ at: reading.at, run: () => readArticle(stage, reading) })),
  ]
    .filter(({ at }) => Temporal.Instant.compare(at, end) < 0)
    .sort((one, other) => Temporal.Instant.compare(one.at, other.at));
}

/** A clock that never jumps over what is due. */
function createTime(stage: Stage, begin: Temporal.Instant) {
  const { connection, outbox, flush, pipeline, clock } = stage;
  const next = { post: begin.add(POST_EVERY) };

  async function sweepUntil(at: Temporal.Instant): Promise<void> {
    for (;;) {
      const [row] = await connection.queries.select({ wakeAt: min(tickets.wakeAt) }).from(tickets);
      const wakeAt = row?.wakeAt ?? null;
      if (wakeAt === null || Temporal.Instant.compare(wakeAt, at) > 0) return;
      clock.set(earlier(nextTick(wakeAt), at));
      await pipeline.wakeDue();
    }
  }

  return {
    async passTo(at: Temporal.Instant): Promise<void> {
      await sweepUntil(at);
      clock.set(at);
      if (Temporal.Instant.compare(at, next.post) < 0) return;
      next.post = at.add(POST_EVERY);
      await outbox.run();
    },
    /**
     * The base gets everything at once: who looks at a row sees how it stands, not how often it was written. The
     * first look at a base can put rows off, and a run ends after some minutes; so two that find nothing are the end.
     */
    async settle(): Promise<void> {
      await outbox.run();
      for (let idle = 0; idle < 2;) {
        const { written } = await flush.run();
        idle = written === 0 ? idle + 1 : 0;
        clock.set(clock.now().add(BREATH));
      }
    },
  };
}

/** Sweeps come with the minute, as those of a service that runs do. */
function nextTick(at: Temporal.Instant): Temporal.Instant {
  return at.round({ smallestUnit: 'minute', roundingMode: 'ceil' });
}

function earlier(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) <= 0 ? one : other;
}

function sceneMoments(stage: Stage, scene: Scene, index: number): readonly Moment[] {
  const cast: Cast = { stage, scene, id: `req-${index + 1}`, key: '', writes: 0 };
  const opening = { at: scene.at, run: async () => void (cast.key = await open(cast)) };
  return [opening, ...scene.acts.map((act) => ({ at: act.at, run: () => perform(cast, act) }))];
}

function open({ stage, scene, id }: Cast): Promise<string> {
  const { customer, subject, text, file, via } = scene;
  switch (via) {
    case 'phone':
      return openByPhone(stage, scene);
    case 'app':
      return post(stage, 'app', appBody(scene, { id, ticket: null }));
    case 'website':
      return post(
        stage,
        'website',
        formBody({ name: customer.name, email: customer.email, subject, message: text }, file),
      );
  }
}

async function openByPhone({ pipeline, config }: Stage, { customer, subject, text, at }: Scene): Promise<string> {
  const { name, email } = customer;
  const by = whoIsThere(config.current().policy.queues['support']?.members ?? [], at);
  const { ticketKey } = await pipeline.open({ by, subject, text, requester: { name, email } });
  return ticketKey;
}

function mishapMoments(stage: Stage, mishap: Mishap, index: number): readonly Moment[] {
  const { rescue } = mishap;
  const saved = { key: '' };
  const lost = { at: mishap.at, run: () => lose(stage, mishap, index) };
  if (rescue === null) return [lost];
  return [
    lost,
    { at: rescue.at, run: async () => void (saved.key = await insist(stage, mishap)) },
    { at: rescue.settledAt, run: () => settle(stage, saved.key, rescue) },
  ];
}

/** Whoever says that it answered them has opened it before. */
async function readArticle({ connection: { queries } }: Stage, { at, article, isAnswered }: Reading): Promise<void> {
  await countArticleUse(queries, { article, at, use: 'opened' });
  if (isAnswered) await countArticleUse(queries, { article, at, use: 'answered' });
}

async function lose(stage: Stage, { kind, text }: Mishap, index: number): Promise<void> {
  if (kind === 'unreadable') return void (await post(stage, 'app', rawJson(text)));
  const sender = { name: 'Growth Team', email: `offers${index}@mailer.example.net`, subject: 'Your website' };
  await post(stage, 'website', formBody({ ...sender, message: text, hp_website: 'https://mailer.example.net' }, null));
}

/** A person finds it under lost and found and says that it is a ticket. Returns the key of the ticket. */
async function insist({ connection: { queries }, pipeline }: Stage, { at }: Mishap): Promise<string> {
  const { id, ticketKey } = inboxTable;
  const isIt = sql`${inboxTable.receivedAt} = ${at.toString()}::timestamptz`;
  const [found] = await queries.select({ id }).from(inboxTable).where(isIt);
  if (found === undefined) throw new Error('What broke off is not in the inbox.');
  await pipeline.insistInbox(found.id);
  await pipeline.drainInbox();
  const [row] = await queries.select({ key: ticketKey }).from(inboxTable).where(eq(id, found.id));
  return row?.key ?? '';
}

/** Whose it was is found out by telephone, and with that it is settled. */
async function settle(stage: Stage, key: string, rescue: NonNullable<Mishap['rescue']>): Promise<void> {
  const { settledAt: at, note, from } = rescue;
  const ticket = await readTicket(stage, key);
  const by = actorOf(stage, ticket, at);
  const requester = { name: from.name, email: from.email };
  const changes = [
    { field: 'category', from: ticket.category, to: 'question' },
    { field: 'status', from: ticket.status, to: 'resolved' },
  ] as const;
  await stage.pipeline.note(key, { by, text: note });
  await stage.pipeline.edit(key, { by, at, changes, requester });
}
