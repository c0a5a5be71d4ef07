package dev.carillon.provider.sms;

import dev.carillon.message.Content;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.sms.SmsSender.Reading;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A text message that can be sent: what every provider needs of one is there.
 *
 * @param from empty where the provider has a sender of its own
 */
public record SmsDraft(PhoneNumber to, Optional<SmsSender> from) {

  /**
   * Refuses what no provider could send, and leaves the rest to {@code sending}. A number that is
   * none bounces here: asking a provider of it would cost a request and end the same.
   *
   * @param senders the kinds of sender that the settings may name; none where the provider's
   *     settings say it otherwise
   */
  public static Preparation prepare(
      DeliveryRequest<Content.Sms> request,
      List<SmsSender.Kind> senders,
      Function<SmsDraft, ProviderCall> sending) {
    List<String> missing = request.settings().missing();
    if (!missing.isEmpty()) {
      return refused(new DeliveryResult.Misconfigured("missing: " + String.join(", ", missing)));
    }
    Reading from =
        senders.isEmpty()
            ? new Reading.Nobody()
            : SmsSender.read(request.settings(), senders);
    return switch (from) {
      case Reading.Unusable(var reason) -> refused(new DeliveryResult.Misconfigured(reason));
      case Reading.Nobody() -> prepare(request, Optional.empty(), sending);
      case Reading.Named(var sender) -> prepare(request, Optional.of(sender), sending);
    };
  }

  private static Preparation prepare(
      DeliveryRequest<Content.Sms> request,
      Optional<SmsSender> from,
      Function<SmsDraft, ProviderCall> sending) {
    Content.Sms content = request.content();
    if (content.body().isBlank() && content.overrides().fields().isEmpty()) {
      return refused(new DeliveryResult.Rejected("the message is empty"));
    }
    Optional<PhoneNumber> to = PhoneNumber.read(content.to());
    if (to.isEmpty()) {
      return refused(new DeliveryResult.Bounced("no phone number with its country code", false));
    }
    return new Preparation.Ready(sending.apply(new SmsDraft(to.get(), from)));
  }

  private static Preparation refused(DeliveryResult result) {
    return new Preparation.Refused(result);
  }
}
