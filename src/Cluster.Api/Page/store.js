// The goals that the page knows, newest first, each with as little as a line of the list needs; and what their runs add up to. It never has more than MOST of them.

import { cut } from './format.js';
import { Tally } from './tally.js';

const MOST = 10_000;
const LONGEST_NAME = 300;

const newestFirst = (one, other) => other.at - one.at || (one.id < other.id ? -1 : 1);

export class Goals extends EventTarget {
  /** Newest first. */
  rows = [];
  tally = new Tally();
  #byId = new Map();

  /** Whether older goals were put out, or never taken, for want of room. */
  isFull = false;

  get(id) {
    return this.#byId.get(id);
  }

  /** Takes what a list says of goals; returns how many of them were not known. */
  take(goals) {
    let added = 0;
    let changed = 0;
    for (const goal of goals) {
      const known = this.#byId.get(goal.id);
      if (!known && this.#isTooOld(goal)) continue;
      const row = this.#rowOf(goal, known);
      if (!known) {
        this.#byId.set(goal.id, row);
        this.rows.push(row);
        added++;
      } else if (known.state !== row.state || known.verdict !== row.verdict) {
        Object.assign(known, row);
        changed++;
      }
    }
    if (added > 0) this.#order();
    if (added + changed > 0) this.dispatchEvent(new CustomEvent('change', { detail: { added } }));
    return added;
  }

  /** Those that are known to have been open when they were heard of last. */
  unsettled() {
    return this.rows.filter(row => row.state !== 'settled');
  }

  /** The cluster has forgotten it. */
  drop(id) {
    if (!this.#byId.delete(id)) return;
    this.rows = this.rows.filter(row => row.id !== id);
    this.dispatchEvent(new CustomEvent('change', { detail: { added: 0 } }));
  }

  /** Was put out, or would be at once; and it has been counted. */
  #isTooOld(goal) {
    return this.isFull && Date.parse(goal.acceptedAt) <= this.rows.at(-1).at;
  }

  #rowOf(goal, known) {
    const isSettled = goal.state === 'settled';
    if (isSettled && known?.state !== 'settled') this.tally.add(goal);
    return {
      id: goal.id,
      name: cut(goal.goal, LONGEST_NAME),
      state: goal.state,
      verdict: goal.verdict,
      winner: goal.winner,
      ms: goal.decidedMs ?? goal.settledMs,
      cached: goal.cached,
      at: goal.acceptedAt ? Date.parse(goal.acceptedAt) : known?.at ?? 0,
    };
  }

  #order() {
    this.rows.sort(newestFirst);
    for (const gone of this.rows.splice(MOST)) {
      this.#byId.delete(gone.id);
      this.isFull = true;
    }
  }
}
