// What the runs of settled goals add up to, by backend. Its size depends on how many backends there are, and on nothing else.

/** Win times fall into buckets, four to a factor of ten, from 1 ms to 10 min. */
export const BUCKETS = 24;
const PER_TEN = 4;

const WON = new Set(['won']);
const AGREED = new Set(['agreed']);
const LOST = new Set(['preempted', 'disagreed', 'gaveUp', 'timedOut', 'memoryOut', 'outputTooLarge', 'error']);
const UNDECIDED = new Set(['gaveUp', 'timedOut', 'memoryOut', 'outputTooLarge', 'error']);

export class Tally {
  goals = 0;
  backends = new Map();

  /** Counts a settled goal: once, which its caller sees to. */
  add(goal) {
    this.goals++;
    for (const run of goal.runs) this.#add(run);
  }

  #add(run) {
    // Withdrawn, unavailable and lost runs say nothing of the backend.
    if (run.startedMs === null && run.outcome !== 'won') return;
    const entry = this.#entry(run.backend);
    if (WON.has(run.outcome)) {
      entry.won++;
      const ms = (run.verdictMs ?? run.endedMs) - (run.startedMs ?? 0);
      entry.winMs += ms;
      entry.wins[bucketOf(ms)]++;
    } else if (AGREED.has(run.outcome)) {
      entry.agreed++;
    } else if (LOST.has(run.outcome)) {
      entry.lost++;
      if (UNDECIDED.has(run.outcome)) entry.undecided++;
    } else {
      return;
    }
    entry.cpuMs += run.cpuMs ?? 0;
  }

  #entry(backend) {
    let entry = this.backends.get(backend);
    if (!entry) {
      entry = { backend, won: 0, agreed: 0, lost: 0, undecided: 0, winMs: 0, cpuMs: 0, wins: new Array(BUCKETS).fill(0) };
      this.backends.set(backend, entry);
    }
    return entry;
  }
}

export const bucketOf = ms => Math.min(BUCKETS - 1, Math.max(0, Math.floor(Math.log10(Math.max(ms, 1)) * PER_TEN)));

/** The time that half of the wins took at most, as near as its bucket says; null without a win. */
export function medianOf(entry) {
  let left = entry.won / 2;
  for (let bucket = 0; entry.won > 0 && bucket < BUCKETS; bucket++) {
    left -= entry.wins[bucket];
    if (left <= 0) return 10 ** ((bucket + 0.5) / PER_TEN);
  }
  return null;
}
