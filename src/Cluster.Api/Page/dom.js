// Elements and the words in them. Whatever a goal or a prover says becomes text: there is no way here from a string to markup.

const SVG = 'http://www.w3.org/2000/svg';

/** An element: attributes by name, functions as listeners (`onclick`), and its children. What is null or false is left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

export const $ = id => document.getElementById(id);

/** Sets a text only where it differs: nothing is painted, or read aloud, for what stays. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A text, or nothing at all in its place. */
export function note(element, text) {
  element.hidden = !text;
  say(element, text ?? '');
}

// Shapes as well as colours: a verdict is told apart without them.
const SHAPES = {
  proved: ['M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Z', 'M4.8 8.3l2.2 2.2 4.2-4.6'],
  refuted: ['M8 .6 15.4 8 8 15.4.6 8Z', 'M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4'],
  unknown: [null, 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM6.2 6.4a1.8 1.8 0 1 1 2.4 1.8c-.4.2-.6.5-.6 1M8 11.2v.3'],
  rejected: [null, 'M2.5 2.5h11v11h-11ZM5 8h6'],
  withdrawn: [null, 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM3.8 12.2l8.4-8.4'],
  open: [null, 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM8 4.6V8l2.2 1.6'],
};

/** The sign of a verdict, or of a goal without one yet. It says nothing to a screen reader: the word beside it does. */
export function sign(kind) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `sign ${kind}`);
  const [filled, drawn] = SHAPES[kind] ?? SHAPES.unknown;
  for (const [path, name] of [[filled, 'filled'], [drawn, 'drawn']]) {
    if (!path) continue;
    const shape = document.createElementNS(SVG, 'path');
    shape.setAttribute('d', path);
    shape.setAttribute('class', filled ? name : 'outline');
    svg.append(shape);
  }
  return svg;
}
