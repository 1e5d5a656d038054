/** So many characters are at most 240 bytes in the scripts of Europe; common file systems take 255 bytes. */
const LONGEST_NAME = 120;

/** Longest ending that is kept when a name is cut, with its dot. */
const LONGEST_ENDING = 12;

const UNNAMED = 'file';

/**
 * A name of a file as a stranger gave it, as anybody may save a file under: no path, no line breaks or control
 * characters, nothing that turns the writing direction and so hides what the file is, at most 120 characters with the
 * ending kept. `file` where nothing is left.
 */
export function fileName(said: string): string {
  const own = said
    .replace(/^.*[/\\]/s, '')
    .replace(/[\p{Cc}\u2400\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
  if (/^\.*$/.test(own)) return UNNAMED;
  return own.length <= LONGEST_NAME ? own : shortened(own);
}

function shortened(name: string): string {
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && name.length - dot <= LONGEST_ENDING ? name.slice(dot) : '';
  return `${name.slice(0, LONGEST_NAME - ending.length)}${ending}`.toWellFormed();
}
