// Keeps the goals up to date by asking again and again: there is no stream of everything that happens in the cluster, and a page of the list says it all.

import { Refused, ask } from './api.js';

const PAUSE = 1000;
const LONGEST_PAUSE = 8000;

/** Of the newest goals at each look; more while they are all new, and at the beginning. */
const FEW = 50;
const MANY = 500;

/** Open goals that have left the first page are asked for one by one, so many at a look; more of them are cheaper to have by pages, now and then. */
const STRAGGLERS = 24;
const SWEEP_EVERY = 5;

export class Feed extends EventTarget {
  #goals;
  #looks = 0;
  #isKnownToTheEnd = false;
  #wake = () => {};

  constructor(goals) {
    super();
    this.#goals = goals;
    document.addEventListener('visibilitychange', () => this.#wake());
  }

  /** Until the page is closed. */
  async run() {
    let pause = PAUSE;
    for (;;) {
      try {
        await this.#look();
        pause = PAUSE;
        this.#say('live');
      } catch (fault) {
        const isForbidden = fault instanceof Refused && fault.status === 403;
        pause = isForbidden ? LONGEST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE);
        this.#say(isForbidden ? 'forbidden' : 'lost', fault);
      }
      await this.#rest(pause);
    }
  }

  async #look() {
    const [first, next] = await this.#page(this.#looks === 0 ? FEW * 2 : FEW, null);
    this.#looks++;
    if (!this.#isKnownToTheEnd) {
      await this.#readOn(next, () => !this.#goals.isFull);
      this.#isKnownToTheEnd = true;
      return;
    }
    // All of them new: there may be more.
    if (first.every(goal => goal.isNew)) await this.#readOn(next, page => page.every(goal => goal.isNew));
    await this.#catchUp(new Set(first.map(goal => goal.id)), next);
  }

  /** Page after page, while that is wanted. */
  async #readOn(next, isWanted) {
    while (next !== null) {
      const [page, after] = await this.#page(MANY, next);
      if (!isWanted(page)) return;
      next = after;
      this.#say('live');
    }
  }

  async #catchUp(seen, next) {
    const open = this.#goals.unsettled().filter(row => !seen.has(row.id));
    if (open.length > STRAGGLERS * SWEEP_EVERY && this.#looks % SWEEP_EVERY === 0) {
      const oldest = open.at(-1).at;
      await this.#readOn(next, page => page.length > 0 && Date.parse(page.at(-1).acceptedAt) > oldest);
      return;
    }
    // The oldest first: they are settled first.
    for (const row of open.slice(-STRAGGLERS)) {
      try {
        this.#goals.take([await ask(`v1/goals/${encodeURIComponent(row.id)}`)]);
      } catch (fault) {
        if (!(fault instanceof Refused && fault.status === 404)) throw fault;
        this.#goals.drop(row.id);
      }
    }
  }

  async #page(limit, after) {
    const page = await ask(`v1/goals?limit=${limit}${after === null ? '' : `&after=${encodeURIComponent(after)}`}`);
    for (const goal of page.goals) goal.isNew = !this.#goals.get(goal.id);
    this.#goals.take(page.goals);
    this.dispatchEvent(new CustomEvent('goals', { detail: page.goals }));
    return [page.goals, page.next];
  }

  #say(state, fault) {
    this.dispatchEvent(new CustomEvent('state', { detail: { state, fault } }));
  }

  /** Nobody looks at a page in the background. */
  async #rest(pause) {
    do {
      await new Promise(resolve => {
        const timer = document.hidden ? 0 : setTimeout(resolve, pause);
        this.#wake = () => { clearTimeout(timer); resolve(); };
      });
    } while (document.hidden);
  }
}
