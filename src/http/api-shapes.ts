import type { StoredDecision, StoredFile, StoredMessage } from '../db/ticket-queries.ts';
import type { ExplainedDecision } from '../reports/playbook/explain.ts';

/** One message of a ticket's conversation; notes are those with visibility `internal`. */
export function messageShape(message: StoredMessage, files: readonly StoredFile[]) {
  const { id, author, authorName, visibility, text, at } = message;
  const attachments = message.attachments.map(({ name, contentType, size, url }, position) => {
    const file = files.find((each) => each.messageId === id && each.position === position);
    const address = file?.isHere === true ? `/files/${file.id}/${file.token}` : null;
    return { name, contentType, size: file?.size ?? size, url, state: file?.state ?? null, address };
  });
  return { id, author, authorName, visibility, text, at, attachments };
}

/** The same, with where its rule stood in the config of that time, what that rule says, and the rules that lost; null where nobody can tell. */
export function explainedShape({ decision, rule, lost, says }: ExplainedDecision) {
  return { ...decisionShape(decision), rule: rule === null ? null : { file: rule.file, line: rule.line }, lost, says };
}

/** One decision: the sentence, what it rests on, and who or what decided. */
function decisionShape(decision: StoredDecision) {
  const { id, at, stage, code, params, field, fromValue, toValue, sentence, evidence, source, opinion } = decision;
  const { configVersion } = decision;
  return {
    id,
    at,
    stage,
    code,
    sentence,
    field,
    from: fromValue,
    to: toValue,
    evidence,
    source,
    params,
    confidence: opinion?.confidence ?? null,
    threshold: opinion?.threshold ?? null,
    runnerUp: opinion?.runnerUp ?? null,
    configVersion,
  };
}
