/**
 * Webhook: what the team is told, as signed JSON to an address of yours.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { WebhookSettings } from './settings.ts';

export const connector: Connector = {
  id: 'webhook',
  title: 'Webhook',
  summary: 'Notices to the team as signed JSON, to any address.',
  docs: 'https://www.standardwebhooks.com',
  notifier: role(WebhookSettings, async (...given) => (await import('./notifier.ts')).createWebhookNotifier(...given)),
  reach: { person: null, room: null },
};
