// Holds the objects on standard input (YAML) against Kubernetes 1.36, as strictly as its server with --validate=strict: prints what is wrong, a line each, and then
// exits with 1. Neither package is strict alone: kubernetes-models knows what is required, enums and formats, and passes over fields that it does not
// know; the client's own types know every field and its type, and nothing of what is required.
import { readFileSync } from 'node:fs';
import * as yaml from 'js-yaml';
// Not the whole client, which is for servers, and for later versions of Node.js.
import * as types from './node_modules/@kubernetes/client-node/dist/gen/models/all.js';

const plain = { string: 'string', number: 'number', boolean: 'boolean', IntOrString: ['string', 'number'], Date: 'string', any: null };

/** The name of the type in both packages: apps/v1 StatefulSet is V1StatefulSet, and in the folder apps/v1. */
async function named(object) {
  const version = String(object?.apiVersion).split('/').at(-1);
  const type = types[version[0]?.toUpperCase() + version.slice(1) + object?.kind];
  if (!type) throw new Error(`${object?.apiVersion} ${object?.kind} is no kind that is known`);
  return { type, Model: (await import(`kubernetes-models/${object.apiVersion}`))[object.kind] };
}

function* walk(value, type, at) {
  const list = /^Array<(.*)>$/.exec(type), map = /^{ \[key: string\]: (.*); }$/.exec(type);
  if (list) {
    if (!Array.isArray(value)) yield `${at} is no list`;
    else for (const [i, each] of value.entries()) yield* walk(each, list[1], `${at}[${i}]`);
  } else if (map) {
    if (!isObject(value)) yield `${at} is no object`;
    else for (const [key, each] of Object.entries(value)) yield* walk(each, map[1], `${at}.${key}`);
  } else if (type in plain || !types[type]) {
    if (!(type in plain) && type !== 'object') yield `${at} has a type that is not known here: ${type}`;
    else if (plain[type] && ![plain[type]].flat().includes(typeof value)) yield `${at} is a ${typeof value}, and is to be a ${type}`;
  } else yield* fields(value, types[type], at);
}

function* fields(value, type, at) {
  if (!isObject(value)) return yield `${at} is no object`;
  const known = new Map(type.getAttributeTypeMap().map(each => [each.baseName, each.type]));
  for (const [key, each] of Object.entries(value))
    if (known.has(key)) yield* walk(each, known.get(key), `${at}.${key}`);
    else yield `${at}.${key} is not known`;
}

const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);

async function faults(object) {
  const at = `${object?.kind} ${object?.metadata?.name}`;
  const found = [];
  try {
    const { type, Model } = await named(object);
    found.push(...fields(object, type, at));
    new Model(object).validate();
  } catch (error) {
    found.push(`${at}: ${error.message}`);
  }
  return found;
}

const objects = yaml.loadAll(readFileSync(0, 'utf8'));
const wrong = (await Promise.all(objects.map(faults))).flat();
for (const fault of wrong) console.log(fault);
if (!wrong.length) console.log(`${objects.length} objects are valid`);
process.exitCode = wrong.length || !objects.length ? 1 : 0;
