/** The first report of a model incident, from the draft to the receipt, each step by the handlers as the bot takes it. */
import type { IncidentCommand } from '../../src/core/incident/commands';
import { MINUTE } from '../../src/core/instant';
import { execute } from '../../src/handlers/execute';
import { lockedIncident } from '../../src/handlers/incident';
import { needsPaper, preparePaper } from '../../src/handlers/papers';
import { ROSTER, RULES } from '../../test/core/builders';
import type { Office } from '../../test/handlers/office';
import { inside } from '../../test/store/contract/builders';

const TO = { kind: 'party', id: 'gov' } as const;

/** Drafted, checked twice, signed, numbered, sent; answers how many events the incident has then. */
export async function firstReport(office: Office, stream: string): Promise<number> {
  await act(office, stream, 'cons2', {
    ...{ type: 'DraftPaper', kind: 'first_report', path: null, corrects: null, about: null, serial: null, content: null, unfit: null },
  });
  const { state } = await inside(office.deps.store, async (tx) => {
    const row = await tx.stream(stream);
    return { state: row === null ? null : await lockedIncident(tx, row) };
  });
  const [paper = ''] = Object.keys(state?.papers ?? {});
  await act(office, stream, 'cons1', { type: 'PassPaper', paper, act: 'review', text: null });
  await act(office, stream, 'office1', { type: 'PassPaper', paper, act: 'text_check', text: null });
  await act(office, stream, 'deputy1', { type: 'SignPaper', paper, text: null, unfit: null, confirmed: true });
  await act(office, stream, 'office1', { type: 'NumberPaper', paper, number: '' });
  const sending = { to: TO, as: 'main', way: 'fax', sentAt: office.now, frozen: null, unfit: null, confirmed: true } as const;
  return act(office, stream, 'office1', { type: 'SendPaper', paper, ...sending });
}

/** What a paper needs beside the state is read and drafted in the same transaction. */
async function act(office: Office, stream: string, person: string, command: IncidentCommand): Promise<number> {
  office.now += MINUTE;
  const { deps, now: at } = office;
  const seed = `${stream}-${at}`;
  let made = 0;
  const named = { ...deps, ids: { ...deps.ids, next: () => `${seed}-${made++}` } };
  const done = await inside(deps.store, async (tx) => {
    const row = await tx.stream(stream);
    const state = row === null ? null : await lockedIncident(tx, row);
    if (row === null || state === null) throw new Error(`there is no incident ${stream}`);
    const actor = { person, room: 'duty', conversation: 'duty' };
    const request = { stream: row, cause: { kind: 'inbox', id: seed }, texts: [], origin: null } as const;
    if (!needsPaper(command)) return execute(tx, named, { ...request, envelope: { command, actor, at, seed } });
    const ready = await preparePaper({ tx, deps: named, stream: row, rules: RULES, roster: ROSTER, at, person }, state, command, []);
    if (ready.is === 'refusal') return ready;
    const { texts, fixed } = ready;
    return execute(tx, named, { ...request, texts, fixed, envelope: { command: ready.command, actor, at, seed } });
  });
  if (done.is !== 'done') throw new Error(`${command.type} was answered with ${JSON.stringify(done)}`);
  return done.version;
}
