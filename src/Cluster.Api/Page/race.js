// One race, as its events tell it or its goal says it; pure. Times are milliseconds since the goal was accepted.

export function newRace(id) {
  return {
    id, name: id, state: 'unheard', verdict: null, szs: null, winner: null, decidedMs: null, settledMs: null, reason: null, cached: false, provenance: null, doubted: null,
    output: null, acceptedAt: null, planned: [], runs: new Map(), last: 0,
    /** When it was accepted, by the clock of this page; null if nothing is known of that. */
    zero: null,
  };
}

/** The race after one more event, which came at that time. A story that is told from its beginning once more may be that of a race that was begun anew. */
export function tell(race, event, at) {
  if (event.name === 'accepted' && race.last > 0) {
    const { id, name, acceptedAt, zero } = race;
    Object.assign(race, newRace(id), { name, acceptedAt, zero });
  }
  race.last = event.number;
  const { data } = event;
  switch (event.name) {
    case 'accepted':
      race.planned = data.planned;
      race.state = 'open';
      break;
    case 'run-started':
      hear(race, data.atMs, at);
      race.runs.set(data.run, { ...race.runs.get(data.run), run: data.run, backend: data.backend, node: data.node, startedMs: data.atMs, outcome: null });
      break;
    case 'decided':
      hear(race, data.atMs, at);
      Object.assign(race, { state: 'decided', verdict: data.verdict, szs: data.szs, winner: data.winner, decidedMs: data.atMs });
      break;
    case 'run-ended':
      hear(race, data.run.reapedMs ?? data.run.endedMs, at);
      race.runs.set(data.run.run, data.run);
      break;
    case 'settled':
      // Too long to be read, for its output: all but the end was told before.
      if (data === null) Object.assign(race, { state: 'settled', settledMs: lastMoment(race, 0) });
      else show(race, data);
      break;
  }
}

/** The race as its goal's JSON has it. What has ended is never opened again. */
export function show(race, goal) {
  race.name = goal.goal;
  if (goal.acceptedAt) race.acceptedAt = Date.parse(goal.acceptedAt);
  if (race.state === 'settled' && goal.state !== 'settled') return;
  for (const name of ['state', 'verdict', 'szs', 'winner', 'decidedMs', 'settledMs', 'reason']) race[name] = goal[name] ?? race[name];
  Object.assign(race, { cached: goal.cached, provenance: goal.provenance ?? null, doubted: goal.doubted ?? null });
  for (const run of goal.runs) race.runs.set(run.run, run);
  for (const kind of ['model', 'core', 'proof']) {
    if (goal[kind]) race.output = { kind, text: goal[kind] };
  }
}

/** An event cannot come before it happens: the earliest zero that any of them allows is the nearest. */
function hear(race, ms, at) {
  if (ms !== null && ms !== undefined && (race.zero === null || at - ms < race.zero)) race.zero = at - ms;
}

/** How far the race has come, for one that goes on. */
export function elapsed(race, at) {
  if (race.state === 'settled') return lastMoment(race, race.settledMs ?? 0);
  return lastMoment(race, race.zero === null ? 0 : Math.max(0, at - race.zero));
}

function lastMoment(race, least) {
  let last = Math.max(least, race.decidedMs ?? 0);
  for (const run of race.runs.values()) last = Math.max(last, run.reapedMs ?? run.endedMs ?? run.startedMs ?? 0);
  return last;
}

/** A row for each run, in the order of the plan; for a backend of which no run is known, one that waits. */
export function rowsOf(race) {
  const known = [...race.runs.values()];
  const backends = [...new Set([...race.planned, ...known.map(run => run.backend)])];
  return backends.flatMap(backend => {
    const runs = known.filter(run => run.backend === backend);
    return runs.length > 0 ? runs : [{ run: `planned/${backend}`, backend, node: null, startedMs: null, outcome: null, isPlanned: true }];
  });
}

/**
 * What a run's lane shows, as spans from and to: `wait` for a slot, `run`, `linger` after its verdict, `stop` from the wish that it end until nothing of it
 * was alive, `reap` from its own end until then.
 */
export function spansOf(run, race, now) {
  const end = run.reapedMs ?? run.endedMs ?? (run.outcome === null ? now : run.preempt?.requestedMs ?? now);
  if (run.startedMs === null || run.startedMs === undefined) return [{ kind: 'wait', from: run.queuedMs ?? 0, to: run.outcome === null ? stopOr(race, now) : end }];
  const spans = [{ kind: 'wait', from: run.queuedMs ?? 0, to: run.startedMs }];
  const asked = run.preempt?.requestedMs ?? (run.outcome === null ? race.decidedMs : null);
  const decisive = run.outcome === 'won' || run.outcome === 'agreed' || run.outcome === 'disagreed' || (run.outcome === null && race.winner === run.backend);
  const verdict = decisive ? run.verdictMs ?? (run.outcome === null ? race.decidedMs : null) : null;
  if (verdict !== null) {
    spans.push({ kind: 'run', from: run.startedMs, to: verdict });
    spans.push({ kind: 'linger', from: verdict, to: run.endedMs ?? end });
  } else if (asked !== null && asked !== undefined && asked < end) {
    spans.push({ kind: 'run', from: run.startedMs, to: Math.max(asked, run.startedMs) });
    spans.push({ kind: 'stop', from: Math.max(asked, run.startedMs), to: end });
    return spans;
  } else {
    spans.push({ kind: 'run', from: run.startedMs, to: run.endedMs ?? end });
  }
  if (run.endedMs !== null && run.endedMs !== undefined && run.endedMs < end) spans.push({ kind: 'reap', from: run.endedMs, to: end });
  return spans;
}

const stopOr = (race, now) => race.decidedMs ?? now;

/**
 * Where on the lane a time is, from 0 to 1. A wait that all runs share, before the first of them started, is shortened to a fifth of the lane where it would
 * take more: what happened then is the race.
 */
export function scaleOf(race, now) {
  const starts = [...race.runs.values()].map(run => run.startedMs).filter(ms => ms !== null && ms !== undefined);
  const first = starts.length > 0 ? Math.min(...starts) : 0;
  const isBroken = first > now / 4 && now > first;
  const zero = isBroken ? first : 0;
  // A race that goes on grows into its lane, which changes its scale now and then, and not all the time.
  const end = race.state === 'settled' ? Math.max(now, first, 0.001) : zero + roundAbove(Math.max(now - zero, 1));
  const part = isBroken ? 0.2 : first / end;
  const at = ms => (ms <= first ? (first === 0 ? 0 : (ms / first) * part) : part + ((ms - first) / (end - first)) * (1 - part));
  return { at: ms => Math.min(1, Math.max(0, at(ms))), first, end, isBroken };
}

function roundAbove(ms) {
  const power = 10 ** Math.floor(Math.log10(ms));
  return power * [1.2, 1.5, 2, 3, 4, 6, 8, 10, 12].find(each => each * power > ms * 1.02);
}

/** Round numbers, some five of them: `{at, offset}`. After a break they count from there. */
export function ticksOf(scale, wanted = 5) {
  const from = scale.isBroken ? scale.first : 0;
  const rough = (scale.end - from) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(each => each * power).find(each => each >= rough * 0.999);
  const ticks = [];
  for (let number = 0; number * step <= (scale.end - from) * 1.0001; number++) ticks.push({ at: from + number * step, offset: number * step });
  return ticks;
}
