import {
  aModelEndpoint,
  type AskedOfModel,
  type ModelEndpoint,
  type Reply,
} from '../../../test/support/model-endpoint.ts';

/** How a language model answers: rightly, not for a long time, what is none of our words, or not at all. */
export type ModelMood = 'well' | 'slow' | 'lying' | 'down';

/** What the texts that no rule knows are about, by a word in them. */
const ABOUT: Readonly<Record<string, string>> = { parcel: 'question', screen: 'bug', account: 'billing' };

const LIES: readonly Reply[] = [
  { says: { category: 'free money', reason: 'Because I say so.' } },
  { says: 'I am sorry, I cannot do that.' },
  { says: {} },
  'cut in the middle',
];

export interface ChaosModel extends ModelEndpoint {
  be(mood: ModelMood): void;
}

export async function aChaosModel(): Promise<ChaosModel> {
  let mood: ModelMood = 'well';
  const endpoint = await aModelEndpoint((asked, index) => {
    if (mood === 'slow') return 'silence';
    if (mood === 'down') return 'break off';
    return mood === 'lying' ? (LIES[index % LIES.length] ?? 'silence') : truth(asked);
  });
  return { ...endpoint, be: (next) => void (mood = next) };
}

function truth({ body }: AskedOfModel): Reply {
  const text = body.messages.at(-1)?.content ?? '';
  const [word, category] = Object.entries(ABOUT).find(([each]) => text.includes(each)) ?? ['', 'question'];
  return { says: { category, quote: word, reason: `It is about a ${word}.` } };
}
