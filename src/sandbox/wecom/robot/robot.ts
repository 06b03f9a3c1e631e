/** The robot of one enterprise (dossier section 2): its mouth, its ears and the ways between them. */
import type { CorpParts } from '../parts';
import type { WireApi } from '../wire';
import { RobotEars } from './ears';
import { RobotFrames } from './frames';
import { RobotMouth } from './mouth';
import { SentFiles } from './sentFiles';
import { RobotSockets } from './sockets';
import { Uploads } from './uploads';

/** One robot. `elsewhere` finds the connections of another enterprise's robot on the same wire. */
export class Robot {
  readonly ears: RobotEars;
  readonly frames: RobotFrames;
  readonly sockets: RobotSockets;
  private readonly mouth: RobotMouth;
  private readonly uploads: Uploads;
  private readonly files: SentFiles;

  constructor(parts: CorpParts, elsewhere: (botId: string) => RobotSockets | undefined) {
    this.mouth = new RobotMouth(parts);
    this.uploads = new Uploads(parts);
    this.files = new SentFiles(parts);
    this.frames = new RobotFrames(parts, this.mouth, this.uploads);
    this.sockets = new RobotSockets({
      ...parts,
      elsewhere,
      open: () => !this.ears.byUrl,
      handle: (frame, tickets) => this.frames.handle(frame, tickets),
    });
    this.ears = new RobotEars(parts, this.sockets, this.files, this.mouth);
  }

  /** True for a file link or an answer link given out here. */
  knows(fileId: string, responseCode: string): boolean {
    return this.files.knows(fileId) || this.ears.urls.knows(responseCode);
  }

  apis(): Readonly<Record<string, WireApi>> {
    return { ...this.files.apis(), ...this.ears.urls.apis() };
  }

  wipe(): void {
    for (const part of [this.mouth, this.uploads, this.files, this.frames, this.sockets, this.ears]) part.wipe();
  }

  stop(): void {
    this.ears.stop();
    this.sockets.stop();
  }
}
