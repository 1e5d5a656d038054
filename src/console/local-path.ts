/** Where to go after a form: a page of ours, whatever somebody wrote into the address. */
export function localPath(written: string): string {
  if (!written.startsWith('/') || !URL.canParse(written, 'http://here')) return '/';
  const address = new URL(written, 'http://here');
  return address.host === 'here' ? `${address.pathname}${address.search}` : '/';
}
