/** wordcloud-bff: the API for the page and for programs. The only contract that the outside sees; `api.md` binds it. */
import Type, { type Static } from 'typebox';
import { IMAGE_FORMATS, LIMITS } from './cloud-choices.ts';
import { CloudLayout } from './cloud-layout.ts';
import { CloudOptionsInput } from './cloud-options.ts';
import { Fault } from './instance-contract.ts';
import { defineContract } from './operation.ts';
import { SystemView } from './system-view.ts';
import { Nullable, Task, TaskId, TaskStatus, WordRow } from './task.ts';
import { Credentials, User } from './user-contract.ts';

const TaskParams = Type.Object({ id: TaskId });
const OneTask = Type.Object({ task: Task });
const Session = Type.Object({
  accessToken: Type.String({ description: 'For `Authorization: Bearer`' }),
  expiresIn: Type.Integer({ description: 'Seconds' }),
  user: User,
});
export type Session = Static<typeof Session>;

/** The JSON way to upload; the multipart way has `file` (and `mask`, `compare`) instead of `text` and `compare`. */
export const CreateCloudBody = Type.Object(
  {
    ...CloudOptionsInput.properties,
    text: Type.String(),
    title: Type.Optional(Type.String({ minLength: 1, maxLength: LIMITS.title })),
    compare: Type.Optional(
      Type.String({
        description: 'A second text: colours show which of both has more of a word; no option of colours counts then',
      }),
    ),
  },
  { additionalProperties: false },
);
export type CreateCloudBody = Static<typeof CreateCloudBody>;

const read = { method: 'GET', status: 200, idempotent: true, timeoutMs: 10_000 } as const;
const write = { method: 'POST', idempotent: false, timeoutMs: 10_000 } as const;

