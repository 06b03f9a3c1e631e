/** What people on DingTalk see of a message: markdown drawn, so that its marks and the blanks that end its lines are not words. */
import type { Seen } from './dutyRoom';

/** A message of the bot as a client draws it; what people typed stays as it is. */
export function asDingtalk(message: Seen): Seen {
  if (!message.fromBot) return message;
  return { ...message, text: message.text.replace(/ {2}$/gm, '').replace(/^\*\*(.*)\*\*$/mu, '$1') };
}
