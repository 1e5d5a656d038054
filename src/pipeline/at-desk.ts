import type { LiveConfig } from '../config/live.ts';
import type { Connection } from '../db/connection.ts';
import { isAdviceAwaited } from '../decide/opinions/advice.ts';
import { isDraftAwaited } from '../decide/suggest/model-draft.ts';
import type { Lane } from '../db/queues.ts';
import type { FindArticles } from '../decide/suggest/find-articles.ts';
import type { Channels } from '../kit/channels.ts';
import type { ReplyTokens } from '../kit/reply-tokens.ts';
import type { PageLinks } from '../kit/page-links.ts';
import type { Log } from '../kit/log.ts';
import type { Classifier } from '../ports/classifier.ts';
import type { FindEarlierAnswers } from '../ports/earlier-answers.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import type { Now } from '../ports/now.ts';
import type { ContactTables } from './customers/tables.ts';
import type { LookUps } from './customers/look-ups.ts';
import { type Desk, heldTicket, openDesk } from './desk.ts';
import { inLane } from '../db/lane.ts';
import type { RecentTexts } from './recent-texts.ts';
import { saveDesk } from './save.ts';
import { takeTurn } from './take-turn.ts';
import { giveRoom } from './waiting.ts';
import { lookAtWoken } from './woken.ts';

/** What the pipeline is made of. */
export interface PipelineParts {
  connection: Connection;
  config: LiveConfig;
  channelOf: Channels;
  /** Lets time pass. */
  pause: (milliseconds: number) => Promise<void>;
  lookUps: LookUps;
  /** Where people are led who are asked how it was. */
  pages: Pick<PageLinks, 'linkTo'>;
  /** Knows the ticket of an address to which mail was answered. */
  replyTokens: Pick<ReplyTokens, 'opens'>;
  /** Finds articles that fit a text. */
  findArticles: FindArticles;
  /** Tells a lane that there is something to do. */
  wake(lane: Lane): Promise<void>;
  /** The texts of the latest tickets. */
  recent: RecentTexts;
  /** What was learned from closed tickets; null while nothing was. */
  classifier(): Classifier | null;
  /** The language model that the config names; null where it names none, or it cannot be asked. */
  languageModel(): Promise<LanguageModel | null>;
  /** Finds what was answered before. */
  earlierAnswers: FindEarlierAnswers;
  /** The tables of the base in which people are looked up. */
  tables: ContactTables;
  /** Makes ids of rows. */
  newId: (at: Temporal.Instant) => string;
  now: Now;
  log: Log;
}

/** Opens the desk in the lane, lets the work take its turns, saves, and wakes who must act. */
export async function atDesk<Result>(parts: PipelineParts, work: (desk: Desk) => Promise<Result>): Promise<Result> {
  const { result, desk } = await inLane(parts.connection, async (tx) => {
    const { recent, tables, newId, pages, replyTokens, findArticles } = parts;
    const moment = { config: parts.config.current(), now: parts.now(), classifier: parts.classifier() };
    const given = { ...moment, newId, recent, tables, pages, replyTokens, findArticles };
    const opened = await openDesk(tx, given);
    const done = await work(opened);
    await lookAtWoken(opened, async (key) => takeTurn(opened, await heldTicket(opened, key), { kind: 'due' }));
    if (opened.freed.size > 0) await giveRoom(opened);
    await saveDesk(opened);
    return { result: done, desk: opened };
  });
  const changed = [...desk.held.values()].filter((held) => held.changed);
  if (changed.length > 0) await parts.wake('flush');
  if (changed.some(({ ticket }) => isAdviceAwaited(ticket) || isDraftAwaited(ticket))) await parts.wake('advise');
  if (desk.links.isSweepOwed) await parts.wake('sweep');
  if (desk.records.outbox.length > 0) await parts.wake('outbox');
  if (desk.records.attachments.length > 0) await parts.wake('attachments');
  if (desk.records.events.length > 0) await parts.wake('events');
  return result;
}
