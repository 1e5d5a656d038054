import type { Attachment } from '../../src/domain/message.ts';
import { storable } from '../../src/kit/storable-text.ts';
import { fileAddress } from './api.ts';
import type { Said, TelegramFile } from './wire.ts';

/** The files of a message; of a picture, which comes in several sizes, the largest. */
export function filesOf({ photo, document, video, audio, voice, video_note: round }: Said): readonly Attachment[] {
  const named = [
    [photo.at(-1), 'photo.jpg', 'image/jpeg'],
    [document, 'document', 'application/octet-stream'],
    [video, 'video.mp4', 'video/mp4'],
    [audio, 'audio.mp3', 'audio/mpeg'],
    [voice, 'voice.ogg', 'audio/ogg'],
    [round, 'video.mp4', 'video/mp4'],
  ] as const;
  return named.flatMap(([file, name, type]) => (file ? [attachment(file, { name, type })] : []));
}

function attachment(file: TelegramFile, usual: { name: string; type: string }): Attachment {
  return {
    name: storable(file.file_name || usual.name),
    contentType: storable(file.mime_type || usual.type),
    size: file.file_size,
    url: storable(fileAddress(file.file_id.toWellFormed())),
  };
}
