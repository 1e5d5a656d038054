/** Of longer texts the words beyond these are left out: whoever changes one of so many changes it before, too. */
const MOST_WORDS = 600;

/**
 * The share of words in which an answer differs from the draft that it began with, 0..1: the fewest words to put
 * in, take out or replace, of the words of the longer. Takes at most some 360,000 steps, and a few where little is
 * changed.
 */
export function shareRewritten(draft: string, answer: string): number {
  const [one, other] = [wordsOf(draft), wordsOf(answer)];
  const longer = Math.max(one.length, other.length);
  return longer === 0 ? 0 : distance(...withoutCommonEnds(one, other)) / longer;
}

/** Words as they read: another comma or another line break is no other word. */
function wordsOf(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’.@:/_-]+[\p{L}\p{N}]+)*/gu) ?? []).slice(0, MOST_WORDS);
}

/** Most drafts are changed in one place; what stands before and behind it needs no comparing. */
function withoutCommonEnds(one: readonly string[], other: readonly string[]): [readonly string[], readonly string[]] {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start++;
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return [one.slice(start, one.length - end), other.slice(start, other.length - end)];
}

/** The distance of Levenshtein in words, a row at a time. */
function distance(one: readonly string[], other: readonly string[]): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [taken, word] of one.entries()) {
    const next = [taken + 1];
    for (const [index, wanted] of other.entries()) {
      const replaced = (row[index] ?? 0) + (word === wanted ? 0 : 1);
      next.push(Math.min(replaced, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
