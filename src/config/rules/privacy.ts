import type { Check } from './check.ts';
import { namesIn } from './names.ts';

/** What is kept from models is there to be kept: a name with a slip would let everything through. */
export const KEPT_NAMES: Check = {
  reads: ['privacy.yaml', 'channels.yaml', 'triage.yaml'],
  look(config, report) {
    const { channel, category } = namesIn(config);
    const { channels, categories } = config.written.privacy.keepFromModels;
    channels.forEach((written, index) => {
      report.unknownName(
        { file: 'privacy.yaml', path: ['keepFromModels', 'channels', index] },
        { ...channel, written },
      );
    });
    categories.forEach((written, index) => {
      const spot = { file: 'privacy.yaml', path: ['keepFromModels', 'categories', index] } as const;
      report.unknownName(spot, { ...category, written });
    });
  },
};

/** Vectors are made of new tickets before anybody knows their categories. */
export const VECTORS_KNOW_CATEGORIES: Check = {
  reads: ['privacy.yaml', 'triage.yaml'],
  look({ written }, report) {
    const isAsked = written.triage.learning.embeddings !== undefined;
    if (!isAsked || written.privacy.keepFromModels.categories.length === 0) return;
    report.warning(
      { file: 'privacy.yaml', path: ['keepFromModels', 'categories'] },
      'new tickets get no vectors as long as categories are kept from models, as nobody knows theirs yet',
      'Keep whole channels from models instead, or leave learning.embeddings out of triage.yaml.',
    );
  },
};
