/** The bytes are no text. The message is a sentence for whoever sent them. */
export class NotTextError extends Error {
  override readonly name = 'NotTextError';
  readonly code = 'NOT_TEXT';
}
