import { jsonSample, secondsOf, withSecret } from '../../src/kit/sample.ts';
import { signatureOf } from '../../src/kit/signature.ts';
import type { ChannelSecrets, Sample, TestMessage } from '../../src/ports/channel.ts';

/** A number that is nobody's: https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama */
const NOBODY = '447700900000';

/** A message as the Cloud API posts it. */
export function sample(said: TestMessage, secrets: ChannelSecrets): Sample | null {
  const message = {
    from: NOBODY,
    id: `wamid.${said.id}`,
    timestamp: String(secondsOf(said)),
    type: 'text',
    text: { body: `${said.subject}\n\n${said.text}` },
  };
  const value = {
    messaging_product: 'whatsapp',
    metadata: { phone_number_id: '1' },
    contacts: [{ profile: { name: said.name }, wa_id: NOBODY }],
    messages: [message],
  };
  const entry = [{ id: '1', changes: [{ field: 'messages', value }] }];
  return withSecret(secrets, (secret) =>
    jsonSample({ object: 'whatsapp_business_account', entry }, (body) => ({
      'x-hub-signature-256': `sha256=${signatureOf(secret, { content: [body], encoding: 'hex' })}`,
    })),
  );
}
