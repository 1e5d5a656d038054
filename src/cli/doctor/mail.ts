import type { Environment } from '../../config/environment.ts';
import { Problem } from '../../domain/problem.ts';
import { addressIn } from '../../kit/guess-message.ts';
import type { Notifier } from '../../ports/notifier.ts';
import { bad, type CheckUp, good, warning } from './check-up.ts';
import type { ResolveTxt } from './dns.ts';
import { checkMailDns } from './mail-dns.ts';

/** The mail server: that it is set, can be reached and lets us in; then what the DNS says of our mail. Nothing is sent. */
export async function checkMail(
  { SMTP_URL, MAIL_FROM }: Environment,
  { open, look }: { open: () => Promise<Notifier>; look: ResolveTxt },
): Promise<readonly CheckUp[]> {
  if (SMTP_URL === undefined) {
    const message = 'SMTP_URL is not set: mails are written and shown, not sent.';
    return [
      warning('Mail', { message, fix: 'Set SMTP_URL and MAIL_FROM in .env when customers are to hear from you.' }),
    ];
  }
  if (MAIL_FROM === undefined) {
    const message = 'MAIL_FROM is not set: without a sender no mail is sent.';
    return [bad('Mail', { message, fix: 'Set it in .env, as Example Help <help@example.com>.' })];
  }
  try {
    const notifier = await open();
    const domain = addressIn(MAIL_FROM)?.split('@').at(-1) ?? '';
    return [await greet(notifier, MAIL_FROM), ...(await checkMailDns({ domain, records: notifier.dns ?? [] }, look))];
  } catch (error) {
    return [refused(error)];
  }
}

async function greet(notifier: Notifier, from: string): Promise<CheckUp> {
  try {
    await notifier.check?.();
    return good('Mail', `The server of SMTP_URL lets us in; mails come from ${from}.`);
  } catch (error) {
    return refused(error);
  } finally {
    notifier.close?.();
  }
}

function refused(error: unknown): CheckUp {
  if (!(error instanceof Problem)) throw error;
  return bad('Mail', error);
}
