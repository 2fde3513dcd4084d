// Numbers as people read them: three figures, and the unit that fits.

const three = number => (number < 9.995 ? number.toFixed(2) : number < 99.95 ? number.toFixed(1) : Math.round(number).toLocaleString('en'));

/** A time in milliseconds: "0.40 ms", "12.0 ms", "3.42 s", "2 min 05 s". A number stays with its unit. */
export function duration(ms) {
  if (ms === null || ms === undefined) return '–';
  if (ms < 1) return `${ms.toFixed(2)}\u00a0ms`;
  if (ms < 1000) return `${three(ms)}\u00a0ms`;
  if (ms < 100_000) return `${three(ms / 1000)}\u00a0s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} h ${String(Math.floor((seconds % 3600) / 60)).padStart(2, '0')} min`;
  return `${Math.floor(seconds / 86_400)} days`;
}

export function mebibytes(mib) {
  if (mib === null || mib === undefined) return '–';
  return mib < 1024 ? `${three(mib)} MiB` : `${three(mib / 1024)} GiB`;
}

export const count = number => number.toLocaleString('en');

/** "1 goal", "2 goals". */
export const counted = (number, thing) => `${count(number)} ${thing}${number === 1 ? '' : 's'}`;

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });

/** A moment as the clock of whoever looks shows it, with its day if that is not today. */
export function moment(at, now = Date.now()) {
  if (!at) return '';
  const same = new Date(at).toDateString() === new Date(now).toDateString();
  return same ? clock.format(at) : `${day.format(at)} ${clock.format(at)}`;
}

/** Not longer than that: a name may have four thousand characters. */
export const cut = (text, most) => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);
