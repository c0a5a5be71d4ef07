package dev.carillon.functions.intake;

import dev.carillon.edge.Limits;
import dev.carillon.edge.RecipientReader;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.recipient.RecipientId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The body of {@code POST /v1/workflows/{key}/cancel}.
 *
 * @param recipients each once; empty for everybody
 */
record CancelRequest(String cancellationKey, List<RecipientId> recipients) {

  /**
   * @throws dev.carillon.edge.ApiException naming the first field that is not as it must be
   */
  static CancelRequest of(RequestFields body) {
    return of(body, Set.of());
  }

  /**
   * @param more the fields that the body may have beside its own
   */
  static CancelRequest of(RequestFields body, Set<String> more) {
    var fields = new HashSet<>(Set.of("cancellation_key", "recipients"));
    fields.addAll(more);
    body.only(fields);
    RequestValue key = body.required("cancellation_key");
    if (key.text(Limits.CANCELLATION_KEY_CHARACTERS).isEmpty()) {
      throw key.refused("must not be empty");
    }
    // An empty list would read as everybody to us and as nobody to the caller who built it.
    Optional<List<RequestValue>> named =
        body.optional("recipients").map(value -> value.list(1, Limits.RECIPIENTS));
    return new CancelRequest(
        key.text(),
        named.orElse(List.of()).stream().map(RecipientReader::reference).distinct().toList());
  }
}
