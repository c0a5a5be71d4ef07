package dev.carillon.storage.dynamo.message;

import dev.carillon.channel.ChannelId;
import dev.carillon.json.Json;
import dev.carillon.message.Attempt;
import dev.carillon.message.Attempt.Answer;
import dev.carillon.message.Attempt.Result;
import dev.carillon.storage.dynamo.DocumentFields;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** An attempt as it is stored in its message. */
final class AttemptDocument {
  private AttemptDocument() {}

  static Json write(Attempt attempt) {
    var fields =
        new DocumentFields()
            .put("n", attempt.number())
            .put("t", attempt.at())
            .put("m", attempt.tookMillis())
            .put("c", attempt.other(), AttemptDocument::channel);
    switch (attempt.result()) {
      case Result.Claimed(var leaseUntil) -> fields.put("k", "claimed").put("l", leaseUntil);
      case Result.Accepted(var answer) -> fields.put("k", "accepted").put("a", answer(answer));
      case Result.Deferred(var answer, var reason, var retryAt) ->
          fields
              .put("k", "deferred")
              .put("a", answer, AttemptDocument::answer)
              .put("r", reason)
              .put("w", retryAt, DocumentFields::time);
      case Result.Refused(var answer, var reason) ->
          fields.put("k", "refused").put("a", answer, AttemptDocument::answer).put("r", reason);
      case Result.Ambiguous(var reason, var retryAt) ->
          fields.put("k", "ambiguous").put("r", reason).put("w", retryAt, DocumentFields::time);
    }
    return fields.json();
  }

  static Attempt read(Json json) {
    Json.Obj object = DocumentFields.object(json);
    return new Attempt(
        (int) DocumentFields.number(object, "n"),
        DocumentFields.time(object, "t"),
        result(object),
        DocumentFields.number(object, "m"),
        object.text("c").map(UUID::fromString).map(ChannelId::new));
  }

  private static Json channel(ChannelId id) {
    return Json.of(id.toString());
  }

  private static Result result(Json.Obj object) {
    String kind = DocumentFields.text(object, "k");
    Optional<Answer> answer =
        object.get("a").map(DocumentFields::object).map(AttemptDocument::answer);
    Optional<Instant> retryAt = object.get("w").map(DocumentFields::time);
    return switch (kind) {
      case "claimed" -> new Result.Claimed(DocumentFields.time(object, "l"));
      case "accepted" -> new Result.Accepted(answer.orElseGet(() -> new Answer(0, "")));
      case "deferred" -> new Result.Deferred(answer, DocumentFields.text(object, "r"), retryAt);
      case "refused" -> new Result.Refused(answer, DocumentFields.text(object, "r"));
      case "ambiguous" -> new Result.Ambiguous(DocumentFields.text(object, "r"), retryAt);
      default -> throw new IllegalStateException("A stored attempt ended in no known way: " + kind);
    };
  }

  private static Json answer(Answer answer) {
    return new DocumentFields().put("s", answer.status()).put("b", answer.body()).json();
  }

  private static Answer answer(Json.Obj object) {
    return new Answer((int) DocumentFields.number(object, "s"), DocumentFields.text(object, "b"));
  }
}
