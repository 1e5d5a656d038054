import { jsonSample, testMail } from '../../src/kit/sample.ts';
import type { Sample, TestMessage } from '../../src/ports/channel.ts';

/** A mail as Postmark posts it. */
export function sample(said: TestMessage): Sample {
  const { date, messageId } = testMail(said);
  return jsonSample({
    FromFull: { Email: said.email ?? '', Name: said.name },
    Subject: said.subject,
    MessageID: said.id,
    Date: date,
    TextBody: said.text,
    Headers: [{ Name: 'Message-ID', Value: messageId }],
    Attachments: [],
  });
}
