// The race in the middle of the page: the one that was chosen, or the newest, one after the other.

import { Refused, clusterNow, follow } from './api.js';
import { $, h, say, sign } from './dom.js';
import { counted, cut, duration, moment } from './format.js';
import { elapsed, newRace, rowsOf, show, tell } from './race.js';
import { Timeline, legend } from './timeline.js';

/** Between two frames of a race that goes on: smooth enough for bars that grow, and calm for whoever wants it so. */
const FRAME = matchMedia('(prefers-reduced-motion: reduce)').matches ? 500 : 1000 / 30;
const SHORTEST_PAUSE = 500;
const LONGEST_PAUSE = 8000;
const LONGEST_OUTPUT = 20_000;

export class RaceView {
  #root = $('race');
  #race = null;
  #isPinned = false;
  #stop = new AbortController();
  #frame = 0;
  #timer = 0;
  #timeline = new Timeline();
  #parts = null;
  #trouble = '';
  #troubledSince = null;

  constructor() {
    this.#showNothing();
  }

  get id() {
    return this.#race?.id ?? null;
  }

  /** Whether it may go on to another race: nobody chose this one, and it is over. */
  get isFree() {
    return !this.#isPinned && (this.#race === null || this.#race.state === 'settled' || this.#race.state === 'gone');
  }

  /** Shows that race and follows it. */
  open(id, isPinned) {
    this.#isPinned = isPinned;
    if (this.id === id) {
      this.#draw();
      return;
    }
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#race = newRace(id);
    this.#trouble = '';
    this.#troubledSince = null;
    this.#build();
    this.#draw();
    void this.#follow(this.#race, this.#stop.signal);
  }

