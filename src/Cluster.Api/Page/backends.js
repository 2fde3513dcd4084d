// The backends with their record: over the settled goals that this page has heard of, which it says.

import { $, h, say } from './dom.js';
import { count, counted, duration } from './format.js';
import { BUCKETS, medianOf } from './tally.js';

export class Backends {
  #goals;
  #table = h('tbody');
  #rows = new Map();
  #versions = new Map();
  #timer = 0;

  constructor(goals) {
    this.#goals = goals;
    const head = (text, name) => h('th', { scope: 'col', class: name }, text);
    $('backends-table').append(h('table', { class: 'backends' },
      h('caption', { class: 'sr' }, 'How often each backend won and lost, and how long its wins took'),
      h('thead', {}, h('tr', {}, head('Backend'), head('Won', 'number'), head('Lost', 'number'), head('Share', 'share'), head('Median win', 'number'), head('Win times', 'times'), head('CPU', 'number'))),
      this.#table));
    goals.addEventListener('change', () => { this.#timer ||= setTimeout(() => { this.#timer = 0; this.#draw(); }, 500); });
  }

  /** What the nodes can run. */
  hear(nodes) {
    for (const node of nodes) {
      for (const offer of node.backends ?? []) this.#versions.set(offer.backend, offer.version ?? '');
    }
    this.#draw();
  }

  #draw() {
    const { tally } = this.#goals;
    const names = new Set([...tally.backends.keys(), ...this.#versions.keys()]);
    const entries = [...names].map(name => tally.backends.get(name) ?? { backend: name, won: 0, agreed: 0, lost: 0, undecided: 0, winMs: 0, cpuMs: 0, wins: [] });
    entries.sort((one, other) => other.won - one.won || other.lost - one.lost || (one.backend < other.backend ? -1 : 1));
    entries.forEach((entry, index) => {
      const row = this.#rows.get(entry.backend) ?? this.#add(entry.backend);
      if (this.#table.children[index] !== row.element) this.#table.insertBefore(row.element, this.#table.children[index] ?? null);
      drawRow(row, entry, this.#versions.get(entry.backend));
    });
    say($('backends-count'), tally.goals === 0 ? '' : `over ${counted(tally.goals, 'settled goal')} heard of here`);
  }

  #add(name) {
    const number = () => h('td', { class: 'number' });
    const row = { version: h('span', { class: 'version' }), won: number(), lost: number(), median: number(), cpu: number(), share: h('div', { class: 'share-bar', 'aria-hidden': 'true' }, h('i')) };
    row.percent = h('span', { class: 'percent' });
    row.bars = Array.from({ length: BUCKETS }, () => h('i'));
    row.times = h('div', { class: 'histogram', role: 'img' }, ...row.bars);
    row.element = h('tr', {}, h('th', { scope: 'row' }, name, ' ', row.version), row.won, row.lost, h('td', { class: 'share' }, row.share, row.percent), row.median, h('td', { class: 'times' }, row.times), row.cpu);
    this.#rows.set(name, row);
    return row;
  }
}

function drawRow(row, entry, version) {
  say(row.version, version ?? '');
  const races = entry.won + entry.agreed + entry.lost;
  row.element.classList.toggle('idle', races === 0);
  say(row.won, races === 0 ? '–' : count(entry.won));
  say(row.lost, races === 0 ? '–' : count(entry.lost));
  row.won.title = entry.agreed > 0 ? `and agreed with the winner ${counted(entry.agreed, 'time')}` : '';
  row.lost.title = entry.undecided > 0 ? `${counted(entry.undecided, 'time')} by itself: gave up, ran out, or failed` : '';
  const share = races === 0 ? 0 : entry.won / races;
  row.share.style.setProperty('--share-won', String(share));
  say(row.percent, races === 0 ? '–' : `${Math.round(share * 100)} %`);
  const median = medianOf(entry);
  say(row.median, median === null ? '–' : duration(median));
  say(row.cpu, races === 0 ? '–' : duration(entry.cpuMs));
  const most = Math.max(1, ...entry.wins);
  row.bars.forEach((bar, index) => bar.style.setProperty('--height', String((entry.wins[index] ?? 0) / most)));
  row.times.setAttribute('aria-label', entry.won === 0 ? 'no wins' : `${counted(entry.won, 'win')}, from 1 ms to 10 min, half of them within ${duration(median)}`);
}
