import type { ChannelGiven } from '../../src/kit/connector.ts';
import { idOfRaw, readsMail } from '../../src/kit/mail/mail-channel.ts';
import { readMail } from '../../src/kit/mail/read-mail.ts';
import { answeredAt } from '../../src/kit/mail-settings.ts';
import type { PlainChannel, RawRequest } from '../../src/ports/channel.ts';
import { createSignIn } from './sign-in.ts';
import { DELIVERY, type ImapSettings } from './settings.ts';

/** Makes the channel of a mailbox. */
export function createImapChannel(settings: ImapSettings, given: ChannelGiven): PlainChannel {
  const signIn = createSignIn(settings, given);
  return {
    verify: () => ({ authentic: false, reason: 'mail of a mailbox is fetched, and nobody posts it' }),
    answeredAt: answeredAt(settings),
    deliveryId,
    ...readsMail(({ body }) => ({ mail: readMail(body) })),
    // A desk without a mailbox starts without the library that speaks with them.
    listen: async (listening) =>
      (await import('./listen.ts')).listenToMailbox(settings, { signIn, now: given.now })(listening),
  };
}

/** The mail's own id, for a mail may lie there twice; the folder's number for it where it has none. */
function deliveryId({ body, headers }: RawRequest): string | null {
  return idOfRaw(body) ?? headers[DELIVERY] ?? null;
}
