// The nodes: their slots, and what is in them. What this token may not see, or this node does not tell, is left out, and that is said.

import { Refused, ask } from './api.js';
import { $, h, note, say } from './dom.js';
import { count, counted, cut, duration, mebibytes } from './format.js';

const PAUSE = 2000;

/** Of a node with more slots the first are shown, and all are counted. */
const MOST_RUNS = 12;

export class Nodes extends EventTarget {
  #cards = new Map();
  #before = new Map();
  #goals;
  #isWithoutRuns = false;
  #isWithoutMembers = false;

  constructor(goals) {
    super();
    this.#goals = goals;
  }

  async run() {
    for (;;) {
      try {
        await this.#look();
      } catch (fault) {
        note($('nodes-note'), fault instanceof Refused && fault.status === 403 ? 'This token may not see the nodes.' : 'What the nodes do is not known now.');
      }
      await new Promise(resolve => setTimeout(resolve, PAUSE));
      while (document.hidden) await new Promise(resolve => document.addEventListener('visibilitychange', resolve, { once: true }));
    }
  }

  async #look() {
    const [{ nodes }, members] = await Promise.all([ask('v1/backends'), this.#members()]);
    const all = mergeOf(nodes, members);
    const runs = await Promise.all(all.map(node => this.#runsOf(node)));
    this.#draw(all.map((node, index) => ({ ...node, ...this.#usageOf(node.name, runs[index]) })));
    note($('nodes-note'), this.#isWithoutRuns ? 'What each slot runs is not told by this node, or not to this token.' : '');
    this.dispatchEvent(new CustomEvent('nodes', { detail: all }));
  }

  async #members() {
    if (this.#isWithoutMembers) return [];
    try {
      return (await ask('v1/cluster/members')).members;
    } catch (fault) {
      if (!isMissing(fault)) throw fault;
      this.#isWithoutMembers = true;
      return [];
    }
  }

  async #runsOf(node) {
    if (this.#isWithoutRuns || node.slots === 0 || node.reachable === false) return null;
    try {
      return (await ask(`v1/nodes/${encodeURIComponent(node.name)}/runs`)).runs;
    } catch (fault) {
      // A node that has just gone, or is silent, is no reason to ask none of them any more.
      if (isMissing(fault) && fault.code !== 'unknown-node') this.#isWithoutRuns = true;
      else if (!(fault instanceof Refused)) throw fault;
      return null;
    }
  }

  /** CPU is told since each run began: what it was since the last look is in processors. */
  #usageOf(name, runs) {
    if (runs === null) return { runs, cpu: null, memory: null };
    const at = performance.now();
    const before = this.#before.get(name);
    let cpu = 0;
    const now = new Map();
    for (const run of runs) {
      // Another token's run has no name by which it could be known again.
      if (run.run === null) continue;
      now.set(run.run, run.cpuMs ?? 0);
      cpu += Math.max(0, (run.cpuMs ?? 0) - (before?.runs.get(run.run) ?? 0));
    }
    this.#before.set(name, { at, runs: now });
    const memory = runs.reduce((sum, run) => sum + (run.rssMiB ?? 0), 0);
    return { runs, cpu: before ? cpu / (at - before.at) : null, memory };
  }

  #draw(nodes) {
    const names = new Set(nodes.map(node => node.name));
    for (const [name, card] of this.#cards) {
      if (!names.has(name)) { card.element.remove(); this.#cards.delete(name); this.#before.delete(name); }
    }
    for (const node of nodes) {
      const card = this.#cards.get(node.name) ?? this.#add(node.name);
      drawCard(card, node, this.#goals);
    }
    say($('nodes-count'), counted(nodes.length, 'node'));
  }

  #add(name) {
    const card = { facts: h('p', { class: 'facts' }), slots: h('ol', { class: 'cells', role: 'list', 'aria-label': 'Slots' }), usage: h('p', { class: 'usage' }), cells: [] };
    card.state = h('span', { class: 'state' });
    card.element = h('li', { class: 'node' }, h('h3', {}, h('span', {}, name), card.state), card.facts, card.slots, card.usage);
    this.#cards.set(name, card);
    $('nodes-list').append(card.element);
    return card;
  }
}

const isMissing = fault => fault instanceof Refused && (fault.status === 403 || fault.status === 404 || fault.status === 405);

/** The end of a path is what tells goals apart. */
const nameOf = (id, goals) => cut((goals.get(id)?.name ?? id).split('/').at(-1) || id, 60);

/** Members that run no provers are nodes too; a node that is alone, or tells of no members, has its line from what it can run. */
function mergeOf(nodes, members) {
  const all = new Map(members.map(member => [member.node, { name: member.node, slots: 0, free: 0, waiting: 0, backends: [], ...member }]));
  for (const node of nodes) all.set(node.node, { ...all.get(node.node), name: node.node, ...node });
  return [...all.values()];
}

function drawCard(card, node, goals) {
  const isWell = (node.status ?? 'up') === 'up' && node.reachable !== false && !node.draining;
  card.element.classList.toggle('troubled', !isWell);
  say(card.state, node.reachable === false ? 'unreachable' : node.draining ? 'draining' : node.status ?? '');
  const offers = new Set((node.backends ?? []).map(offer => offer.backend));
  say(card.facts, [node.roles?.join(', '), node.version, node.ageMs ? `up ${duration(node.ageMs)}` : null, offers.size > 0 ? counted(offers.size, 'backend') : null]
    .filter(Boolean).join(' · '));
  card.facts.title = node.runtime ?? '';
  drawSlots(card, node, goals);
  const hidden = Math.max(node.slots, node.runs?.length ?? 0) - MOST_RUNS;
  const parts = [node.slots === 0 ? 'runs no provers' : `${count(node.slots - node.free)} of ${counted(node.slots, 'slot')} busy`];
  if (hidden > 0) parts.push(`${count(hidden)} not shown`);
  if (node.waiting > 0) parts.push(`${count(node.waiting)} waiting`);
  if (node.cpu !== null && node.cpu !== undefined) parts.push(`${node.cpu.toFixed(1)} CPUs`);
  if (node.memory !== null && node.memory !== undefined) parts.push(mebibytes(node.memory));
  say(card.usage, parts.join(' · '));
}

/** A cell for each slot: what is in it where that is told, and else whether something is. */
function drawSlots(card, node, goals) {
  const shown = Math.min(Math.max(node.slots, node.runs?.length ?? 0), MOST_RUNS);
  while (card.cells.length > shown) card.cells.pop().remove();
  while (card.cells.length < shown) card.cells.push(card.slots.appendChild(h('li')));
  card.cells.forEach((cell, index) => drawCell(cell, node, index, goals));
  card.slots.hidden = node.slots === 0;
  card.slots.classList.toggle('plain', node.runs === null);
}

function drawCell(cell, node, index, goals) {
  const run = node.runs?.[index];
  const isBusy = run !== undefined || (node.runs === null && index < node.slots - node.free);
  const key = run ? `${run.run} ${run.backend} ${run.state} ${run.rssMiB} ${duration(run.ageMs)}` : String(isBusy);
  if (cell.dataset.shown === key) return;
  cell.dataset.shown = key;
  cell.className = run ? `busy ${run.state}` : isBusy ? 'busy' : 'idle';
  if (!run) {
    cell.replaceChildren(h('span', { class: 'sr' }, isBusy ? 'busy' : 'idle'));
    return;
  }
  const what = run.goal === null ? h('span', { class: 'goal' }, 'another token’s goal') : h('a', { class: 'goal', href: `#/goals/${encodeURIComponent(run.goal)}` }, nameOf(run.goal, goals));
  cell.replaceChildren(
    h('b', {}, run.backend), h('span', { class: 'what' }, run.state === 'running' ? duration(run.ageMs) : run.state),
    what, h('span', { class: 'what' }, run.rssMiB ? mebibytes(run.rssMiB) : ''));
}
