/** UTF-16 units to a piece of text, and pieces to a property (developers.notion.com, "Request limits"). */
const PIECE = 2000;

/** A text as Notion takes it: in pieces, none of which ends within a character. */
export function piecesOf(text: string): { text: { content: string } }[] {
  const pieces: { text: { content: string } }[] = [];
  for (let start = 0; start < text.length;) {
    const rough = text.slice(start, start + PIECE);
    const isCut = start + PIECE < text.length;
    const content = isCut ? rough.replace(/[\uD800-\uDBFF]$/, '') : rough;
    pieces.push({ text: { content } });
    start += content.length;
  }
  return pieces;
}
