/** An event by which a receiver can be tried out; it tells of no ticket. */
export function testBody(subscription: string, at: Temporal.Instant): string {
  const message = 'This is a test of Tabledesk, and tells of no ticket.';
  return JSON.stringify({ type: 'test', timestamp: at, data: { subscription, message } });
}