  /** What a list says of goals, this one perhaps among them. */
  hear(goals) {
    const goal = this.#race && goals.find(each => each.id === this.#race.id);
    if (!goal) return;
    const acceptedAt = goal.acceptedAt ? Date.parse(goal.acceptedAt) : null;
    if (acceptedAt !== null && acceptedAt !== this.#race.acceptedAt) {
      const zero = performance.now() - (clusterNow() - acceptedAt);
      // Until an event says it better. Of a goal that was lost, and accepted once more, nothing said it before.
      this.#race.zero = this.#race.acceptedAt === null ? Math.min(this.#race.zero ?? Infinity, zero) : zero;
      this.#race.acceptedAt = acceptedAt;
    }
    show(this.#race, goal);
    this.#draw();
  }

  async #follow(race, signal) {
    let pause = SHORTEST_PAUSE;
    while (!signal.aborted && race.state !== 'gone') {
      try {
        for await (const event of follow(race.id, signal)) {
          tell(race, event, performance.now());
          pause = SHORTEST_PAUSE;
          this.#hearOf(race, event);
          if (signal.aborted) return;
        }
        if (race.state === 'settled') return;
        this.#setTrouble(race, 'The stream has ended; asking again.');
      } catch (fault) {
        if (signal.aborted) return;
        if (fault instanceof Refused && (fault.status === 404 || fault.status === 400)) {
          race.state = 'gone';
          this.#setTrouble(race, race.last > 0 ? 'The cluster has forgotten this goal; what is shown is what was heard of it.' : 'The cluster knows no goal of this id, or none of this token’s.');
          return;
        }
        this.#setTrouble(race, fault instanceof Refused ? `${fault.message}; asking again.` : 'The node does not answer; asking again.');
      }
      await new Promise(resolve => setTimeout(resolve, pause));
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  #hearOf(race, event) {
    this.#setTrouble(race, '');
    if (this.#isPinned && (event.name === 'decided' || event.name === 'settled')) say($('news'), `${cut(race.name, 80)}: ${sentenceOf(race)}`);
  }

  #setTrouble(race, text) {
    if (race !== this.#race) return;
    this.#trouble = text;
    this.#troubledSince = text === '' ? null : this.#troubledSince ?? performance.now();
    this.#draw();
  }

  #showNothing() {
    this.#root.replaceChildren(h('div', { class: 'empty' },
      h('h2', { id: 'race-title' }, 'No race yet'),
      h('p', {}, 'Goals appear here as they are submitted to any node of the cluster: with '), h('pre', {}, `./prove --cluster ${location.origin} examples/`)));
  }

  #build() {
    const parts = this.#parts = {
      mode: h('p', { class: 'eyebrow' }), title: h('h2', { id: 'race-title' }), verdict: h('p', { class: 'verdict' }), facts: h('p', { class: 'facts' }),
      trouble: h('p', { class: 'trouble', role: 'status' }), output: h('div'), shownSign: '', shownOutput: null,
    };
    this.#root.replaceChildren(h('header', {}, parts.mode, parts.title, parts.verdict, parts.facts, parts.trouble), this.#timeline.element, legend(), parts.output);
  }

  #draw() {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    const race = this.#race;
    if (race === null) return;
    // What is not heard of is not drawn: without the node nobody knows that a prover still runs.
    const now = elapsed(race, this.#troubledSince ?? performance.now());
    this.#root.classList.toggle('stale', this.#troubledSince !== null);
    this.#drawHead(race, now);
    this.#timeline.element.hidden = race.cached || (race.runs.size === 0 && race.planned.length === 0);
    this.#root.classList.toggle('bare', this.#timeline.element.hidden);
    if (!this.#timeline.element.hidden) this.#timeline.draw(race, now);
    this.#drawOutput(race);
    if (race.state === 'open' || race.state === 'decided') this.#timer = setTimeout(() => { this.#frame = requestAnimationFrame(() => this.#draw()); }, FRAME);
  }

  #drawHead(race, now) {
    const { mode, title, verdict, facts, trouble } = this.#parts;
    if (mode.dataset.pinned !== String(this.#isPinned)) {
      mode.dataset.pinned = String(this.#isPinned);
      mode.replaceChildren(...(this.#isPinned ? ['Chosen race', ' · ', h('a', { href: '#/' }, 'follow the newest')] : ['The newest race']));
    }
    say(title, cut(race.name, 200));
    title.title = race.name;
    const kind = race.verdict ?? 'open';
    if (this.#parts.shownSign !== kind) {
      this.#parts.shownSign = kind;
      verdict.replaceChildren(sign(kind), h('strong', { class: kind }), h('span'));
    }
    const [word, rest] = headlineOf(race, now);
    say(verdict.children[1], word);
    say(verdict.children[2], rest);
    say(facts, factsOf(race));
    say(trouble, this.#trouble);
  }

  #drawOutput(race) {
    if (race.output === null || this.#parts.shownOutput === race.output) return;
    this.#parts.shownOutput = race.output;
    const { kind, text } = race.output;
    this.#parts.output.replaceChildren(h('details', { class: 'output' }, h('summary', {}, kind[0].toUpperCase() + kind.slice(1)), h('pre', { tabindex: '0' }, cut(text, LONGEST_OUTPUT))));
  }
}

function headlineOf(race, now) {
  if (race.state === 'unheard') return ['…', ''];
  if (race.state === 'gone') return race.verdict === null ? ['unknown here', ''] : [race.verdict, ''];
  if (race.verdict === null) return [[...race.runs.values()].some(run => run.outcome === null) ? 'racing' : 'waiting', ` for ${duration(now)}`];
  return [race.verdict, ` ${restOf(race)}`];
}

function restOf(race) {
  const from = race.winner === null ? '' : `by ${race.winner}${race.cached ? ', from cache,' : ''} `;
  const ms = race.decidedMs ?? race.settledMs;
  return `${from}${ms === null ? '' : `after ${duration(ms)}`}`.trim();
}

const sentenceOf = race => `${race.verdict} ${restOf(race)}`;

function factsOf(race) {
  const facts = [];
  if (race.acceptedAt !== null) facts.push(`accepted ${moment(race.acceptedAt)}`);
  const runs = rowsOf(race).length;
  if (runs > 0) facts.push(counted(runs, 'run'));
  if (race.settledMs !== null && race.decidedMs !== null && !race.cached) facts.push(`settled ${duration(race.settledMs - race.decidedMs)} after the verdict`);
  if (race.cached) facts.push(`from cache${race.provenance ? `: raced ${moment(Date.parse(race.provenance.acceptedAt))} on ${race.provenance.node ?? 'a node'}, ${race.provenance.backend} ${race.provenance.version ?? ''}`.trimEnd() : ''}`);
  if (race.doubted) facts.push(`doubted: ${race.doubted}`);
  if (race.reason) facts.push(race.reason);
  facts.push(race.id);
  return facts.join(' · ');
}
