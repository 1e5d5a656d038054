import { createPrivateKey, sign } from 'node:crypto';
import type { RawRequest } from '../../src/ports/channel.ts';
import { ALL_HOSTILE_MARKUP, HOSTILE_MARKUP } from './hostile-markup.ts';
import { aMail } from './mails.ts';
import { aRequest, recorded } from './recorded.ts';

/** Key and certificate, one below the other. */
const SIGNER = Buffer.from(recorded('ses-others', 'signer').body);

/** What AWS gives to whoever asks by whom SNS signed. */
export const CERTIFICATE = SIGNER.subarray(SIGNER.indexOf('-----BEGIN CERTIFICATE'));

/** Where AWS keeps it. */
export const CERTIFICATE_URL = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-tests.pem';

export const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:mail';

/** A form of Discord, unsigned, by somebody whose every name is markup. */
export function hostileInteraction(): RawRequest {
  const form = JSON.parse(Buffer.from(recorded('discord', 'form').body).toString());
  form.member.nick = HOSTILE_MARKUP[2];
  form.channel.name = HOSTILE_MARKUP[1];
  const [subject, message] = form.data.components;
  subject.component.value = `${HOSTILE_MARKUP[3]} discord`;
  message.component.value = ALL_HOSTILE_MARKUP;
  for (const file of Object.values<{ filename: string }>(form.data.resolved.attachments)) {
    file.filename = `${HOSTILE_MARKUP[1]}.png`;
  }
  return aRequest('application/json', JSON.stringify(form));
}

/** A mail in HTML, or in plain text, whose heads, words and files are markup. */
export function hostileMail(id: string, type: 'html' | 'plain'): Buffer {
  const name = `"${HOSTILE_MARKUP[0].replaceAll('"', '\\"')}"`;
  return aMail({
    from: `${name} <${id}@evil.example>`,
    headers: [`Subject: ${encodedWord(`${HOSTILE_MARKUP[1]} ${id}`)}`, `Message-ID: <${id}@evil.example>`],
    type: 'multipart/mixed',
    parts: [
      `Content-Type: text/${type}; charset=utf-8\r\n\r\n${ALL_HOSTILE_MARKUP}\nwhere is my order`,
      `Content-Type: text/html; name="${encodedWord(`${HOSTILE_MARKUP[2]}.html`)}"\r\nContent-Disposition: attachment\r\n\r\n${ALL_HOSTILE_MARKUP}`,
    ],
  });
}

function encodedWord(text: string): string {
  return `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
}

/** What SNS says of a mail that SES received, signed. */
export function hostileAnnouncement(at: Temporal.Instant): RawRequest {
  const envelope = JSON.parse(Buffer.from(recorded('ses', 'base64').body).toString());
  const told = JSON.parse(envelope.Message);
  told.content = hostileMail('ses', 'plain').toString('base64');
  const said = {
    ...envelope,
    Message: JSON.stringify(told),
    Timestamp: at.toString(),
    SigningCertURL: CERTIFICATE_URL,
  };
  const signed = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
    .map((name) => `${name}\n${said[name]}\n`)
    .join('');
  const signature = sign('RSA-SHA256', Buffer.from(signed), createPrivateKey(SIGNER)).toString('base64');
  return aRequest('text/plain; charset=UTF-8', JSON.stringify({ ...said, Signature: signature }));
}
