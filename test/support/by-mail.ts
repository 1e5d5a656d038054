import type { NoticeParts } from '../../src/outbox/notices.ts';
import { aPolicy } from './builders.ts';

/** What an outbox needs besides, of a desk whose team is told by mail alone. */
export const BY_MAIL_ALONE: Pick<NoticeParts, 'config' | 'notifierOf' | 'publicAddress'> = {
  config: () => ({
    policy: aPolicy(),
    ways: {},
    shadow: null,
    mail: { perMinute: null, perRecipient: { hour: 20, day: 100 }, settings: {} },
  }),
  notifierOf: () => null,
  publicAddress: null,
};
