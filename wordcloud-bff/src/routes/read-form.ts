/** Reads an upload form: stores the texts while they stream in, checks that they are such, keeps the mask and the fields. */
import type { MultipartFile } from '@fastify/multipart';
import { LIMITS, ProblemError } from '@wordcloud/contracts';
import type { FastifyRequest } from 'fastify';
import { checkedText } from '../domain/checked-text.ts';
import type { Uploads } from '../domain/create-cloud.ts';
import { imageType } from '../domain/image-type.ts';
import { titleFromFileName } from '../domain/title.ts';
import { tooLarge } from './refuse-upload.ts';

export interface UploadedForm {
  fields: Map<string, string>;
  fileName: string | undefined;
  source: { bytes: number; encoding: string | null };
  hasMask: boolean;
  /** Name of a second text's file; null: there is none. */
  compareName: string | null;
}

/** Room for the longest list of stop words. */
const FIELD_BYTES = 256 * 1024;

/** What the parser says of a body that is no form; its errors have no code. */
const NO_FORM = /^(Multipart: Boundary|The needle cannot|Unexpected end of multipart|(Part|Preamble) terminated early)/;

/**
 * @param id the new task's; what is stored must be discarded by the caller when this throws
 * @throws ProblemError BAD_REQUEST, INVALID_INPUT, TOO_LARGE, NOT_TEXT, NOT_IMAGE
 */
export async function readForm(...input: Parameters<typeof readParts>): Promise<UploadedForm> {
  try {
    return await readParts(...input);
  } catch (error) {
    if (!(error instanceof Error) || !NO_FORM.test(error.message)) throw error;
    throw new ProblemError('BAD_REQUEST', `The form could not be read: ${error.message}.`, { cause: error });
  }
}

async function readParts(
  request: FastifyRequest,
  uploads: Uploads,
  id: string,
  maxTextBytes: number,
): Promise<UploadedForm> {
  const fields = new Map<string, string>();
  const form: UploadedForm = {
    fields,
    fileName: undefined,
    source: { bytes: 0, encoding: null },
    hasMask: false,
    compareName: null,
  };
  let hasFile = false;
  const { signal } = request.context;

  for await (const part of request.parts({
    limits: { fileSize: Number.POSITIVE_INFINITY, fieldSize: FIELD_BYTES, fields: 50, files: 4 },
  })) {
    if (part.type === 'field') {
      if (part.valueTruncated) {
        throw new ProblemError(
          'INVALID_INPUT',
          `${part.fieldname}: allowed is a text of at most ${FIELD_BYTES} bytes.`,
        );
      }
      fields.set(part.fieldname, String(part.value));
    } else if (part.fieldname === 'file' && !hasFile) {
      hasFile = true;
      form.fileName = part.filename;
      const { stream, verdict } = checkedText(part.file, maxTextBytes);
      const { bytes } = await uploads.storeText(id, stream, signal);
      form.source = { bytes, encoding: verdict() };
    } else if (part.fieldname === 'compare' && form.compareName === null) {
      form.compareName = titleFromFileName(part.filename);
      await uploads.storeCompared(id, checkedText(part.file, maxTextBytes, 'compare').stream, signal);
    } else if (part.fieldname === 'mask' && !form.hasMask) {
      form.hasMask = true;
      await storeMask(part, uploads, id, signal);
    } else {
      throw new ProblemError(
        'INVALID_INPUT',
        `${part.fieldname}: there may be one file called "file", one called "compare" and one called "mask".`,
      );
    }
  }
  if (!hasFile)
    throw new ProblemError('INVALID_INPUT', 'file: is missing; send the text as a file in the field "file".');
  return form;
}

async function storeMask(part: MultipartFile, uploads: Uploads, id: string, signal: AbortSignal): Promise<void> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of part.file) {
    bytes += chunk.length;
    if (bytes > LIMITS.maskBytes) throw tooLarge('mask', LIMITS.maskBytes);
    chunks.push(chunk);
  }
  const image = Buffer.concat(chunks);
  const type = imageType(image);
  if (type === undefined) {
    throw new ProblemError('NOT_IMAGE', 'mask: is not an image; PNG, JPEG, WebP, GIF and BMP are understood.');
  }
  await uploads.storeMask(id, image, type, signal);
}
