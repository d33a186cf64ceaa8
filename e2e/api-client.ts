/** A user of the API, as a program outside would be: plain fetch, nothing of ours but the types. */
import type { Problem, Task } from '@wordcloud/contracts';

export interface ApiUser {
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  delete(path: string): Promise<Response>;
  /** Uploads a file with options; waits for nothing. */
  upload(text: string | Uint8Array<ArrayBuffer>, options?: Record<string, string>, name?: string): Promise<Response>;
  /** Uploads, and resolves with the task once it is finished. */
  make(text: string | Uint8Array<ArrayBuffer>, options?: Record<string, string>): Promise<Task>;
  /** Asks until the task is finished; more slowly when that was too often. */
  finished(id: string): Promise<Task>;
}

const withPassword = (username: string) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ username, password: `password of ${username}` }),
});

export async function signUp(api: string, username: string): Promise<ApiUser> {
  const made = await fetch(`${api}/api/auth/signup`, withPassword(username));
  if (made.status !== 201) throw new Error(`sign-up: ${await made.text()}`);
  return logIn(api, username);
}

/** Of an account that `signUp` or the load has made. */
export async function logIn(api: string, username: string): Promise<ApiUser> {
  const answer = await fetch(`${api}/api/auth/login`, withPassword(username));
  const { accessToken } = (await answer.json()) as { accessToken: string };
  return createUser(api, accessToken);
}

export function createUser(api: string, accessToken: string): ApiUser {
  const authorization = { authorization: `Bearer ${accessToken}` };
  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${api}${path}`, { ...init, headers: { ...authorization, ...(init.headers as Record<string, string>) } });

  const user: ApiUser = {
    get: (path, headers = {}) => call(path, { headers }),
    post(path, body, headers = {}) {
      if (body === undefined) return call(path, { method: 'POST', headers });
      return call(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
    },
    delete: (path) => call(path, { method: 'DELETE' }),
    upload(text, options = {}, name = 'text.txt') {
      const form = new FormData();
      for (const [field, value] of Object.entries(options)) form.append(field, value);
      form.append('file', new Blob([text]), name);
      return call('/api/wordclouds', { method: 'POST', body: form });
    },
    async make(text, options) {
      const { id } = await taskOf(await user.upload(text, options));
      return user.finished(id);
    },
    async finished(id) {
      for (;;) {
        const answer = await user.get(`/api/wordclouds/${id}`);
        const isHeldBack = answer.status === 429;
        if (!isHeldBack) {
          const task = await taskOf(answer);
          if (task.status === 'succeeded' || task.status === 'failed') return task;
        }
        await new Promise((resolve) => setTimeout(resolve, isHeldBack ? 1_000 : 50));
      }
    },
  };
  return user;
}

/** The task in an answer. @throws Error with the whole answer when there is none */
export async function taskOf(response: Response): Promise<Task> {
  const body = (await response.json()) as { task?: Task };
  if (body.task === undefined) throw new Error(`status ${response.status}: ${JSON.stringify(body)}`);
  return body.task;
}

export const problemOf = async (response: Response): Promise<Problem> => (await response.json()) as Problem;
