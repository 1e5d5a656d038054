import { type Path, type Place, readSource, type Source } from './source.ts';

/** A key at the beginning of a line, as people write them; whatever else begins a line has the file read as a whole. */
const KEY = /^([A-Za-z][\w-]*):(?:\s|$)/;

/** A key with nothing behind it, after which a list may follow. */
const BARE_KEY = /^[A-Za-z][\w-]*:\s*(?:#.*)?$/;

/** Lines that say nothing, unless what they stand in makes them text. */
const EMPTY = /^\s*(?:#.*)?$/;

/** Lines of a file that can be read by themselves, and how many there are above them. */
interface Piece {
  text: string;
  above: number;
}

/** What stands under one key: as it is, or as the items of a list. */
interface Block extends Piece {
  key: string;
  items: readonly Piece[];
}

interface ReadPiece {
  source: Source;
  above: number;
}

interface ReadBlock extends ReadPiece {
  items: readonly ReadPiece[];
}

/** Reads files as `readSource` does. */
export interface SourceReader {
  read(file: string, text: string): Source;
}

/**
 * Reads files again and again, as they are saved: a rule that says what it said when its file was last read is not parsed
 * once more. A file is read as a whole where its parts cannot be told by their indentation, or when there is anything
 * wrong with one of them.
 */
export function createSourceReader(): SourceReader {
  const known = new Map<string, Reading>();
  return {
    read(file, text) {
      const before = known.get(file);
      if (before?.text === text) return before.source;
      const reading = readAgain({ file, text }, before?.pieces ?? new Map());
      known.set(file, reading);
      return reading.source;
    },
  };
}

/** A file as it was read. */
interface Reading {
  text: string;
  source: Source;
  /** What it is made of, by the text of each. */
  pieces: ReadonlyMap<string, Source>;
}

function readAgain({ file, text }: { file: string; text: string }, before: Reading['pieces']): Reading {
  const pieces = new Map<string, Source>();

  function readPiece({ text: part, above }: Piece): ReadPiece {
    return { source: pieces.getOrInsertComputed(part, () => before.get(part) ?? readSource(file, part)), above };
  }

  const blocks = blocksOf(text) ?? [];
  const parts = new Map<string, ReadBlock>(
    blocks.map((block) => [block.key, { ...readPiece(block), items: block.items.map(readPiece) }]),
  );
  const isOnce = blocks.length > 0 && parts.size === blocks.length;
  const isSound = isOnce && pieces.values().every(({ faults }) => faults.length === 0);
  return { text, source: isSound ? together(file, parts) : readSource(file, text), pieces };
}

/** The file as the keys at the beginning of its lines; null where lines begin with something else. */
function blocksOf(text: string): readonly Block[] | null {
  const lines = text.split(/(?<=\n)/);
  const starts = lines.flatMap((line, index) => (/^[^\s#]/.test(line) && !line.startsWith('- ') ? [index] : []));
  const [first] = starts;
  if (first === undefined || lines.slice(0, first).some((line) => !EMPTY.test(line.trimEnd()))) return null;
  const blocks = starts.map((start, index) => blockAt(lines, start, starts[index + 1] ?? lines.length));
  return blocks.includes(null) ? null : blocks.filter((block) => block !== null);
}

function blockAt(lines: readonly string[], start: number, end: number): Block | null {
  const key = KEY.exec(lines[start] ?? '')?.[1];
  if (key === undefined) return null;
  const dashes = dashesIn(lines, start, end);
  const [first = end] = dashes;
  const pieces = dashes.map((at, index) => pieceOf(lines, at, dashes[index + 1] ?? end));
  return { key, ...pieceOf(lines, start, first), items: pieces };
}

/** The lines on which the items of a list begin: those that are indented least. None where it is not certainly a list. */
function dashesIn(lines: readonly string[], start: number, end: number): readonly number[] {
  if (!BARE_KEY.test((lines[start] ?? '').trimEnd())) return [];
  const said = Array.from({ length: end - start - 1 }, (_, index) => start + 1 + index).filter(
    (at) => !EMPTY.test((lines[at] ?? '').trimEnd()),
  );
  const depth = indentOf(lines[said[0] ?? -1] ?? '');
  const dashes = said.filter((at) => indentOf(lines[at] ?? '') <= depth);
  const isList = dashes.every((at) => lines[at]?.startsWith(`${' '.repeat(depth)}- `));
  return isList ? dashes : [];
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function pieceOf(lines: readonly string[], from: number, to: number): Piece {
  return { text: lines.slice(from, to).join(''), above: from };
}

/** The parts of a file as the file. */
function together(file: string, blocks: ReadonlyMap<string, ReadBlock>): Source {
  const values = [...blocks].flatMap(([key, { source, items }]) =>
    items.length === 0 ? Object.entries(source.value ?? {}) : [[key, items.flatMap((item) => item.source.value)]],
  );
  const [first] = blocks.values();

  function placeOf(path: Path): Place {
    const [key, index, ...rest] = path;
    const block = path.length === 0 ? undefined : blocks.get(String(key));
    if (block === undefined) return placeIn(first, []);
    const [firstItem] = block.items;
    if (firstItem === undefined) return placeIn(block, path);
    const item = itemAt(block, index);
    return item === undefined ? placeIn(firstItem, []) : placeIn(item, [0, ...rest]);
  }

  function placeOfKey(path: Path, key: string): Place {
    const [top, index, ...rest] = path;
    const block = blocks.get(path.length === 0 ? key : String(top));
    if (block === undefined) return placeOf([]);
    if (path.length === 0 || block.items.length === 0) return below(block, block.source.placeOfKey(path, key));
    const item = itemAt(block, index);
    return item === undefined ? placeOf(path) : below(item, item.source.placeOfKey([0, ...rest], key));
  }

  return { file, value: Object.fromEntries(values), faults: [], placeOf, placeOfKey };
}

function itemAt({ items }: ReadBlock, index: string | number | undefined): ReadPiece | undefined {
  return index === undefined || index === '' ? undefined : items[Number(index)];
}

function placeIn(piece: ReadPiece | undefined, path: Path): Place {
  return piece === undefined ? { line: 1, column: 1 } : below(piece, piece.source.placeOf(path));
}

function below({ above }: ReadPiece, { line, column }: Place): Place {
  return { line: line + above, column };
}
