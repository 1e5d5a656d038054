import { type Document, isCollection, isMap, isScalar, parseDocument } from 'yaml';

/** What desk.yaml is to say about the store. */
export interface StoreEntry {
  kind: string;
  settings: Readonly<Record<string, unknown>>;
  /** Beside a setting, by its path: `base`, or `columns.category`. */
  comments: Readonly<Record<string, string>>;
}

const HEADING = ' Where the tickets live. Written by `tabledesk connect`.';

/**
 * Writes the store into the text of desk.yaml. All else stays as it is, in its order and with its comments;
 * so do settings of the same kind of store that the entry does not name, which somebody set by hand.
 *
 * @param text of a file that can be read
 */
export function withStore(text: string, { kind, settings, comments }: StoreEntry): string {
  const document = parseDocument(text);
  if (!isMap(document.getIn(['store']))) begin(document);
  const isSame = document.getIn(['store', 'kind']) === kind;
  set(document, ['store', 'kind'], kind);
  if (!isSame || !isMap(document.getIn(['store', 'settings']))) set(document, ['store', 'settings'], {});
  for (const [name, value] of Object.entries(settings)) set(document, ['store', 'settings', name], value);
  for (const [path, words] of Object.entries(comments)) {
    note(document.getIn(['store', 'settings', ...path.split('.')], true), words);
  }
  return document.toString({ lineWidth: 0 });
}

/** What is new stands at the end, with a line that says what it is. */
function begin(document: Document): void {
  if (document.contents === null) document.contents = document.createNode({});
  if (document.has('store')) return set(document, ['store'], {});
  const key = document.createNode('store');
  key.spaceBefore = true;
  key.commentBefore = HEADING;
  document.add(document.createPair(key, document.createNode({})));
}

/** A value is exchanged where it stands, and keeps its comment; a group is written anew. */
function set(document: Document, path: readonly string[], value: unknown): void {
  const isPlain = typeof value !== 'object' && isScalar(document.getIn(path, true));
  document.setIn(path, isPlain ? value : document.createNode(value));
}

/** Behind a value; above the first key of a group. */
function note(node: unknown, words: string): void {
  if (isScalar(node)) node.comment = ` ${words}`;
  else if (isCollection(node)) node.commentBefore = ` ${words}`;
}
