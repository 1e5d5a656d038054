/**
 * Fillout: what people answer in a form, with a token.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createFilloutChannel } from './channel.ts';
import { FilloutSettings } from './settings.ts';

export const connector: Connector = {
  id: 'fillout',
  title: 'Fillout',
  summary: 'Submissions of a Fillout form, with a token and their files.',
  docs: 'https://www.fillout.com/help/webhook',
  channel: role(FilloutSettings, createFilloutChannel),
  setUp: {
    family: 'forms',
    token: { madeAs: 'word' },
    tryIt: 'In Fillout choose **Test webhook**, or submit the form once.',
  },
};
