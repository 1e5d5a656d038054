import express, { type Request, type Response, type Router } from 'express';
import { sendFile } from '../console/send-file.ts';
import type { HttpParts } from './parts.ts';
import { sendProblem } from './errors.ts';

type FileRequest = Request<{ id: string; token: string }>;

/** Files for whoever has their address, which nobody can guess: rows of the base name it. */
export function filesRouter(parts: HttpParts): Router {
  const router = express.Router();
  router.get('/files/:id/:token', (request: FileRequest, response) => giveFile(parts, request, response));
  return router;
}

async function giveFile({ attachments }: HttpParts, request: FileRequest, response: Response): Promise<void> {
  const { id, token } = request.params;
  const opened = await attachments.open(id, { token });
  if (opened.kind === 'found') return sendFile(response, opened.file);
  if (opened.kind === 'unknown') {
    return sendProblem(
      { request, response, status: 404 },
      {
        code: 'file.unknown',
        message: 'There is no file at this address.',
        fix: 'Copy the address from the row as a whole.',
      },
    );
  }
  return sendProblem(
    { request, response, status: 410 },
    {
      code: 'file.gone',
      message: 'The file is not here: it could not be fetched, or its ticket was closed long ago.',
      fix: 'Ask the sender for it, or look whether the row has it.',
    },
  );
}
