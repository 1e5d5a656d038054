/**
 * Mail over SMTP: acknowledgements, answers and notices.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { EmailSettings } from './settings.ts';

export const connector: Connector = {
  id: 'email',
  title: 'Email',
  summary: 'Acknowledgements, answers and notices by mail, over any SMTP server.',
  docs: 'https://nodemailer.com/smtp/',
  notifier: role(EmailSettings, async (...given) => (await import('./notifier.ts')).createEmailNotifier(...given)),
};
