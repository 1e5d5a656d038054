/** An address of a page, or of a mailbox, as it stands in a text. */
const ADDRESS = /https?:\/\/[^\s<>"]{1,2000}|(?:mailto:)?[\w.%+-]{1,64}@[\p{L}\p{N}.-]{1,190}\.\p{L}{2,24}/giu;

/** What ends a sentence, and stands behind an address without being of it. */
const AFTER = /[.,;:!?'"*_’”»\])}]$/;

/** Brackets that are of an address when it opens them, too. */
const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A line of text as HTML. Addresses lead where they say, and nothing else is a link. */
export function withLinks(line: string): string {
  const parts: string[] = [];
  let at = 0;
  for (const { 0: found, index } of line.matchAll(ADDRESS)) {
    const address = withoutStop(found);
    const target = targetOf(address);
    if (target === null) continue;
    parts.push(escaped(line.slice(at, index)), `<a href="${escaped(target)}">${escaped(address)}</a>`);
    at = index + address.length;
  }
  return [...parts, escaped(line.slice(at))].join('');
}

function withoutStop(found: string): string {
  let address = found;
  while (AFTER.test(address) && !isClosing(address)) address = address.slice(0, -1);
  return address;
}

function isClosing(address: string): boolean {
  const last = address.at(-1) ?? '';
  const opening = OPENING[last];
  return opening !== undefined && address.split(opening).length >= address.split(last).length;
}

function targetOf(address: string): string | null {
  if (/^https?:/i.test(address)) return URL.canParse(address) ? address : null;
  return /^mailto:/i.test(address) ? address : `mailto:${address}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);
}
