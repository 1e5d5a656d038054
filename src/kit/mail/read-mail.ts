import { addressParser, decodeWords } from 'postal-mime';
import { addressIn } from '../guess-message.ts';
import { type HeaderLine, headerLinesIn } from '../mail-headers.ts';
import { inCharset } from './charset.ts';
import { htmlToText } from './html-text.ts';
import type { Mail, MailFile } from './mail.ts';
import { type Part, partsOfMail } from './mime-parts.ts';

/** More files than people send; what comes beyond stays in the stored mail and is not listed. */
const MOST_FILES = 200;

/** More than people write, in bytes, as HTML says little in many; what comes beyond stays in the stored mail. */
const LONGEST_PART = 2_000_000;

/** No subject and no name is longer than this. */
const LONGEST_HEADER = 5000;

/** As much of a reported mail as has its headers. */
const LONGEST_REPORTED = 64 * 1024;

/**
 * `Zoe <zoe@example.com>` or `"Miller, Zoe" <zoe@example.com>`, as nearly every program writes it; anything else is for the
 * parser, which takes three times as long.
 */
const USUAL_SENDER =
  /^(?:"([^"\\\p{Cc}]{1,200})"|([^"(),:;<>@\\\p{Cc}]{1,200})) <([^\s<>?@\p{Cc}]{1,64}@[^\s<>?\p{Cc}]{1,200})>$/u;

/** Parts that tell what became of a mail: RFC 3464, and the same in other characters. */
const STATUS = /^message\/(?:global-)?delivery-status$/;

/** Parts that are the mail of which a report tells, or its headers. */
const REPORTED = /^(?:message\/(?:rfc822|global|rfc822-headers|global-headers)|text\/rfc822-headers)$/;

/** A text of a mail, and whether it was written as plain text. */
interface Said {
  text: string;
  isPlain: boolean;
}

/**
 * Reads a mail as it came over the wire, in whatever characters it is written.
 *
 * @throws Problem `mail.malformed`
 */
export function readMail(raw: Uint8Array): Mail {
  const whole = partsOfMail(raw);
  const headers = whole.named;
  const isReport = whole.type.value === 'multipart/report';
  const leaves = leavesOf(whole);
  const statuses = isReport ? leaves.filter(({ type }) => STATUS.test(type.value)) : [];
  const said = [...saidIn(whole).map(({ text }) => text), ...statuses.map(textOf)];
  return {
    headers: whole.headers,
    from: senderOf(headers['from'] ?? ''),
    subject: oneLine(decodeWords((headers['subject'] ?? '').slice(0, LONGEST_HEADER))),
    text: said.join('\n\n'),
    files: leaves
      .filter((part) => !isText(part) && !statuses.includes(part))
      .slice(0, MOST_FILES)
      .map(fileOf),
    reported: isReport ? reportedIn(leaves) : null,
  };
}

/** Parts that are a text or a file, in their order. */
function leavesOf(part: Part): readonly Part[] {
  return part.parts.length === 0 ? [part] : part.parts.flatMap(leavesOf);
}

/**
 * Everything that is said; of several versions of the same the plain one, or the richest that says anything. The plain one
 * comes first, so that the others are mostly not read at all.
 */
function saidIn(part: Part): readonly Said[] {
  if (part.parts.length === 0) return isText(part) ? [sayingOf(part)] : [];
  if (part.type.value !== 'multipart/alternative') return part.parts.flatMap(saidIn);
  let richest: readonly Said[] = [];
  for (const version of part.parts) {
    const said = saidIn(version);
    if (said.every(({ text }) => text.trim() === '')) continue;
    if (said.every(({ isPlain }) => isPlain)) return said;
    richest = said;
  }
  return richest;
}

/** Whether a part is read; one with a name is a file that happens to be text. */
function isText({ parts, type, disposition }: Part): boolean {
  if (parts.length > 0 || disposition.value === 'attachment' || nameOf({ type, disposition }) !== '') return false;
  return type.value === 'text/plain' || type.value === 'text/html' || !type.value.includes('/');
}

function sayingOf(part: Part): Said {
  const isPlain = part.type.value !== 'text/html';
  const text = textOf(part);
  return { text: isPlain ? text : htmlToText(text), isPlain };
}

function textOf(part: Part): string {
  return inCharset(part.bytes().subarray(0, LONGEST_PART), part.type.params.get('charset') ?? '');
}

function reportedIn(leaves: readonly Part[]): readonly HeaderLine[] | null {
  const part = leaves.find(({ type }) => REPORTED.test(type.value));
  if (part === undefined) return null;
  const [head = ''] = inCharset(part.bytes().subarray(0, LONGEST_REPORTED), '').split(/\r?\n\r?\n/, 1);
  return headerLinesIn(head);
}

/** Who wrote, by the header `From`. */
export function senderOf(from: string): Mail['from'] {
  const [, quoted, bare, address] = USUAL_SENDER.exec(from) ?? [];
  if (address !== undefined) return { name: nameBeside(address, quoted ?? bare ?? ''), email: addressIn(address) };
  const [first] = addressParser(from.slice(0, LONGEST_HEADER), { flatten: true });
  return { name: oneLine(first?.name ?? ''), email: addressIn(first?.address ?? '') };
}

/** Some programs write the address as the name of who has none. */
function nameBeside(address: string, written: string): string {
  const name = oneLine(decodeWords(written));
  return name === address ? '' : name;
}

/** Pictures in the text have no name in some programs, and mails in a mail have none. */
function fileOf(part: Part, index: number): MailFile {
  const contentType = part.type.value || 'application/octet-stream';
  const [kind = '', subtype = ''] = contentType.split('/');
  const extension = contentType === 'message/rfc822' ? 'eml' : subtype.replace(/[^a-z0-9].*$/, '');
  const name = oneLine(nameOf(part)) || `${kind === 'image' ? 'image' : 'file'}-${index + 1}.${extension || 'bin'}`;
  return { name, contentType, size: part.bytes().length, bytes: part.bytes };
}

function nameOf({ type, disposition }: Pick<Part, 'type' | 'disposition'>): string {
  return (disposition.params.get('filename') ?? type.params.get('name') ?? '').trim();
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
