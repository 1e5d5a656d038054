import type { DraftMaterial, DraftQuestion } from '../../src/domain/draft-question.ts';
import type { LanguageDetector } from '../../src/kit/language.ts';
import { contactsIn, LEFT_OUT } from '../../src/kit/masking/index.ts';
import { linksIn } from '../../src/kit/plain-line.ts';
import { withoutGreeting } from '../../src/kit/without-greeting.ts';
import type { ModelWriting } from '../../src/ports/language-model.ts';
import { materialName } from './draft-prompt.ts';
import type { Form } from './form.ts';
import { visibleText } from '../../src/kit/visible-text.ts';
import { repeats } from './prose.ts';
import { DraftAnswer, draftSchema } from './wire.ts';
import { writtenObject } from './written-object.ts';

/** What a draft takes at most, in tokens: some languages need three for a word. */
const ROOM = 1200;

/** More than a page nobody reads to its end, and so nobody checks. */
const LONGEST = 2000;

/** Placeholders of secrets, which are not filled in again, and any other gap in brackets. */
const SECRET_GAP = /\[?\b(?:KEY|PASSWORD|CARD|IBAN|ID_NUMBER|QUERY)_\d+\b/;
const GAP = /\[[^\]\n]{1,60}\]|\b[A-Z]+_\d+\b/g;

/** The lines between which everything stands, and the letters at their ends. */
const FENCE = /^\s*(?:BEGIN|END) (?:REQUEST|EARLIER|S\d)|\b[0-9a-f]{24}\b/m;

/** How a draft is answered. */
export const DRAFT_FORM: Form<DraftAnswer> = {
  name: 'draft',
  schema: draftSchema(),
  room: ROOM,
  read(content) {
    const written = writtenObject(content, 'draft');
    if ('fault' in written) return { answer: null, fault: written.fault };
    if (!('draft' in written.object)) return { answer: null, fault: 'The key "draft" must be there.' };
    return { answer: DraftAnswer.parse(written.object), fault: null };
  },
  kept: (value) => DraftAnswer.safeParse(value).data ?? null,
};

/** What a draft is held against. */
export interface Checked {
  /** All that the model was told beside the materials and the request. */
  told: string;
  /** Puts back what was hidden from the model. */
  show(text: string): string;
  detect: LanguageDetector;
}

/**
 * Takes a draft that says where it is from, in the language that was asked for, with no link, address or number but
 * those of the team's own texts. Whatever a model was talked into stays here.
 */
export function draftOf(
  question: DraftQuestion,
  { draft, sources: named }: DraftAnswer,
  checked: Checked,
): ModelWriting['written'] {
  if (draft === null || draft === '') return { fault: 'draft_no_answer' };
  const sources = question.materials.filter((_, index) => named.includes(materialName(index)));
  if (sources.length === 0) return { fault: 'draft_no_source' };
  if (draft.length > 2 * LONGEST) return { fault: 'draft_long' };
  if (SECRET_GAP.test(draft)) return { fault: 'draft_gap' };
  const text = withoutGreeting(plainLetter(checked.show(draft)));
  const fault = faultOf(text, question, checked);
  return fault === null ? { text, sources: sources.map(({ source }) => source) } : { fault };
}

function faultOf(text: string, question: DraftQuestion, { told, detect }: Checked) {
  if (text === '') return 'draft_no_answer';
  if (text.length > LONGEST) return 'draft_long';
  if (FENCE.test(text) || repeats(text, told)) return 'draft_told';
  // What was answered to somebody else may have been meant for them alone, and an answer may repeat what a stranger wrote.
  const own = question.materials.filter(({ source }) => source.kind === 'reply' || source.kind === 'article');
  if (hasGap(text, own)) return 'draft_gap';
  if (linksIn(text).some((link) => !isLinkOf(link, own))) return 'draft_link';
  if (contactsIn(text).some((contact) => !isContactOf(contact, question, own))) return 'draft_contact';
  const heard = detect(text);
  return heard !== null && heard.isSure && heard.language !== question.language ? 'draft_language' : null;
}

/** As a person types a mail: words and lines, and links with their addresses. */
function plainLetter(written: string): string {
  return (
    visibleText(written)
      .replaceAll(/<((?:https?:\/\/|mailto:)[^>\s]+)>/g, '$1')
      .replaceAll(/<\/?[a-z!][^>]*>/gi, '')
      .replaceAll(/!?\[([^\]\n]+)\]\(([^)\s]+)\)/g, '$1 ($2)')
      .replaceAll(/^#{1,6} +/gm, '')
      .replaceAll(/^\* +/gm, '- ')
      .replaceAll(/\*\*|__|[`{}|<>\\]/g, '')
      .replaceAll(/\n{3,}/g, '\n\n')
      // What begins with one of = + - @ is a formula in a sheet.
      .replace(/^[^\p{L}\p{N}"“„«¿¡(]+/u, '')
      .trim()
  );
}

/** A gap that the team's own text has, such as a button called [Save], is none. */
function hasGap(text: string, own: readonly DraftMaterial[]): boolean {
  if (text.includes(LEFT_OUT)) return true;
  return (text.match(GAP) ?? []).some((gap) => !own.some((material) => material.text.includes(gap)));
}

function isLinkOf(link: string, own: readonly DraftMaterial[]): boolean {
  const bare = bareLink(link);
  return own.some(({ text }) => linksIn(text).some((known) => isTheSameOrItsHost(bare, bareLink(known))));
}

function isTheSameOrItsHost(link: string, known: string): boolean {
  const withoutScheme = known.replace(/^[a-z]+:\/\//, '');
  return link === known || link === withoutScheme || link === withoutScheme.split('/')[0];
}

function bareLink(link: string): string {
  return link.replace(/[)\].,;:!?"'”»]+$/, '').toLowerCase();
}

function isContactOf(
  contact: string,
  { requester }: Pick<DraftQuestion, 'requester'>,
  own: readonly DraftMaterial[],
): boolean {
  const theirs = [requester.email ?? '', ...(requester.identities ?? []).map(({ value }) => value)];
  const known = contact.toLowerCase();
  return (
    theirs.some((each) => each.toLowerCase() === known) || own.some(({ text }) => text.toLowerCase().includes(known))
  );
}
