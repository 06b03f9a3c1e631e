/** Structured logs on stderr; secrets and people's words are cut out before a line is written. */
import pino, { type Logger } from 'pino';
import type { Settings } from '../settings';

const SECRET = [
  'token',
  'secret',
  'password',
  'authorization',
  'corpSecret',
  'access_token',
  'webhookKey',
  'callbackToken',
  'callbackAesKey',
  'responseUrl',
  'responseCode',
  'ticket',
  'url',
  'text',
  'words',
  'name',
  'phone',
];

/** `silent` keeps tests quiet; everything else as set. */
export function createLog(level: Settings['logLevel']): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRET.flatMap((key) => [key, `*.${key}`]), censor: '[已隐去]' },
      serializers: { cause: describeCause },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

/** What failed and where, without the payload some libraries hang on their errors. */
function describeCause(cause: unknown): unknown {
  if (!(cause instanceof Error)) return String(cause);
  const code = (cause as NodeJS.ErrnoException).code;
  return {
    type: cause.name,
    message: cause.message,
    ...(code === undefined ? {} : { code }),
    stack: cause.stack,
    ...(cause.cause === undefined ? {} : { cause: describeCause(cause.cause) }),
  };
}
