import { type Answer, answerAt, answersOf, findAt, valueAt } from '../../src/kit/answers.ts';
import { addressIn, guessMessage, type Found } from '../../src/kit/guess-message.ts';
import type { InboundMessage } from '../../src/domain/message.ts';
import { type AccountFields, identity, identityOf, type Identity } from '../../src/domain/requester.ts';
import { inboundMessage } from '../../src/kit/inbound-message.ts';
import { isObject, type Json } from '../../src/kit/json-value.ts';
import { linkedFiles } from '../../src/kit/linked-files.ts';
import { mailHeadersIn, senderIn, ticketTagIn } from '../../src/kit/mail-headers.ts';
import { pastMoment } from '../../src/kit/moment.ts';
import { emptyRequest, readable } from '../../src/kit/readable.ts';
import { verifyToken } from '../../src/kit/shown-token.ts';
import { storable } from '../../src/kit/storable-text.ts';
import { readBody, type ReadBody, readFile } from '../../src/kit/read-body.ts';
import { withToken } from '../../src/kit/sample.ts';
import type { Parsed, PlainChannel, RawRequest } from '../../src/ports/channel.ts';
import { sample } from './sample.ts';
import type { JsonSettings } from './settings.ts';

/** Names under which senders put the time of the event, where the config names none. */
const TIMES = ['sentAt', 'sent_at', 'submittedAt', 'submitted_at', 'createdAt', 'created_at', 'timestamp'];

/** The same of telephone numbers, and of ids in a chat. */
const PHONES = ['phone', 'phone_number', 'phoneNumber', 'telephone', 'mobile'];
const CHATS = ['chat_id', 'chatId'];

/** Makes the channel of any JSON. */
export function createJsonChannel(settings: JsonSettings): PlainChannel {
  return {
    needs: 'token',
    verify: verifyToken,
    deliveryId: (request) => deliveryId(request, settings.fields.id),
    parse: (request) => readable(() => parse(request, settings)),
    sample: (said, secrets) => withToken(sample(said, settings), secrets),
    file: async (request, part) => readFile(request, part),
  };
}

function deliveryId(request: RawRequest, idPath: string | null): string | null {
  const key = request.headers['idempotency-key']?.trim();
  if (key !== undefined && key !== '') return key;
  if (idPath === null) return null;
  try {
    const { value } = readBody(request);
    const [item, ...others] = itemsOf(value);
    return item === undefined || others.length > 0 ? null : answerAt(item, idPath);
  } catch {
    return null;
  }
}

function parse(request: RawRequest, settings: JsonSettings): Parsed {
  const body = readBody(request);
  const items = itemsOf(body.value).filter((item) => answersOf(item).length > 0);
  if (items.length === 0) return { kind: 'unreadable', problem: emptyRequest() };
  return { kind: 'messages', messages: items.map((item) => messageOf(item, { body, settings, request })) };
}

/** A list of objects is as many requests; Make and n8n send lists of one. */
function itemsOf(value: Json): readonly Json[] {
  return Array.isArray(value) && value.every(isObject) ? value : [value];
}

function messageOf(
  item: Json,
  { body, settings, request }: { body: ReadBody; settings: JsonSettings; request: RawRequest },
): InboundMessage {
  const { fields } = settings;
  const at = (path: string | null): Found | null => (path === null ? null : findAt(item, path));
  const headers = mailHeadersIn(valueAt(item, fields.headers));
  const sender = headers === null ? null : senderIn(headers);
  const email = at(fields.email);
  const guess = guessMessage(answersBeside(item, headers === null ? null : fields.headers), {
    email: email !== null && addressIn(email.value) !== null ? email : found(sender?.email),
    name: at(fields.name) ?? found(sender?.name),
    subject: at(fields.subject),
    text: at(fields.message),
  });
  return inboundMessage(guess, {
    headers,
    externalId: at(fields.id)?.value ?? null,
    sentAt: timeOf(item, fields.sentAt === null ? TIMES : [fields.sentAt], request.receivedAt),
    ticket: at(fields.ticket)?.value ?? (headers === null ? null : ticketTagIn(guess.subject)),
    files: [...body.files, ...linkedFiles(item, fields.files)],
    account: accountOf(item, settings.account),
    identities: identitiesIn(item, fields),
  });
}

/** The headers of a mail are no answers of the requester. */
function answersBeside(item: Json, headersPath: string | null): readonly Answer[] {
  const answers = answersOf(item);
  if (headersPath === null) return answers;
  return answers.filter(({ path }) => path !== headersPath && !path.startsWith(`${headersPath}.`));
}

function found(value: string | undefined): Found | null {
  return value === undefined || value === '' ? null : { value, used: [] };
}

/** What is not there is left out, so that a rule can ask whether it is empty. */
function accountOf(item: Json, paths: JsonSettings['account']): AccountFields {
  const known = Object.entries(paths).flatMap(([name, path]) => {
    const value = answerAt(item, path);
    return value === null ? [] : [[name, accountValue(value)] as const];
  });
  return Object.fromEntries(known);
}

function accountValue(written: string): string | boolean {
  return written === 'true' || written === 'false' ? written === 'true' : storable(written);
}

/** By what else the requester is known: senders with a token do not make these up. */
function identitiesIn(item: Json, { phone, chat }: JsonSettings['fields']): readonly Identity[] {
  const number = firstAt(item, phone === null ? PHONES : [phone]);
  const id = firstAt(item, chat === null ? CHATS : [chat]);
  const given = [
    number === null ? null : identity('phone', storable(number)),
    id === null ? null : chatIdentity(storable(id)),
  ];
  return given.filter((each) => each !== null);
}

/** Ids that look like addresses, as those of WhatsApp do, are no addresses. */
function chatIdentity(id: string): Identity | null {
  const named = identityOf(id);
  return named === null || named.kind === 'email' ? identity('chat', id) : named;
}

function firstAt(item: Json, paths: readonly string[]): string | null {
  const [first = null] = paths.flatMap((path) => answerAt(item, path) ?? []);
  return first;
}

/** The first of the places that holds a moment with its zone, and one that has come already. */
function timeOf(item: Json, paths: readonly string[], receivedAt: Temporal.Instant): Temporal.Instant | null {
  for (const path of paths) {
    const at = pastMoment(answerAt(item, path), receivedAt);
    if (at !== null) return at;
  }
  return null;
}
