import type { Environment } from '../../config/environment.ts';
import { Problem } from '../../domain/problem.ts';
import type { Notifier } from '../../ports/notifier.ts';
import { bad, type CheckUp, good, warning } from './check-up.ts';

/** The mail server: that it is set, can be reached and lets us in. Nothing is sent. */
export async function checkMail({ SMTP_URL, MAIL_FROM }: Environment, open: () => Promise<Notifier>): Promise<CheckUp> {
  if (SMTP_URL === undefined) {
    return warning('Mail', {
      message: 'SMTP_URL is not set: mails are written and shown, not sent.',
      fix: 'Set SMTP_URL and MAIL_FROM in .env when customers are to hear from you.',
    });
  }
  if (MAIL_FROM === undefined) {
    return bad('Mail', {
      message: 'MAIL_FROM is not set: without a sender no mail is sent.',
      fix: 'Set it in .env, as Example Help <help@example.com>.',
    });
  }
  try {
    await greet(await open());
    return good('Mail', `The server of SMTP_URL lets us in; mails come from ${MAIL_FROM}.`);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return bad('Mail', error);
  }
}

async function greet(notifier: Notifier): Promise<void> {
  try {
    await notifier.check?.();
  } finally {
    notifier.close?.();
  }
}
