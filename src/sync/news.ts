import type { Connection } from '../db/connection.ts';
import { Problem } from '../domain/problem.ts';
import type { RequestMeter } from '../kit/connector.ts';
import type { Log } from '../kit/log.ts';
import { newsAddress } from '../kit/news-address.ts';
import type { RawRequest } from '../ports/channel.ts';
import type { Now } from '../ports/now.ts';
import type { StoreNews, TicketStore } from '../ports/ticket-store.ts';
import { keepCalls, NO_CALLS } from './calls.ts';
import type { Comments } from './comments.ts';
import { lookSoon } from './look-soon.ts';
import { storedProblem } from './rest.ts';

/** Lets the base tell us that something changed, so that it need not be asked so often. */
export interface News {
  /** Of the store, as config names it; it stands in the address. */
  kind: string;
  /** At which the base calls. */
  address: string;
  /** Has the base call us, or go on doing so. Where that fails it is asked instead, and the log says why. */
  subscribe(): Promise<void>;
  /**
   * Takes a call, and has what changed read; or the secret that a base brings which a person sets up. False for a
   * call that is not the base's own.
   */
  hear(call: RawRequest): Promise<boolean>;
}

export interface NewsParts {
  connection: Connection;
  store: Pick<TicketStore, 'abilities' | 'comments' | 'news'>;
  comments: Pick<Comments, 'hear'>;
  /** Of the store, as config names it. */
  kind: string;
  /** Where the internet reaches us; null where it does not. */
  publicAddress: string | null;
  meter: Pick<RequestMeter, 'spentThisMonth'>;
  /** Wakes the lane that reads the base. */
  wake: () => Promise<void>;
  now: Now;
  log: Log;
}

/** Null where the base cannot reach us, or has no way to call. */
export function createNews(parts: NewsParts): News | null {
  const { kind, publicAddress } = parts;
  const { news } = parts.store;
  if (publicAddress === null || news === undefined) return null;
  const address = newsAddress(publicAddress, kind);
  return {
    kind,
    address,
    subscribe: () => subscribe(parts, news, address),
    async hear(call) {
      if (!(await news.isAuthentic(call))) return takeSecret(parts, news, call);
      const rowId = parts.store.comments?.calledOf(call) ?? null;
      if (rowId !== null) await parts.comments.hear(rowId);
      if (news.tellsOfOthers?.(call) !== false) await hear(parts);
      return true;
    },
  };
}

/** After a failure calls that came before count for nothing: the base is asked as often as if there were none. */
async function subscribe({ connection, now, log }: NewsParts, news: StoreNews, address: string): Promise<void> {
  try {
    await news.subscribe(address);
    // A base that refused is not asked again at once, so that nothing was said need not mean yes.
    if ((await news.agreement()) !== null) await keepCalls({ connection }, { problem: null });
  } catch (error) {
    await keepCalls({ connection }, { missedAt: now().toString(), problem: storedProblem(error) });
    if (error instanceof Problem) log.warn({ code: error.code }, `the base does not call us: ${error.message}`);
    else log.error({ err: error }, 'the base could not be asked to call us');
  }
}

/** Calls that came before were signed with another: that they got through says nothing of those to come. */
async function takeSecret({ connection, kind, log }: NewsParts, news: StoreNews, call: RawRequest): Promise<boolean> {
  if (!((await news.byHand?.takeSecret(call)) ?? false)) return false;
  await keepCalls({ connection }, NO_CALLS);
  log.info({ kind }, 'the base has brought the secret of its calls; the page Health shows it, to be entered there');
  return true;
}

/** The call is kept before it is answered, so that a crash loses none; a rest of the base is waited out. */
async function hear(parts: NewsParts): Promise<void> {
  await keepCalls({ connection: parts.connection }, { calledAt: parts.now().toString() });
  await lookSoon(parts);
}
