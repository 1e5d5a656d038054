import { describe, expect, it } from 'vitest';
import { greeting } from '../../src/cli/greeting.ts';
import { aLiveConfig } from '../support/live-config.ts';

describe('what a start says', () => {
  const service = {
    address: 'http://localhost:3000',
    token: 'of-the-api',
    opensWith: 'the password in TABLEDESK_PASSWORD',
    place: '/data',
    config: aLiveConfig(),
    leave: async () => undefined,
    stop: async () => undefined,
  };

  it('names what opens the console, where to send a request, and what becomes of mail', () => {
    const said = greeting(service, { mail: 'is not sent' });
    expect(said).toContain('Sign in with  the password in TABLEDESK_PASSWORD\n');
    expect(said).not.toContain('of-the-api');
    expect(said).toContain('Request form  http://localhost:3000/forms/website\n');
    expect(said).toContain('Mail          is not sent\n');
  });

  it('names no doors of a process that has none, but what it does', () => {
    const said = greeting(service, { mail: 'is sent', role: 'worker' });
    expect(said).toContain('is at work: this process decides, reads and writes the base, sends, fetches mail, learns.');
    expect(said).toContain('Health        http://localhost:3000/readyz\n');
    expect(said).not.toMatch(/Console|Sign in|curl/);
  });
});
