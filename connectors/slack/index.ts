/**
 * Slack: threads as tickets, a command and a shortcut with a form, and answers in the thread.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createSlackChannel } from './channel.ts';
import { SlackSettings } from './settings.ts';

export const connector: Connector = {
  id: 'slack',
  title: 'Slack',
  summary: 'Threads, messages to the app, a command and shortcuts; answered where they were written.',
  docs: 'https://docs.slack.dev/',
  channel: role(SlackSettings, createSlackChannel),
};
