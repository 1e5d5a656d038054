/** What a request asks for, as limits, the log and the counters name it. */
export type CallKind =
  | 'create'
  | 'update'
  | 'get'
  | 'query'
  | 'schema'
  | 'blocks'
  | 'comments'
  | 'users'
  | 'views'
  | 'search'
  | 'files'
  | 'other';
