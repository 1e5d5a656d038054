import { createHmac, randomBytes } from 'node:crypto';
import { isOneOf } from './constant-time.ts';

/** What a test from the console bears so that its ticket is known for one. Anybody else's is not looked at. */
export const TEST_HEADER = 'x-tabledesk-test';

/** A test is sent as soon as it is made. */
const LONGEST_AGE_SECONDS = 600;

/** Marks of tests, which nobody but us can make. */
export interface TestMarks {
  /** `id` is another for each test: letters and digits. */
  of(channel: string, id: string, now: Temporal.Instant): string;
  isOurs(mark: string, channel: string, now: Temporal.Instant): boolean;
}

/** Without a `secret` that instances share, a test that reaches another one is a request as any other there. */
export function createTestMarks({ secret = randomBytes(24) }: { secret?: string | Uint8Array | undefined }): TestMarks {
  function signed(channel: string, id: string, at: string): string {
    const signature = createHmac('sha256', secret).update(`test ${channel} ${id} ${at}`).digest('base64url');
    return `${id}.${at}.${signature}`;
  }

  return {
    of: (channel, id, now) => signed(channel, id, secondsAt(now)),
    isOurs(mark, channel, now) {
      const [, id, at] = /^(\w{1,40})\.(\d{1,12})\./.exec(mark) ?? [];
      if (id === undefined || at === undefined) return false;
      const age = Math.abs(Number(secondsAt(now)) - Number(at));
      return age <= LONGEST_AGE_SECONDS && isOneOf(mark, [signed(channel, id, at)]);
    },
  };
}

function secondsAt(at: Temporal.Instant): string {
  return String(Math.floor(at.epochMilliseconds / 1000));
}
