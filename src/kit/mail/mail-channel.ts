import type { PlainChannel, RawRequest } from '../../ports/channel.ts';
import { headerLinesIn } from '../mail-headers.ts';
import { readable } from '../readable.ts';
import type { Mail } from './mail.ts';
import { type MailExtras, parsedMail } from './mail-message.ts';
import { idOf } from './names.ts';

/** A mail as it was found in a request, and what stands beside it. */
export interface MailFound extends Omit<MailExtras, 'receivedAt'> {
  mail: Mail;
}

/** What every channel of mail does alike, once the mail is found in its requests. Null where there is none. */
export function readsMail(
  find: (request: RawRequest) => MailFound | null,
): Required<Pick<PlainChannel, 'parse' | 'file'>> {
  return {
    parse: (request) =>
      readable(() => {
        const found = find(request);
        if (found === null) return { kind: 'ignored', reason: 'It brings no mail.', messages: [] };
        const { mail, ...extras } = found;
        return parsedMail(mail, { ...extras, receivedAt: request.receivedAt });
      }),
    file: async (request, part) => find(request)?.mail.files[part]?.bytes() ?? null,
  };
}

/** As much of a mail as has its headers. */
const LONGEST_HEAD = 512 * 1024;

/** The id of a mail, without taking all of it apart; null where it has none. */
export function idOfRaw(raw: Uint8Array): string | null {
  const head = Buffer.from(raw.subarray(0, LONGEST_HEAD)).toString('latin1');
  const end = head.search(/\r?\n\r?\n/);
  return idOf(headerLinesIn(end === -1 ? head : head.slice(0, end)));
}
