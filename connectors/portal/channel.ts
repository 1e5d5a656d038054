import { answerAt } from '../../src/kit/answers.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { firstLine } from '../../src/kit/guess-message.ts';
import { inboundMessage } from '../../src/kit/inbound-message.ts';
import { createPageLinks, type PageLinks } from '../../src/kit/page-links.ts';
import { emptyRequest, readable } from '../../src/kit/readable.ts';
import { readBody, readFile } from '../../src/kit/read-body.ts';
import { ticketNameOf } from '../../src/kit/ticket-names.ts';
import type { Answer, Parsed, PlainChannel, RawRequest, Verdict } from '../../src/ports/channel.ts';
import type { PortalSettings } from './settings.ts';

/** Makes the channel behind the pages of tickets. Whoever has the address of a page may write there, and nobody else. */
export function createPortalChannel(
  _settings: PortalSettings,
  { environment, publicAddress }: ChannelGiven,
): PlainChannel {
  const pages = createPageLinks({ secret: environment['SURVEY_SECRET'], publicAddress });
  return {
    verify: (request) => verify(request, pages),
    deliveryId: (request) => fieldOf(request, 'key'),
    parse: (request) => readable(() => parse(request, pages)),
    file: async (request, part) => readFile(request, part),
    answer: (request) => backTo(fieldOf(request, 'page') ?? ''),
  };
}

/** The form bears the token of its page, so that the stored request proves by itself where it belongs. */
function verify(request: RawRequest, pages: PageLinks): Verdict {
  const { kind } = pages.opens('ticket', fieldOf(request, 'page') ?? '', request.receivedAt);
  if (kind === 'open') return { authentic: true };
  return { authentic: false, reason: kind === 'ended' ? 'the link of the page has ended' : 'no page has this address' };
}

function parse(request: RawRequest, pages: PageLinks): Parsed {
  const { value, files } = readBody(request);
  const opened = pages.opens('ticket', answerAt(value, 'page') ?? '', request.receivedAt);
  const written = answerAt(value, 'message') ?? '';
  const isSolved = answerAt(value, 'solved') !== null;
  if (written.trim() === '' && files.length === 0 && !isSolved) return { kind: 'unreadable', problem: emptyRequest() };
  const text = written.trim() === '' ? said(isSolved, files.length) : written;
  const guess = { name: '', email: null, subject: firstLine(text), text, rest: [] };
  const message = inboundMessage(guess, { externalId: null, sentAt: null, ticket: null, files });
  const belongsTo = opened.kind === 'open' ? [ticketNameOf(opened.ticketKey)] : [];
  const thread = { ...message.thread, belongsTo, mustBelong: true as const };
  return { kind: 'messages', messages: [{ ...message, thread, ...(isSolved && { saysSolved: true as const }) }] };
}

function said(isSolved: boolean, files: number): string {
  if (isSolved) return 'This is solved.';
  return files === 1 ? '(a file)' : '(files)';
}

function fieldOf(request: Pick<RawRequest, 'headers' | 'body'>, name: string): string | null {
  try {
    return answerAt(readBody(request).value, name);
  } catch {
    return null;
  }
}

/** The page that follows has an address of its own, so that loading it again sends nothing again. */
function backTo(page: string): Answer {
  return { status: 303, headers: { location: `/ticket/${encodeURIComponent(page)}?sent=1` }, body: '' };
}
