// The list of goals. There are elements for those in sight alone, however many there are.

import { $, h, note, say, sign } from './dom.js';
import { count, cut, duration, moment } from './format.js';

/** The height of a line in CSS pixels, as goals.css has it. */
const LINE = 52;
const MARGIN = 4;
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export class GoalList {
  #goals;
  #box = $('goals-list');
  #list = h('ol', { role: 'list' });
  #lines = new Map();
  #shown = [];
  #text = '';
  #kind = '';
  #chosen = null;
  #frame = 0;
  #explanation = '';

  constructor(goals) {
    this.#goals = goals;
    this.#box.append(this.#list);
    this.#box.addEventListener('scroll', () => this.#drawSoon(), { passive: true });
    this.#list.addEventListener('keydown', event => this.#onKey(event));
    new ResizeObserver(() => this.#drawSoon()).observe(this.#box);
    $('filter').addEventListener('submit', event => event.preventDefault());
    $('filter-text').addEventListener('input', event => { this.#text = event.target.value.trim().toLowerCase(); this.#filter(true); });
    $('filter-kind').addEventListener('change', event => { this.#kind = event.target.value; this.#filter(true); });
    goals.addEventListener('change', () => this.#filter(false));
  }

  /** Marks the goal whose race is shown. */
  choose(id) {
    if (this.#chosen === id) return;
    this.#chosen = id;
    this.#drawSoon();
  }

  #filter(isOther) {
    const before = this.#shown[Math.floor(this.#box.scrollTop / LINE)];
    const all = this.#goals.rows;
    this.#shown = this.#text === '' && this.#kind === '' ? all : all.filter(row => this.#fits(row));
    this.#list.style.height = `${this.#shown.length * LINE}px`;
    if (isOther) this.#box.scrollTop = 0;
    else if (before && this.#box.scrollTop > LINE) this.#keep(before);
    this.#drawSoon();
  }

  /** Whoever reads further down goes on reading there when goals come in above. */
  #keep(row) {
    const index = this.#shown.indexOf(row);
    if (index >= 0) this.#box.scrollTop = index * LINE + (this.#box.scrollTop % LINE);
  }

  #fits(row) {
    if (this.#kind !== '' && (this.#kind === 'open' ? row.state === 'settled' : row.verdict !== this.#kind)) return false;
    return this.#text === '' || row.name.toLowerCase().includes(this.#text) || row.id.toLowerCase().includes(this.#text);
  }

  #drawSoon() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => { this.#frame = 0; this.#draw(); });
  }

  #draw() {
    const first = Math.max(0, Math.floor(this.#box.scrollTop / LINE) - MARGIN);
    const last = Math.min(this.#shown.length, Math.ceil((this.#box.scrollTop + this.#box.clientHeight) / LINE) + MARGIN);
    const inSight = new Set();
    for (let index = first; index < last; index++) inSight.add(this.#shown[index].id);
    const focused = document.activeElement?.closest?.('#goals-list li');
    for (const [id, line] of this.#lines) {
      // The line with the keyboard's focus stays while its goal is there: focus that is lost begins again at the top of the page.
      if (!inSight.has(id) && (line.element !== focused || !this.#goals.get(id))) { line.element.remove(); this.#lines.delete(id); }
    }
    let previous = null;
    for (let index = first; index < last; index++) {
      const row = this.#shown[index];
      const line = this.#lines.get(row.id) ?? this.#add(row);
      // In the order of the list also for whoever does not see it.
      const place = previous === null ? this.#list.firstChild : previous.nextSibling;
      if (place !== line.element && line.element !== focused) this.#list.insertBefore(line.element, place);
      previous = line.element;
      this.#drawLine(line, row, index);
    }
    this.#drawCount();
  }

  #add(row) {
    const line = { sign: h('span', { class: 'mark' }), name: h('span', { class: 'name' }), what: h('span', { class: 'what' }), when: h('time', {}), shown: '' };
    line.link = h('a', { href: `#/goals/${encodeURIComponent(row.id)}` }, line.sign, line.name, line.when, line.what);
    line.element = h('li', {}, line.link);
    this.#list.append(line.element);
    this.#lines.set(row.id, line);
    return line;
  }

  #drawLine(line, row, index) {
    line.element.style.setProperty('--top', `${index * LINE}px`);
    line.element.setAttribute('aria-posinset', String(index + 1));
    line.element.setAttribute('aria-setsize', String(this.#shown.length));
    const isChosen = row.id === this.#chosen;
    if (isChosen) line.link.setAttribute('aria-current', 'true');
    else line.link.removeAttribute('aria-current');
    const key = `${row.state} ${row.verdict} ${row.at}`;
    if (line.shown === key) return;
    line.shown = key;
    line.sign.replaceChildren(sign(row.verdict ?? 'open'));
    line.element.className = row.verdict ?? 'open';
    say(line.name, row.name);
    line.name.title = row.name;
    say(line.when, moment(row.at));
    if (row.at) line.when.dateTime = new Date(row.at).toISOString();
    line.what.replaceChildren(h('b', {}, row.verdict ?? (row.state === 'open' ? 'open' : row.state)), restOf(row));
  }

  #drawCount() {
    const all = this.#goals.rows.length;
    const isPart = this.#text !== '' || this.#kind !== '';
    say($('goals-count'), isPart ? `${count(this.#shown.length)} of ${count(all)}` : `${this.#goals.isFull ? 'the newest ' : ''}${count(all)}`);
    if (this.#shown.length > 0) return note($('goals-note'), '');
    if (ID.test($('filter-text').value.trim())) {
      const id = $('filter-text').value.trim();
      $('goals-note').hidden = false;
      $('goals-note').replaceChildren('No goal here is called so. ', h('a', { href: `#/goals/${encodeURIComponent(id)}` }, `Open the goal with the id “${cut(id, 40)}”`));
    } else {
      note($('goals-note'), this.#explanation || (isPart ? 'No goal here is like that.' : ''));
    }
  }

  /** Why there is no list, if there is none. */
  explain(text) {
    if (this.#explanation === text) return;
    this.#explanation = text;
    this.#drawSoon();
  }

  #onKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    const id = event.target.closest('a')?.getAttribute('href').slice('#/goals/'.length);
    const from = this.#shown.findIndex(row => encodeURIComponent(row.id) === id);
    const to = Math.min(this.#shown.length - 1, Math.max(0, from + step));
    event.preventDefault();
    const top = to * LINE;
    if (top < this.#box.scrollTop) this.#box.scrollTop = top;
    else if (top + LINE > this.#box.scrollTop + this.#box.clientHeight) this.#box.scrollTop = top + LINE - this.#box.clientHeight;
    this.#draw();
    this.#lines.get(this.#shown[to]?.id)?.link.focus({ preventScroll: true });
  }
}

function restOf(row) {
  if (row.verdict === null) return '';
  return `${row.winner ? ` by ${row.winner}` : ''}${row.cached ? ', from cache' : !row.ms ? '' : `, ${duration(row.ms)}`}`;
}
