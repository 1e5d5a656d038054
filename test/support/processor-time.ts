/**
 * How long this thread worked, in seconds, whatever else the machine had to do: tells work that grows with the length of
 * a text, which takes a second, from work that grows with its square, which takes minutes.
 */
export function processorSeconds(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1e6;
}
