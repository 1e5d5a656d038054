import type { NoticeItem } from '../../src/ports/notifier.ts';

/** A member of a workspace: https://docs.slack.dev/reference/objects/user-object */
export const PERSON_ID = /^[UW][A-Z0-9]{6,}$/;

/** A notice whose people are named, and called where they have an id. */
interface ShownNotice {
  people: readonly { name: string; id: string | null }[];
  heading: string | null;
  items: readonly NoticeItem[];
}

/**
 * A notice as rich text, in which nothing is markup, a mention or a link but what is meant to be one:
 * https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */
export function noticeBlocks({ people, heading, items }: ShownNotice): readonly object[] {
  const list = { type: 'rich_text_list', style: 'bullet', elements: items.map((item) => section([titleOf(item)])) };
  const elements =
    heading === null
      ? [section([...calling(people), ...items.flatMap(linesOf)])]
      : [section([...calling(people), bold(heading)]), list];
  return [{ type: 'rich_text', elements }];
}

/** Nothing where nobody is called. */
function calling(people: ShownNotice['people']): readonly object[] {
  const named = people.flatMap(({ name, id }, index) => [
    text(index === 0 ? 'For ' : ', '),
    id === null ? text(name) : { type: 'user', user_id: id },
  ]);
  return named.length === 0 ? [] : [...named, text('\n')];
}

function linesOf(item: NoticeItem): readonly object[] {
  return [titleOf(item), ...(item.text === '' ? [] : [text(`\n${item.text}`)])];
}

function titleOf({ title, link }: NoticeItem): object {
  return link === null ? bold(title) : { type: 'link', url: link, text: title, style: { bold: true } };
}

function section(elements: readonly object[]): object {
  return { type: 'rich_text_section', elements };
}

function bold(said: string): object {
  return { ...text(said), style: { bold: true } };
}

/** Slack takes no text that is empty. */
function text(said: string): object {
  return { type: 'text', text: said || ' ' };
}
