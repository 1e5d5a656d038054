import { html as escaping } from 'ghtml';

const MARKUP = Symbol('markup');

/** A piece of a page that is made of our own markup, with everything that was put into it escaped. */
export interface Html {
  readonly [MARKUP]: string;
}

/** What may stand in a gap of a page. Nothing is written for null, undefined and false. */
export type Fill = string | number | null | undefined | false | Html | readonly Fill[];

/**
 * Makes a piece of a page. What stands in a gap is escaped, unless it is a piece made here itself; there
 * is no way to put text in raw. Attributes stand in quotes, always, and addresses from outside go through
 * `outsideLink`.
 */
export function html(literals: TemplateStringsArray, ...fills: readonly Fill[]): Html {
  return { [MARKUP]: String.raw(literals, ...fills.map(written)) };
}

/** The text of a piece, to be sent. */
export function textOf(piece: Html): string {
  return piece[MARKUP];
}

/** An attribute that is there or not: `checked`, `selected`, `open`. */
export function flag(name: string, isSet: boolean): Html | null {
  return isSet ? html` ${name}` : null;
}

/**
 * An element that shows a text as it was written. A browser swallows the line break with which such an
 * element begins, so one is always given to it.
 */
export function verbatim(name: 'pre' | 'textarea', attributes: Html, text: Fill): Html {
  return { [MARKUP]: `<${name} ${attributes[MARKUP]}>\n${written(text)}</${name}>` };
}

/** An address that came from outside, when it can be followed without harm; else null. */
export function outsideLink(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  return ['http:', 'https:', 'mailto:'].includes(new URL(address).protocol) ? address : null;
}

function written(fill: Fill): string {
  if (fill === null || fill === undefined || fill === false) return '';
  if (typeof fill === 'string' || typeof fill === 'number') return escaping`${fill}`;
  return MARKUP in fill ? fill[MARKUP] : fill.map(written).join('');
}
