/** MinIO's client, with what it lacks: time limits, cancelling, retries that are quiet, connections that can be closed. */
import { AsyncLocalStorage } from 'node:async_hooks';
import http from 'node:http';
import https from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'minio';
import { isTransient } from './s3-errors.ts';

export interface S3Settings {
  /** `http://host:port` or `https://host`. */
  endpoint: string;
  region: string;
  /** Made when it is missing. */
  bucket: string;
  accessKey: string;
  secretKey: string;
  /** The bucket in the path, not in the host name. */
  pathStyle: boolean;
}

/** A stream is sent in parts of this size; each upload holds one in memory. */
export const PART_BYTES = 8 * 1024 * 1024;

/** Until a server answers: so long may nothing move on the connection. */
const ANSWER_TIMEOUT_MS = 10_000;
/** Afterwards also the reader may be the slow one. */
const BODY_TIMEOUT_MS = 60_000;
const MOST_TRIES = 3;

export interface S3Client {
  /**
   * Sends a request that may be repeated: three times at most.
   *
   * @throws the signal's reason, or the error of the last try
   */
  send<T>(signal: AbortSignal | undefined, request: (client: Client) => Promise<T>): Promise<T>;
  close(): void;
}

/** @param random 0 to 1, for the pauses between tries */
export function createS3Client(settings: S3Settings, random: () => number): S3Client {
  const url = new URL(settings.endpoint);
  const useSSL = url.protocol === 'https:';
  const agent = new (useSSL ? https : http).Agent({ keepAlive: true });
  // The client's methods take no signal, so it travels beside them.
  const signals = new AsyncLocalStorage<AbortSignal | undefined>();
  const client = new Client({
    endPoint: url.hostname,
    ...(url.port && { port: Number(url.port) }),
    useSSL,
    accessKey: settings.accessKey,
    secretKey: settings.secretKey,
    region: settings.region,
    pathStyle: settings.pathStyle,
    partSize: PART_BYTES,
    transport: { request: withLimits(useSSL ? https.request : http.request, signals) as typeof http.request },
    transportAgent: agent,
    // Its retries print to the console and leave out lost connections.
    retryOptions: { disableRetry: true },
  });

  return {
    async send(signal, request) {
      for (let tries = 1; ; tries++) {
        signal?.throwIfAborted();
        try {
          return await signals.run(signal, () => request(client));
        } catch (error) {
          if (signal?.aborted) throw signal.reason;
          if (!isTransient(error) || tries === MOST_TRIES) throw error;
          await pause((0.5 + random()) * 100 * 2 ** tries);
        }
      }
    },
    close: () => agent.destroy(),
  };
}

function withLimits(request: typeof http.request, signals: AsyncLocalStorage<AbortSignal | undefined>) {
  return (options: http.RequestOptions, onResponse: (response: http.IncomingMessage) => void) => {
    const signal = signals.getStore();
    const outgoing = request({ ...options, timeout: ANSWER_TIMEOUT_MS, ...(signal && { signal }) }, onResponse);
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.once('response', () => outgoing.setTimeout(BODY_TIMEOUT_MS));
    return outgoing;
  };
}
