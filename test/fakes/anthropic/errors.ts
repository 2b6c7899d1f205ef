import type { WireError } from './types';

const TYPES: Readonly<Record<number, readonly [type: string, message: string]>> = {
  400: ['invalid_request_error', 'Invalid request.'],
  401: ['authentication_error', 'API key is invalid.'],
  402: ['billing_error', 'Your credit balance is too low to access the API.'],
  403: ['permission_error', 'Your API key does not have permission to use the specified resource.'],
  404: ['not_found_error', 'Not found.'],
  405: ['invalid_request_error', 'Method Not Allowed'],
  409: ['conflict_error', 'Conflict.'],
  413: ['request_too_large', 'Request exceeds the maximum size'],
  429: ['rate_limit_error', 'This request would exceed your rate limit.'],
  500: ['api_error', 'Internal server error'],
  503: ['api_error', 'Service unavailable'],
  504: ['timeout_error', 'Request timed out'],
  529: ['overloaded_error', 'Overloaded'],
};

/** The error that belongs to a status, in the API's words unless others are given. */
export function wireError(status: number, message?: string, type?: string, errorCode?: string): WireError {
  const [usualType, usualMessage] = TYPES[status] ?? ['api_error', 'Something went wrong.'];
  return {
    status,
    type: type ?? usualType,
    message: message ?? usualMessage,
    ...(errorCode === undefined ? {} : { errorCode }),
  };
}

/** The body of an error, as it stands in responses, in streams and in lines of a batch. */
export function errorBody(error: Omit<WireError, 'status'>, requestId: string): unknown {
  const details = error.errorCode === undefined ? {} : { details: { error_code: error.errorCode } };
  return { type: 'error', error: { type: error.type, message: error.message, ...details }, request_id: requestId };
}
