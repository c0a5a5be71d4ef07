package dev.carillon.intake;

import dev.carillon.edge.Fields;
import dev.carillon.edge.Limits;
import dev.carillon.edge.Value;
import dev.carillon.recipient.RecipientId;
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
   * @throws dev.carillon.edge.Refused naming the first field that is not as it must be
   */
  static CancelRequest of(Fields body) {
    body.only(Set.of("cancellation_key", "recipients"));
    Value key = body.required("cancellation_key");
    if (key.text(Limits.CANCELLATION_KEY_CHARACTERS).isEmpty()) {
      throw key.refused("must not be empty");
    }
    // An empty list would read as everybody to us and as nobody to whoever built it.
    Optional<List<Value>> named =
        body.optional("recipients").map(value -> value.list(1, Limits.RECIPIENTS));
    return new CancelRequest(
        key.text(),
        named.orElse(List.of()).stream().map(CancelRequest::recipient).distinct().toList());
  }

  private static RecipientId recipient(Value value) {
    if (value.isText()) {
      return RecipientId.user(value.id());
    }
    Fields fields = value.object();
    String id = fields.required("id").id();
    return fields
        .optional("collection")
        .map(collection -> new RecipientId(collection.id(), id))
        .orElseGet(() -> RecipientId.user(id));
  }
}
