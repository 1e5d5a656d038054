/**
 * Tally: what people answer in a form, signed.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createTallyChannel } from './channel.ts';
import { TallySettings } from './settings.ts';

export const connector: Connector = {
  id: 'tally',
  title: 'Tally',
  summary: 'Submissions of a Tally form, signed, with their files.',
  docs: 'https://tally.so/help/webhooks',
  channel: role(TallySettings, createTallyChannel),
  setUp: {
    family: 'forms',
    secret: { madeAs: 'word' },
    tryIt: 'Submit the form once; the clock beside the webhook shows what became of it.',
  },
};
