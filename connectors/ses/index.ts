/**
 * Amazon SES: mail that it receives and announces through SNS, signed; large mails lie in S3.
 */
import { type Connector, role } from '../../src/kit/connector.ts';
import { createSesChannel } from './channel.ts';
import { SesSettings } from './settings.ts';

export const connector: Connector = {
  id: 'ses',
  title: 'Amazon SES',
  summary: 'Mail that Amazon SES receives, announced through SNS and signed; large mails are fetched from S3.',
  docs: 'https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-sns.html',
  channel: role(SesSettings, createSesChannel),
  setUp: {
    family: 'mail',
    access: { foundAt: 'in AWS under **IAM**, **Users**, **Create access key**: the id, a colon and the key' },
    tryIt: 'Send a mail to an address of the rule.',
  },
};
