package dev.carillon.provider.email;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.format.JsonBody;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A mail as the one JSON document that most providers take.
 *
 * @param body as the parts make it, before the step's overrides are laid over it
 * @param ours lays over both what no override may take away: by what we know the message again
 * @param bodies the names of fields that may have several lines; every other text is one line
 */
public record EmailPost(
    String url,
    Map<String, String> headers,
    Json.Obj body,
    UnaryOperator<Json.Obj> ours,
    Set<String> bodies) {

  /** The request that sends it; refused as {@link EmailParts#prepared} says. */
  public static Preparation of(
      DeliveryRequest<Content.Email> request, Function<EmailParts, EmailPost> made) {
    return EmailParts.prepared(request, parts -> made.apply(parts).with(request.content()));
  }

  /** The request that sends it with the overrides of that content. */
  public Preparation with(Content.Email content) {
    return Preparation.of(
        JsonBody.post(
            url,
            headers,
            SingleLines.of(JsonBody.overridden(body, content.overrides(), ours), bodies)));
  }
}
