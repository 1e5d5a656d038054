/**
 * Sends each response of this form to Tabledesk, signed. Fill in the two lines below, save, choose `install`
 * above and run it once.
 */
const ADDRESS = 'https://desk.example.com/hooks/help-form';
const SECRET = 'whsec_...';

/** Between two attempts, in seconds; after the last the response counts as lost, and Google writes you. */
const PAUSES = [5, 20, 60];

/** Has Google call `onResponse` for each response from now on. Running it again changes nothing. */
function install() {
  for (const trigger of ScriptApp.getProjectTriggers()) {
    if (trigger.getHandlerFunction() === 'onResponse') ScriptApp.deleteTrigger(trigger);
  }
  const form = FormApp.getActiveForm();
  const trigger = ScriptApp.newTrigger('onResponse');
  if (form) trigger.forForm(form).onFormSubmit().create();
  else trigger.forSpreadsheet(SpreadsheetApp.getActive()).onFormSubmit().create();
}

function onResponse(event) {
  send(event.response ? ofForm(event) : ofSheet(event));
}

/** A response to the form that this script belongs to. */
function ofForm({ source, response }) {
  return {
    source: 'google-forms',
    formId: source.getId(),
    formTitle: source.getTitle(),
    responseId: response.getId(),
    submittedAt: response.getTimestamp().toISOString(),
    respondentEmail: response.getRespondentEmail() || '',
    answers: response.getItemResponses().map((answer) => {
      const item = answer.getItem();
      return {
        id: String(item.getId()),
        title: item.getTitle(),
        type: String(item.getType()),
        value: valueOf(item, answer.getResponse()),
      };
    }),
  };
}

/** A row of the sheet that this script belongs to, into which a form writes. */
function ofSheet({ range, namedValues }) {
  const sheet = range.getSheet();
  const book = sheet.getParent();
  return {
    source: 'google-forms',
    formId: book.getId(),
    formTitle: book.getName(),
    responseId: `${sheet.getSheetId()}:${range.getRow()}`,
    submittedAt: new Date().toISOString(),
    respondentEmail: '',
    answers: Object.entries(namedValues).map(([title, values]) => ({ id: '', title, type: '', value: values })),
  };
}

/** Tables are answered by row; files are links that open for those whom you let. */
function valueOf(item, value) {
  const type = String(item.getType());
  if (type === 'GRID' || type === 'CHECKBOX_GRID') {
    const grid = type === 'GRID' ? item.asGridItem() : item.asCheckboxGridItem();
    return Object.fromEntries(grid.getRows().map((row, at) => [row, value[at]]));
  }
  return type === 'FILE_UPLOAD' ? value.map((id) => `https://drive.google.com/open?id=${id}`) : value;
}

/** Google does not run this again after a failure, so it is tried here. */
function send(response) {
  const body = JSON.stringify(response);
  for (let attempt = 0; ; attempt += 1) {
    const status = post(response.responseId, body);
    if (status >= 200 && status < 300) return;
    const isFinal = status >= 400 && status < 500 && status !== 429;
    if (isFinal || attempt === PAUSES.length) throw new Error(`Tabledesk did not take the response: ${status}`);
    Utilities.sleep(PAUSES[attempt] * 1000);
  }
}

/** The status of the answer; 0 when there was none. */
function post(id, body) {
  const at = String(Math.floor(Date.now() / 1000));
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': at,
    'webhook-signature': `v1,${sign(`${id}.${at}.${body}`)}`,
  };
  try {
    const options = {
      method: 'post',
      contentType: 'application/json',
      payload: body,
      headers,
      muteHttpExceptions: true,
    };
    return UrlFetchApp.fetch(ADDRESS, options).getResponseCode();
  } catch (error) {
    console.error(error);
    return 0;
  }
}

function sign(text) {
  const isKey = SECRET.startsWith('whsec_');
  const key = isKey ? Utilities.base64Decode(SECRET.slice(6)) : Utilities.newBlob(SECRET).getBytes();
  return Utilities.base64Encode(Utilities.computeHmacSha256Signature(Utilities.newBlob(text).getBytes(), key));
}
