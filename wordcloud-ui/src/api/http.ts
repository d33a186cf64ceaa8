/** Requests to the bff through the page's own origin, with the access token of the session. */
import type { Task } from '@wordcloud/contracts';
import { useAccess } from './access.ts';
import { type ApiError, errorFromAnswer, isApiError, isAwayError, offlineError } from './api-error.ts';
import { useReach } from './reach.ts';

export { ApiError, isApiError } from './api-error.ts';

export interface RequestOptions {
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Gives the Response itself instead of its JSON. */
  raw?: boolean;
  /**
   * Sent as the page goes, and outlives it: with the token at hand, since a renewal that nobody hears the end of would lose
   * the session.
   */
  isLast?: boolean;
}

type Method = 'GET' | 'POST' | 'DELETE';

/**
 * Sends a request; an access token that has run out is renewed once on the way.
 *
 * @param path under the page's origin, `/api/…`
 * @returns the JSON of the answer, undefined for 204, with `raw` the Response
 * @throws ApiError for every answer that is no success, with code `OFFLINE` when there was none; AbortError
 *
 * @example
 * const { task } = await api<{ task: Task }>('GET', `/api/wordclouds/${id}`);
 */
export async function api<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const answer = options.isLast
    ? await send(method, path, options, useAccess().grant?.accessToken)
    : await withToken((token) => send(method, path, options, token));
  if (options.raw) return answer as T;
  if (answer.status === 204) return undefined as T;
  return (await answer.json()) as T;
}

/** A file of the API, for object URLs. @throws ApiError */
export async function fetchBlob(path: string, signal?: AbortSignal): Promise<Blob> {
  return (await api<Response>('GET', path, { raw: true, ...(signal && { signal }) })).blob();
}

/** A text of the API: the SVG, or with `accept` `text/csv` the words. @throws ApiError */
export async function fetchText(path: string, accept?: string, signal?: AbortSignal): Promise<string> {
  const headers = accept === undefined ? {} : { accept };
  return (await api<Response>('GET', path, { raw: true, headers, ...(signal && { signal }) })).text();
}

export interface UploadOptions {
  /** Share of the bytes handed to the network, 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/**
 * Uploads a text: the only request that shows how far it is, so the only one by XMLHttpRequest.
 *
 * @param key the same one within a day is answered with the same task
 * @throws ApiError, AbortError
 */
export async function uploadCloud(form: FormData, key: string, options: UploadOptions = {}): Promise<Task> {
  const { task } = await withToken((token) => sendForm(form, key, options, token));
  return task;
}

/** Tries with the token at hand; if that has run out, with a new one. */
async function withToken<T>(attempt: (token: string | undefined) => Promise<T>): Promise<T> {
  const access = useAccess();
  try {
    const token = await access.token();
    try {
      return await attempt(token);
    } catch (error) {
      if (token === undefined || !isApiError(error, 'TOKEN_EXPIRED', 'UNAUTHENTICATED', 'SESSION_ENDED')) throw error;
      if (error.code === 'SESSION_ENDED') {
        access.ended(token);
        if (access.grant === undefined) throw error;
      }
      const fresh = access.grant?.accessToken === token ? await access.refresh() : access.grant;
      return await attempt(fresh?.accessToken);
    }
  } catch (error) {
    if (isAwayError(error)) void useReach().doubt();
    throw error;
  }
}

async function send(method: Method, path: string, options: RequestOptions, token?: string): Promise<Response> {
  const { body, headers, signal, isLast } = options;
  const request: RequestInit = {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
    ...(isLast && { keepalive: true }),
  };
  let answer: Response;
  try {
    answer = await fetch(path, request);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw offlineError(error);
  }
  if (!answer.ok) throw errorFromAnswer(answer.status, await answer.text(), (name) => answer.headers.get(name));
  return answer;
}

function sendForm(
  form: FormData,
  key: string,
  { onProgress, signal }: UploadOptions,
  token?: string,
): Promise<{ task: Task }> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open('POST', '/api/wordclouds');
    request.setRequestHeader('idempotency-key', key);
    if (token !== undefined) request.setRequestHeader('authorization', `Bearer ${token}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const { status, responseText } = request;
      const failure = (): ApiError => errorFromAnswer(status, responseText, (name) => request.getResponseHeader(name));
      if (status < 200 || status > 299) reject(failure());
      else resolve(JSON.parse(responseText) as { task: Task });
    };
    request.onerror = () => reject(offlineError(new Error('The upload broke off.')));
    request.onabort = () => reject(signal?.reason ?? new DOMException('The upload was stopped.', 'AbortError'));
    request.onloadend = () => signal?.removeEventListener('abort', abort);
    signal?.addEventListener('abort', abort);
    request.send(form);
  });
}
