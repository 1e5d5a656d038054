/**
 * Any JSON, from any sender that can add a token: Zapier, Make, n8n, a script of your own.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createJsonChannel } from './channel.ts';
import { JsonSettings } from './settings.ts';

export const connector: Connector = {
  id: 'json',
  title: 'JSON webhook',
  summary: 'Any JSON from Zapier, Make, n8n or a script, with a token.',
  docs: null,
  channel: role(JsonSettings, createJsonChannel),
  setUp: {
    family: 'systems',
    token: { madeAs: 'word' },
    tryIt: 'Let the other system send once, or run the `curl` line of the guide.',
  },
};
