/** A process of its own for each thing measured, so that neither the peer's garbage nor the load generator's work counts as ours. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

export interface Child<Ask, Answer> {
  /** One question at a time. Throws when the child throws or ends. */
  ask(question: Ask): Promise<Answer>;
  /** Ends the process and waits for it; may be called twice. */
  stop(): Promise<void>;
}

type Told<Answer> = { readonly answer: Answer } | { readonly fault: string };

const running = new Set<ChildProcess>();

/** Starts a file of `bench` with the environment given, beside ours. */
export function startChild<Ask, Answer>(file: string, env: Readonly<Record<string, string>>): Child<Ask, Answer> {
  const child = fork(join(__dirname, file), {
    execArgv: ['-r', join(__dirname, 'typescript.js'), '--enable-source-maps'],
    env: { ...process.env, ...env },
    serialization: 'advanced',
  });
  running.add(child);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const gone = ended.then((): never => {
    running.delete(child);
    throw new Error(`${file} ended before it answered`);
  });
  gone.catch(() => undefined);
  child.on('error', () => undefined);
  return {
    ask: (question) => Promise.race([gone, exchange<Ask, Answer>(child, file, question)]),
    stop: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

/** Ends all children, so that whoever waits for one fails and cleans up. */
export function endChildren(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** The child's end: answers each question in turn. Ends with the parent. */
export function answerParent<Ask, Answer>(work: (question: Ask) => Promise<Answer>): void {
  process.on('message', ({ question }: { readonly question: Ask }) => {
    work(question).then(
      (answer) => process.send?.({ answer }),
      (fault: unknown) => process.send?.({ fault: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) }),
    );
  });
  process.on('SIGINT', () => undefined);
  process.once('disconnect', () => process.exit());
}

function exchange<Ask, Answer>(child: ChildProcess, file: string, question: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    child.once('message', (told: Told<Answer>) => {
      if ('fault' in told) reject(new Error(`${file}: ${told.fault}`));
      else resolve(told.answer);
    });
    child.send({ question } as object, () => undefined);
  });
}
