package dev.carillon.message;

import dev.carillon.batch.Collected;
import dev.carillon.json.Json;
import java.util.Optional;

/**
 * What a message says; written once and never changed.
 *
 * @param rendered by channel. Email: {@code from, to, cc, bcc, reply_to, subject_line, html_body,
 *     text_body, headers}; feed: {@code blocks}; webhook: {@code method, url, headers,
 *     query_params, body}
 * @param data the trigger's data for this recipient
 * @param batch what it tells of, if that was collected in a batch
 */
public record Content(Json.Obj rendered, Json.Obj data, Optional<Collected> batch) {
  /** Of one trigger. */
  public Content(Json.Obj rendered, Json.Obj data) {
    this(rendered, data, Optional.empty());
  }
}
