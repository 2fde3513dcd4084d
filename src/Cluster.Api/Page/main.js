// Puts the parts together: where the address leads, who wants a token, what is summed up at the top.

import { askForTokens, hasToken, useToken } from './api.js';
import { Backends } from './backends.js';
import { $, h, say } from './dom.js';
import { Feed } from './feed.js';
import { count } from './format.js';
import { GoalList } from './list.js';
import { Nodes } from './nodes.js';
import { RaceView } from './raceview.js';
import { Goals } from './store.js';

/** How long the newest race stays in sight when it is over, before a newer one takes its place. */
const LINGER = 2500;

const goals = new Goals();
const list = new GoalList(goals);
const race = new RaceView();
const backends = new Backends(goals);
const feed = new Feed(goals);
const nodes = new Nodes(goals);
let chosen = null;
let shownSince = -LINGER;

function go() {
  const [, view, id] = /^#\/(goals|race|nodes|backends)(?:\/(.+))?$/.exec(location.hash) ?? [];
  chosen = view === 'goals' && id ? idOf(id) : null;
  // On a narrow window one part is shown at a time; who chooses a goal wants its race.
  const part = chosen !== null ? 'race' : view ?? 'goals';
  document.body.dataset.view = part;
  for (const link of document.querySelectorAll('.views a')) {
    if (link.dataset.view === part) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (chosen !== null) race.open(chosen, true);
  else if (race.id !== null) race.open(race.id, false);
  list.choose(race.id);
  followNewest();
}

/** Whatever somebody has typed there. */
function idOf(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Where nobody has chosen a race, the newest is shown: one that goes on if there is one, and each for long enough to be seen. */
function followNewest() {
  if (chosen !== null || goals.rows.length === 0 || !race.isFree || performance.now() - shownSince < LINGER) return;
  const newest = goals.rows.find(row => row.state !== 'settled') ?? goals.rows.find(row => row.winner !== null) ?? goals.rows[0];
  if (newest.id === race.id) return;
  shownSince = performance.now();
  race.open(newest.id, false);
  list.choose(newest.id);
}

const sums = Object.fromEntries(['open', 'settled', 'slots'].map(name => {
  const value = h('dd');
  $('sums').append(h('div', { class: name }, h('dt', {}, { open: 'open', settled: 'settled', slots: 'slots busy' }[name]), value));
  return [name, value];
}));

function sumUp() {
  const open = goals.unsettled().length;
  say(sums.open, count(open));
  say(sums.settled, count(goals.rows.length - open));
}

function onState({ detail: { state, fault } }) {
  $('link').className = `link ${state}`;
  say($('link'), { live: 'Live', forbidden: 'Not for this token', lost: 'Reconnecting…' }[state]);
  $('link').title = fault?.message ?? '';
  list.explain(state === 'forbidden' ? 'This token may follow goals, but not list them: enter the id of one above.' : '');
}

function wantToken(why) {
  say($('token-fault'), why === null ? '' : `That is none: ${why}.`);
  if (!$('token').open) $('token').showModal();
  $('token-text').select();
}

function onToken(event) {
  event.preventDefault();
  const text = $('token-text').value.trim();
  $('token-text').value = '';
  $('token').close();
  useToken(text);
  $('forget').hidden = false;
}

askForTokens(wantToken);
$('forget').hidden = !hasToken();
$('forget').addEventListener('click', () => { useToken(null); location.reload(); });
$('token').addEventListener('submit', onToken);
// Without a token there is nothing behind it.
$('token').addEventListener('cancel', event => event.preventDefault());
goals.addEventListener('change', () => { sumUp(); followNewest(); });
feed.addEventListener('goals', event => race.hear(event.detail));
feed.addEventListener('state', onState);
nodes.addEventListener('nodes', ({ detail }) => {
  const sum = name => detail.reduce((all, node) => all + node[name], 0);
  say(sums.slots, `${count(sum('slots') - sum('free'))} / ${count(sum('slots'))}`);
  backends.hear(detail);
});
// The address says which race is shown, and stays as it is.
$('skip').addEventListener('click', event => { event.preventDefault(); $('race').focus(); });
addEventListener('hashchange', go);
setInterval(followNewest, LINGER);

go();
sumUp();
say(sums.slots, '–');
void feed.run();
// The goals come first: a node that was just started takes its time to answer all at once.
feed.addEventListener('state', () => void nodes.run(), { once: true });
