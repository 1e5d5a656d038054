/**
 * What a large mail costs, and what mails cost that are made to cost much: time by the length alone, and memory by
 * one mail and one file of it at a time.
 *
 *     node bench/mail.ts [--files 20] [--megabytes 10]
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { withoutQuotes } from '../src/decide/conditions/quoted.ts';
import { parsedMail } from '../src/kit/mail/mail-message.ts';
import { readMail } from '../src/kit/mail/read-mail.ts';
import { MORNING } from '../test/support/builders.ts';
import { aMail } from '../test/support/mails.ts';
import { below, type Figure, printFigures } from './support/figures.ts';

const { values } = parseArgs({
  options: { files: { type: 'string', default: '20' }, megabytes: { type: 'string', default: '10' } },
});
const [files, megabytes] = [Number(values.files), Number(values.megabytes)];

/** A megabyte of what takes long to read for those who do not look out. */
const HOSTILE = {
  'lines of one character': `\r\n${'a\r\n'.repeat(333_333)}`,
  'one line': `\r\n${'x'.repeat(1_000_000)}`,
  'HTML tags that never end': `Content-Type: text/html\r\n\r\n${'<a b="'.repeat(160_000)}`,
  'HTML within HTML': `Content-Type: text/html\r\n\r\n${'<div>'.repeat(200_000)}`,
  'boundaries that are none': `Content-Type: multipart/mixed; boundary=x\r\n\r\n${'--xy\r\n'.repeat(160_000)}`,
  'a hundred thousand parts': `Content-Type: multipart/mixed; boundary=x\r\n\r\n${'--x\r\n\r\n\r\n'.repeat(100_000)}`,
  'quotes of quotes': `\r\n${'> On a wrote:\r\n'.repeat(70_000)}`,
} as const;

printFigures(`a mail of ${megabytes} MB with ${files} files`, [...large(), ...Object.entries(HOSTILE).map(hostile)]);

/** The process began for this, so its most memory is the mail's, and what Node takes by itself. */
function large(): readonly Figure[] {
  const content = randomBytes((megabytes * 1e6 * 0.73) / files);
  const base64 = content.toString('base64').replaceAll(/(.{76})/g, '$1\r\n');
  const head = 'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf';
  const part = `${head}\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64}`;
  const raw = aMail({
    type: 'multipart/mixed',
    parts: ['\r\nSee all of them.', ...Array.from({ length: files }, () => part)],
  });
  const before = process.resourceUsage().maxRSS / 1000;
  const began = performance.now();
  parsedMail(readMail(raw), { receivedAt: MORNING });
  const milliseconds = performance.now() - began;
  for (let index = 0; index < files; index += 1) {
    if (!content.equals(readMail(raw).files[index]?.bytes() ?? Buffer.alloc(0)))
      throw new Error('a file is another one');
  }
  return [
    { what: 'its length', value: raw.length / 1e6, unit: 'MB' },
    { what: 'memory before', value: before, unit: 'MB' },
    {
      what: 'most memory, read and each file fetched',
      value: process.resourceUsage().maxRSS / 1000,
      unit: 'MB',
      goal: below(300),
    },
    { what: 'read', value: milliseconds, unit: 'ms' },
  ];
}

function hostile([what, body]: readonly [string, string]): Figure {
  const raw = Buffer.from(`From: a@example.com\r\n${body}`);
  const began = process.cpuUsage();
  withoutQuotes(readMail(raw).text);
  const { user, system } = process.cpuUsage(began);
  return {
    what: `a megabyte of ${what}, by processor time`,
    value: (user + system) / 1000,
    unit: 'ms',
    goal: below(2000),
  };
}
