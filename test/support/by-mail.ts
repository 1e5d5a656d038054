import type { NoticeParts } from '../../src/outbox/notices.ts';
import { aPolicy } from './builders.ts';

/** A desk whose weekly review goes into no table. */
export const NO_REVIEW_TABLE = { reviewTable: () => null, putRows: null };

/** What an outbox needs besides, of a desk whose team is told by mail alone. */
export const BY_MAIL_ALONE: Pick<NoticeParts, 'config' | 'notifierOf' | 'publicAddress'> & typeof NO_REVIEW_TABLE = {
  ...NO_REVIEW_TABLE,
  config: () => ({
    policy: aPolicy(),
    ways: {},
    shadow: null,
    mail: { perMinute: null, perRecipient: { hour: 20, day: 100 }, settings: {} },
  }),
  notifierOf: () => null,
  publicAddress: null,
};
