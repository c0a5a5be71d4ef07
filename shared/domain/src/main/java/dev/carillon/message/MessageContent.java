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
 * @param shown the same without the values of secret variables, for all who look at it afterwards
 * @param data the run's data as the message was made
 * @param batch what it tells of, if that was collected in a batch
 */
public record MessageContent(
    Json.Obj rendered, Json.Obj shown, Json.Obj data, Optional<Collected> batch) {
  /** Of one trigger, with nothing to hide. */
  public MessageContent(Json.Obj rendered, Json.Obj data) {
    this(rendered, rendered, data, Optional.empty());
  }
}
