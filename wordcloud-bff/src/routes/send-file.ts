/** What answers with files have in common: versions and names. */
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Sets the ETag; true when the client has this version already. */
export function isFresh(request: FastifyRequest, reply: FastifyReply, etag: string): boolean {
  const tag = `"${etag.replaceAll('"', '')}"`;
  reply.header('etag', tag);
  const known = request.headers['if-none-match'];
  return (
    known !== undefined &&
    (known.trim() === '*' || known.split(',').some((item) => item.trim().replace(/^W\//, '') === tag))
  );
}

/** RFC 6266: a plain name for old clients, the real one in UTF-8. */
export function attach(reply: FastifyReply, name: string): void {
  const plain = name.replace(/[^\x20-\x7e]|["\\%/]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  reply.header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`);
}
