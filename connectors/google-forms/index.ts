/**
 * Google Forms: what people answer in a form, sent and signed by a script of ours that its owner pastes.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createGoogleFormsChannel } from './channel.ts';
import { GoogleFormsSettings } from './settings.ts';

export const connector: Connector = {
  id: 'google-forms',
  title: 'Google Forms',
  summary: 'Responses to a Google Form, sent by a script that you paste, signed.',
  docs: 'https://developers.google.com/apps-script/guides/triggers/events',
  channel: role(GoogleFormsSettings, createGoogleFormsChannel),
  setUp: {
    family: 'forms',
    secret: { madeAs: 'standard-webhooks' },
    tryIt: 'Submit the form once; **Executions** beside the script shows what became of it.',
  },
};
