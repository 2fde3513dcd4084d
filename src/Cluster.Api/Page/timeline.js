// Draws a race as a table of its runs with a lane each. Rows are made once and changed in place: while a race goes on they are drawn many times a second.

import { h, say } from './dom.js';
import { duration, mebibytes } from './format.js';
import { rowsOf, scaleOf, spansOf, ticksOf } from './race.js';

const OUTCOMES = {
  won: 'won', agreed: 'agreed', disagreed: 'disagreed', preempted: 'preempted', timedOut: 'out of time', memoryOut: 'out of memory', outputTooLarge: 'too much output',
  gaveUp: 'gave up', error: 'error', unavailable: 'unavailable', withdrawn: 'withdrawn', lost: 'lost with its node',
};

/** How an outcome looks; whatever is not here is a loss like any other. */
const LOOKS = { won: 'won', agreed: 'won', disagreed: 'bad', error: 'bad', memoryOut: 'late', timedOut: 'late', outputTooLarge: 'late', lost: 'bad' };

/** What a time that is written at the axis takes of it. */
const ROOM = 0.13;

export class Timeline {
  #rows = new Map();
  #width = 400;
  #axis = h('div', { class: 'axis', 'aria-hidden': 'true' });
  #body = h('tbody');
  #verdictTick = h('div', { class: 'moment decided', 'aria-hidden': 'true' }, h('span'));

