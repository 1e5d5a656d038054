/** Where a base calls when something changed in it; `publicAddress` is where the internet reaches us. */
export function newsAddress(publicAddress: string, kind: string): string {
  return `${publicAddress.replace(/\/+$/, '')}/stores/${kind}/news`;
}
