/** Runs in a worker thread: both kinds of work in the same threads, since each of them keeps its fonts in memory. */
import { type EncodeJob, encode } from './encode-worker.ts';
import { type PaintJob, paint } from './paint-worker.ts';

export type PictureJob = PaintJob | EncodeJob;

export default function work(job: PictureJob): ReturnType<typeof paint> | ReturnType<typeof encode> {
  return job.kind === 'paint' ? paint(job) : encode(job);
}
