import { formSample, withSecret } from '../../src/kit/sample.ts';
import { signatureOf } from '../../src/kit/signature.ts';
import type { ChannelSecrets, Sample, TestMessage } from '../../src/ports/channel.ts';

/** Numbers that are nobody's: https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama */
const [THEIRS, OURS] = ['+447700900000', '+447700900001'];

/** An SMS as Twilio posts it. Twilio signs the address, and the fields by their names. */
export function sample(said: TestMessage, secrets: ChannelSecrets): Sample | null {
  const fields = {
    Body: `${said.subject}\n\n${said.text}`,
    From: THEIRS,
    MessageSid: `SM${said.id}`,
    NumMedia: '0',
    SmsStatus: 'received',
    To: OURS,
  };
  const content = [said.address, ...Object.entries(fields).flat()];
  return withSecret(secrets, (secret) =>
    formSample(fields, () => ({
      'x-twilio-signature': signatureOf(secret, { content, encoding: 'base64', hash: 'sha1' }),
    })),
  );
}
