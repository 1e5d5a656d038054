import type { InboundMessage } from '../domain/message.ts';
import { type Answer, answersOf } from '../kit/answers.ts';
import { isObject, type Json, parseJson } from '../kit/json-value.ts';
import { readBody } from '../kit/read-body.ts';
import { sizeWords } from '../kit/size-words.ts';
import type { Channel, Parsed, RawRequest } from '../ports/channel.ts';

/** Larger requests are not read again only to be shown. */
const LARGEST_READ = 2_000_000;

/** So much of a body is shown. */
const LONGEST_SHOWN = 20_000;

/** Shorter values, such as `1` or `yes`, stand in any text by chance. */
const TELLING_LENGTH = 4;

/** What a request says, and what its channel makes of it. */
export interface Reading {
  /** Null where it is too large to be read again. */
  parsed: Parsed | null;
  /** What stands in the body and nowhere in what was understood. */
  leftAside: readonly Answer[];
  /** The body as people can read it; its size where they cannot. */
  body: string;
}

type Stored = Pick<RawRequest, 'headers' | 'body' | 'receivedAt'>;

/**
 * Reads a stored request once more, as its channel did; the sender's system is asked for nothing. Some senders put their
 * token into the body: what is `hidden` is not shown.
 */
export async function readAgain(
  stored: Stored,
  channel: Channel | null,
  hidden: readonly string[] = [],
): Promise<Reading> {
  const shown = without(bodyShown(stored), hidden);
  if (channel === null || stored.body.length > LARGEST_READ) return { parsed: null, leftAside: [], body: shown };
  const parsed = await channel.parse({ ...stored, token: null });
  const messages = parsed.kind === 'unreadable' ? [] : parsed.messages;
  const aside = leftAside(stored, messages).map((each) => ({ ...each, value: without(each.value, hidden) }));
  return { parsed, leftAside: aside, body: shown };
}

function without(text: string, hidden: readonly string[]): string {
  return hidden
    .filter(({ length }) => length >= TELLING_LENGTH)
    .reduce((said, secret) => said.replaceAll(secret, '•••'), text);
}

/** Mails come whole, and all of them is used or shown below. */
function leftAside(stored: Stored, messages: readonly InboundMessage[]): readonly Answer[] {
  const said = messages.flatMap(textsOf);
  const isUsed = (value: string) =>
    said.some((text) => text === value || (value.length >= TELLING_LENGTH && text.includes(value)));
  return messages.length === 0 ? [] : answersOf(unpacked(bodyOf(stored))).filter(({ value }) => !isUsed(value.trim()));
}

function bodyOf(stored: Stored): Json {
  try {
    const { value } = readBody(stored);
    return isObject(value) || Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** Some senders put JSON into the fields of a form, or into texts of JSON. */
function unpacked(value: Json): Json {
  if (Array.isArray(value)) return value.map(unpacked);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, unpacked(held)]));
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return parseJson(value);
  } catch {
    return value;
  }
}

function textsOf(message: InboundMessage): readonly string[] {
  const { externalId, sentAt, from, subject, text, account, fields, attachments, conversation } = message;
  return [
    externalId ?? '',
    sentAt?.toString() ?? '',
    sentAt?.toString({ fractionalSecondDigits: 3 }) ?? '',
    from.name,
    from.email ?? '',
    subject,
    text,
    ...(from.identities ?? []).map(({ value }) => value),
    ...Object.values(account).map(String),
    ...Object.entries(fields).flat(),
    ...attachments.flatMap(({ name, url, contentType, size }) => [name, url ?? '', contentType, String(size)]),
    conversation?.to ?? '',
    conversation?.thread ?? '',
  ];
}

/** Fields of a form line by line, text as it is; of anything else how much there is. */
function bodyShown(stored: Stored): string {
  const { body } = stored;
  if (/^multipart\//i.test(stored.headers['content-type'] ?? '')) return formShown(stored);
  const beginning = body.subarray(0, LONGEST_SHOWN);
  const text = textOf(beginning);
  if (text === null) return `${sizeWords(body.length)} that are no text`;
  return body.length > beginning.length ? `${text}…\n(${sizeWords(body.length)} in all)` : text;
}

function formShown(stored: Stored): string {
  try {
    const { value, files } = readBody(stored);
    const fields = isObject(value) ? Object.entries(value) : [];
    const lines = fields.map(([name, held]) => `${name}: ${typeof held === 'string' ? held : JSON.stringify(held)}`);
    const kept = files.map(({ name, contentType, size }) => `${name}: ${contentType}, ${sizeWords(size)}`);
    return [...lines, ...kept].join('\n').slice(0, LONGEST_SHOWN);
  } catch {
    return `${sizeWords(stored.body.length)} that are no form`;
  }
}

/** Null for bytes that are no text. The last letter may be cut in two. */
function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    // oxlint-disable-next-line no-control-regex -- these are what tells bytes from text
    return /[\0-\x08\x0e-\x1a]/.test(text) ? null : text;
  } catch {
    return null;
  }
}
