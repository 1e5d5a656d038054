import { Agent } from 'node:http';
import { type Answer, post, type Post } from '../../test/support/post.ts';

/**
 * Posts so many a second whether or not the answers come, as senders do who know nothing of each other: a
 * service that stands still keeps all of them waiting, and each wait counts from when it was to be sent.
 */
export async function postAtRate(
  address: string,
  load: { perSecond: number; seconds: number; make: (n: number) => Post },
): Promise<Answer[]> {
  const agent = new Agent({ keepAlive: true });
  const { perSecond, seconds, make } = load;
  const begun = performance.now();
  const answers: Promise<Answer>[] = [];
  while (answers.length < perSecond * seconds) {
    const due = Math.min(perSecond * seconds, Math.floor(((performance.now() - begun) / 1000) * perSecond) + 1);
    while (answers.length < due) {
      const n = answers.length;
      answers.push(post({ address, agent, toBeSentAt: begun + (n / perSecond) * 1000 }, make(n)));
    }
    await new Promise((passed) => setTimeout(passed, 1));
  }
  const all = await Promise.all(answers);
  agent.destroy();
  return all;
}

/** Posts over so many connections as fast as the answers come, until so many are sent or the time is up. */
export async function postFlatOut(
  address: string,
  load: { connections: number; make: (n: number) => Post; total?: number; seconds?: number },
): Promise<Answer[]> {
  const { total = Number.POSITIVE_INFINITY, seconds = Number.POSITIVE_INFINITY } = load;
  const end = performance.now() + seconds * 1000;
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
  const answers: Answer[] = [];
  let next = 0;
  async function sendOneByOne(): Promise<void> {
    while (next < total && performance.now() < end) {
      const made = load.make(next++);
      answers.push(await post({ address, agent, toBeSentAt: performance.now() }, made));
    }
  }
  await Promise.all(Array.from({ length: load.connections }, sendOneByOne));
  agent.destroy();
  return answers;
}

/** What a form of a website posts. */
export function formPost(marker: string, fields: Readonly<Record<string, string>>): Post {
  const body = new URLSearchParams(fields).toString();
  return { marker, path: '/hooks/website', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body };
}

/** A request as most are: a few lines, about a failed payment, from somebody new. */
export function paymentPost(marker: string): Post {
  return formPost(marker, {
    name: `Person ${marker}`,
    email: `${marker}@example.com`,
    subject: 'Payment failed twice',
    message: `My payment failed twice and my card was charged, order ${marker}. Please look into it, I need it soon.`,
  });
}
