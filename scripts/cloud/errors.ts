/** What a person can mend: printed as one sentence, without a stack. */
export class CliError extends Error {
  /** 1: the cloud cannot be made; 2: the command line is not understood. */
  readonly exitCode: 1 | 2;

  constructor(exitCode: 1 | 2, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** @throws CliError, that the command line is not understood */
export function misuse(message: string): never {
  throw new CliError(2, message);
}

/** A sentence for what the system says when a file cannot be opened. */
export function fileProblem(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file or folder';
  if (code === 'EACCES' || code === 'EPERM') return 'access is denied';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'ENOSPC') return 'the disk is full';
  return code ?? message;
}
