/**
 * Mail over SMTP: acknowledgements, answers and notices.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createEmailNotifier } from './notifier.ts';
import { EmailSettings } from './settings.ts';

export const connector: Connector = {
  id: 'email',
  title: 'Email',
  summary: 'Acknowledgements, answers and notices as plain mail, over any SMTP server.',
  docs: 'https://nodemailer.com/smtp/',
  notifier: role(EmailSettings, createEmailNotifier),
};
