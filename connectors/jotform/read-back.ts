import { Problem } from '../../src/domain/problem.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { parseJson } from '../../src/kit/json-value.ts';
import { filesOf } from '../../src/kit/linked-files.ts';
import { messageOfQuestions, type Question } from '../../src/kit/questions.ts';
import type { Parsed } from '../../src/ports/channel.ts';
import { composedText } from './composed.ts';
import type { JotformSettings } from './settings.ts';
import { Kept } from './wire.ts';

const HOSTS: Readonly<Record<JotformSettings['region'], string>> = {
  us: 'https://api.jotform.com',
  eu: 'https://eu-api.jotform.com',
  hipaa: 'https://hipaa-api.jotform.com',
};

const ASKS: Readonly<Record<string, Question['asks']>> = {
  control_email: 'email',
  control_fullname: 'name',
  control_textarea: 'message',
};

/** Answers that are files, by their types. */
const FILES = new Set(['control_fileupload', 'control_signature']);

/** Answers after which the submission is not there, and asking again changes nothing. */
const NOT_THERE = new Set([400, 403, 404]);

/** What Jotform says of a wrong key, and of a submission that is not in the account of a good one. */
const NOT_OURS = 401;

interface Given extends Pick<ChannelGiven, 'ask'> {
  settings: JotformSettings;
  access: string;
}

/**
 * Jotform signs nothing, so what came is compared with what it keeps: that is what counts, under the questions as people
 * read them. What it does not know is set aside.
 *
 * @throws Problem `jotform.not-read` when it does not say
 */
export async function readBack(parsed: Parsed, { settings, access, ask }: Given): Promise<Parsed> {
  const message = parsed.kind === 'messages' ? parsed.messages[0] : undefined;
  if (message === undefined || message.externalId === null) return parsed;
  const get = (path: string) => ask(`${HOSTS[settings.region]}${path}`, { headers: { apikey: access } });
  const { status, body } = await get(`/submission/${encodeURIComponent(message.externalId)}`);
  const isUnknown = NOT_THERE.has(status) || (status === NOT_OURS && (await get('/user')).status === 200);
  if (isUnknown) return notTheirs(parsed);
  const read = status === 200 ? Kept.safeParse(parseJson(body.toString('utf8'))) : null;
  if (read === null || !read.success) throw notRead(status);
  return messageOf(read.data, { parsed, settings, about: message.fields['Form'] ?? '' });
}

function messageOf(
  { content }: Kept,
  { parsed, settings, about }: { parsed: Parsed; settings: JotformSettings; about: string },
): Parsed {
  const answers = Object.entries(content.answers).toSorted(([, one], [, other]) => one.order - other.order);
  const questions = answers
    .filter(([, { type }]) => !FILES.has(type))
    .map(([id, { name, text, type, answer }]) => ({
      label: text,
      ids: [id, name, `q${id}_${name}`],
      asks: ASKS[type] ?? null,
      answer: composedText(answer),
    }));
  const whole = messageOfQuestions(questions, {
    fields: settings.fields,
    externalId: content.id,
    sentAt: null,
    files: filesOf(answers.filter(([, { type }]) => FILES.has(type)).map(([, { answer }]) => answer)),
    about: { Form: about },
  });
  // A form of nothing but headings has no answers there, and is what it was here.
  return whole.kind === 'messages' ? whole : parsed;
}

function notTheirs(parsed: Parsed): Parsed {
  if (parsed.kind !== 'messages') return parsed;
  return { ...parsed, kind: 'ignored', reason: 'Jotform knows no such submission in the account of the channel.' };
}

function notRead(status: number): Problem {
  return new Problem({
    code: 'jotform.not-read',
    message: `Jotform answered ${status} when it was asked for a submission.`,
    fix: 'Look at the API key of the channel, and whether its region is that of the account.',
    retry: 'later',
  });
}
