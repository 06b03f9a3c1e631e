/** What is said where nothing can be pressed: the words without the buttons they speak of. */
import type { Cleared } from '../../../core/privacy/clear';
import type { Channel } from '../../../ports/platform';
import { withoutPresses } from '../../wire/lines';

/** The channel, whose words leave out presses as long as `mayPress` says no; asked anew for every message. */
export function speaking(channel: Channel, mayPress: () => boolean): Channel {
  const { split, dress } = channel;
  const said = (message: Cleared): Cleared => (mayPress() ? message : withoutPresses(message));
  return {
    ...channel,
    split: (message, to) => split(said(message), to),
    ...(dress === undefined ? {} : { dress: (message, face, to) => dress(said(message), face, to) }),
  };
}
