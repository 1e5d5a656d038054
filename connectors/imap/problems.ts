import { Problem } from '../../src/domain/problem.ts';
import { ImapFailure } from './wire.ts';

const NOT_AUTHORISED = 'imap.not-authorised';

/** As much of a server's answer as tells an admin what it wants. */
const LONGEST_ANSWER = 200;

/** What went wrong before there was a connection. */
const UNREACHABLE =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|CONNECT_TIMEOUT|GREETING_TIMEOUT|UPGRADE_TIMEOUT)$/i;

/**
 * A failure of imapflow as one of ours; others stay what they are. All of them pass, or are the admin's to mend; the
 * mail waits in its folder.
 */
export function problemOf(error: unknown): unknown {
  const { data } = ImapFailure.safeParse(error);
  if (error instanceof Problem || data === undefined) return error;
  const isOfMail = data.code !== '' || data.responseText !== '' || data.authenticationFailed || data.tlsFailed;
  return isOfMail ? new Problem(detailsOf(data), { cause: error }) : error;
}

/** Whether the server did not take what it was shown. */
export function isNotAuthorised(error: unknown): boolean {
  return error instanceof Problem && error.code === NOT_AUTHORISED;
}

function detailsOf({ code, authenticationFailed, tlsFailed, responseText, message }: ImapFailure) {
  const said = (responseText || message).replace(/\s+/g, ' ').trim().slice(0, LONGEST_ANSWER).replace(/\.$/, '');
  if (authenticationFailed) {
    return {
      code: NOT_AUTHORISED,
      message: `The mail server does not let us in${said === '' ? '' : `: ${said}`}.`,
      fix: 'Check user and access of the channel. Many providers want an app password, or OAuth 2, in place of the usual one.',
    };
  }
  if (tlsFailed || /^(?:ERR_SSL|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code)) {
    return {
      code: 'imap.not-encrypted',
      message: 'The mail server offers no encryption that holds.',
      fix: "Check the server's name and certificate, and whether encryption is to be tls or starttls.",
    };
  }
  if (UNREACHABLE.test(code)) {
    return {
      code: 'imap.unreachable',
      message: 'The mail server could not be reached.',
      fix: 'Check host and port of the channel. It is tried again.',
    };
  }
  return lost(said);
}

function lost(said: string) {
  return {
    code: 'imap.connection-lost',
    message: `The connection to the mail server was lost${said === '' ? '' : `: ${said}`}.`,
    fix: 'Nothing: it is opened again, and reading goes on where it ended.',
  };
}

export function connectionLost(): Problem {
  return new Problem(lost(''));
}

export function noFolder(folder: string): Problem {
  return new Problem({
    code: 'imap.no-folder',
    message: `The mailbox has no folder ${folder}.`,
    fix: 'Make the folder in the mailbox, or correct its name in the settings of the channel.',
  });
}

/** The provider gives no token. Its words name neither secrets nor people, but numbers of requests, which are cut off. */
export function noToken({ status, reason }: { status: number; reason: string }): Problem {
  const said = reason.replace(/\s+/g, ' ').split(' Trace ID:')[0]?.slice(0, LONGEST_ANSWER).replace(/\.$/, '') ?? '';
  return new Problem({
    code: 'imap.no-token',
    message: `The provider gives no access token for the mailbox: ${said || `it answers ${status}`}.`,
    fix: 'Look at oauth of the channel; sign in anew as the guide of IMAP tells, or make a new secret of the app.',
    retry: 'later',
  });
}

export function noAccess(): Problem {
  return new Problem({
    code: 'imap.no-access',
    message: 'The channel has nothing to open its mailbox with: no password, no token, no secret of an app.',
    fix: 'Set access of the channel, or clientSecret under oauth, to env:NAME, and put it into the environment under that name.',
  });
}
