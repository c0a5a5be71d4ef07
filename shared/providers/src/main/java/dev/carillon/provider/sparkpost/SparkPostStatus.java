package dev.carillon.provider.sparkpost;

import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.StatusPolling;
import dev.carillon.provider.callback.CallbackEvent.Effect;
import dev.carillon.provider.email.EmailAddress;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The events of one transmission. From memory.
 *
 * <p>https://developers.sparkpost.com/api/events/
 */
final class SparkPostStatus implements StatusPolling {
  @Override
  public Optional<ProviderCall.Http> ask(String externalId, ProviderSettings settings) {
    return Optional.of(
        JsonBody.get(
            SparkPost.base(settings)
                + "/events/message?transmissions="
                + FormBody.encode(externalId),
            SparkPost.authorization(settings)));
  }

  @Override
  public Poll read(String target, ProviderResponse response) {
    return switch (response.status()) {
      case 200 ->
          Poll.of(
              JsonBody.objects(JsonBody.object(response).list("results")).stream()
                  .filter(it -> EmailAddress.same(address(it).orElse(target), target))
                  .flatMap(SparkPostStatus::known));
      case 400, 401, 403, 404 -> new Poll.Never("status " + response.status());
      default -> new Poll.Later();
    };
  }

  private static Optional<String> address(Json.Obj event) {
    return event.text("raw_rcpt_to").or(() -> event.text("rcpt_to"));
  }

  private static Stream<Poll.Known> known(Json.Obj event) {
    String type = event.text("type").orElse("");
    return switch (SparkPostEvents.effect(event, type)) {
      case Effect.Becomes(var status) ->
          Stream.of(
              new Poll.Known(
                  status,
                  status == DeliveryStatus.DELIVERED ? Optional.empty() : Optional.of(type)));
      case Effect.Dead() -> Stream.of(Poll.Known.bounced(type));
      case Effect.Complained _, Effect.Noted _ -> Stream.empty();
    };
  }
}
