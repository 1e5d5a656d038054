/** Whether it looks like a mail address, well enough to catch a slip; the mail server knows better. */
export function isMailAddress(written: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(written);
}
