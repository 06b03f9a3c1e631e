/** Finding what a caller names, or saying in plain words why it is not there. */
import type { CommonCore } from './commonCore';
import type { Button, Message } from './messages';
import { SandboxRefusal } from './refusal';
import type { Person, Room } from './world';

/** Look-ups that refuse: 404 for what does not exist, 409 for what does not fit together. */
export const find = {
  room(core: CommonCore, id: string): Room {
    const room = core.world.room(id);
    if (room) return room;
    throw new SandboxRefusal(404, 'no_room', `没有房间「${id}」。`, '房间列表见 GET /sandbox/api/state。', 'room');
  },

  /** The room and the person, who must be a member. */
  memberIn(core: CommonCore, roomId: string, personId: string): { room: Room; person: Person } {
    const room = find.room(core, roomId);
    const person = core.world.person(personId);
    if (!person) throw new SandboxRefusal(404, 'no_person', `没有「${personId}」这个人。`, '人员列表见 GET /sandbox/api/state。', 'from');
    if (room.members.includes(person.id)) return { room, person };
    throw new SandboxRefusal(
      409,
      'not_member',
      `${person.name}不在「${room.name}」里，看不到也说不了。`,
      '请换一个在这个房间里的人。',
      'from',
    );
  },

  message(core: CommonCore, id: string): Message {
    const message = core.board.find(id);
    if (message) return message;
    throw new SandboxRefusal(404, 'no_message', `没有消息「${id}」。`, '消息编号见 GET /sandbox/api/messages。', 'message');
  },

  /** A message of the same room, as only that can be quoted. */
  quoted(core: CommonCore, roomId: string, id: string): Message {
    const message = find.message(core, id);
    if (message.room === roomId) return message;
    throw new SandboxRefusal(409, 'quote_elsewhere', '只能引用本房间里的消息。', '请引用同一个房间里的消息。', 'quote');
  },

  /** The button as this person sees it now. */
  button(message: Message, personId: string, key: string): Button {
    const buttons = message.card?.faces?.[personId]?.buttons ?? message.buttons ?? [];
    const button = buttons.find((candidate) => candidate.key === key);
    if (button) return button;
    const names = buttons.map((candidate) => candidate.key).join('、');
    throw new SandboxRefusal(
      409,
      'no_button',
      '这条消息上没有这个按钮。',
      names ? `现在能点的有：${names}。` : '它现在没有能点的按钮。',
      'button',
    );
  },
};
