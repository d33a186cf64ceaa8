/** Rows of the table and tasks of the domain, into each other. */
import { DEFAULT_OPTIONS, type TaskRecord, type TaskStage } from '@wordcloud/contracts';
import type { QueuedTask, TaskUpdate } from '../domain/ports.ts';
import type { TaskRow } from './schema.ts';

const iso = (ms: number) => new Date(ms).toISOString();
const parse = <T>(json: string | null): T | null => (json === null ? null : (JSON.parse(json) as T));
const format = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

export function toQueuedTask(row: TaskRow): QueuedTask {
  const { state, attempt, due_at: dueAt, trace, queue_seq, created_seq } = row;
  return { record: toRecord(row), state, attempt, dueAt, trace, isRedone: queue_seq !== created_seq };
}

export function toRecord(row: TaskRow): TaskRecord {
  return {
    id: row.id,
    ownerId: row.owner_id,
    title: row.title,
    status: row.state === 'parked' ? 'waiting' : row.state,
    progress: { stage: row.stage as TaskStage, percent: row.percent },
    lang: row.lang,
    // A task from before an option was there has it by default.
    options: { ...DEFAULT_OPTIONS, ...(JSON.parse(row.options) as Partial<TaskRecord['options']>) },
    source: { bytes: row.source_bytes, encoding: row.encoding },
    sourceKey: row.source_key,
    maskKey: row.mask_key,
    compareKey: row.compare_key,
    comparedWith: row.compare_title,
    previewKey: row.state === 'processing' ? row.preview_key : null,
    result: toResult(row.result),
    stats: parse(row.stats),
    error: parse(row.error),
    attempts: row.attempts,
    createdAt: iso(row.created_at),
    updatedAt: iso(row.updated_at),
    finishedAt: row.finished_at === null ? null : iso(row.finished_at),
  };
}

/** A picture from before layouts were kept has none. */
function toResult(json: string | null): TaskRecord['result'] {
  const result = parse<Omit<NonNullable<TaskRecord['result']>, 'layout'> & { layout?: string }>(json);
  return result && { ...result, layout: result.layout ?? null };
}

/** The columns that an update sets; what it does not name stays. */
export function toColumns(update: TaskUpdate): Partial<TaskRow> {
  const { state, progress, dueAt, attempts, error, result, stats, lang, encoding, options } = update;
  const { finishedAt, trace, previewKey } = update;
  return {
    state,
    stage: progress.stage,
    percent: progress.percent,
    due_at: dueAt,
    ...(attempts !== undefined && { attempts }),
    ...(error !== undefined && { error: format(error) }),
    ...(result !== undefined && { result: format(result) }),
    ...(stats !== undefined && { stats: format(stats) }),
    ...(lang !== undefined && { lang }),
    ...(encoding !== undefined && { encoding }),
    ...(options !== undefined && { options: JSON.stringify(options) }),
    ...(finishedAt !== undefined && { finished_at: finishedAt }),
    ...(trace !== undefined && { trace }),
    ...(previewKey !== undefined && { preview_key: previewKey }),
  };
}
