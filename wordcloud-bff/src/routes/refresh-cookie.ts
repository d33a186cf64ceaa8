/** The refresh token's cookie, and the check that only our own pages make the browser send it. */
import { ProblemError } from '@wordcloud/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = 'wordcloud_refresh';
const PATH = '/api/auth';

export function setRefreshCookie(reply: FastifyReply, token: string, seconds: number, secure: boolean): void {
  reply.setCookie(NAME, token, { path: PATH, httpOnly: true, sameSite: 'strict', secure, maxAge: seconds });
}

export function clearRefreshCookie(reply: FastifyReply, secure: boolean): void {
  reply.clearCookie(NAME, { path: PATH, httpOnly: true, sameSite: 'strict', secure });
}

export function refreshCookieOf(request: FastifyRequest): string | undefined {
  return request.cookies[NAME] || undefined;
}

/**
 * SameSite keeps other sites out, but not other ports of the same host; browsers say where a request comes from.
 *
 * @throws ProblemError CROSS_SITE
 */
export function refuseOtherOrigins(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (site === 'same-origin' || site === 'none') return;
  const { origin, host } = request.headers;
  const foreign =
    site !== undefined || (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host));
  if (foreign) throw new ProblemError('CROSS_SITE', 'This may be called from the page of this address only.');
}
