/** The word clouds of the signed-in user, and what the system says of itself. */
import type {
  bffContract,
  CloudOptions,
  CloudOptionsInput,
  OperationReply,
  SystemView,
  Task,
  TaskStatus,
  WordRow,
} from '@wordcloud/contracts';
import { api } from './http.ts';

type Operations = typeof bffContract.operations;

export type CloudPage = OperationReply<Operations['listClouds']>;

/** What may be chosen; as the contract, with what the bff puts into `limits` and `defaults`. */
export interface CloudChoices extends Omit<OperationReply<Operations['getOptions']>, 'limits' | 'defaults'> {
  limits: {
    bytes: number;
    maskBytes: number;
    title: number;
    top: Range;
    side: Range;
    minLength: Range;
    stopwords: { count: number; length: number };
    dictionary: { count: number; length: number };
    angles: Range & { count: number };
    /** Characters. */
    shapeText: number;
    margin: Range;
    minFontSize: Range;
    maxFontSize: Range;
    contour: Range;
    scale: Range;
    seed: Range;
  };
  defaults: CloudOptions;
}
export interface Range {
  minimum: number;
  maximum: number;
}

export interface ListQuery {
  /** From 1. */
  page: number;
  /** 1 to 100. */
  pageSize: number;
  status?: TaskStatus | undefined;
  /** Part of the title. */
  q?: string | undefined;
}

const pathOf = (id: string) => `/api/wordclouds/${encodeURIComponent(id)}`;

/** Newest first. @throws ApiError */
export function listClouds({ page, pageSize, status, q }: ListQuery, signal?: AbortSignal): Promise<CloudPage> {
  const query = new URLSearchParams({ page: String(page), pageSize: String(pageSize) });
  if (status) query.set('status', status);
  if (q) query.set('q', q);
  return api('GET', `/api/wordclouds?${query}`, signal && { signal });
}

/** @throws ApiError NOT_FOUND */
export async function getCloud(id: string, signal?: AbortSignal): Promise<Task> {
  return (await api<{ task: Task }>('GET', pathOf(id), signal && { signal })).task;
}

/** Every counted word, the most frequent first. @throws ApiError NOT_READY, NOT_FOUND */
export function getWords(id: string, signal?: AbortSignal): Promise<WordRow[]> {
  return api('GET', `${pathOf(id)}/words`, { headers: { accept: 'application/json' }, ...(signal && { signal }) });
}

/** Makes it again, with the options that are given changed. @throws ApiError NOT_RETRYABLE, INVALID_INPUT */
export async function retryCloud(id: string, options?: CloudOptionsInput): Promise<Task> {
  return (await api<{ task: Task }>('POST', `${pathOf(id)}/retry`, options && { body: options })).task;
}

/**
 * With all its files, for good.
 *
 * @param isLast the page goes, and this shall outlive it
 * @throws ApiError NOT_FOUND
 */
export function deleteCloud(id: string, isLast = false): Promise<void> {
  return api('DELETE', pathOf(id), { isLast });
}

let choices: Promise<CloudChoices> | undefined;

/** What may be chosen: asked once, and again only when that failed. @throws ApiError */
export function getOptions(): Promise<CloudChoices> {
  choices ??= api<CloudChoices>('GET', '/api/options').catch((error: unknown) => {
    choices = undefined;
    throw error;
  });
  return choices;
}

/** The system as one bff sees it, now. @throws ApiError */
export function getSystem(signal?: AbortSignal): Promise<SystemView> {
  return api('GET', '/api/system', signal && { signal });
}
