import type { LoadedConfig } from '../../config/live.ts';
import type { InboundMessage } from '../../domain/message.ts';
import { identitiesOf } from '../../domain/requester.ts';
import type { Override } from '../../domain/ticket.ts';
import type { Parsed } from '../../ports/channel.ts';
import { opinionFrom } from '../../decide/opinions/choose.ts';
import type { PastTicket } from '../replay/past.ts';
import { deedsOf } from './deeds.ts';
import type { Decided, Recorded, RecordedPage, Said, StoredRequest } from './recorded.ts';

/** Understands a stored request by the channels of a config; asks nobody for anything. */
export type Understand = (request: StoredRequest, channels: LoadedConfig['channels']) => Parsed | Promise<Parsed>;

/** The same past for both runs, but for what their channels make of a request. */
export interface Pasts {
  before: PastTicket;
  after: PastTicket;
  recorded: Recorded;
  /** Whether the ticket's own words stand in for its request, which is not there any more. */
  isFromTicket: boolean;
}

interface Given {
  understand: Understand;
  before: LoadedConfig['channels'];
  after: LoadedConfig['channels'];
}

/** Makes of what is recorded what a replay is told. */
export function pastsOf(page: RecordedPage, given: Given): Promise<readonly Pasts[]> {
  return Promise.all(page.tickets.map((ticket) => pastsOfTicket(page, ticket, given)));
}

async function pastsOfTicket(page: RecordedPage, ticket: Recorded, given: Given): Promise<Pasts> {
  const said = page.said.get(ticket.key) ?? [];
  const decided = page.decided.get(ticket.key) ?? [];
  const first = said.find(({ author }) => author === 'customer');
  const request = page.requests.get(first?.inboxId ?? '') ?? null;
  const common = commonOf(page, ticket, { said, decided, request });
  const own = ownWords(ticket, first);
  const isSame = request === null || isSameChannel(request.channel, given);
  const before = await openingOf(request, given.before, { own, ...given });
  const after = isSame ? before : await openingOf(request, given.after, { own, ...given });
  const past = { ...common, opening: before ?? own };
  return {
    before: past,
    // The very same, so that whoever replays it twice sees that it is.
    after: after === before ? past : { ...common, opening: after ?? own },
    recorded: ticket,
    isFromTicket: before === null,
  };
}

function commonOf(
  page: RecordedPage,
  ticket: Recorded,
  { said, decided, request }: { said: readonly Said[]; decided: readonly Decided[]; request: StoredRequest | null },
): Omit<PastTicket, 'opening'> {
  const { key, number, createdAt, channel, openedAt, row, followUpOf } = ticket;
  return {
    key,
    number,
    at: createdAt,
    seq: decided.find(({ code }) => code === 'intake.received')?.seq ?? 0,
    channel,
    receivedAt: request?.receivedAt ?? openedAt,
    isSurelyTicket: request === null || request.insisted,
    typed: typedOf(ticket),
    row,
    followUpOf,
    deeds: deedsOf(ticket, { said, decided }),
    known: knownOf(page, ticket),
  };
}

function knownOf({ dead }: RecordedPage, ticket: Recorded): PastTicket['known'] {
  const { language, overrides, opinions, requester } = ticket;
  const told = overrides.language?.from;
  return {
    language: overrides.language === undefined ? language : typeof told === 'string' ? told : null,
    learned: opinionFrom(opinions, 'classifier'),
    model: opinionFrom(opinions, 'language_model'),
    identities: identitiesOf(requester),
    account: requester.account,
    dead: dead.get(requester.email?.toLowerCase() ?? '') ?? null,
  };
}

/** What a person filled in as they typed a row is theirs from the first moment on. */
function typedOf({ overrides, createdAt }: Recorded): PastTicket['typed'] {
  const chosen = Object.entries(overrides).filter(
    (entry): entry is [string, Override] => entry[1].at.equals(createdAt) && entry[1].from === null,
  );
  if (chosen.length === 0) return {};
  return { ...Object.fromEntries(chosen.map(([field, { to }]) => [field, to])), overrides: Object.fromEntries(chosen) };
}

function isSameChannel(name: string, { before, after }: Given): boolean {
  return JSON.stringify(before[name]?.settings) === JSON.stringify(after[name]?.settings);
}

/** The message of a request. What its sender's system knew beyond it stands in the ticket; null where it can't be read. */
async function openingOf(
  request: StoredRequest | null,
  channels: LoadedConfig['channels'],
  { own, understand }: { own: InboundMessage; understand: Understand },
): Promise<InboundMessage | null> {
  if (request === null) return null;
  const parsed = await understand(request, channels);
  const [message, ...others] = parsed.kind === 'unreadable' ? [] : parsed.messages;
  if (message === undefined || others.length > 0) return null;
  const from = message.from.email === null ? { ...message.from, ...own.from } : message.from;
  return { ...message, from, ...(own.conversation && { conversation: own.conversation }) };
}

/** The message as the ticket remembers it. */
function ownWords(ticket: Recorded, first: Said | undefined): InboundMessage {
  const { requester, conversation, subject, description, fields, externalId, openedAt } = ticket;
  const { name, email, identities, said, account } = requester;
  return {
    externalId,
    sentAt: openedAt,
    from: { name, email, ...(identities && { identities }) },
    subject,
    text: first?.text ?? description,
    account: said ?? account,
    fields,
    attachments: [],
    thread: { ticketNumber: null, ticketKey: null },
    automatic: null,
    ...(conversation !== null && { conversation }),
  };
}
