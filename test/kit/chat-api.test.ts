import { describe, expect, it } from 'vitest';
import { answeredJson, chatProblem } from '../../src/kit/chat-api.ts';

function problemOf(status: number, more: { reason?: string; waitSeconds?: number } = {}) {
  return chatProblem({ system: 'Chat', call: 'send', status, reason: '', ...more });
}

describe('a call that a chat did not do', () => {
  it.each([
    [400, 'chat.refused', 'never'],
    [401, 'chat.not-authorised', 'later'],
    [403, 'chat.refused', 'never'],
    [429, 'chat.rate-limited', { afterSeconds: 30 }],
    [200, 'chat.unavailable', 'later'],
    [503, 'chat.unavailable', 'later'],
  ])('and answered with %i is %s, %j', (status, code, retry) => {
    expect(problemOf(status)).toMatchObject({ code, retry });
  });

  it('is made again when the chat says, in whole seconds', () => {
    expect(problemOf(429, { waitSeconds: 0.3 }).retry).toEqual({ afterSeconds: 1 });
    expect(problemOf(429, { waitSeconds: Number.NaN }).retry).toEqual({ afterSeconds: 30 });
  });

  it('says why, in few words that can be kept', () => {
    expect(problemOf(400, { reason: 'No such\nroom.' }).message).toBe('Chat refuses send: No such room.');
    expect(problemOf(400).message).toBe('Chat refuses send.');
    expect(problemOf(400, { reason: '🙈\0'.repeat(500) }).message.length).toBeLessThan(250);
  });

  it('answers with JSON or with nothing that any schema takes', () => {
    expect([answeredJson(Buffer.from('{"a":1}')), answeredJson(Buffer.from('<html>'))]).toEqual([{ a: 1 }, null]);
  });
});
