/**
 * How input is checked: texts of query and path are turned into numbers and get defaults; bodies are taken as they are,
 * because a default filled in here would look like a choice of the user.
 */
import Ajv, { type ValidateFunction } from 'ajv';
import type { FastifyInstance } from 'fastify';
import { inputError } from './violations.ts';

const common = { allErrors: true, verbose: true, strict: false, allowUnionTypes: true } as const;

export function useValidation(app: FastifyInstance): void {
  const forTexts = new Ajv.default({ ...common, coerceTypes: 'array', useDefaults: true });
  const forBodies = new Ajv.default(common);

  app.setValidatorCompiler<object>(({ schema, httpPart }) => {
    const ajv = httpPart === 'body' ? forBodies : forTexts;
    const validate = ajv.compile(schema) as ValidateFunction;
    return (data: unknown) =>
      validate(data) || { error: inputError(httpPart ?? 'input', validate.errors as Parameters<typeof inputError>[1]) };
  });
}
