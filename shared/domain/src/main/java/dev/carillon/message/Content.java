package dev.carillon.message;

import dev.carillon.json.Json;

/**
 * What a message says; written once and never changed.
 *
 * @param rendered by channel. Email: {@code from, to, cc, bcc, reply_to, subject_line, html_body,
 *     text_body, headers}; feed: {@code blocks}; webhook: {@code method, url, headers,
 *     query_params, body}
 * @param data the trigger's data for this recipient
 */
public record Content(Json.Obj rendered, Json.Obj data) {}
