import type { OutgoingMessage } from '../ports/notifier.ts';

/** Messages that stopped halfway and are kept in mind; more than ever fail at once. */
const MOST_HALVES = 1000;

/** Sends one piece of a text, the first with 0, and gives its id. */
export type PostPiece = (text: string, at: number) => Promise<string>;

/**
 * Sends a text that is too long for one message as several, one after the other. Where one fails, the next attempt at
 * the same message goes on with it, as long as we are not started anew. Gives the ids of all.
 */
export function inPieces(
  longest: number,
): (message: Pick<OutgoingMessage, 'key' | 'text'>, post: PostPiece) => Promise<readonly string[]> {
  const halves = new Map<string, string[]>();
  return async ({ key, text }, post) => {
    const ids = halves.get(key) ?? [];
    const pieces = piecesOf(text, longest);
    if (pieces.length > 1) remember(halves, key, ids);
    for (const [at, piece] of pieces.entries()) {
      if (at >= ids.length) ids.push(await post(piece, at));
    }
    halves.delete(key);
    return ids;
  };
}

function remember(halves: Map<string, string[]>, key: string, ids: string[]): void {
  halves.set(key, ids);
  const [eldest] = halves.keys();
  if (halves.size > MOST_HALVES && eldest !== undefined) halves.delete(eldest);
}

/** Parts of a text, none longer, each broken off where a paragraph, a line or a word ends. */
export function piecesOf(text: string, longest: number): readonly string[] {
  const pieces: string[] = [];
  let rest = text.trimEnd();
  while (rest.length > longest) {
    const end = endOfPiece(rest, longest);
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...pieces, rest].filter((piece, at) => piece !== '' || at === 0);
}

/** A piece is at least half as long as it may be, or texts with few breaks would come in shreds. */
function endOfPiece(text: string, longest: number): number {
  for (const mark of ['\n\n', '\n', ' ']) {
    const end = text.lastIndexOf(mark, longest);
    if (end > longest / 2) return end;
  }
  return /[\ud800-\udbff]/.test(text[longest - 1] ?? '') ? longest - 1 : longest;
}
