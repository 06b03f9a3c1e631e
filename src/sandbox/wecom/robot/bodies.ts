/** The bodies in which a robot speaks, whichever way they come: frame, passive reply or response_url (dossier 2.6 to 2.11). */
import { z } from 'zod';
import { byteLength } from '../text';

/** Longest content of a robot message in bytes. */
export const CONTENT_BYTES = 20_480;

const text = z.string().optional();
const feedback = z.looseObject({ id: z.string().refine((id) => byteLength(id) <= 256) }).optional();
const content = z.looseObject({ content: text, feedback }).optional();
const media = z.looseObject({ media_id: text, title: text, description: text }).optional();
const item = z.looseObject({ msgtype: z.literal('image'), image: z.looseObject({ base64: z.string(), md5: z.string() }) });

/** One message of any kind. */
export const messageSchema = z.looseObject({
  msgtype: z.string(),
  text: content,
  markdown: content,
  stream: z
    .looseObject({
      id: z.string().min(1),
      finish: z.boolean().optional(),
      content: text,
      msg_item: z.array(item).max(10).optional(),
      feedback,
    })
    .optional(),
  template_card: z.unknown().optional(),
  image: media,
  voice: media,
  video: media,
  file: media,
});

/** A message into a conversation of the robot's choice. */
export const pushSchema = messageSchema.extend({
  chatid: z.string(),
  chat_type: z.union([z.literal(0), z.literal(1), z.literal(2)]).optional(),
});

/** A card in place of the clicked one. */
export const updateSchema = z.looseObject({
  response_type: z.literal('update_template_card'),
  userids: z.array(z.string()).optional(),
  template_card: z.unknown().optional(),
});

/** A message as read. */
export type MessageBody = z.output<typeof messageSchema>;
