import type { Share } from './store/shared-state.ts';
import type { z } from 'zod';
import type { Channel } from '../ports/channel.ts';
import type { Embedder, EmbedderSettings } from '../ports/embedder.ts';
import type { LanguageModel, ModelSettings } from '../ports/language-model.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Now } from '../ports/now.ts';
import type { RowDatabase } from '../ports/row-database.ts';
import type { Schedule } from '../ports/schedule.ts';
import type { Column, TicketStore } from '../ports/ticket-store.ts';
import type { ChannelSetUp } from './channel-set-up.ts';
import type { ConnectGiven, Connected } from './connect.ts';
import type { Environment } from './environment.ts';
import type { Fetched, GuardedRequest } from './guarded-fetch.ts';
import type { KeptAnswers, ModelLedger } from './model-ledger.ts';

export type { Environment } from './environment.ts';

/**
 * One role of an outside system: a schema of its settings, and what is made of them. `Made` is a
 * channel, a notifier or a store; `Given` is what the shell hands in.
 */
export interface Role<Made, Given> {
  /** Of the settings in the config, secrets excluded. Strict, every key described, defaults filled in. */
  settings: z.ZodType;
  /** Takes settings that the schema let through. */
  create(settings: unknown, given: Given): Made;
}

/** Ties a schema to the function that takes its output, so that a connector needs no cast. */
export function role<Schema extends z.ZodType, Made, Given>(
  settings: Schema,
  create: (settings: z.output<Schema>, given: Given) => Made,
): Role<Made, Given> {
  return { settings, create: (checked, given) => create(settings.parse(checked), given) };
}

export interface ChannelGiven {
  /** The channel's name in the config and in its address. */
  name: string;
  /** What the sender's system is shown when it is asked something; null where the config names none. */
  access: string | null;
  /** For further secrets that the settings name. */
  environment: Environment;
  /** The address at which people and systems reach us, without a slash at its end; null where nobody said. */
  publicAddress: string | null;
  now: Now;
  /** Asks the sender's system, and follows no redirects. */
  ask: Ask;
  base: TicketBase;
}

/** The base in which tickets are rows, as far as channels go: some tell of rows, and a row there is a ticket already. */
export interface TicketBase {
  /** Whether a row is one of its own, by ids and names of the base and the table in which the row lies. */
  holds(where: readonly string[]): boolean;
  /** Has it read as soon as its pace allows, so that a row which people or forms made becomes a ticket. */
  look(): Promise<void>;
}

/**
 * One request to another system, and its answer whatever the status. Reaches nothing but the internet at large, unless
 * the address is `internal`: named by the admin, who says that it may be in our own network. Throws the problems of
 * `guardedFetch`.
 */
export type Ask = (
  url: string,
  asked: Pick<GuardedRequest, 'method' | 'headers' | 'body' | 'isCut' | 'signal'> & {
    timeoutSeconds?: number;
    maxBytes?: number;
    internal?: boolean;
  },
) => Promise<Fetched>;

export interface NotifierGiven {
  environment: Environment;
  /** What the system is shown: a token, or the address of a webhook; null where the config names none, or it is not set. */
  access: string | null;
  /** What our requests are signed with, the one in force first. */
  secrets: readonly string[];
  now: Now;
  /** Asks the system. Follows no redirects, and reaches the internet at large alone unless the config says otherwise. */
  ask: Ask;
}

/** Whom a notifier can tell over a way of the team's. */
export interface Reach {
  /** How one person alone is found: by the mail address or a handle, or only by a handle; null where nobody is. */
  person: 'address' | 'handle' | null;
  /** What the config calls a room: needed to tell a room, or only to choose another than the way's own; null for none. */
  room: 'named' | 'own' | null;
}

export interface StoreGiven {
  environment: Environment;
  rows: RowDatabase;
  now: Now;
  /** The columns that we need, as the config in force has them. */
  columns: () => readonly Column[];
  /** Lets time pass; a test's clock jumps instead. */
  pause: (milliseconds: number) => Promise<void>;
  meter: RequestMeter;
  memory: StoreMemory;
  /** Whether another process of ours speaks with the base at the same time, and made room for this one. */
  isBeside?: boolean;
  /** What is known to all processes that speak with the base; left out, this one has it to itself. */
  share?: Share;
}

/** What a language model is opened with. */
export interface ModelGiven {
  environment: Environment;
  now: Now;
  schedule: Schedule;
  /** Asks the endpoint. Follows no redirects, and reaches our own network only where the admin named the address. */
  ask: Ask;
  ledger: ModelLedger;
  /** What was found out about an endpoint, for the time after a restart. */
  memory: StoreMemory;
  answers: KeptAnswers;
}

/** The same for a model of vectors, which whoever asks it keeps. */
export type EmbedderGiven = Omit<ModelGiven, 'answers'>;

/** Counts what is asked of the base, so that a month's allowance is known and shown. */
export interface RequestMeter {
  /** Called once for each request that goes out. */
  spend(): void;
  /** Requests since the first of the month, in UTC, where the vendors count. */
  spentThisMonth(): number;
}

/** Small values that a store must find again after a restart, such as what it agreed with the base. */
export interface StoreMemory {
  get(name: string): Promise<unknown>;
  set(name: string, value: unknown): Promise<void>;
}

/**
 * The spec sheet of one outside system: what it is and which roles it plays. Each
 * `connectors/<id>/index.ts` exports one as `connector`, with its keys in this order, so that two can be
 * compared by eye.
 */
export interface Connector {
  /** The folder's name, and the `kind` that config uses. */
  id: string;
  title: string;
  /** One sentence for the table in the README, and the list of the guides. */
  summary: string;
  /** Where the system describes what we rely on; null for our own. */
  docs: string | null;
  channel?: Role<Channel, ChannelGiven>;
  /** How its channel is set up; every channel has it, and a guide `docs/channels/<id>.md`. */
  setUp?: ChannelSetUp;
  /** Loaded when it is opened: a desk has one store and one way out of each kind, and starts without the rest. */
  notifier?: Role<Promise<Notifier>, NotifierGiven>;
  /** Whom the notifier tells as a way of notices.yaml; left out, it is no such way. */
  reach?: Reach;
  store?: Role<Promise<TicketStore>, StoreGiven>;
  /** Opens a language model; the first that is asked for it loads what it needs. */
  model?(settings: ModelSettings, given: ModelGiven): Promise<LanguageModel>;
  /** Opens a model that turns texts into vectors. */
  embedder?(settings: EmbedderSettings, given: EmbedderGiven): Promise<Embedder>;
  /** Whether people can add columns of their own to the store's rows, for rules to read; left out, they cannot. */
  teamColumns?: boolean;
  /** Whether the store's base has tables beside the tickets' own, of agents or customers; left out, it has none. */
  tables?: boolean;
  /** Leads a person through connecting a base; `tabledesk connect <id>` calls it. */
  connect?(given: ConnectGiven): Promise<Connected>;
}

/** The connectors that exist, by id. `connectors/index.ts` is the list; `main.ts` hands it in. */
export type Connectors = Readonly<Record<string, Connector>>;
