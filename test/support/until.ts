/** Between two looks, in milliseconds. */
const PAUSE = 25;

/**
 * Looks again and again until there is something to see, and gives it back. Throws after the deadline,
 * with what was waited for.
 */
export async function until<Seen>(
  what: string,
  look: () => Seen | Promise<Seen>,
  given: { seconds?: number } = {},
): Promise<NonNullable<Exclude<Seen, false>>> {
  const { seconds = 15 } = given;
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen as NonNullable<Exclude<Seen, false>>;
    if (performance.now() > end) throw new Error(`Waited ${seconds} s in vain: ${what}.`);
    await new Promise((passed) => setTimeout(passed, PAUSE));
  }
}
