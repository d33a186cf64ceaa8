import type { OwnService } from '../driver.ts';

/** A service as its node's metadata carry it. */
export interface AnnouncedService extends OwnService {
  readonly draining?: boolean;
}

/** The form's number, so that later forms can be told from this one. */
const FORM = 1;

/**
 * The services of one node as the bytes of its metadata. Short names, for there are 512 bytes for all of it; what has its usual value is
 * left out.
 */
export function encodeServices(services: readonly AnnouncedService[]): Buffer {
  const short = services.map(({ service, host, port, rootPath, version, weight, zone, startedAt, data, draining }) => ({
    n: service,
    ...(host && { h: host }),
    p: port,
    ...(rootPath && { r: rootPath }),
    v: version,
    ...(weight !== undefined && weight !== 1 && { w: weight }),
    ...(zone && { z: zone }),
    t: startedAt,
    ...(data && Object.keys(data).length > 0 && { d: data }),
    ...(draining && { x: 1 }),
  }));
  return Buffer.from(JSON.stringify({ f: FORM, s: short }));
}

/**
 * Reads a node's metadata. Nodes of other programs may be in the cluster, with metadata of their own.
 *
 * @returns the services; none for what was not written by `encodeServices`
 */
export function decodeServices(meta: Uint8Array): AnnouncedService[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(meta).toString());
  } catch {
    return [];
  }
  if (!isRecord(parsed) || parsed.f !== FORM || !Array.isArray(parsed.s)) return [];
  return parsed.s.flatMap(readService);
}

/** A service with one wrong field is left out; the others of its node are not to blame. */
function readService(value: unknown): AnnouncedService[] {
  if (!isRecord(value)) return [];
  const { n, h = '', p, r = '', v, w = 1, z = '', t, d = {}, x } = value;
  const isWhole =
    isText(n) &&
    n !== '' &&
    isText(h) &&
    isPort(p) &&
    isRootPath(r) &&
    isText(v) &&
    isWeight(w) &&
    isText(z) &&
    isTime(t);
  if (!isWhole || !isRecord(d) || !Object.values(d).every(isText)) return [];
  const data = d as Record<string, string>;
  const host = h === '' ? {} : { host: h };
  return [
    {
      service: n,
      ...host,
      port: p,
      rootPath: r,
      version: v,
      weight: w,
      zone: z,
      startedAt: t,
      data,
      draining: x === 1,
    },
  ];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isPort = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) > 0 && Number(value) < 65_536;
const isRootPath = (value: unknown): value is string => isText(value) && /^(?:\/[\w.~-]+)*$/.test(value);
const isWeight = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1_000;
const isTime = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
