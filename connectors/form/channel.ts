import { answerAt, answersOf, findAt } from '../../src/kit/answers.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { isOneOf } from '../../src/kit/constant-time.ts';
import { addressIn, guessMessage, type Known } from '../../src/kit/guess-message.ts';
import { inboundMessage } from '../../src/kit/inbound-message.ts';
import { isObject, type Json } from '../../src/kit/json-value.ts';
import { pastMoment } from '../../src/kit/moment.ts';
import { emptyRequest, readable } from '../../src/kit/readable.ts';
import { readBody, readFile } from '../../src/kit/read-body.ts';
import type { Answer, ChannelSecrets, Parsed, PlainChannel, RawRequest, Verdict } from '../../src/ports/channel.ts';
import { sample } from './sample.ts';
import type { FormSettings } from './settings.ts';

/** The field in which a page says when it was shown. */
const SHOWN_AT = 'hp_shown';

/** Makes a form's channel. A form cannot sign, so there is no sender's id and hardly anything to verify. */
export function createFormChannel(settings: FormSettings, { name }: Pick<ChannelGiven, 'name'>): PlainChannel {
  return {
    verify: (request, secrets) => verify(request, secrets, settings.origins),
    deliveryId: () => null,
    parse: (request) => readable(() => parse(request, settings)),
    sample: (said, secrets) => sample(said, secrets, settings.origins),
    file: async (request, part) => readFile(request, part),
    answer: (request, receipt) => answerBrowser(request, settings.redirect ?? `/forms/${name}/received/${receipt.id}`),
    form: { heading: settings.heading, intro: settings.intro, honeypot: settings.honeypot, shownAt: SHOWN_AT },
  };
}

/** A token counts when the config names one; an origin when the config lists some. */
function verify(request: RawRequest, secrets: ChannelSecrets, origins: readonly string[]): Verdict {
  if (secrets.tokens.length > 0 && !isOneOf(request.token ?? '', secrets.tokens)) {
    return { authentic: false, reason: 'the token in the address is missing or wrong' };
  }
  if (origins.length > 0 && !isWelcome(request.headers, origins)) {
    return { authentic: false, reason: 'the page that posted is not among the origins of the channel' };
  }
  return { authentic: true };
}

function isWelcome(headers: RawRequest['headers'], origins: readonly string[]): boolean {
  const origin = headers['origin'];
  if (origin === undefined || !URL.canParse(origin)) return false;
  const isOurs = new URL(origin).host === headers['host'];
  return isOurs || origins.some((each) => new URL(each).origin === new URL(origin).origin);
}

function parse(request: RawRequest, settings: FormSettings): Parsed {
  const { value, files } = readBody(request);
  const asked = without(value, [settings.honeypot, SHOWN_AT]);
  const answers = answersOf(asked);
  if (answers.length === 0 && files.length === 0) return { kind: 'unreadable', problem: emptyRequest() };
  const ticket = answerAt(asked, 'ticket');
  const guess = guessMessage(answers, namedFields(asked));
  const messages = [inboundMessage(guess, { externalId: null, sentAt: null, ticket, files })];
  const reason = signOfMachine(value, request, settings);
  return reason === null ? { kind: 'messages', messages } : { kind: 'ignored', reason, messages };
}

/** Why nobody can have filled in the form; null where somebody can. A page need not say when it was shown. */
function signOfMachine(value: Json, { receivedAt }: RawRequest, settings: FormSettings): string | null {
  const { honeypot, fastestSeconds } = settings;
  if (answerAt(value, honeypot) !== null) return `The hidden field ${honeypot} was filled in, which only machines do.`;
  const written = answerAt(value, SHOWN_AT);
  if (written === null || fastestSeconds === 0) return null;
  const shownAt = pastMoment(written, receivedAt);
  if (shownAt === null) return `The hidden field ${SHOWN_AT} was changed, which only machines do.`;
  const seconds = shownAt.until(receivedAt).total('seconds');
  if (seconds >= fastestSeconds) return null;
  return `The form was sent ${seconds.toFixed(1)} s after it was shown, which is faster than people type.`;
}

/** The four names that our form and most others use; anything else is guessed. */
function namedFields(value: Json): Known {
  const email = findAt(value, 'email');
  return {
    email: email !== null && addressIn(email.value) !== null ? email : null,
    name: findAt(value, 'name'),
    subject: findAt(value, 'subject'),
    text: findAt(value, 'message'),
  };
}

function without(value: Json, names: readonly string[]): Json {
  return isObject(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name))) : value;
}

/** A browser is shown a page; a script that asks for JSON gets the usual answer. */
function answerBrowser(request: RawRequest, page: string): Answer | null {
  const accepts = request.headers['accept'] ?? '';
  if (!accepts.includes('text/html')) return null;
  return { status: 303, headers: { location: page }, body: '' };
}
