import { createHmac } from 'node:crypto';
import { Problem } from '../../src/domain/problem.ts';
import { isOneOf } from '../../src/kit/constant-time.ts';
import { inTurn } from '../../src/kit/store/in-turn.ts';
import type { RawRequest } from '../../src/ports/channel.ts';
import type { NewsByHand, StoreNews } from '../../src/ports/ticket-store.ts';
import type { Base } from './base.ts';
import { plainId } from './filters.ts';
import { keepToken, keptToken } from './webhooks/kept.ts';
import { Event, Greeting } from './webhooks/wire.ts';
import { User } from './wire.ts';

/** Who signed a call (developers.notion.com/reference/webhooks). */
const SIGNATURE = 'x-notion-signature';

/** How long one token is waited for: as long as a person needs to enter an address. */
const OPEN_MINUTES = 60;

/** In the words of Notion's page of a connection. */
const STEPS: NewsByHand['steps'] = {
  enter:
    'In Notion, open notion.so/profile/integrations, choose the connection, then "Webhooks" and "Create a subscription". Enter this address (Notion takes https alone), tick the events of pages and of comments, and create it.',
  paste: 'In Notion, press "Verify" beside the new subscription, and paste this token.',
};

/**
 * Notion's webhooks (developers.notion.com/reference/webhooks): made by hand, signed with a token that they bring
 * themselves, and without content. A call that is repeated, late or heard out of turn does no harm, as it only has
 * the database asked what changed.
 */
export function createNews(base: Base): StoreNews {
  const own: { id: string | null } = { id: null };
  return {
    // No program can ask Notion to call. What it calls of, though, we have to tell from our own doing.
    async subscribe() {
      own.id ??= await ownId(base);
    },
    isAuthentic: (call) => isSigned(base, call),
    tellsOfOthers: (call) => tellsOfOthers(base, call, own.id),
    agreement: async () => ((await keptToken(base)).token === null ? null : { until: null }),
    byHand: createByHand(base),
  };
}

/** A token counts only while a person waits for one: else anybody could put another in its place. */
function createByHand(base: Base): NewsByHand {
  const alone = inTurn();
  return {
    steps: STEPS,
    open: () =>
      alone(async () => {
        const openUntil = base.given.now().add({ minutes: OPEN_MINUTES });
        await keepToken(base, { ...(await keptToken(base)), openUntil });
      }),
    takeSecret: (call) =>
      alone(async () => {
        const { openUntil } = await openState(base);
        const greeting = openUntil === null ? null : Greeting.safeParse(textOf(call));
        if (!greeting?.success) return false;
        await keepToken(base, { token: greeting.data, openUntil: null });
        return true;
      }),
    state: () => openState(base),
  };
}

async function openState(base: Base): ReturnType<NewsByHand['state']> {
  const { token, openUntil } = await keptToken(base);
  const isOpen = openUntil !== null && Temporal.Instant.compare(base.given.now(), openUntil) < 0;
  return { secret: token, openUntil: isOpen ? openUntil : null };
}

/**
 * Null where nobody can say: then our own writes have the database asked too, which costs a request at times. A
 * personal token writes in the name of a person, whose edits look like ours.
 */
async function ownId({ client }: Base): Promise<string | null> {
  try {
    const asked = { method: 'get', path: 'users/me', shape: User, isRepeatable: true } as const;
    const { value: me } = await client.ask({ kind: 'bulk', ...asked });
    return me.type === 'bot' ? me.id : null;
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

async function isSigned(base: Base, { headers, body }: RawRequest): Promise<boolean> {
  const { token } = await keptToken(base);
  if (token === null) return false;
  const mac = createHmac('sha256', token).update(body).digest('hex');
  return isOneOf(headers[SIGNATURE] ?? '', [`sha256=${mac}`]);
}

/** The connection may see more than the desk's own database, and is told of everything that it does itself. */
function tellsOfOthers({ settings }: Base, call: RawRequest, myId: string | null): boolean {
  const event = Event.parse(textOf(call));
  if (event === null) return true;
  const isOurs = event.placeIds.some((id) => plainId(id) === plainId(settings.dataSource));
  const isOwn = event.authorIds.length > 0 && event.authorIds.every((id) => id === myId);
  return isOurs && !isOwn;
}

function textOf({ body }: RawRequest): string {
  return new TextDecoder().decode(body);
}
