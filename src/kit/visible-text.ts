/**
 * Signs that nobody sees, and that only hide something: controls and formats, half characters and those of private
 * use (all in category C but what ends a line), variations, and letters that are blank.
 */
const UNSEEN = /[^\P{C}\n]|\p{Variation_Selector}|\p{Default_Ignorable_Code_Point}|\u{ffa0}|\u{fffc}/gu;

/** What ends a line, in whatever system. */
const LINE_END = /\r\n?|\v|\f|\u{85}|\u{2028}|\u{2029}/gu;

/** The text as a person would see it: lines and words, and nothing that hides between them. */
export function visibleText(written: string): string {
  return (
    written
      .toWellFormed()
      .replaceAll(LINE_END, '\n')
      // Of what is left of the controls, a tab is a space.
      .replaceAll('\t', ' ')
      .replaceAll(UNSEEN, '')
      .normalize('NFC')
      .replaceAll(/[^\S\n]+/g, ' ')
      .replaceAll(/ ?\n ?/g, '\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim()
  );
}
