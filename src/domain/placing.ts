import type { ReasonParams, Source } from './decision.ts';

/** A decision as it was recorded, as far as it tells where a ticket belongs. */
export interface PlacingDecision {
  code: string;
  params: ReasonParams;
  field?: string | null | undefined;
  fromValue?: unknown;
  toValue?: unknown;
  source: Source;
}

/** Where rules and models said that a ticket belongs, and what people made of it. What nobody said is not there. */
export interface Placing {
  /** The first category that was not a person's, by what kind of thing it was given, and by which name. */
  firstCategory?: string;
  firstCategoryBy?: string;
  firstCategoryFrom?: string;
  /** The latest category that was not a person's. */
  machineCategory?: string;
  /** The queue to which it was routed first. */
  firstQueue?: string;
  firstQueueBy?: string;
  firstQueueFrom?: string;
  /** The queue to which a person moved it last. */
  movedTo?: string;
  /** Whether a person took it from somebody and gave it to somebody else. */
  isPassedOn?: boolean;
}

const ROUTED: ReadonlySet<string> = new Set(['route.rule', 'route.default']);

/** What decisions of one ticket, in their order, say of its place. */
export function placingOf(decisions: readonly PlacingDecision[]): Placing {
  return decisions.reduce<Placing>(
    (known, decision) => ({
      ...known,
      ...categoryIn(decision, known),
      ...routeIn(decision, known),
      ...moveIn(decision),
    }),
    {},
  );
}

function categoryIn({ field, toValue, source, params }: PlacingDecision, known: Placing): Placing {
  if (field !== 'category' || source.kind === 'person' || typeof toValue !== 'string') return {};
  if (known.firstCategory !== undefined) return { machineCategory: toValue };
  // Of models it counts whether they were taught here or elsewhere, which the reason says.
  const by = source.kind === 'model' && typeof params['from'] === 'string' ? params['from'] : source.kind;
  return { machineCategory: toValue, firstCategory: toValue, firstCategoryBy: by, firstCategoryFrom: nameOf(source) };
}

function routeIn({ code, params, source }: PlacingDecision, known: Placing): Placing {
  if (!ROUTED.has(code) || known.firstQueue !== undefined) return {};
  const { queue } = params;
  return {
    firstQueue: typeof queue === 'string' ? queue : '',
    firstQueueBy: source.kind,
    firstQueueFrom: nameOf(source),
  };
}

/** Who takes what nobody had moves nothing. */
function moveIn({ field, fromValue, toValue, source }: PlacingDecision): Placing {
  if (source.kind !== 'person' || typeof fromValue !== 'string' || typeof toValue !== 'string') return {};
  if (fromValue === toValue) return {};
  if (field === 'queue') return { movedTo: toValue };
  return field === 'assignee' ? { isPassedOn: true } : {};
}

function nameOf(source: Source): string {
  return source.kind === 'default' ? '' : source.name;
}
