/** Turns what the JSON schema validator found into sentences that name the field, the value and what is allowed. */
import { ProblemError, type Violation } from '@wordcloud/contracts';
import type { FastifySchemaValidationError } from 'fastify';

interface AjvError extends FastifySchemaValidationError {
  data?: unknown;
  parentSchema?: Record<string, unknown> & { description?: string };
}

/** Fields whose value must not stand in an answer or a log. */
const SECRET_FIELD = /password|token/i;

/** @param part where the input stood: body, querystring, params */
export function inputError(part: string, errors: readonly FastifySchemaValidationError[]): ProblemError {
  const violations = (errors as AjvError[]).map(toViolation);
  const detail = violations.map((violation) => sentence(part, violation)).join(' ');
  return new ProblemError('INVALID_INPUT', detail, { errors: violations });
}

function toViolation(error: AjvError): Violation {
  const path = error.instancePath.slice(1);
  const extra = error.params.additionalProperty as string | undefined;
  const missing = error.params.missingProperty as string | undefined;
  const field = [path, extra ?? missing].filter(Boolean).join('/');
  if (extra !== undefined) {
    const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
    return { field, allowed: `one of the known fields: ${known.join(', ')}` };
  }
  if (missing !== undefined) return { field, allowed: 'a value; it is missing' };
  return {
    field,
    // A body that is no object at all may be a password in the wrong place.
    ...(field !== '' && !SECRET_FIELD.test(field) && { value: shorten(error.data) }),
    allowed: describeSchema(error.parentSchema ?? {}) ?? error.message ?? 'another value',
  };
}

function sentence(part: string, { field, value, allowed }: Violation): string {
  const name = field === '' ? `The ${part === 'querystring' ? 'query' : part}` : field;
  const got = value === undefined ? '' : ` got ${JSON.stringify(value)};`;
  return `${name}:${got} allowed is ${allowed}.`;
}

/** "a whole number from 1 to 2000", "one of linear, sqrt, log". */
function describeSchema(schema: Record<string, unknown>): string | undefined {
  const { type, minimum, maximum, minLength, maxLength, maxItems, pattern, description } = schema;
  if (Array.isArray(type)) {
    const [kind] = type.filter((name) => name !== 'null');
    return `${describeSchema({ ...schema, type: kind })}${type.includes('null') ? ', or null' : ''}`;
  }
  if (Array.isArray(schema.enum)) return `one of ${schema.enum.join(', ')}`;
  if (type === 'integer' || type === 'number') {
    const kind = type === 'integer' ? 'a whole number' : 'a number';
    if (minimum !== undefined && maximum !== undefined) return `${kind} from ${minimum} to ${maximum}`;
    if (minimum !== undefined) return `${kind} of at least ${minimum}`;
    return maximum === undefined ? kind : `${kind} of at most ${maximum}`;
  }
  if (type === 'string') {
    if (pattern !== undefined) return typeof description === 'string' ? description : `a text that matches ${pattern}`;
    if (minLength !== undefined && maxLength !== undefined) return `a text of ${minLength} to ${maxLength} characters`;
    return maxLength === undefined ? 'a text' : `a text of at most ${maxLength} characters`;
  }
  if (type === 'array') return maxItems === undefined ? 'a list' : `a list of at most ${maxItems} entries`;
  if (type === 'boolean') return 'true or false';
  return type === 'object' ? 'an object' : undefined;
}

function shorten(value: unknown): unknown {
  if (typeof value === 'string') return value.length > 100 ? `${value.slice(0, 100)}…` : value;
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? `a list of ${value.length}` : 'an object';
  return value;
}
