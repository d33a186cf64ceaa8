/** `POST /api/wordclouds`: an upload as a form or as JSON. */
import { Readable } from 'node:stream';
import {
  bffContract,
  CloudOptionsInput,
  CreateCloudBody,
  LIMITS,
  ProblemError,
  type TaskRecord,
} from '@wordcloud/contracts';
import { route, sendProblem } from '@wordcloud/service-kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { checkedText } from '../domain/checked-text.ts';
import type { NewCloud, Uploads } from '../domain/create-cloud.ts';
import type { EventHub } from '../domain/event-hub.ts';
import { toTask } from '../domain/task-view.ts';
import { titleFromFileName, titleFromText, titleFromUser } from '../domain/title.ts';
import { optionsFromFields } from '../domain/upload-options.ts';
import { userOf } from './authenticate.ts';
import { preferredWaitMs, waitUntilFinished } from './prefer-wait.ts';
import { readForm } from './read-form.ts';
import { drainUpload, refuseAnnouncedLength } from './refuse-upload.ts';

export interface CreateDependencies {
  uploads: Uploads;
  hub: EventHub;
  maxTextBytes: number;
}

/** Room for the fields and the framing of a form. */
const FORM_BYTES = 1024 * 1024;

export function createCloudRoute(app: FastifyInstance, deps: CreateDependencies): void {
  const { uploads, hub, maxTextBytes } = deps;
  // There may be two texts. In JSON a byte of text may take three: an escaped letter stands for two or three bytes of text.
  const bodyLimit = 2 * 3 * maxTextBytes + FORM_BYTES;

  route(
    app,
    bffContract,
    'createCloud',
    async (_input, request, reply) => {
      const id = uploads.newId();
      const idempotencyKey = idempotencyKeyOf(request);
      const waitMs = preferredWaitMs(request);
      const ownerId = userOf(request).id;
      let record: TaskRecord;
      try {
        const read = request.isMultipart() ? readMultipart : readJson;
        const cloud = await read(request, uploads, id, maxTextBytes);
        const options = cloud.options;
        record = await uploads.create({ ...cloud, options, id, ownerId, idempotencyKey }, request.context);
      } catch (error) {
        if (!request.raw.complete) drainUpload(request, reply);
        throw error;
      }
      request.trace?.span?.setAttribute('task.id', record.id);
      const { signal } = request.context;
      const reread = () => uploads.read(record, request.context);
      return answer(record, reply, await waitUntilFinished(hub, record, waitMs, signal, reread));
    },
    {
      bodyLimit,
      // JSON is read by Fastify, which closes the connection of a body that is too long while the client still sends.
      errorHandler: (error, request, reply) => {
        if (!request.raw.complete) {
          reply.removeHeader('connection');
          drainUpload(request, reply);
        }
        return sendProblem(request, reply, error);
      },
      preParsing: async (request, reply, payload) => {
        const isForm = request.headers['content-type']?.startsWith('multipart/') ?? false;
        const limit = isForm ? 2 * maxTextBytes + LIMITS.maskBytes + FORM_BYTES : bodyLimit;
        refuseAnnouncedLength(request, reply, limit);
        return payload;
      },
    },
  );
}

function answer(record: TaskRecord, reply: FastifyReply, finished: TaskRecord | undefined) {
  reply.header('location', `/api/wordclouds/${record.id}`);
  if (finished) reply.code(201).header('preference-applied', 'wait');
  return { task: toTask(finished ?? record) };
}

type Uploaded = Pick<NewCloud, 'title' | 'options' | 'source' | 'hasMask' | 'comparedWith'>;

async function readMultipart(
  request: FastifyRequest,
  uploads: Uploads,
  id: string,
  maxTextBytes: number,
): Promise<Uploaded> {
  try {
    const { fields, fileName, source, hasMask, compareName } = await readForm(request, uploads, id, maxTextBytes);
    const title = fields.get('title')?.trim() ?? '';
    fields.delete('title');
    const options = optionsFromFields(fields);
    checkInput(request, CloudOptionsInput, options);
    return {
      title: title ? titleFromUser(title) : titleFromFileName(fileName),
      options: options as Uploaded['options'],
      source,
      hasMask,
      comparedWith: compareName,
    };
  } catch (error) {
    await uploads.discard(id).catch(() => {});
    throw error;
  }
}

async function readJson(
  request: FastifyRequest,
  uploads: Uploads,
  id: string,
  maxTextBytes: number,
): Promise<Uploaded> {
  if (request.body === undefined || request.body === null) {
    throw new ProblemError(
      'UNSUPPORTED_MEDIA_TYPE',
      'Send multipart/form-data with the field "file", or JSON with the field "text".',
    );
  }
  checkInput(request, CreateCloudBody, request.body);
  const { text, title, compare, ...options } = request.body as CreateCloudBody;
  try {
    const { stream } = checkedText(streamOf(text), maxTextBytes);
    const { bytes } = await uploads.storeText(id, stream, request.context.signal);
    if (compare !== undefined) {
      await uploads.storeCompared(
        id,
        checkedText(streamOf(compare), maxTextBytes, 'compare').stream,
        request.context.signal,
      );
    }
    return {
      title: title === undefined ? titleFromText(text) : titleFromUser(title),
      options,
      source: { bytes, encoding: 'utf-8' },
      hasMask: false,
      comparedWith: compare === undefined ? null : titleFromText(compare),
    };
  } catch (error) {
    await uploads.discard(id).catch(() => {});
    throw error;
  }
}

const streamOf = (text: string) => Readable.from([Buffer.from(text)]);

/** The same check and the same sentences as for every other body. */
function checkInput(request: FastifyRequest, schema: object, value: unknown): void {
  const verdict: unknown = request.compileValidationSchema(schema as Record<string, unknown>, 'body')(value as object);
  if (verdict !== true) throw (verdict as { error: Error }).error;
}

function idempotencyKeyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new ProblemError('INVALID_INPUT', 'Idempotency-Key: allowed are 1 to 255 visible ASCII characters.');
}