  constructor() {
    new ResizeObserver(([entry]) => { this.#width = entry.contentRect.width; }).observe(this.#axis);
    this.element = h('table', { class: 'timeline', role: 'table' },
      h('caption', { class: 'sr' }, 'The runs of this race, with what became of each'),
      h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' },
        head('Backend', 'backend'), h('th', { role: 'columnheader', scope: 'col', class: 'lane' }, h('span', { class: 'sr' }, 'Course'), this.#axis),
        head('Outcome', 'outcome'), head('CPU', 'figure'), head('Memory', 'figure'))),
      this.#body);
    this.#body.setAttribute('role', 'rowgroup');
  }

  draw(race, now) {
    const scale = scaleOf(race, now);
    this.#drawAxis(scale, race);
    const runs = rowsOf(race);
    const wanted = new Set(runs.map(run => run.run));
    for (const [key, row] of this.#rows) {
      if (!wanted.has(key)) { row.element.remove(); this.#rows.delete(key); }
    }
    runs.forEach((run, index) => {
      let row = this.#rows.get(run.run);
      if (!row) this.#rows.set(run.run, row = makeRow(run));
      if (this.#body.children[index] !== row.element) this.#body.insertBefore(row.element, this.#body.children[index] ?? null);
      drawRow(row, run, race, scale, now);
    });
  }

  #drawAxis(scale, race) {
    const ticks = ticksOf(scale, Math.min(6, Math.max(2, Math.floor(this.#width / 85))));
    const marks = ticks.map(tick => ({ at: scale.at(tick.at), text: scale.isBroken ? (tick.offset === 0 ? duration(tick.at) : `+${round(tick.offset)}`) : round(tick.offset) }));
    if (scale.isBroken) marks.unshift({ at: 0, text: '0' });
    const decided = race.decidedMs === null ? null : scale.at(race.decidedMs);
    while (this.#axis.children.length > marks.length + 1) this.#axis.lastChild.remove();
    if (!this.#axis.firstChild) this.#axis.append(this.#verdictTick);
    marks.forEach((mark, index) => {
      const tick = this.#axis.children[index + 1] ?? this.#axis.appendChild(h('div', { class: 'tick' }, h('span')));
      tick.classList.toggle('edge', mark.at > 0.93);
      tick.classList.toggle('break', scale.isBroken && index === 1);
      place(tick, mark.at);
      // Nothing is written over the time of the verdict, nor over that of the break.
      const isCovered = (decided !== null && Math.abs(mark.at - decided) < ROOM) || (scale.isBroken && index > 1 && mark.at - marks[1].at < ROOM);
      say(tick.firstChild, isCovered ? '' : mark.text);
    });
    this.#verdictTick.hidden = race.decidedMs === null;
    if (race.decidedMs !== null) {
      place(this.#verdictTick, decided);
      this.#verdictTick.classList.toggle('edge', decided > 0.93);
      say(this.#verdictTick.firstChild, duration(race.decidedMs));
      this.element.style.setProperty('--decided', String(decided));
    }
    this.element.classList.toggle('is-decided', race.decidedMs !== null);
  }
}

/** Round as it is: "20 ms", and not "20.0 ms". */
const round = ms => (ms === 0 ? '0' : duration(ms).replace(/\.?0+(?=\u00a0)/, (zeros, at, text) => (text.slice(0, at + zeros.length).includes('.') ? '' : zeros)));

const head = (text, name) => h('th', { role: 'columnheader', scope: 'col', class: name }, text);

const cell = (name, ...children) => h('td', { role: 'cell', class: name }, ...children);

function makeRow(run) {
  const row = {
    where: h('span', { class: 'where' }), version: h('span', { class: 'version' }),
    lane: h('div', { class: 'track', 'aria-hidden': 'true' }),
    story: h('span', { class: 'sr' }),
    outcome: h('strong'), reason: h('span', { class: 'reason' }),
    cpu: h('span'), memory: h('span'), spans: new Map(), shown: null,
  };
  row.element = h('tr', { role: 'row' },
    h('th', { role: 'rowheader', scope: 'row', class: 'backend' }, h('span', { class: 'name' }, run.backend, ' ', row.version), row.where),
    cell('lane', row.lane, row.story), cell('outcome', row.outcome, row.reason), cell('figure', row.cpu), cell('figure', row.memory));
  return row;
}

function drawRow(row, run, race, scale, now) {
  drawSpans(row, run, race, scale, now);
  const key = `${run.outcome} ${run.startedMs} ${run.outcome === null ? `${race.state} ${race.winner}` : run.reapedMs}`;
  if (row.shown === key) return;
  row.shown = key;
  const look = lookOf(run, race);
  row.element.className = `run ${look}`;
  say(row.version, run.version ?? '');
  say(row.where, run.node ?? '');
  row.where.title = row.where.textContent;
  const [outcome, reason] = wordsOf(run, race);
  say(row.outcome, outcome);
  say(row.reason, reason);
  row.reason.title = reason;
  say(row.story, storyOf(run));
  say(row.cpu, duration(run.cpuMs));
  say(row.memory, mebibytes(run.peakRssMiB));
}

function drawSpans(row, run, race, scale, now) {
  const spans = spansOf(run, race, now).filter(span => span.to >= span.from);
  const kinds = new Set(spans.map(span => span.kind));
  for (const [kind, element] of row.spans) element.hidden = !kinds.has(kind);
  for (const { kind, from, to } of spans) {
    let element = row.spans.get(kind);
    if (!element) row.spans.set(kind, element = row.lane.appendChild(h('div', { class: `span ${kind}` })));
    const start = scale.at(from);
    place(element, start);
    element.style.setProperty('--length', String(scale.at(to) - start));
  }
  row.lane.classList.toggle('ended', run.outcome !== null);
  const last = spans.at(-1);
  row.lane.style.setProperty('--end', String(last ? scale.at(last.to) : 0));
}

function place(element, at) {
  element.style.setProperty('--at', String(at));
}

function lookOf(run, race) {
  if (run.outcome !== null) return LOOKS[run.outcome] ?? 'beaten';
  if (run.startedMs === null) return 'waits';
  return race.winner === run.backend ? 'won' : race.decidedMs === null ? 'runs' : 'beaten';
}

function wordsOf(run, race) {
  if (run.outcome === null) {
    if (run.startedMs === null) return race.decidedMs === null ? ['queued', 'waits for a slot'] : ['given up', `${race.winner} was faster`];
    if (race.winner === run.backend) return ['has decided', ''];
    return race.decidedMs === null ? ['running', ''] : ['being stopped', `${race.winner} has decided`];
  }
  const reasons = [run.preempt?.reason, run.detail];
  if (run.outcome === 'won' || run.outcome === 'agreed') reasons.unshift(run.verdictMs === null ? null : `${run.szs ?? 'verdict'} at ${duration(run.verdictMs)}`);
  else if (run.startedMs === null) reasons.push('never started');
  else if (run.preempt?.requestedMs && run.reapedMs) reasons.push(`reaped ${duration(run.reapedMs - run.preempt.requestedMs)} later`);
  return [OUTCOMES[run.outcome] ?? run.outcome, reasons.filter(Boolean).join('; ')];
}

/** The lane in words. */
function storyOf(run) {
  const told = [];
  if (run.queuedMs !== null && run.queuedMs !== undefined) told.push(`queued at ${duration(run.queuedMs)}`);
  told.push(run.startedMs === null ? 'not started' : `started at ${duration(run.startedMs)}`);
  if (run.verdictMs) told.push(`verdict at ${duration(run.verdictMs)}`);
  if (run.preempt?.requestedMs) told.push(`asked to stop at ${duration(run.preempt.requestedMs)}`);
  if (run.preempt?.killedMs) told.push(`killed at ${duration(run.preempt.killedMs)}`);
  if (run.endedMs) told.push(`ended at ${duration(run.endedMs)}`);
  if (run.reapedMs) told.push(`reaped at ${duration(run.reapedMs)}`);
  return `${told.join(', ')}.`;
}

/** The legend of the lanes. */
export const legend = () => h('ul', { class: 'legend', role: 'list', 'aria-label': 'What the lanes show' },
  ...[['wait', 'queued'], ['run', 'running'], ['run won', 'won'], ['linger', 'lingering after its verdict'], ['stop', 'asked to stop, not yet reaped']]
    .map(([kind, text]) => h('li', {}, h('span', { class: `swatch span ${kind}`, 'aria-hidden': 'true' }), text)));
