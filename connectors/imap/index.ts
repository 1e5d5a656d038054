/**
 * IMAP: the mail of a mailbox, fetched as it comes; nothing has to reach Tabledesk from outside.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createImapChannel } from './channel.ts';
import { ImapSettings } from './settings.ts';

export const connector: Connector = {
  id: 'imap',
  title: 'IMAP',
  summary: 'Mail of any mailbox, fetched as it comes, without a public address.',
  docs: 'https://www.rfc-editor.org/rfc/rfc9051',
  channel: role(ImapSettings, createImapChannel),
  setUp: {
    family: 'mail',
    access: {
      foundAt:
        'at your provider of mail: the password of the mailbox, a password for apps, or a refresh token of OAuth 2',
    },
    tryIt: 'Send a mail to the mailbox.',
  },
};