export const bffContract = defineContract('wordcloud-bff', {
  signUp: {
    ...write,
    path: '/api/auth/signup',
    summary: 'Makes an account',
    body: Credentials,
    status: 201,
    reply: Type.Object({ user: User }),
    errors: ['INVALID_INPUT', 'USERNAME_TAKEN'],
    public: true,
  },
  logIn: {
    ...write,
    path: '/api/auth/login',
    summary: 'Begins a session: an access token, and the refresh token as a cookie',
    body: Credentials,
    status: 200,
    reply: Session,
    errors: ['BAD_CREDENTIALS', 'TOO_MANY_ATTEMPTS'],
    public: true,
  },
  refresh: {
    ...write,
    path: '/api/auth/refresh',
    summary: 'A new access token for the refresh cookie, which is rotated',
    status: 200,
    reply: Session,
    errors: ['SESSION_ENDED', 'CROSS_SITE'],
    public: true,
  },
  logOut: {
    ...write,
    path: '/api/auth/logout',
    summary: 'Ends the session: both tokens are dead from then on',
    status: 204,
    errors: ['UNAUTHENTICATED', 'CROSS_SITE'],
    public: true,
  },
  getMe: {
    ...read,
    path: '/api/me',
    summary: 'Who is signed in',
    reply: Type.Object({ user: User }),
    errors: ['UNAUTHENTICATED', 'TOKEN_EXPIRED'],
  },
  createCloud: {
    ...write,
    path: '/api/wordclouds',
    summary: 'Uploads a text',
    description:
      'As `multipart/form-data`: `file` (the text), `mask` (an image, optional), `compare` (a second text, optional: colours show which of both has more of a word), and any option as a field; or as JSON. `Prefer: wait=N` answers 201 once finished within N seconds. `Idempotency-Key`: the same key within a day answers with the same task.',
    body: CreateCloudBody,
    consumes: ['multipart/form-data'],
    status: 202,
    reply: OneTask,
    errors: ['INVALID_INPUT', 'BAD_REQUEST', 'TOO_LARGE', 'NOT_TEXT', 'NOT_IMAGE', 'UNSUPPORTED_MEDIA_TYPE'],
  },
  listClouds: {
    ...read,
    path: '/api/wordclouds',
    summary: 'Your word clouds, newest first',
    query: Type.Object(
      {
        page: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 }),
        pageSize: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
        status: Type.Optional(TaskStatus),
        q: Type.Optional(Type.String({ maxLength: LIMITS.title, description: 'Part of the title' })),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      items: Type.Array(Task),
      page: Type.Integer(),
      pageSize: Type.Integer(),
      total: Type.Integer(),
    }),
    errors: ['INVALID_INPUT'],
  },
  getCloud: {
    ...read,
    path: '/api/wordclouds/:id',
    summary: 'One word cloud',
    params: TaskParams,
    reply: OneTask,
    errors: ['NOT_FOUND'],
  },
  getWords: {
    ...read,
    path: '/api/wordclouds/:id/words',
    summary: 'Every counted word, as JSON or, with `Accept: text/csv`, as CSV',
    params: TaskParams,
    reply: Type.Array(WordRow),
    produces: ['text/csv'],
    errors: ['NOT_FOUND', 'NOT_READY'],
  },
  getImage: {
    ...read,
    path: '/api/wordclouds/:id/image.:format',
    summary: 'The picture in any format: `image.png`, `image.pdf` …; `download=1` sets the file name',
    description:
      'SVG has the words as outlines, with `text=1` as text with its fonts; JSON is the layout; HTML is always sent as a download. All but PNG and SVG are made on the first wish.',
    params: Type.Object({ id: TaskId, format: Type.Enum([...IMAGE_FORMATS]) }),
    query: Type.Object({
      download: Type.Optional(Type.Enum(['0', '1'])),
      text: Type.Optional(Type.Enum(['0', '1'], { description: 'For SVG only' })),
    }),
    timeoutMs: 60_000,
    reply: CloudLayout,
    produces: ['image/png', 'image/svg+xml', 'application/pdf', 'image/webp', 'text/html'],
    errors: [
      'INVALID_INPUT',
      'NOT_FOUND',
      'NOT_READY',
      'NO_LAYOUT',
      'NO_INSTANCE',
      'OVERLOADED',
      'UNAVAILABLE',
      'DEADLINE_EXCEEDED',
    ],
  },
  getPreview: {
    ...read,
    path: '/api/wordclouds/:id/preview.png',
    summary:
      'A small picture (480 pixels at most) of a large one that is still being painted; where it is there, `task.preview` says',
    params: TaskParams,
    produces: ['image/png'],
    errors: ['NOT_FOUND'],
  },
  getSource: {
    ...read,
    path: '/api/wordclouds/:id/source',
    summary: 'The text as uploaded',
    params: TaskParams,
    produces: ['text/plain', 'application/octet-stream'],
    errors: ['NOT_FOUND'],
  },
  retryCloud: {
    ...write,
    path: '/api/wordclouds/:id/retry',
    summary: 'Makes it again, with changed options or the same',
    params: TaskParams,
    body: Type.Union([CloudOptionsInput, Type.Null()]),
    status: 202,
    reply: OneTask,
    errors: ['NOT_FOUND', 'NOT_RETRYABLE', 'INVALID_INPUT'],
  },
  deleteCloud: {
    method: 'DELETE',
    path: '/api/wordclouds/:id',
    summary: 'Deletes it with all its files',
    params: TaskParams,
    status: 204,
    errors: ['NOT_FOUND'],
    idempotent: true,
    timeoutMs: 10_000,
  },
  getEvents: {
    ...read,
    path: '/api/events',
    summary: 'Server-sent events: `task` with the task as data, `deleted` with its id; resumes from `Last-Event-ID`',
    produces: ['text/event-stream'],
    errors: [],
  },
  getOptions: {
    ...read,
    path: '/api/options',
    summary: 'What may be chosen: languages, palettes, shapes, fonts, limits, defaults',
    reply: Type.Object({
      languages: Type.Array(Type.String()),
      palettes: Type.Array(Type.String()),
      shapes: Type.Array(Type.String()),
      fonts: Type.Array(Type.String()),
      rotations: Type.Array(Type.String()),
      scalings: Type.Array(Type.String()),
      words: Type.Array(Type.String()),
      colorings: Type.Array(Type.String()),
      maskSources: Type.Array(Type.String()),
      maskFits: Type.Array(Type.String()),
      formats: Type.Array(Type.String()),
      limits: Type.Record(Type.String(), Type.Unknown()),
      defaults: Type.Record(Type.String(), Type.Unknown()),
      demoAccount: Nullable(
        Type.Object(
          { username: Type.String(), password: Type.String() },
          { description: 'For who wants to look around' },
        ),
      ),
    }),
    errors: [],
    public: true,
  },
  getSystem: {
    ...read,
    path: '/api/system',
    summary:
      'The system as this bff sees it: instances of every service with state, load and breaker, who calls whom, bulkheads, limits',
    reply: SystemView,
    errors: [],
  },
  injectFault: {
    ...write,
    path: '/api/system/faults',
    summary:
      'For a demonstration: makes an instance of an internal service slow, faulty or stop; only with DEMO_FAULTS',
    body: Type.Object(
      { instance: Type.String({ description: 'Its id in `GET /api/system`' }), ...Fault.properties },
      { additionalProperties: false },
    ),
    status: 204,
    errors: ['INVALID_INPUT', 'NOT_FOUND', 'UNAVAILABLE', 'NO_INSTANCE', 'DEADLINE_EXCEEDED'],
  },
  healFaults: {
    method: 'DELETE',
    path: '/api/system/faults',
    summary: 'Ends the faults of all instances; only with DEMO_FAULTS',
    status: 204,
    errors: ['NOT_FOUND'],
    idempotent: true,
    timeoutMs: 10_000,
  },
});
