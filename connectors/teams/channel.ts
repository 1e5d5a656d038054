import type { Attachment, InboundMessage } from '../../src/domain/message.ts';
import { identity } from '../../src/domain/requester.ts';
import { chatMessage } from '../../src/kit/chat-message.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { inPieces } from '../../src/kit/in-pieces.ts';
import { withoutEntities } from '../../src/kit/mail/html-entities.ts';
import { pastMoment } from '../../src/kit/moment.ts';
import { readable } from '../../src/kit/readable.ts';
import { sentAs } from '../../src/kit/sent-as.ts';
import { verifySignature } from '../../src/kit/signature.ts';
import { storable } from '../../src/kit/storable-text.ts';
import { thanksFor } from '../../src/kit/thanks.ts';
import type { Answer, ChannelSecrets, Parsed, PlainChannel, RawRequest, Receipt } from '../../src/ports/channel.ts';
import type { Delivery, OutgoingMessage } from '../../src/ports/notifier.ts';
import { sample } from './sample.ts';
import type { TeamsSettings } from './settings.ts';
import { Activity, type TeamsFile } from './wire.ts';
import { LONGEST_CARD_TEXT, postCard } from './workflow.ts';

/** Teams waits five seconds for an answer; the network between us takes a part of them. */
const PATIENCE_SECONDS = 3;

/** A copy of the text, and cards of links and people: nothing that anybody attached. */
const NO_FILE = /^text\/html$|^application\/vnd\.microsoft\.(?:teams\.)?card\./;

/** Somebody who is mentioned, or we ourselves. */
const MENTION = /<at>([^<]*)<\/at>/g;

/** Makes the channel of an outgoing webhook of Teams. */
export function createTeamsChannel(settings: TeamsSettings, given: ChannelGiven): PlainChannel {
  return {
    needs: 'signing',
    verify,
    deliveryId,
    parse: (request) => readable(() => parse(request)),
    answer: (_request, receipt) => thanks(receipt),
    waitsSeconds: PATIENCE_SECONDS,
    sample,
    send: createSend(settings, given),
  };
}

/** Signed with the bytes for which the token stands; what stands for none opens nothing. */
function verify({ headers, body }: RawRequest, { signing }: ChannelSecrets) {
  const header = 'authorization';
  const shown = /^HMAC\s+(\S+)$/i.exec(headers[header] ?? '')?.[1] ?? '';
  const secrets = signing.map((token) => Buffer.from(token, 'base64')).filter(({ length }) => length > 0);
  return verifySignature({ header, shown: [shown], secrets, content: [body], encoding: 'base64' });
}

function readActivity(request: Pick<RawRequest, 'headers' | 'body'>): Activity | null {
  return sentAs(Activity, request);
}

function deliveryId(request: RawRequest): string | null {
  const activity = readActivity(request);
  return activity === null ? null : `${channelIn(activity)}/${activity.id}`;
}

function parse(request: RawRequest): Parsed {
  const activity = readActivity(request);
  if (activity === null) return { kind: 'ignored', reason: 'Teams posted something that is no message.', messages: [] };
  return { kind: 'messages', messages: [messageOf(activity, request.receivedAt)] };
}

function messageOf(activity: Activity, receivedAt: Temporal.Instant): InboundMessage {
  const { id, from, timestamp } = activity;
  const [to, thread] = [channelIn(activity), threadIn(activity)];
  const files = activity.attachments.flatMap(fileOf);
  return chatMessage({
    name: from.name || from.id,
    text: wordsOf(activity) || files.map(({ name }) => name).join(', ') || '(no text)',
    externalId: `${to}/${id}`,
    sentAt: pastMoment(timestamp, receivedAt),
    // A person has another `id` with each bot, and one in the directory.
    identities: [identity('teams', storable(from.aadObjectId || from.id))].filter((each) => each !== null),
    files,
    conversation: { to, thread, name: `teams:${to}/${thread}` },
  });
}

/** `19:…@thread.tacv2;messageid=1700000000000` */
function channelIn({ conversation }: Activity): string {
  return conversation.id.split(';', 1)[0] ?? '';
}

/** A message that begins a thread may be named by its own id alone. */
function threadIn({ conversation, id }: Activity): string {
  return /;messageid=([^;]+)/.exec(conversation.id)?.[1] ?? id;
}

/** What was written, without our own name before it; others are named as people see them. */
function wordsOf({ text }: Activity): string {
  const toUs = text.replace(/^(?:\s|&nbsp;)*<at>[^<]*<\/at>/, '');
  return withoutEntities(toUs.replace(MENTION, '$1')).replaceAll('\u00a0', ' ').trim();
}

function fileOf({ contentType, contentUrl, name }: TeamsFile): readonly Attachment[] {
  if (NO_FILE.test(contentType) || !URL.canParse(contentUrl)) return [];
  const type = contentType.includes('*') ? '' : contentType;
  const known = storable(type) || 'application/octet-stream';
  return [{ name: storable(name) || 'file', contentType: known, size: 0, url: storable(contentUrl) }];
}

/** Shown in the thread; Teams says that something went wrong where it gets no message for an answer. */
function thanks(receipt: Receipt): Answer {
  const body = JSON.stringify({ type: 'message', text: thanksFor(receipt) });
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
}

/** Posts answers into the channel of the workflow, where they begin a thread of their own. */
function createSend(
  { workflow }: TeamsSettings,
  { ask, environment }: ChannelGiven,
): (message: OutgoingMessage) => Promise<Delivery> {
  const address = workflow === null ? undefined : environment[workflow.slice('env:'.length)];
  const pieces = inPieces(LONGEST_CARD_TEXT);
  return async (message) => {
    if (!address) return notSent(workflow);
    const { key, subject } = message;
    await pieces(message, async (text, at) => {
      const title = at === 0 ? subject : `${subject} (${at + 1})`;
      await postCard(ask, address, { items: [{ title, text, link: null }] });
      return key;
    });
    return { kind: 'sent', id: key };
  };
}

function notSent(workflow: string | null): Delivery {
  const reason = 'not sent: Teams takes answers by a workflow alone, and the channel has none';
  const name = workflow === null ? 'under settings of the channel' : `as ${workflow.slice('env:'.length)}`;
  return { kind: 'not_configured', reason, fix: `Make the workflow, name its address ${name}, and send it again.` };
}
