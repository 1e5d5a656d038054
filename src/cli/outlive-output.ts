/**
 * Lets a service go on when nobody can take what it says any more, as on a full disk: those lines are lost, and no
 * request with them. A command that ends by itself must not do so, for what it says is what was asked of it.
 */
export function outliveOutput(): void {
  for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
}
