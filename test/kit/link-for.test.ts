import { expect, it } from 'vitest';
import { linkFor } from '../../src/kit/link-for.ts';

const KEY = { apikey: 'mine' };

it.each([
  ['https://forms.example/a', KEY],
  ['https://files.forms.example/a', KEY],
  ['http://forms.example/a', {}],
  ['https://otherforms.example/a', {}],
  ['https://forms.example.evil.test/a', {}],
  ['https://evil.test/forms.example', {}],
])('shows who asks to the sender of a file alone: %s', (url, headers) => {
  expect(linkFor(url, /(^|\.)forms\.example$/, KEY)).toEqual({ url, headers });
});
