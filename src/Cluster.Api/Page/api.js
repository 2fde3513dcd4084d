// What the page asks of the node, as any client does. The token goes into a header and nowhere else: the browser's own EventSource has no headers, so events are
// read from an ordinary answer, piece by piece.

const KEY = 'prover-cluster-token';
const PATIENCE = 10_000;

/** A stream says something every fifteen seconds: one that is silent for longer is lost, whatever the browser believes. */
const SILENCE = 40_000;

/** Characters of a line that are kept: a goal may bring a model of 64 MiB along, which is nothing to look at. */
const LONGEST = 2 << 20;

/** What the node has refused, and why. */
export class Refused extends Error {
  constructor(status, code, detail) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

let token = sessionStorage.getItem(KEY);
let gate = null;
let onTokenWanted = () => {};
let skew = 0;

/** Who is asked for a token when one is wanted: called with null, or with why the last one was none. */
export function askForTokens(listener) {
  onTokenWanted = listener;
}

export const hasToken = () => token !== null;

export function useToken(text) {
  token = text;
  if (text === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, text);
  gate?.open();
  gate = null;
}

/** The time by the clock of the node, as well as its answers tell. */
export const clusterNow = () => Date.now() + skew;

/** Everybody waits here until there is a token to try. */
function close(why) {
  if (gate) return;
  let open;
  const opened = new Promise(resolve => { open = resolve; });
  gate = { opened, open };
  onTokenWanted(why);
}

async function answer(path, headers, signal) {
  for (;;) {
    await gate?.opened;
    const used = token;
    const response = await fetch(path, {
      headers: used === null ? headers : { ...headers, Authorization: `Bearer ${used}` },
      signal, cache: 'no-store', credentials: 'omit', redirect: 'error',
    });
    if (response.status !== 401) {
      if (!response.ok) throw await refusal(response);
      setClock(response.headers.get('Date'));
      return response;
    }
    if (token === used) close(used === null ? null : (await refusal(response)).message);
  }
}

async function refusal(response) {
  try {
    const problem = await response.json();
    return new Refused(response.status, problem.code, problem.detail);
  } catch {
    return new Refused(response.status, 'unreadable', `the node answers with ${response.status}`);
  }
}

/** A header has whole seconds: what is less than two is no difference. */
function setClock(date) {
  const difference = Date.parse(date) - Date.now();
  if (Number.isFinite(difference)) skew = Math.abs(difference) < 2000 ? 0 : difference;
}

/** A route's JSON. */
export async function ask(path, signal) {
  const limit = AbortSignal.timeout(PATIENCE);
  // The time that somebody takes for finding their token is not the node's.
  const response = await answer(path, { Accept: 'application/json' }, gate ? signal : signal ? AbortSignal.any([signal, limit]) : limit);
  return response.json();
}

/**
 * A goal's events from the first, as they come: `{number, name, data}`; `data` is null where it was too long to be kept. Nobody goes on after a number that was heard
 * before: a goal that a new node has from its store is raced anew, and its new story may have come to that number already.
 */
export async function* follow(id, signal) {
  const silent = new AbortController();
  let timer = setTimeout(() => silent.abort(), SILENCE);
  const heard = () => { clearTimeout(timer); timer = setTimeout(() => silent.abort(), SILENCE); };
  try {
    const response = await answer(`v1/goals/${encodeURIComponent(id)}/events`, { Accept: 'text/event-stream' }, AbortSignal.any([signal, silent.signal]));
    let event = { number: 0, name: '', data: '' };
    for await (const line of lines(response.body, heard)) {
      const [, field, value] = /^([a-z]*): ?([^]*)$/.exec(line ?? '') ?? [];
      if (line === null) event.data = null;
      else if (field === 'id') event.number = Number(value);
      else if (field === 'event') event.name = value;
      else if (field === 'data') event.data = JSON.parse(value);
      else if (line === '') {
        if (event.name) yield event;
        event = { number: event.number, name: '', data: '' };
      }
    }
  } finally {
    clearTimeout(timer);
    silent.abort();
  }
}

/** Lines of a body; null for one that is too long. */
async function* lines(body, heard) {
  let rest = '';
  let isTooLong = false;
  for await (const text of pieces(body.pipeThrough(new TextDecoderStream()))) {
    heard();
    const parts = (rest + text).split('\n');
    rest = parts.pop();
    for (const part of parts) {
      yield isTooLong ? null : part;
      isTooLong = false;
    }
    if (rest.length > LONGEST || isTooLong) {
      isTooLong = true;
      rest = '';
    }
  }
}

/** Not every browser can walk through a stream. */
async function* pieces(stream) {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
