import { describe, expect, it } from 'vitest';
import { isWindowOpen, templateFill } from '../../src/kit/whatsapp-window.ts';

describe('the window of WhatsApp', () => {
  it('is open for a day after somebody wrote, less what the way takes', () => {
    const open = [undefined, 0, 86_099, 86_100].map((silentSeconds) =>
      isWindowOpen(silentSeconds === undefined ? {} : { silentSeconds }),
    );
    expect(open).toEqual([true, true, true, false]);
  });

  it('is bridged by a template, whose gap takes one line', () => {
    expect(templateFill(' Hello,\n\n  it\tworks. ')).toBe('Hello, it works.');
    const long = templateFill('word '.repeat(400));
    expect([long.length <= 902, long.endsWith('word …')]).toEqual([true, true]);
  });
});
