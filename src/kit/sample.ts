import type { ChannelSecrets, Sample, TestMessage } from '../ports/channel.ts';
import type { FormFields } from './form-fields.ts';

type Headers = Readonly<Record<string, string>>;

/** A sample of JSON; `sign` gives the headers that its sender adds for these very bytes. */
export function jsonSample(value: object, sign: (body: string) => Headers = () => ({})): Sample {
  const body = JSON.stringify(value);
  return { headers: { 'content-type': 'application/json', ...sign(body) }, body: Buffer.from(body), token: null };
}

/** A sample of a form as browsers encode it. */
export function formSample(fields: Headers, sign: (body: string) => Headers = () => ({})): Sample {
  const body = new URLSearchParams(fields).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...sign(body) };
  return { headers, body: Buffer.from(body), token: null };
}

/** A sample of a form of text parts, in UTF-8. */
export function multipartSample(fields: Headers): Sample {
  const boundary = 'sample-of-a-form';
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  return { headers, body: Buffer.from(`${parts.join('')}--${boundary}--\r\n`), token: null };
}

/** The sample with the first token in its address; null while there is none. */
export function withToken(sample: Sample, { tokens: [token] }: ChannelSecrets): Sample | null {
  return token === undefined ? null : { ...sample, token };
}

/** The sample of a sender that signs, made with the first secret; null while there is none. */
export function withSecret({ signing: [secret] }: ChannelSecrets, make: (secret: string) => Sample): Sample | null {
  return secret === undefined ? null : make(secret);
}

/** A question of a form, as a test answers it. */
export interface TestAnswer {
  asks: keyof FormFields;
  /** Its title: the one that the config names, so that the config is tried along. */
  label: string;
  answer: string;
}

/** What a form asks whoever tests it. */
export function testAnswers({ name, email, subject, text }: TestMessage, fields: FormFields): readonly TestAnswer[] {
  return [
    { asks: 'name', label: fields.name ?? 'Your name', answer: name },
    ...(email === null ? [] : [{ asks: 'email' as const, label: fields.email ?? 'Email', answer: email }]),
    { asks: 'subject', label: fields.subject ?? 'Subject', answer: subject },
    { asks: 'message', label: fields.message ?? 'Message', answer: text },
  ];
}

/** The same as an object of titles and answers. */
export function testFields(said: TestMessage, fields: FormFields): Headers {
  return Object.fromEntries(testAnswers(said, fields).map(({ label, answer }) => [label, answer]));
}

/** So many letters and digits of a test's id, where a system's own ids have a length. */
export function idOfLength({ id }: TestMessage, length: number): string {
  return id.padEnd(length, '0').slice(-length);
}

/** Seconds since 1970, as most senders write the time. */
export function secondsOf({ at }: TestMessage): number {
  return Math.floor(at.epochMilliseconds / 1000);
}

/** The parts of a mail that no provider makes up by itself. */
export function testMail({ id, at, name, email }: TestMessage) {
  const date = at.toZonedDateTimeISO('UTC').toString({ timeZoneName: 'never', smallestUnit: 'second' });
  const [from, messageId] = [email === null ? name : `${name} <${email}>`, `<${id}@test.invalid>`];
  const headers = [
    ['From', from],
    ['Date', date],
    ['Message-ID', messageId],
  ] as const;
  return { from, date, messageId, headers };
}
