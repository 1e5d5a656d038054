/**
 * Microsoft Teams: what people write to us in the channels of a team, over an outgoing webhook; answered there by a workflow.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createTeamsChannel } from './channel.ts';
import { TeamsNoticeSettings, TeamsSettings } from './settings.ts';

export const connector: Connector = {
  id: 'teams',
  title: 'Microsoft Teams',
  summary:
    'Messages that mention us in the channels of a team; the ticket is named at once, answers come by a workflow.',
  docs: 'https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook',
  channel: role(TeamsSettings, createTeamsChannel),
  notifier: role(TeamsNoticeSettings, async (...given) =>
    (await import('./notifier.ts')).createTeamsNotifier(...given),
  ),
  reach: { person: null, room: null },
  setUp: {
    family: 'chats',
    secret: { foundAt: 'in Teams when the outgoing webhook is created: its security token, shown once' },
    tryIt: 'In Teams mention us in a standard channel of the team.',
  },
};
