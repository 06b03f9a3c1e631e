/** The roll-call board (J3): whatever happens, it says what the log of events says. */
import { expect, test } from '@jest/globals';
import { type BoardRow, boardOf } from '../../../src/core/incident/board';
import type { Asked, IncidentEvent, Recorded } from '../../../src/core/incident/events';
import { MINUTE } from '../../../src/core/instant';
import { acknowledged, activated, GROUPS, given, levelSet, reported } from '../builders';
import { always } from './always';

type Told = Pick<BoardRow, 'person' | 'standing' | 'answeredAt' | 'arrivedAt'>;

/** The board reckoned anew from the log alone, event by event, without the state. */
function fromLog(history: readonly Recorded<IncidentEvent>[]): ReadonlyMap<string, Told> {
  const rows = new Map<string, Told & { readonly askedAt: number }>();
  const change = (ids: readonly string[], to: Partial<Told>): void => {
    for (const id of ids) {
      const row = rows.get(id);
      if (row !== undefined) rows.set(id, { ...row, ...to });
    }
  };
  for (const { event, at } of history) {
    if (event.type === 'Acknowledged')
      change(
        event.asks.filter((id) => rows.get(id)?.standing !== 'stood_down'),
        { standing: 'acknowledged', answeredAt: at },
      );
    if (event.type === 'AcknowledgementWithdrawn') change(event.asks, { standing: 'waiting', answeredAt: null });
    if (event.type === 'CannotCome')
      for (const id of event.asks) change([id], { standing: 'cannot_come', answeredAt: rows.get(id)?.answeredAt ?? at });
    if ('stoodDown' in event) change(event.stoodDown ?? [], { standing: 'stood_down' });
    if ('released' in event) change(event.released ?? [], { standing: 'stood_down' });
    if (event.type === 'ProgressReported' && event.step === 'arrived')
      for (const [id, row] of rows) if (row.person === event.by) change([id], { arrivedAt: at });
    if ('asked' in event)
      for (const ask of event.asked as readonly Asked[])
        if (['duty_ack', 'prior_handling', 'call_out'].includes(ask.kind))
          rows.set(ask.id, { person: ask.person, standing: 'waiting', answeredAt: null, arrivedAt: null, askedAt: at });
  }
  return new Map([...rows].map(([id, { askedAt: _, ...row }]) => [id, row]));
}

let compared = 0;

always('点名册和事件记录一致：谁被点名、谁收到、谁来不了、谁已解除、谁到了现场', ({ history, state }) => {
  if (state === null) return;
  compared += history.length;
  const board = boardOf(state).map(({ ask, person, standing, answeredAt, arrivedAt }): [string, Told] => [
    ask,
    { person, standing, answeredAt, arrivedAt },
  ]);
  expect(new Map(board)).toEqual(fromLog(history));
});

test('这样比过的事件远不止二百件', () => {
  expect(compared).toBeGreaterThan(200);
});

test('分钟从点名起算，足分钟才算', () => {
  const g = given(reported(), levelSet(3, '09:10', {}), activated(3), acknowledged('site1', [`call_out-site1`], '09:34'));
  const row = boardOf(g.state).find(({ person, kind }) => person === 'site1' && kind === 'call_out');
  const from = row === undefined ? 0 : row.askedAt;
  expect(row).toMatchObject({ standing: 'acknowledged', answerMinutes: Math.floor(((row?.answeredAt ?? 0) - from) / MINUTE) });
  expect(boardOf(g.state).filter(({ standing }) => standing === 'waiting').length).toBeGreaterThanOrEqual(GROUPS.length - 1);
});
