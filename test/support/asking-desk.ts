import type { KeptFromModels } from '../../src/decide/policy.ts';
import type { Connection } from '../../src/db/connection.ts';
import { judgedText } from '../../src/decide/judged-text.ts';
import { createEarlierAnswers } from '../../src/knowledge/earlier-answers.ts';
import { learnedText } from '../../src/knowledge/learning/learned-guess.ts';
import { createNewVectors } from '../../src/knowledge/learning/new-vectors.ts';
import { createVectorRound } from '../../src/knowledge/learning/vector-round.ts';
import { createPastAnswers } from '../../src/knowledge/past-answers.ts';
import { readSolved } from '../../src/knowledge/solved-tickets.ts';
import { createLog } from '../../src/kit/log.ts';
import { anArticle, aPolicy, aRule } from './builders.ts';
import { aTestEmbedder, aTestModel } from './language-models.ts';
import { aChannel, aLiveConfig } from './live-config.ts';
import type { AskedOfModel, ModelEndpoint, Reply } from './model-endpoint.ts';
import { aClassifier, aModel, anOpinion } from './opinions.ts';
import { aClock, aDesk, allTickets } from './pipeline.ts';

const CHANNELS = [
  aChannel(),
  aChannel({ name: 'hr-mail' }),
  aChannel({ name: 'json', kind: 'json', settings: { fields: { ticket: 'ticket' } } }),
];
const ARTICLE = anArticle({ name: 'pay', title: 'Payment failed', body: 'Take another card.', approved: true });

/** Answers every kind of question that a desk has for a model. */
export function anyAnswer({ path, body }: AskedOfModel): Reply {
  if (!path.endsWith('/embeddings')) {
    const isDraft = JSON.stringify(body.response_format).includes('"draft"');
    return { says: isDraft ? { draft: 'Take another card.', sources: 'S1' } : { category: 'billing' } };
  }
  const data = (body.input ?? []).map((_, index) => ({ index, object: 'embedding', embedding: [0.5, 0.5, 0.1] }));
  return { status: 200, body: { object: 'list', model: 'm', data, usage: { prompt_tokens: 5, total_tokens: 5 } } };
}

/** A desk that asks an endpoint for everything there is to ask: opinions, drafts, vectors of new texts and of learned ones. */
export async function aDeskThatAsks(
  connection: Connection,
  endpoint: ModelEndpoint,
  wishes: { kept?: KeptFromModels; rules?: ReturnType<typeof aRule<{ category: string }>>[]; mask?: boolean } = {},
) {
  const { kept = { channels: [], categories: [] }, rules = [aRule({ category: 'billing' })], mask = null } = wishes;
  const model = aModel({ asks: 'always', draftsFor: ['billing', 'account'] });
  const policy = aPolicy({
    triage: { rules, model, keptFromModels: kept },
    offers: { articles: [ARTICLE], drafts: [] },
  });
  const config = aLiveConfig({ policy, channels: CHANNELS });
  const clock = aClock();
  const { embedder } = await aTestEmbedder(endpoint, { settings: { mask } });
  const parts = { connection, config, now: clock.now, log: createLog('silent') };
  const vectors = createNewVectors({ ...parts, embedder: async () => embedder }, await embedder.space());
  const guesses = [
    { value: 'technical', confidence: 0.5 },
    { value: 'account', confidence: 0.3 },
  ];
  const classifier = aClassifier({ opinionOf: () => anOpinion({ categories: guesses }), vectors });
  const earlierAnswers = createEarlierAnswers({
    pastAnswers: createPastAnswers(() => readSolved(connection.queries)),
    own: () => [],
    kept: () => config.current().policy.triage.keptFromModels,
  });
  const languageModel = (await aTestModel(endpoint, { settings: { mask } })).model;
  const desk = aDesk(connection, { config, clock, classifier: () => classifier, languageModel, earlierAnswers });

  /** Has vectors made of all tickets, as learning does. */
  async function learn(): Promise<void> {
    const lessons = (await allTickets(connection)).map((ticket) => ({
      ticket: ticket.number,
      text: `Learned: ${learnedText(judgedText(ticket))}`,
      category: 'billing',
      isCorrected: false,
    }));
    const round = createVectorRound(parts, { embedder, space: 's' }, new AbortController().signal);
    const pages = async function* () {
      yield { category: lessons };
    };
    for await (const _ of round.added(pages()));
  }
  return { ...desk, learn };
}
