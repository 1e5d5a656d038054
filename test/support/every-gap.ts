import { PURPOSE_FIELDS, type Purpose, REPLY_FIELDS } from '../../src/config/replies.ts';
import type { ReplyTemplate } from '../../src/decide/policy.ts';

/** A letter with every gap that it can have. */
export function everyGap(name: string, purpose: Purpose): ReplyTemplate {
  const gaps = [...Object.keys(REPLY_FIELDS), ...Object.keys(PURPOSE_FIELDS[purpose])].map((gap) => `{{ ${gap} }}`);
  return { name, subject: `${name} {{ ticket.number }}`, body: gaps.join('\n') };
}
