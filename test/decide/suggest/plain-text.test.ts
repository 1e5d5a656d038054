import { expect, it } from 'vitest';
import { plainText } from '../../../src/decide/suggest/plain-text.ts';

it.each([
  ['# Reset\n\nOpen the **page**.', 'Reset\n\nOpen the page.'],
  ['See [the guide](https://help.example.com/a).', 'See the guide (https://help.example.com/a).'],
  ['[https://a.example](https://a.example)', 'https://a.example'],
  ['- one\n- _two_\n1. `three`', '- one\n- two\n1. three'],
  ['2 * 3 * 4 and snake_case_name', '2 * 3 * 4 and snake_case_name'],
  ['<!-- a note of ours -->Go on.\n\n\n\n```\nnpm start\n```', 'Go on.\n\nnpm start'],
])('an article in a letter reads as plain text: %j', (markdown, text) => {
  expect(plainText(markdown)).toBe(text);
});
