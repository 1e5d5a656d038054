import type { RecentTexts } from './recent-texts.ts';

/** What the lane knows of incidents while a transaction lasts: read when a turn first asks, kept true by each turn. */
export interface Links {
  readonly recent: RecentTexts;
  /** Whether the latest texts and the incidents that go on were read. */
  areTextsRead: boolean;
  areIncidentsRead: boolean;
  /** Of incidents by their numbers, keys of tickets that report them: so many as tell what they are about. */
  readonly reports: Map<number, Set<string>>;
  /** By key, the incident of tickets that were found to be one together, and what they have in common with it. */
  readonly foundTogether: Map<string, { number: number; score: number }>;
  /** Keys of tickets that are to be looked at too. */
  readonly woken: Set<string>;
  /** Numbers of incidents whose reports have changed. */
  readonly relinked: Set<number>;
  /** Whether the next sweep has tickets to look at that were woken here. */
  isSweepOwed: boolean;
}

export function newLinks(recent: RecentTexts): Links {
  return {
    recent,
    areTextsRead: false,
    areIncidentsRead: false,
    reports: new Map(),
    foundTogether: new Map(),
    woken: new Set(),
    relinked: new Set(),
    isSweepOwed: false,
  };
}
