/** The self-built apps of one enterprise (dossier section 5): what they send, take back and update, their groups, and what reaches them. */
import type { CorpParts } from '../parts';
import type { WireApi } from '../wire';
import { AppChats } from './chats';
import { AppEars } from './ears';
import { ResponseCodes } from './responseCodes';
import { AppSender } from './send';
import { SentMessages } from './sent';
import { updateAppCard } from './update';

/** Both apps; callbacks go to the first one. */
export class SelfBuiltApp {
  readonly ears: AppEars;
  readonly chats: AppChats;
  private readonly codes: ResponseCodes;
  private readonly sent: SentMessages;
  private readonly sender: AppSender;

  constructor(private readonly parts: CorpParts) {
    this.codes = new ResponseCodes(parts.now);
    this.sent = new SentMessages(parts.board, parts.now);
    this.chats = new AppChats(parts);
    this.ears = new AppEars(parts, this.codes);
    this.sender = new AppSender({ ...parts, codes: this.codes, sent: this.sent, callbackSet: () => this.ears.configured });
  }

  apis(): Readonly<Record<string, WireApi>> {
    const codes = this.codes;
    return {
      'message/send': { method: 'POST', token: 'app', run: (call) => this.sender.send(call) },
      'message/update_template_card': { method: 'POST', token: 'app', run: (call) => updateAppCard({ ...this.parts, codes }, call) },
      'message/recall': { method: 'POST', token: 'app', run: (call) => this.sent.recall(call) },
      ...this.chats.apis(),
    };
  }

  wipe(): void {
    for (const part of [this.codes, this.sent, this.sender, this.chats]) part.wipe();
  }
}
