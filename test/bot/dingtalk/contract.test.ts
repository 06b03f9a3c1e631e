/** The channels of DingTalk under the suite of all platforms: what people see of every kind of message, and how every code ends. */
import { channelSuite, type Ending, type Opened } from '../channelSuite';
import { NEW_CODES, OLD_CODES } from './codeRows';
import { outgoing } from './outgoing';

interface OpenDing extends Opened {
  readonly duty: string;
  userid(person: string): string;
}

async function openDing(): Promise<OpenDing> {
  const one = await outgoing();
  return {
    duty: one.given.rooms.duty?.openConversationId ?? '',
    userid: (person) => one.given.people[person] ?? '',
    send: (id, said, address, urgent = false) => one.send(id, said, address, null, urgent),
    arm: (fault) => one.post('faults', fault),
    calls: async (api) => (await one.calls(api)).length,
    messages: (place) => one.messages(place),
    close: () => one.close(),
  };
}

/** A server that fell over may have carried the call out, one that is away has not; a call that is not there was none. */
const STATUSES: readonly Ending[] = [
  ...[500, 504].map((status) => ({ name: `HTTP ${status}`, fault: { status }, end: { is: 'unknown', what: `http_${status}` } })),
  { name: 'HTTP 404', fault: { status: 404 }, end: { is: 'refused', code: 'http_404', fault: 'capability' } },
  ...[429, 502, 503].map((status) => ({
    name: `HTTP ${status}`,
    fault: { status },
    end: { is: 'road', code: `http_${status}`, blocks: 'outlet', waitMs: 2_000 },
  })),
];
/** A token that is refused is renewed, and the call made once more. */
const renewed = (field: 'code' | 'errcode', codes: readonly (string | number)[]): readonly Ending[] =>
  codes.map((code) => ({ name: `${code}: a new token`, fault: { [field]: code }, end: { is: 'accepted' }, calls: 2 }));
const NOW_ENDS: readonly Ending[] = [...NEW_CODES, ...renewed('code', ['InvalidAuthentication']), ...STATUSES];
const OLD_ENDS: readonly Ending[] = [...OLD_CODES, ...renewed('errcode', [40014, 42001, 41001]), ...STATUSES];

channelSuite<OpenDing>({
  name: 'dingtalk',
  open: openDing,
  places: [
    { id: 'dingtalk.group', place: 'duty', address: ({ duty }) => duty, pages: false, buttons: true },
    { id: 'dingtalk.single', place: 'dm:duty1', address: ({ userid }) => userid('duty1'), pages: false, buttons: true },
    { id: 'dingtalk.webhook', place: 'duty', address: () => 'duty', pages: true, buttons: false },
    { id: 'dingtalk.card', place: 'duty', address: ({ duty }) => duty, pages: true, buttons: true },
  ],
  refusing: [
    { id: 'dingtalk.group', api: 'robot/groupMessages/send', address: ({ duty }) => duty, ends: NOW_ENDS },
    { id: 'dingtalk.single', api: 'robot/oToMessages/batchSend', address: ({ userid }) => userid('duty1'), ends: NOW_ENDS },
    { id: 'dingtalk.card', api: 'card/instances/createAndDeliver', address: ({ duty }) => duty, ends: NOW_ENDS },
    { id: 'dingtalk.webhook', api: 'robot/send', address: () => 'duty', ends: [...OLD_CODES, ...STATUSES] },
    { id: 'dingtalk.work', api: 'topapi/message/corpconversation/asyncsend_v2', address: () => 'duty1', ends: OLD_ENDS },
    {
      id: 'dingtalk.ding',
      api: 'robot/ding/send',
      address: () => 'duty1',
      ends: NOW_ENDS.filter(({ name }) => !String(name).startsWith('ding.serverquota')),
    },
  ],
});
