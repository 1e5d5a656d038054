import type { DeliveryReport } from '../../domain/message.ts';
import { isAddressDead, statusIn } from '../dead-address.ts';
import type { HeaderLine, MailHeaders } from '../mail-headers.ts';
import { storable } from '../storable-text.ts';
import { idOf, idsIn } from './names.ts';

/** Reports are short, and what they copy of the mail begins with its headers. */
const LONGEST_READ = 20_000;

/** As much of a server's words as tells why. */
const LONGEST_WORDS = 200;

/** Subjects of reports that a mail is only late, in the words of mail servers. */
const LATE = /delay|warning|not yet|verz(?:ö|oe)ger|retard|retras|ritard|vertra(?:a|gin)/i;

/** A mail that is a report, as far as anybody knows. */
interface Report {
  subject: string;
  text: string;
  headers?: MailHeaders | null;
  /** Headers of the mail that it is about, where they stand by themselves. */
  reported?: readonly HeaderLine[] | null;
}

/**
 * What a mail that came back says became of ours: by RFC 3464 where it keeps to it, by its words where it does not.
 * Null where it says that nothing is wrong.
 */
export function reportIn({ subject, text, headers = null, reported = null }: Report): DeliveryReport | null {
  const said = text.slice(0, LONGEST_READ);
  const actions = [...said.matchAll(/^Action:\s*([a-z]+)/gim)].map(([, action = '']) => action.toLowerCase());
  const isFailed = actions.includes('failed');
  if (actions.length > 0 && !isFailed && !actions.includes('delayed')) return null;
  const isLate = actions.length > 0 ? !isFailed : LATE.test(subject);
  const says = wordsIn(said);
  const status = /^Status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(said)?.[1] ?? statusIn(says);
  return {
    of: idsOf(said, headers ?? {}, reported),
    outcome: isLate ? 'delayed' : 'failed',
    isAddressDead: !isLate && isAddressDead(status, says),
    says: storable(says.slice(0, LONGEST_WORDS)),
  };
}

/** The server's own words, or the line in which it gives its answer. */
function wordsIn(said: string): string {
  const [, diagnostic] = /^Diagnostic-Code:\s*((?:.*)(?:\r?\n[ \t].*)*)/im.exec(said) ?? [];
  const found =
    diagnostic ?? /^.*\b[45]\d\d[ -].*$/m.exec(said)?.[0] ?? /^.*\b[45]\.\d{1,3}\.\d{1,3}\b.*$/m.exec(said)?.[0];
  const words = found ?? /^Status:.*$/im.exec(said)?.[0] ?? said.trim().split('\n')[0] ?? '';
  return words
    .replace(/^\s*(?:smtp|x-[\w-]+)\s*;\s*/i, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Which mail is meant: that of the third part, that which it answers, or one that it copies into its text. */
function idsOf(said: string, headers: MailHeaders, reported: readonly HeaderLine[] | null): readonly string[] {
  const ofReport = reported === null ? null : idOf(reported);
  const copied = [...said.matchAll(/^>?[ \t]*Message-ID:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{3,300}>)/gim)].flatMap(
    ([, id]) => idsIn(id),
  );
  const ids = [
    ...(ofReport === null ? [] : [ofReport]),
    ...idsIn(headers['in-reply-to']),
    ...idsIn(headers['references']).toReversed(),
    ...copied,
  ];
  return [...new Set(ids)].map((id) => storable(`<${id}>`));
}
