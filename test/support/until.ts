/** Between two looks, in milliseconds. */
const PAUSE = 25;

/**
 * Looks again and again until there is something to see, and gives it back. Throws after the deadline,
 * with what was waited for. Looking takes no more of the time than `looksAtMost`, a share: whoever is waited for needs
 * the processor too.
 */
export async function until<Seen>(
  what: string,
  look: () => Seen | Promise<Seen>,
  given: { seconds?: number; looksAtMost?: number } = {},
): Promise<NonNullable<Exclude<Seen, false>>> {
  const { seconds = 45, looksAtMost = 0.2 } = given;
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const begun = performance.now();
    const seen = await look();
    const took = performance.now() - begun;
    if (seen !== null && seen !== undefined && seen !== false) return seen as NonNullable<Exclude<Seen, false>>;
    if (performance.now() > end) throw new Error(`Waited ${seconds} s in vain: ${what}.`);
    await new Promise((passed) => setTimeout(passed, Math.max(PAUSE, took / looksAtMost - took)));
  }
}
