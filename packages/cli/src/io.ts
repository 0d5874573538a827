/**
 * The world as a command sees it: streams, environment, folder and clock, handed in so that tests can watch.
 * In: `process`, once, in bin.ts. Out: one record.
 * Not here: what is written, or when.
 */
import { fileError } from './usage.js';

/** What the commands need of a stream that they write to; `process.stdout` is one. */
export interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  /** Width in cells, where it is a terminal. */
  readonly columns?: number;
}

/** Everything outside that `main` touches, apart from files named on the command line. */
export interface CliIo {
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path that relative file options start from. */
  readonly cwd: string;
  /** `process.platform`. */
  readonly platform: string;
  /** Milliseconds from any origin; only progress reads it. */
  now(): number;
}

/** The real process. A closed pipe (`| head`) ends the output in silence; nothing is cut off otherwise. */
export function processIo(): CliIo {
  return {
    stdin: process.stdin,
    stdout: pipeSafe(process.stdout),
    stderr: pipeSafe(process.stderr),
    env: process.env,
    cwd: process.cwd(),
    platform: process.platform,
    now: () => performance.now(),
  };
}

/** Writes until the reader goes away, then drops the rest; other stream errors stay errors. */
function pipeSafe(stream: NodeJS.WriteStream): OutputStream {
  let open = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    open = false;
    if (!isClosedPipe(error)) throw fileError(error, 'write', 'the output');
  });
  return {
    write: (text) => {
      try {
        return open && stream.write(text);
      } catch (error) {
        open = false;
        if (isClosedPipe(error)) return false;
        throw fileError(error, 'write', 'the output');
      }
    },
    isTTY: stream.isTTY,
    get columns() {
      return stream.columns;
    },
  };
}

/** Windows calls it EOF. */
function isClosedPipe(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EPIPE' || code === 'EOF';
}

/** All of `stdin` as one string (UTF-8; a byte order mark is dropped). */
export async function readStdin(io: CliIo): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of io.stdin) {
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
